// Goal: a propellant that grows dangerous is found by its results, and its day is never told later than they say.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/lib/calendar.ts';
import { checkLife } from '../../shared/rules/surveillance/checkLife.ts';
import { isNear, resultsOf, type StabiliserResult, trendOf, verdictOf } from '../../shared/rules/surveillance/stabiliser.ts';
import { aLife, anInspection, contextAt, measured, plan } from './surveillanceSupport.ts';

const results = (...each: readonly [string, number][]): StabiliserResult[] => each.map(([onDate, ppm]) => ({ onDate, ppm }));

describe('verdict', () => {
  test.each([
    [1_999, 'low'],
    [2_000, 'watch'],
    [2_999, 'watch'],
    [3_000, 'safe'],
    [0, 'low'],
  ])('%i ppm is %s', (ppm, verdict) => expect(verdictOf(results(['2024-01-01', ppm]), plan)).toBe(verdict));

  test('half of the first result gone is consumed, one part less is not', () => {
    expect(verdictOf(results(['2020-01-01', 8_000], ['2024-01-01', 4_000]), plan)).toBe('consumed');
    expect(verdictOf(results(['2020-01-01', 8_000], ['2024-01-01', 4_001]), plan)).toBe('safe');
    expect(verdictOf(results(['2020-01-01', 4_000], ['2024-01-01', 8_000]), plan)).toBe('safe');
  });

  test('the last day counts, and of two results of one day the lower', () => {
    expect(verdictOf(results(['2020-01-01', 1_000], ['2024-01-01', 5_000]), plan)).toBe('safe');
    expect(verdictOf(results(['2024-01-01', 1_999], ['2024-01-01', 5_000]), plan)).toBe('low');
    expect(verdictOf([], plan)).toBeNull();
  });

  test('the finding shows the result that the verdict rests on, whichever was entered first', () => {
    for (const day of [[6_000, 40] as const, [40, 6_000] as const]) {
      const inspections = day.map((ppm) => measured('2024-01-01', ppm));
      const found = checkLife(aLife({ inspections }), 'S1', contextAt('2024-01-02')).find(({ rule }) => rule === 'life.stabiliserLow');
      expect(found).toMatchObject({ severity: 'stop', numbers: { stabiliserPpm: 40 }, facts: { lastOn: '2024-01-01' } });
    }
  });

  test('an inspection that measured nothing is no result', () => {
    expect(resultsOf([anInspection('stabiliser', '2024-01-01'), measured('2024-02-01', 0)])).toEqual(results(['2024-02-01', 0]));
  });
});

describe('trend', () => {
  test('a straight loss reaches its limit on the day that it says', () => {
    // 1 ppm a day: 1 000 days from 3 000 to 2 000.
    const line = results(['2020-01-01', 3_100], ['2020-04-10', 3_000]);
    expect(trendOf(line, 2_000)).toEqual({ lossPpmPerYear: 366, reachesOn: addDays('2020-04-10', 1_000) });
  });

  test('a loss that grows counts from the last two results, an old steep one from all', () => {
    const faster = results(['2020-01-01', 5_000], ['2022-01-01', 4_900], ['2023-01-01', 4_000]);
    expect(trendOf(faster, 2_000)?.lossPpmPerYear).toBe(901);
    const slower = results(['2020-01-01', 8_000], ['2021-01-01', 5_000], ['2022-01-01', 4_999]);
    expect(trendOf(slower, 2_000)?.lossPpmPerYear).toBeGreaterThan(1_000);
  });

  test('below the limit already is now; what rises, stands still or is measured once goes nowhere', () => {
    expect(trendOf(results(['2020-01-01', 3_000], ['2021-01-01', 1_500]), 2_000)?.reachesOn).toBe('2021-01-01');
    expect(trendOf(results(['2020-01-01', 3_000], ['2021-01-01', 3_500]), 2_000)).toBeNull();
    expect(trendOf(results(['2020-01-01', 3_000], ['2021-01-01', 3_000]), 2_000)).toBeNull();
    expect(trendOf(results(['2020-01-01', 3_000]), 2_000)).toBeNull();
    expect(trendOf(results(['2020-01-01', 3_000], ['2020-01-01', 2_500]), 2_000)).toBeNull();
    expect(trendOf(results(['2020-01-01', 10_000], ['2030-01-01', 9_999]), 2_000)).toBeNull();
  });

  test('it is shown 24 months before', () => {
    const trend = { lossPpmPerYear: 100, reachesOn: '2026-03-31' };
    expect([isNear(trend, plan, '2024-03-30'), isNear(trend, plan, '2024-03-31')]).toEqual([false, true]);
  });

  test('never later than the line through the last two results', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2_001, max: 10_000 }), { minLength: 2, maxLength: 8 }), (levels) => {
        const each = levels.map((ppm, i): StabiliserResult => ({ onDate: addDays('2015-01-01', i * 200), ppm }));
        const trend = trendOf(each, 2_000);
        const [before = 0, last = 0] = levels.slice(-2);
        if (last >= before) return;
        const days = ((last - 2_000) / (before - last)) * 200;
        if (trend === null) expect(days).toBeGreaterThan(50 * 365);
        else expect(trend.reachesOn <= addDays(each.at(-1)?.onDate ?? '', Math.ceil(days))).toBe(true);
      }),
    );
  });
});

test('findings: low stops, the rest warns, and a trend that is near is said beside', () => {
  const found = (inspections: readonly [string, number][], today: string) =>
    checkLife(
      aLife({ inspections: inspections.map(([on, ppm]) => measured(on, ppm)) }),
      'S1',
      contextAt(today, { isScheduled: false }),
    ).map(({ rule, severity }) => [rule, severity]);
  expect(found([['2024-01-01', 1_999]], '2024-02-01')).toEqual([['life.stabiliserLow', 'stop']]);
  expect(found([['2024-01-01', 2_500]], '2024-02-01')).toEqual([['life.stabiliserWatch', 'warn']]);
  expect(
    found(
      [
        ['2024-01-01', 9_000],
        ['2024-06-01', 4_500],
      ],
      '2024-07-01',
    ),
  ).toEqual([
    ['life.stabiliserConsumed', 'warn'],
    ['life.stabiliserTrend', 'warn'],
  ]);
  expect(
    found(
      [
        ['2014-01-01', 9_000],
        ['2024-06-01', 8_900],
      ],
      '2024-07-01',
    ),
  ).toEqual([]);
});
