/** Hybrid logical clock: `<milliseconds, 13 digits>-<counter, 4 hex digits>`; text order is time order. */
export type HybridTime = string;
/** Up to the year 2255: a stamp near the end of the digits would leave no room for the one after it. */
export const HYBRID_TIME = /^[0-8][0-9]{12}-[0-9a-f]{4}$/;
/** From here on another device's clock is told of. What it recorded is taken in all the same: order never rests on wall clocks. */
const AHEAD_MS_MIN = 24 * 3_600_000;

const COUNTER_MAX = 0xffff;
const format = (ms: number, counter: number): HybridTime => `${String(ms).padStart(13, '0')}-${counter.toString(16).padStart(4, '0')}`;

/** How far the stamp of another device is ahead of the wall clock here, in milliseconds; null where within a day. */
export function aheadMs(stamp: HybridTime, wallMs: number): number | null {
  const ahead = Number(stamp.slice(0, 13)) - wallMs;
  return ahead > AHEAD_MS_MIN ? ahead : null;
}

const AHEAD_MS_MAX = 100 * 365 * 24 * 3_600_000;
/**
 * A stamp that no clock of this century gives. Taken in, it would drag the clocks of the whole site to the end of the
 * digits, where no later stamp can be written.
 */
export const isImpossible = (stamp: HybridTime, wallMs: number): boolean =>
  !HYBRID_TIME.test(stamp) || Number(stamp.slice(0, 13)) - wallMs > AHEAD_MS_MAX;

/** The later of two stamps; null is before all. */
export const laterOf = (one: HybridTime | null, other: HybridTime | null): HybridTime | null =>
  one === null || (other !== null && other > one) ? other : one;

/** The next stamp after `last`: strictly greater, though the wall clock may jump back. */
export function nextHybridTime(last: HybridTime | null, wallMs: number): HybridTime {
  if (last === null) return format(wallMs, 0);
  const lastMs = Number(last.slice(0, 13));
  const counter = Number.parseInt(last.slice(14), 16);
  if (wallMs > lastMs) return format(wallMs, 0);
  return counter < COUNTER_MAX ? format(lastMs, counter + 1) : format(lastMs + 1, 0);
}
