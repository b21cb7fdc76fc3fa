// Goal: the roundings and outlines that a mutation run found untested, each on its safer side.
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { expect, test } from 'vitest';
import type { Position7, Shape } from '../../shared/domain/site.ts';
import { addDays } from '../../shared/lib/calendar.ts';
import { distanceMm } from '../../shared/rules/geometry/geometry.ts';
import { limitKgOf } from '../../shared/rules/limits.ts';
import { floorLoadOf } from '../../shared/rules/storehouse/floor.ts';
import { trendOf } from '../../shared/rules/surveillance/stabiliser.ts';

const SIDE = 10_000;
const corners: readonly Position7[] = [
  [0, 0],
  [0, SIDE],
  [SIDE, SIDE],
  [SIDE, 0],
];
const besideTheLastEdge: Shape = { kind: 'point', points: [[SIDE / 2, -SIDE]] };
const besideItMm = (geodesic.Geodesic.WGS84.Inverse(SIDE / 2e7, -SIDE / 1e7, SIDE / 2e7, 0).s12 ?? 0) * 1000;

test('the outline of a building is closed by its last edge', () => {
  const found = distanceMm({ kind: 'polygon', points: [...corners] }, besideTheLastEdge);
  expect(found).toBeLessThanOrEqual(besideItMm);
  expect(found).toBeGreaterThan(besideItMm - 10);
});

test('a wall along the same corners stays open', () => {
  expect(distanceMm({ kind: 'line', points: [...corners] }, besideTheLastEdge)).toBeGreaterThan(besideItMm * 1.1);
});

test('what crosses has no distance, however it lies', () => {
  const arm = fc.tuple(fc.integer({ min: -SIDE, max: SIDE }), fc.integer({ min: -SIDE, max: SIDE }));
  const through = ([north, east]: readonly [number, number]): Shape => ({
    kind: 'line',
    points: [
      [400_000_000 + north, 500_000_000 + east],
      [400_000_000 - north, 500_000_000 - east],
    ],
  });
  fc.assert(
    fc.property(arm, arm, (a, b) => {
      expect(distanceMm(through(a), through(b))).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('a trend that reaches its limit within a day names the day before', () => {
  // 1.5 ppm a day: 666.7 days from 3,000 to 2,000.
  const results = [
    { onDate: '2020-01-01', ppm: 3_003 },
    { onDate: '2020-01-03', ppm: 3_000 },
  ];
  expect(trendOf(results, 2_000)?.reachesOn).toBe(addDays('2020-01-03', 666));
});

test('a floor bears, and a licence allows, no part more than it says', () => {
  expect(floorLoadOf([], { floorLoadMaxKgPerM2: 3, floorAreaDm2: 50 }).massMaxKg).toBe(1);
  expect(limitKgOf(1_999.5)).toBe(1.999);
});
