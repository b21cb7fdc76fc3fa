import type { TailView } from '../../shared/contract/views.ts';

/** The state of the copy on a second medium, in one line. */
export function describeTail({ state, sinceMs, lastSeq }: TailView): string {
  if (state === 'off') return 'No second medium is kept.';
  if (state === 'ok') return `The second medium holds everything up to entry ${lastSeq}.`;
  const since = sinceMs === null ? '' : ` since ${new Date(sinceMs).toISOString()}`;
  return `The second medium is away${since}, full or not writable. It holds entries up to ${lastSeq}; the rest follows once it is back.`;
}
