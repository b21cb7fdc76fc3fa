/** What the stabiliser left in a propellant says, and when it will say more. Parts per million of mass: 0.20 % is 2 000. */
import { addDays, addMonths, daysBetween } from '../../lib/calendar.ts';
import type { SurveillancePlan } from './book.ts';
import type { InspectionFacts } from './schedule.ts';

export type StabiliserResult = Readonly<{ onDate: string; ppm: number }>;
/** `low`: dangerous; `watch`: to be used or disposed of; `consumed`: half of what was first measured is gone. */
export type StabiliserVerdict = 'safe' | 'consumed' | 'watch' | 'low';

export const resultsOf = (inspections: readonly InspectionFacts[]): readonly StabiliserResult[] =>
  inspections.flatMap(({ onDate, stabiliserPpm }) => (stabiliserPpm === null ? [] : [{ onDate, ppm: stabiliserPpm }]));

/** The result that counts: the lower of the last day. Null where nothing was measured. */
export function latestOf(results: readonly StabiliserResult[]): StabiliserResult | null {
  const last = results.at(-1);
  if (last === undefined) return null;
  return { onDate: last.onDate, ppm: Math.min(...results.filter(({ onDate }) => onDate === last.onDate).map(({ ppm }) => ppm)) };
}

/** The result that counts against the plan. Null where nothing was measured. */
export function verdictOf(results: readonly StabiliserResult[], { rules }: SurveillancePlan): StabiliserVerdict | null {
  const [first, last] = [results[0], latestOf(results)];
  if (first === undefined || last === null) return null;
  const { ppm } = last;
  if (ppm < (rules['life.stabiliserLow'].amount ?? 0)) return 'low';
  if (ppm < (rules['life.stabiliserWatch'].amount ?? 0)) return 'watch';
  const consumed = rules['life.stabiliserConsumed'].amount;
  return consumed !== null && (first.ppm - ppm) * 1000 >= first.ppm * consumed && first.ppm > ppm ? 'consumed' : 'safe';
}

/** Parts per million a day; negative where it falls. Null where all results are of one day. */
function slopeOf(results: readonly StabiliserResult[]): number | null {
  const start = results[0]?.onDate ?? '';
  const points = results.map(({ onDate, ppm }) => ({ day: daysBetween(start, onDate), ppm }));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [day, ppm] = [mean(points.map((each) => each.day)), mean(points.map((each) => each.ppm))];
  const spread = points.reduce((sum, each) => sum + (each.day - day) ** 2, 0);
  return spread === 0 ? null : points.reduce((sum, each) => sum + (each.day - day) * (each.ppm - ppm), 0) / spread;
}

export type StabiliserTrend = Readonly<{
  /** Rounded to the faster loss. */
  lossPpmPerYear: number;
  /** The first day on which it may be below the limit; the last result's day where it is already. */
  reachesOn: string;
}>;

const DAYS_PER_YEAR = 365.25;
/** Further on than this no line can be trusted. */
const TREND_YEARS_MAX = 50;

/**
 * Where the results go, by a straight line: that through all of them (least squares) or through the last two, whichever
 * falls faster, from the last result. It says when to look again and is no verdict on its own.
 *
 * @param limitPpm The limit that it goes towards.
 * @returns Null with fewer than two results, or where nothing falls within 50 years.
 */
export function trendOf(results: readonly StabiliserResult[], limitPpm: number): StabiliserTrend | null {
  const last = latestOf(results);
  const slopes = [slopeOf(results), slopeOf(results.slice(-2))].filter((slope) => slope !== null);
  // Results of one day alone have no slope, and the least of none is infinite.
  const slope = Math.min(...slopes);
  if (last === null || slope >= 0) return null;
  const days = Math.max(0, Math.floor((last.ppm - limitPpm) / -slope));
  if (days > TREND_YEARS_MAX * DAYS_PER_YEAR) return null;
  return { lossPpmPerYear: Math.ceil(-slope * DAYS_PER_YEAR), reachesOn: addDays(last.onDate, days) };
}

/** Whether the trend reaches its limit so soon that the plan wants it shown. */
export const isNear = ({ reachesOn }: StabiliserTrend, { rules }: SurveillancePlan, today: string): boolean =>
  reachesOn <= addMonths(today, rules['life.stabiliserTrend'].amount ?? 0);
