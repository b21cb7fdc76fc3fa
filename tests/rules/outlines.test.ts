// Goal: the distance between two outlines is that of their nearest points and nothing else, wherever on the earth they lie;
// and a building looks at whatever reaches over one of its sectors.
// Method: walls and corners laid out by the geodesic library, which also finds the nearest point of a wall by halving.
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { describe, expect, test } from 'vitest';
import type { Position7, Shape } from '../../shared/domain/site.ts';
import { distanceMm, offsetMdeg, positionAt, sidesTowards } from '../../shared/rules/geometry/geometry.ts';

const point = (position: Position7): Shape => ({ kind: 'point', points: [position] });
const line = (...points: Position7[]): Shape => ({ kind: 'line', points });
const polygon = (...points: Position7[]): Shape => ({ kind: 'polygon', points });
const betweenMm = ([lat1, lon1]: Position7, [lat2, lon2]: Position7): number =>
  (geodesic.Geodesic.WGS84.Inverse(lat1 / 1e7, lon1 / 1e7, lat2 / 1e7, lon2 / 1e7).s12 ?? Number.NaN) * 1000;

/** The nearest a point comes to a straight wall, in millimetres. */
function toWallMm(from: Position7, [a, b]: readonly [Position7, Position7]): number {
  const at = (share: number): number => betweenMm(from, [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]);
  let [low, high] = [0, 1];
  for (let step = 0; step < 80; step++) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (at(left) < at(right)) high = right;
    else low = left;
  }
  return Math.min(at(low), at(0), at(1));
}

const anywhere = fc.tuple(fc.integer({ min: -650_000_000, max: 650_000_000 }), fc.integer({ min: -1_790_000_000, max: 1_790_000_000 }));
const direction = fc.integer({ min: 0, max: 359_999 });

