/** Hybrid logical clock: `<milliseconds, 13 digits>-<counter, 4 hex digits>`; text order is time order. */
export type HybridTime = string;

const COUNTER_MAX = 0xffff;
const format = (ms: number, counter: number): HybridTime => `${String(ms).padStart(13, '0')}-${counter.toString(16).padStart(4, '0')}`;

/** The next stamp after `last`: strictly greater, though the wall clock may jump back. */
export function nextHybridTime(last: HybridTime | null, wallMs: number): HybridTime {
  if (last === null) return format(wallMs, 0);
  const lastMs = Number(last.slice(0, 13));
  const counter = Number.parseInt(last.slice(14), 16);
  if (wallMs > lastMs) return format(wallMs, 0);
  return counter < COUNTER_MAX ? format(lastMs, counter + 1) : format(lastMs + 1, 0);
}
