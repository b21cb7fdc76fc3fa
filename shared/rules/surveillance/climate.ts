/** What the logger of a storehouse says: how hot, how long, and whether it still speaks. */
import type { ClimateReading } from '../../domain/surveillance.ts';
import type { Finding } from '../finding.ts';
import { findingFrom } from '../ruleFinding.ts';
import type { SurveillancePlan } from './book.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type Reading = Pick<ClimateReading, 'atMs' | 'temperatureCentiC' | 'humidityPermille'>;
/** Above a limit from one moment to another, as far as the readings tell. */
export type Excursion = Readonly<{
  fromMs: number;
  /** The first reading that is not above any more; null where the last reading still is. */
  untilMs: number | null;
  /** The last reading within. */
  lastMs: number;
  peak: number;
}>;

/**
 * Every stretch above a limit. Between two readings above, all of the time counts: a gap in the log is not a cool spell.
 *
 * @param readings By moment. @param measureOf The value held against the limit; null is no reading.
 */
export function excursionsOf(
  readings: readonly Reading[],
  measureOf: (reading: Reading) => number | null,
  limit: number,
): readonly Excursion[] {
  const found: Excursion[] = [];
  let open = null as Excursion | null;
  for (const reading of readings) {
    const value = measureOf(reading);
    if (value === null) continue;
    if (value > limit) {
      open = { fromMs: open?.fromMs ?? reading.atMs, untilMs: null, lastMs: reading.atMs, peak: Math.max(open?.peak ?? value, value) };
    } else if (open !== null) {
      found.push({ ...open, untilMs: reading.atMs });
      open = null;
    }
  }
  return open === null ? found : [...found, open];
}

/** An excursion that has not ended counts until now. */
export const excursionMs = ({ fromMs, untilMs }: Excursion, nowMs: number): number => (untilMs ?? Math.max(nowMs, fromMs)) - fromMs;

export type ClimateDay = Readonly<{
  /** UTC day. */
  date: string;
  leastCentiC: number;
  mostCentiC: number;
  mostPermille: number | null;
}>;

/** The least and the most of each day, for a chart and a table. */
export function daysOf(readings: readonly Reading[]): readonly ClimateDay[] {
  const days = new Map<string, ClimateDay>();
  for (const { atMs, temperatureCentiC, humidityPermille } of readings) {
    const date = new Date(atMs).toISOString().slice(0, 10);
    const day = days.get(date);
    days.set(date, {
      date,
      leastCentiC: Math.min(day?.leastCentiC ?? temperatureCentiC, temperatureCentiC),
      mostCentiC: Math.max(day?.mostCentiC ?? temperatureCentiC, temperatureCentiC),
      mostPermille:
        humidityPermille === null ? (day?.mostPermille ?? null) : Math.max(day?.mostPermille ?? humidityPermille, humidityPermille),
    });
  }
  return [...days.values()];
}

/** Stretches above the temperature of the plan that last as long as it allows, or longer. */
export function hotSpells(readings: readonly Reading[], { rules }: SurveillancePlan, nowMs: number): readonly Excursion[] {
  const [limitC, hours] = [rules['store.climateLimit'].amount, rules['store.climateHot'].amount];
  if (limitC === null || hours === null) return [];
  return excursionsOf(readings, ({ temperatureCentiC }) => temperatureCentiC, limitC * 100).filter(
    (each) => excursionMs(each, nowMs) > hours * HOUR_MS,
  );
}

/** @param readings Of one place, by moment; a place without any has no logger, which is no finding. */
export function checkClimate(place: string, readings: readonly Reading[], plan: SurveillancePlan, nowMs: number): readonly Finding[] {
  const last = readings.at(-1);
  if (last === undefined) return [];
  const { rules } = plan;
  const shownSinceMs = nowMs - (rules['store.climateShown'].amount ?? 0) * DAY_MS;
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const findings: Finding[] = [];
  const note = (
    rule: 'store.climateHot' | 'store.climateHumid' | 'store.climateSilent',
    parts: Partial<Pick<Finding, 'numbers' | 'facts'>>,
  ) => findings.push(findingFrom(rules[rule], { says: rule, severity: 'warn', place, subjects: [], ...parts }));

  const hot = hotSpells(readings, plan, nowMs).findLast(({ untilMs }) => untilMs === null || untilMs >= shownSinceMs);
  if (hot !== undefined)
    note('store.climateHot', {
      numbers: {
        hours: Math.ceil(excursionMs(hot, nowMs) / HOUR_MS),
        peakC: hot.peak / 100,
        limitC: rules['store.climateLimit'].amount ?? 0,
      },
      facts: { from: day(hot.fromMs), until: hot.untilMs === null ? '' : day(hot.untilMs) },
    });

  const humidMost = rules['store.climateHumid'].amount;
  const humid = humidMost === null ? undefined : excursionsOf(readings, ({ humidityPermille }) => humidityPermille, humidMost).at(-1);
  if (humid !== undefined && (humid.untilMs === null || humid.untilMs >= shownSinceMs))
    note('store.climateHumid', {
      numbers: { peakPercent: humid.peak / 10, limitPercent: (humidMost ?? 0) / 10 },
      facts: { from: day(humid.fromMs) },
    });

  const silentDays = rules['store.climateSilent'].amount;
  if (silentDays !== null && nowMs - last.atMs > silentDays * DAY_MS) note('store.climateSilent', { facts: { lastOn: day(last.atMs) } });
  return findings;
}
