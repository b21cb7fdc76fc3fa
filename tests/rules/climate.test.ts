// Goal: a storehouse that was too hot for too long, too humid, or whose logger fell silent is found; a gap in the log is no excuse.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkClimate, daysOf, excursionMs, excursionsOf, hotSpells, type Reading } from '../../shared/rules/surveillance/climate.ts';
import { plan } from './surveillanceSupport.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2026-07-01T00:00:00Z');
/** Readings every so many hours, in degrees. */
const log = (celsius: readonly number[], everyHours = 1): Reading[] =>
  celsius.map((each, i) => ({
    atMs: START_MS + i * everyHours * HOUR_MS,
    temperatureCentiC: Math.round(each * 100),
    humidityPermille: null,
  }));
const temperature = ({ temperatureCentiC }: Reading) => temperatureCentiC;
const at = (hours: number): number => START_MS + hours * HOUR_MS;

describe('excursions', () => {
  test('from the first reading above to the first that is not; at the limit is not above', () => {
    expect(excursionsOf(log([38, 38.01, 40, 38, 39]), temperature, 3_800)).toEqual([
      { fromMs: at(1), untilMs: at(3), lastMs: at(2), peak: 4_000 },
      { fromMs: at(4), untilMs: null, lastMs: at(4), peak: 3_900 },
    ]);
    expect(excursionsOf([], temperature, 0)).toEqual([]);
  });

  test('time between two readings above counts, whatever lies between', () => {
    const [only] = excursionsOf(log([39, 39, 20], 48), temperature, 3_800);
    expect(only && excursionMs(only, at(1_000))).toBe(96 * HOUR_MS);
  });

  test('one that has not ended counts until now', () => {
    const [open] = excursionsOf(log([39]), temperature, 3_800);
    expect(open && [excursionMs(open, at(30)), excursionMs(open, at(-5))]).toEqual([30 * HOUR_MS, 0]);
  });

  test('a reading without a value is passed over', () => {
    const readings = log([1, 1, 1]).map((each, i) => ({ ...each, humidityPermille: [700, null, 700][i] ?? null }));
    expect(excursionsOf(readings, ({ humidityPermille }) => humidityPermille, 600)).toHaveLength(1);
  });

  test('more than 24 hours above 38 °C, and not 24', () => {
    expect(hotSpells(log([...Array(24).fill(39), 20]), plan, at(99))).toEqual([]);
    expect(hotSpells(log([...Array(25).fill(39), 20]), plan, at(99))).toHaveLength(1);
    const silent = { ...plan, rules: { ...plan.rules, 'store.climateLimit': { ...plan.rules['store.climateLimit'], amount: null } } };
    expect(hotSpells(log(Array(99).fill(60)), silent, at(99))).toEqual([]);
  });

  test('a hotter reading never shortens what was found', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 30, max: 45 }), { minLength: 1, maxLength: 40 }), fc.nat(39), (celsius, which) => {
        const hotter = celsius.map((each, i) => (i === which ? each + 10 : each));
        const total = (each: readonly number[]) =>
          excursionsOf(log(each), temperature, 3_800).reduce((sum, found) => sum + excursionMs(found, at(50)), 0);
        expect(total(hotter)).toBeGreaterThanOrEqual(total(celsius));
      }),
    );
  });
});

test('days: the least and the most of each', () => {
  const readings = [
    ...log([10, 30, 20]),
    { atMs: at(24), temperatureCentiC: 500, humidityPermille: 450 },
    { atMs: at(25), temperatureCentiC: 400, humidityPermille: 440 },
  ];
  expect(daysOf(readings)).toEqual([
    { date: '2026-07-01', leastCentiC: 1_000, mostCentiC: 3_000, mostPermille: null },
    { date: '2026-07-02', leastCentiC: 400, mostCentiC: 500, mostPermille: 450 },
  ]);
});

describe('findings', () => {
  const rulesAt = (readings: readonly Reading[], hours: number, by = plan) =>
    checkClimate('S1', readings, by, at(hours)).map(({ rule }) => rule);
  const hot = log([...Array(30).fill(40), 20]);

  test('a hot spell is shown for 30 days after it ended', () => {
    expect(checkClimate('S1', hot, plan, at(31))).toMatchObject([
      {
        rule: 'store.climateHot',
        severity: 'warn',
        place: 'S1',
        numbers: { hours: 30, peakC: 40, limitC: 38 },
        facts: { from: '2026-07-01', until: '2026-07-02' },
      },
    ]);
    expect(rulesAt(hot, 30 + 30 * 24)).toContain('store.climateHot');
    expect(rulesAt(hot, 31 + 30 * 24)).not.toContain('store.climateHot');
  });

  test('a logger that says nothing for more than 7 days is silent, and one that never spoke is none', () => {
    expect(rulesAt(log([20]), 7 * 24)).toEqual([]);
    expect(rulesAt(log([20]), 7 * 24 + 1)).toEqual(['store.climateSilent']);
    expect(rulesAt([], 9_999)).toEqual([]);
  });

  test('humidity is held against the limit of a plan that has one', () => {
    const humid = log([20, 20]).map((each) => ({ ...each, humidityPermille: 801 }));
    const limited = { ...plan, rules: { ...plan.rules, 'store.climateHumid': { ...plan.rules['store.climateHumid'], amount: 800 } } };
    expect(rulesAt(humid, 2)).toEqual([]);
    expect(checkClimate('S1', humid, limited, at(2))).toMatchObject([
      { rule: 'store.climateHumid', numbers: { peakPercent: 80.1, limitPercent: 80 } },
    ]);
  });
});
