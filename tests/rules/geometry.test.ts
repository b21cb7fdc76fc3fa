// Goal: an actual distance is never said to be greater than it is, and a building's side is never taken for a milder one.
// Method: the geodesic library between points is the oracle; for shapes, dense sampling of both outlines.
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { describe, expect, test } from 'vitest';
import type { Position7, Shape } from '../../shared/domain/site.ts';
import { distanceMm, leastOffsetMdeg, offsetMdeg, positionAt, sidesTowards } from '../../shared/rules/geometry/geometry.ts';

const point = (lat7: number, lon7: number): Shape => ({ kind: 'point', points: [[lat7, lon7]] });
const oracleMm = ([lat1, lon1]: Position7, [lat2, lon2]: Position7): number =>
  (geodesic.Geodesic.WGS84.Inverse(lat1 / 1e7, lon1 / 1e7, lat2 / 1e7, lon2 / 1e7).s12 ?? 0) * 1000;
/** About 10 km each way. */
const near = fc.tuple(fc.integer({ min: -900_000, max: 900_000 }), fc.integer({ min: -900_000, max: 900_000 }));
const origin = fc.tuple(fc.integer({ min: -650_000_000, max: 650_000_000 }), fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }));
const ring = (lat7: number, lon7: number, size: number): Shape => ({
  kind: 'polygon',
  points: [
    [lat7, lon7],
    [lat7, lon7 + size],
    [lat7 + size, lon7 + size],
    [lat7 + size, lon7],
  ],
});

describe('distances', () => {
  test('between points are those of the ellipsoid, rounded down', () => {
    fc.assert(
      fc.property(origin, near, ([lat7, lon7], [north, east]) => {
        const exact = oracleMm([lat7, lon7], [lat7 + north, lon7 + east]);
        const found = distanceMm(point(lat7, lon7), point(lat7 + north, lon7 + east));
        expect(found).toBeLessThanOrEqual(exact + 1e-3);
        expect(found).toBeGreaterThan(exact - 1.5 - (exact / 1e6) ** 2 * 0.5);
      }),
      { numRuns: 500 },
    );
  });
  test('between outlines are never greater than between any two of their points, and not much smaller', () => {
    fc.assert(
      fc.property(origin, near, fc.integer({ min: 1_000, max: 20_000 }), ([lat7, lon7], [north, east], size) => {
        const [a, b] = [ring(lat7, lon7, 3_000), ring(lat7 + north, lon7 + east, size)];
        const sampled = (shape: Shape): Position7[] =>
          shape.points.flatMap((from, at) => {
            const to = shape.points[(at + 1) % shape.points.length] as Position7;
            return Array.from(
              { length: 8 },
              (_, i): Position7 => [Math.round(from[0] + ((to[0] - from[0]) * i) / 8), Math.round(from[1] + ((to[1] - from[1]) * i) / 8)],
            );
          });
        const least = Math.min(...sampled(a).flatMap((from) => sampled(b).map((to) => oracleMm(from, to))));
        const found = distanceMm(a, b);
        expect(found).toBeLessThanOrEqual(least + 0.01);
        if (found > 0) expect(found).toBeGreaterThan(least - 300_000 * (size / 20_000) - 50_000);
        expect(Math.abs(distanceMm(b, a) - found)).toBeLessThanOrEqual(20);
      }),
      { numRuns: 200 },
    );
  });
  test('to a wall is to its nearest point, not to a corner', () => {
    const wall: Shape = {
      kind: 'line',
      points: [
        [500_001_000, 99_000_000],
        [500_001_000, 101_000_000],
      ],
    };
    const found = distanceMm(point(500_000_000, 100_000_000), wall);
    expect(found).toBeGreaterThan(11_000);
    expect(found).toBeLessThan(11_200);
  });
  test.each<[string, Shape, Shape]>([
    ['one inside the other', ring(0, 0, 10_000), point(5_000, 5_000)],
    ['the other inside the one', point(5_000, 5_000), ring(0, 0, 10_000)],
    [
      'crossing',
      ring(0, 0, 10_000),
      {
        kind: 'line',
        points: [
          [-5_000, 5_000],
          [15_000, 5_000],
        ],
      },
    ],
    ['touching', ring(0, 0, 10_000), ring(10_000, 10_000, 10_000)],
    ['the same', ring(0, 0, 10_000), ring(0, 0, 10_000)],
  ])('is zero: %s', (_name, a, b) => {
    expect(distanceMm(a, b)).toBe(0);
  });
  test('is the same across the antimeridian', () => {
    const here = distanceMm(point(0, 0), point(0, 20_000));
    expect(distanceMm(point(0, 1_799_990_000), point(0, -1_799_990_000))).toBe(here);
  });
  test.each([0, 60.002, 90, 180, -90])('of a wall that crosses %d degrees is that of every other', (longitude) => {
    const turned = (lon7: number) => lon7 - 3_600_000_000 * Math.round(lon7 / 3_600_000_000);
    const moved = ({ kind, points }: Shape): Shape => ({
      kind,
      points: points.map(([lat7, lon7]) => [lat7, turned(lon7 + Math.round(longitude * 1e7))] as const),
    });
    const [wall, ahead] = [ring(0, -40_000, 80_000), point(90_000, 10_000)];
    expect(Math.abs(distanceMm(moved(wall), moved(ahead)) - distanceMm(wall, ahead))).toBeLessThanOrEqual(1);
  });
});

