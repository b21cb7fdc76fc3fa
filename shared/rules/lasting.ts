/** What an authority lets pass until a day: approvals of conditions and waivers of findings. */
import { daysBetween } from '../lib/calendar.ts';

/** `ending`: in force, but so near to its last day that somebody has to think of what comes after. */
export const lastingStates = ['ending', 'inForce', 'expired', 'withdrawn'] as const;
export type LastingState = (typeof lastingStates)[number];
export type Lasting = Readonly<{
  state: LastingState;
  /** Days after `today` on which it still counts; null where it counts no more. */
  daysLeft: number | null;
}>;

/** Our own figure: time enough to ask an authority again before the last day. */
export const ENDING_DAYS = 30;

/**
 * Where a decision stands on a day. Its last day counts in full, as the checks do; what was withdrawn stays withdrawn
 * whatever its last day would have been.
 *
 * @param until Last day on which it counts, `YYYY-MM-DD`.
 * @param today The day that is asked for, `YYYY-MM-DD`.
 */
export function lastingOn({ until, isWithdrawn }: Readonly<{ until: string; isWithdrawn: boolean }>, today: string): Lasting {
  if (isWithdrawn) return { state: 'withdrawn', daysLeft: null };
  const daysLeft = daysBetween(today, until);
  if (daysLeft < 0) return { state: 'expired', daysLeft: null };
  return { state: daysLeft <= ENDING_DAYS ? 'ending' : 'inForce', daysLeft };
}
