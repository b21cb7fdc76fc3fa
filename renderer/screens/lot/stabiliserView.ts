import type { LotLifeView } from '../../../shared/contract/lifeViews.ts';
import { addDays, daysBetween } from '../../../shared/lib/calendar.ts';
import type { StabiliserVerdict } from '../../../shared/rules/surveillance/stabiliser.ts';
import type { Mark } from '../../components/Severity.tsx';
import { percentOf } from '../life/lifeView.ts';

type Stabiliser = LotLifeView['stabiliser'];

const EPOCH = '1970-01-01';
const dayNumber = (date: string): number => daysBetween(EPOCH, date);
export const dateOfDay = (day: number): string => addDays(EPOCH, Math.round(day));

/** The word stands beside, so that the shape is never alone. */
export const markOfVerdict: Readonly<Record<StabiliserVerdict, Mark>> = { safe: 'done', consumed: 'info', watch: 'warn', low: 'stop' };

/** One mark of the chart: a day as a number, so that years stand as far apart as they are; percent of mass. */
export type StabiliserPoint = Readonly<{ day: number; measured: number | null; trend: number | null }>;

/** The results in their order and, where they fall, the straight line from the last of them to the day it meets the limit. */
export function stabiliserPoints({ results, trend, lowPpm }: Stabiliser): readonly StabiliserPoint[] {
  const last = results.at(-1);
  const measured = results.map(({ onDate, ppm }) => ({ day: dayNumber(onDate), measured: percentOf(ppm), trend: null }));
  if (last === undefined || trend === null || lowPpm === null || trend.reachesOn <= last.onDate) return measured;
  const from = { day: dayNumber(last.onDate), measured: percentOf(last.ppm), trend: percentOf(last.ppm) };
  return [...measured.slice(0, -1), from, { day: dayNumber(trend.reachesOn), measured: null, trend: percentOf(lowPpm) }];
}

const STEPS = [0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20] as const;
/** Room above the greatest value, on a round number of percent: at most eight steps. */
export function percentTicks(points: readonly StabiliserPoint[], lines: readonly (number | null)[]): readonly number[] {
  const most = Math.max(...points.map(({ measured, trend }) => Math.max(measured ?? 0, trend ?? 0)), ...lines.map((line) => line ?? 0));
  const step = STEPS.find((each) => most / each < 8) ?? 20;
  const count = Math.floor(most / step + 1e-9) + 1;
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toFixed(2)));
}