describe('a wall', () => {
  /** Across the way at some distance, turned, so that its nearest point is neither of its ends. */
  const wallAt = (from: Position7, bearing: number, metres: number, turn: number, half: number): readonly [Position7, Position7] => {
    const middle = positionAt(from, bearing, metres);
    return [positionAt(middle, bearing + 90_000 + turn, half), positionAt(middle, bearing + 270_000 + turn, half)];
  };
  test('is as near as its nearest point, less half a millimetre for each square kilometre', () => {
    fc.assert(
      fc.property(
        anywhere,
        direction,
        fc.integer({ min: 20, max: 8_000 }),
        fc.integer({ min: -40_000, max: 40_000 }),
        (from, bearing, metres, turn) => {
          const [a, b] = wallAt(from, bearing, metres, turn, metres);
          const exact = toWallMm(from, [a, b]);
          const km2 = (exact / 1e6) ** 2;
          for (const found of [
            distanceMm(point(from), line(a, b)),
            distanceMm(line(a, b), point(from)),
            distanceMm(line(b, a), point(from)),
          ]) {
            expect(found).toBeLessThanOrEqual(exact + 0.01);
            expect(found).toBeGreaterThan(exact - 1.1 - 0.55 * km2);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
  test('is as near as whichever of four ends is the nearest', () => {
    const from: Position7 = [480_000_000, 110_000_000];
    const [a, b] = wallAt(from, 60_000, 500, 0, 400);
    const further = (bearing: number): Position7 => positionAt(from, bearing, 300);
    for (const away of [200_000, 240_000, 280_000]) {
      const short = further(away);
      const [exact, limit] = [toWallMm(from, [a, b]), 0.2];
      for (const [first, second] of [
        [line(from, short), line(a, b)],
        [line(short, from), line(a, b)],
        [line(a, b), line(from, short)],
        [line(a, b), line(short, from)],
      ] as const) {
        expect(distanceMm(first, second)).toBeLessThanOrEqual(exact);
        expect(distanceMm(first, second)).toBeGreaterThan(exact - 1.1 - limit);
      }
    }
  });
  test('is as near across the antimeridian as elsewhere', () => {
    const [here, there] = [0, 1_799_999_000].map((lon7) => {
      const turned = (each: number): number => (each > 1_800_000_000 ? each - 3_600_000_000 : each);
      return distanceMm(
        line([100_000_000, turned(lon7 - 5_000)], [100_010_000, turned(lon7 + 9_000)]),
        line([100_010_000, turned(lon7 - 5_000)], [100_030_000, turned(lon7 + 9_000)]),
      );
    });
    expect(here).toBeGreaterThan(10_000);
    expect(there).toBe(here);
  });
});

test("a wall is as near where its longitude and its neighbour's add up to half a turn as elsewhere", () => {
  const [here, there] = [100_000_000, 900_000_000].map((lon7) =>
    distanceMm(
      line([100_000_000, lon7 - 5_000], [100_010_000, lon7 + 9_000]),
      line([100_010_000, lon7 - 5_000], [100_030_000, lon7 + 9_000]),
    ),
  );
  expect(there).toBe(here);
});

test('a point of a triangle is inside it, and one mirrored over an edge is not', () => {
  const corner = fc.tuple(fc.integer({ min: -50_000, max: 50_000 }), fc.integer({ min: -50_000, max: 50_000 }));
  const share = fc.integer({ min: 5, max: 90 });
  const at = ([lat7, lon7]: readonly [number, number]): Position7 => [200_000_000 + lat7, 300_000_000 + lon7];
  fc.assert(
    fc.property(corner, corner, corner, share, share, (a, b, c, first, second) => {
      const area = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]));
      fc.pre(area > 4e8);
      const [u, v] = [first / 200, second / 200];
      const mixed = (towards: 1 | -1): Position7 =>
        at([
          Math.round(a[0] + u * (b[0] - a[0]) + towards * v * (c[0] - a[0])),
          Math.round(a[1] + u * (b[1] - a[1]) + towards * v * (c[1] - a[1])),
        ]);
      const triangle = polygon(at(a), at(b), at(c));
      expect(distanceMm(triangle, point(mixed(1)))).toBe(0);
      expect(distanceMm(triangle, point(mixed(-1)))).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

// One unit is about 11 mm on the equator.
describe('two outlines', () => {
  const unitMm = betweenMm([0, 0], [0, 1_000_000]) / 1_000_000;
  test('that do not meet are apart, though the line of one would cut the other', () => {
    const upright = line([1_000, 0], [3_000, 0]);
    const flat = line([0, -5_000], [0, 5_000]);
    for (const found of [distanceMm(upright, flat), distanceMm(flat, upright)])
      expect(Math.abs(found - betweenMm([0, 0], [1_000, 0]))).toBeLessThan(2);
  });
  test('are apart by half a metre where they are as small as a metre', () => {
    const upright = line([45, 0], [90, 0]);
    const flat = line([0, -45], [0, 45]);
    for (const found of [distanceMm(upright, flat), distanceMm(flat, upright)])
      expect(Math.abs(found - betweenMm([0, 0], [45, 0]))).toBeLessThan(2);
  });
  test('that cross touch, even where a corner lies nearer than a metre beyond', () => {
    const road = line([0, -10_000], [0, 10_000]);
    const wall = line([3_000, 0], [-20, 0], [-20, 1_000]);
    expect([distanceMm(road, wall), distanceMm(wall, road)]).toEqual([0, 0]);
  });
  test('that lie apart as polygons are no overlap, whichever comes first', () => {
    const square = polygon([0, 0], [0, 1_000], [1_000, 1_000], [1_000, 0]);
    const off = point([500, 21_000]);
    for (const found of [distanceMm(square, off), distanceMm(off, square)]) {
      expect(found).toBeLessThanOrEqual(20_000 * unitMm);
      expect(found).toBeGreaterThan(20_000 * unitMm - 2);
    }
  });
  test('a triangle has a third wall', () => {
    const triangle = polygon([0, 0], [10_000, 0], [0, 30_000]);
    const beside = point([20_000, 15_000]);
    const third = toWallMm(
      [20_000, 15_000],
      [
        [10_000, 0],
        [0, 30_000],
      ],
    );
    expect(Math.abs(distanceMm(triangle, beside) - third)).toBeLessThan(2);
    const open = polygon([0, 30_000], [0, 0], [10_000, 0]);
    expect(Math.abs(distanceMm(open, beside) - third)).toBeLessThan(2);
  });
  test.each([
    ['in the middle', 0, true],
    ['beyond the left corner', -20_000, false],
    ['beyond the right corner', 20_000, false],
  ])('a point %s, at the height of two corners', (_name, east, isInside) => {
    const diamonds = [
      polygon([0, -10_000], [10_000, 0], [0, 10_000], [-10_000, 0]),
      polygon([-10_000, 0], [0, 10_000], [10_000, 0], [0, -10_000]),
      // With a step in it, so that two corners in a row lie at that height.
      polygon([0, -10_000], [10_000, -5_000], [10_000, 5_000], [0, 10_000], [0, 5_000], [-10_000, 0]),
    ];
    for (const diamond of diamonds) expect(distanceMm(diamond, point([0, east])) === 0).toBe(isInside);
  });
});

describe('what reaches over a sector', () => {
  const here: Position7 = [0, 0];
  const sectors = { frontMdeg: 150_000, rearMdeg: 135_000 };
  /** A straight road from one bearing to another, both 2 km off, the shorter way round. */
  const road = (from: number, to: number): Shape => line(positionAt(here, from * 1_000, 2_000), positionAt(here, to * 1_000, 2_000));
  const seen = (from: number, to: number, front = 0, by = sectors) =>
    [...sidesTowards(point(here), front * 1_000, road(from, to), by)].sort();

  test.each<[number, number, string[]]>([
    [280, 80, ['front', 'side']],
    [100, 260, ['rear', 'side']],
    [80, 100, ['side']],
    [260, 280, ['side']],
    [300, 60, ['front']],
    [120, 240, ['rear']],
    [60, 120, ['front', 'rear', 'side']],
    [240, 300, ['front', 'rear', 'side']],
    [60, 100, ['front', 'side']],
    [100, 120, ['rear', 'side']],
  ])('from %i to %i degrees: %j', (from, to, sides) => {
    for (const front of [0, 35, 200, 340]) {
      expect(seen(from + front, to + front, front)).toEqual(sides);
      expect(seen(to + front, from + front, front)).toEqual(sides);
    }
  });
  test('a narrow front is reached over sooner', () => {
    const narrow = { frontMdeg: 100_000, rearMdeg: 135_000 };
    expect([seen(300, 60, 0, narrow), seen(310, 50.5, 0, narrow), seen(311, 49, 0, narrow)]).toEqual([
      ['front', 'side'],
      ['front', 'side'],
      ['front'],
    ]);
  });
  test('a narrow rear is reached over where the road passes behind, and not where it passes beside', () => {
    const narrow = { frontMdeg: 100_000, rearMdeg: 60_000 };
    expect([seen(130, 230, 0, narrow), seen(100, 140, 0, narrow), seen(220, 260, 0, narrow)]).toEqual([
      ['rear', 'side'],
      ['side'],
      ['side'],
    ]);
  });
  test('on the very boundary both sectors count', () => {
    const east = point([0, 1_000_000]);
    const at = (frontMdeg: number, rearMdeg: number) => [...sidesTowards(point(here), 0, east, { frontMdeg, rearMdeg })].sort();
    expect([at(180_000, 90_000), at(90_000, 180_000), at(179_999, 90_000), at(90_000, 179_999)]).toEqual([
      ['front', 'side'],
      ['rear', 'side'],
      ['side'],
      ['side'],
    ]);
  });
  test('an offset of more than a third of a turn is still what it is', () => {
    expect([offsetMdeg(0, 130_000), offsetMdeg(0, 230_000), offsetMdeg(-170_000, 170_000), offsetMdeg(0, -90_000)]).toEqual([
      130_000, 130_000, 20_000, 90_000,
    ]);
  });
});

test('a position due east on the equator stays on it, and one due north keeps its meridian', () => {
  expect(positionAt([0, 0], 90_000, 50_000)[0]).toBe(0);
  expect(positionAt([0, 123], 0, 50_000)[1]).toBe(123);
  expect(positionAt([0, 0], 90_000, 111_319.4908)).toEqual([0, 10_000_000]);
});