const store = ring(500_000_000, 100_000_000, 1_000);
const sectors = { frontMdeg: 150_000, rearMdeg: 135_000 };
/** A point 2 km out, where the corners of the store differ by a fifth of a degree. */
const at = (bearingDeg: number): Shape => {
  const { lat2 = 0, lon2 = 0 } = geodesic.Geodesic.WGS84.Direct(50.00005, 10.00005, bearingDeg, 2_000);
  return point(Math.round(lat2 * 1e7), Math.round(lon2 * 1e7));
};
const sides = (bearingDeg: number, frontDeg = 0) => [...sidesTowards(store, frontDeg * 1000, at(bearingDeg), sectors)].sort();

describe('the sides of a building', () => {
  test.each<[number, string[]]>([
    [0, ['front']],
    [70, ['front']],
    [290, ['front']],
    [90, ['side']],
    [100, ['side']],
    [180, ['rear']],
    [120, ['rear']],
    [240, ['rear']],
  ])('towards %d degrees from the front', (bearing, expected) => {
    expect(sides(bearing)).toEqual(expected);
    expect(sides(bearing + 200, 200)).toEqual(expected);
  });
  test('on a boundary both count', () => {
    expect(sides(75.0)).toContain('front');
    expect(sides(75)).toContain('side');
    expect(sides(112.5)).toEqual(['rear', 'side']);
  });
  test('something wide is looked at by every side that it reaches', () => {
    const road: Shape = {
      kind: 'line',
      points: [
        [500_010_000, 99_990_000],
        [499_990_000, 99_990_000],
      ],
    };
    expect([...sidesTowards(store, 0, road, sectors)].sort()).toEqual(['front', 'rear', 'side']);
  });
  test('a neighbour close by is judged from every corner', () => {
    const close: Shape = point(500_000_500, 100_001_100);
    expect(sidesTowards(store, 0, close, sectors).has('side')).toBe(true);
    expect(sidesTowards(store, 0, close, sectors).size).toBeGreaterThan(1);
  });
  test('an offset is the shorter way round', () => {
    expect([offsetMdeg(350_000, 10_000), offsetMdeg(10_000, 350_000), offsetMdeg(0, 180_000)]).toEqual([20_000, 20_000, 180_000]);
  });
  test('the least of them is that of the nearest end, rounded down to a thousandth of a degree', () => {
    const end = (bearing: number) => positionAt([0, 0], bearing, 5_000);
    expect(leastOffsetMdeg(point(0, 0), 0, point(...end(30_000.5)))).toBe(30_000);
    expect(leastOffsetMdeg(point(0, 0), 0, { kind: 'line', points: [end(60_000), end(30_000.5)] })).toBe(30_000);
  });
});

test('a position so far off in a direction is so far off, in that direction', () => {
  for (const bearing of [0, 45_000, 90_000, 200_000, 359_000]) {
    const there = positionAt([500_000_000, 100_000_000], bearing, 400);
    expect(Math.abs(oracleMm([500_000_000, 100_000_000], there) - 400_000)).toBeLessThan(20);
    expect([...sidesTowards(point(500_000_000, 100_000_000), bearing, point(...there), sectors)]).toEqual(['front']);
  }
});

test('a point beside a slanted wall is outside, and one behind it inside', () => {
  const triangle: Shape = {
    kind: 'polygon',
    points: [
      [0, 0],
      [10_000, 0],
      [0, 30_000],
    ],
  };
  expect(distanceMm(triangle, point(2_000, 5_000))).toBe(0);
  expect(distanceMm(triangle, point(8_000, 12_000))).toBeGreaterThan(1_000);
  expect(distanceMm(triangle, point(2_000, 26_000))).toBeGreaterThan(1_000);
  expect(distanceMm(triangle, point(-500, 5_000))).toBeGreaterThan(1_000);
});
