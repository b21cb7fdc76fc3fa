import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../shared/lib/calendar.ts';
import { trendOf } from '../../../shared/rules/surveillance/stabiliser.ts';
import { dateOfDay, percentTicks, stabiliserPoints } from './stabiliserView.ts';

const stabiliser = (results: readonly { onDate: string; ppm: number }[], lowPpm: number | null = 2_000) => ({
  results,
  verdict: 'safe' as const,
  trend: lowPpm === null ? null : trendOf(results, lowPpm),
  lowPpm,
  watchPpm: 3_000,
});

test('one result is one mark and no line', () => {
  expect(stabiliserPoints(stabiliser([{ onDate: '2024-03-01', ppm: 8_000 }]))).toEqual([{ day: 19783, measured: 0.8, trend: null }]);
});

test('falling results go on from the last of them to the day on which the limit is met', () => {
  const points = stabiliserPoints(
    stabiliser([
      { onDate: '2020-01-01', ppm: 10_000 },
      { onDate: '2022-01-01', ppm: 8_000 },
    ]),
  );
  expect(points.map(({ day, ...rest }) => ({ date: dateOfDay(day), ...rest }))).toEqual([
    { date: '2020-01-01', measured: 1, trend: null },
    { date: '2022-01-01', measured: 0.8, trend: 0.8 },
    { date: '2028-01-03', measured: null, trend: 0.2 },
  ]);
});

test('where nothing falls, or the limit is passed already, no line goes on', () => {
  const rising = stabiliser([
    { onDate: '2020-01-01', ppm: 8_000 },
    { onDate: '2022-01-01', ppm: 8_000 },
  ]);
  const passed = stabiliser([
    { onDate: '2020-01-01', ppm: 8_000 },
    { onDate: '2022-01-01', ppm: 1_000 },
  ]);
  for (const each of [rising, passed]) expect(stabiliserPoints(each).every(({ trend }) => trend === null)).toBe(true);
});

test('the axis has room above whatever stands in it, on few round steps', () => {
  const result = fc.record({ days: fc.integer({ min: 0, max: 9_000 }), ppm: fc.integer({ min: 0, max: 1_000_000 }) });
  fc.assert(
    fc.property(fc.array(result, { minLength: 1, maxLength: 9 }), (given) => {
      const results = given.toSorted((a, b) => a.days - b.days).map(({ days, ppm }) => ({ onDate: addDays('2000-01-01', days), ppm }));
      const points = stabiliserPoints(stabiliser(results));
      const ticks = percentTicks(points, [0.2, 0.3]);
      expect(ticks.at(-1)).toBeGreaterThan(Math.max(0.3, ...results.map(({ ppm }) => ppm / 10_000)));
      expect(ticks.length).toBeLessThanOrEqual(9);
    }),
  );
});
