// Goal: what is skipped unmeasured could never have been too near. Method: random shapes, far and near, against the
// measured distance; sites of every kind of building against a check that measures everything.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Position7, Shape } from '../../shared/domain/site.ts';
import { requiredDistance } from '../../shared/rules/distance/required.ts';
import { atLeastMm } from '../../shared/rules/geometry/bounds.ts';
import { distanceMm } from '../../shared/rules/geometry/geometry.ts';
import { makePlan, pairFacts, targetsOf } from '../../shared/rules/site/plan.ts';
import { isBeyond, reachOf } from '../../shared/rules/site/reach.ts';
import { aHouse, aPotential, north } from './siteSupport.ts';
import { aastp, iatg, strictest } from './support.ts';

const at = (lat: number, lon: number): fc.Arbitrary<Position7> =>
  fc.tuple(fc.integer({ min: -200_000, max: 200_000 }), fc.integer({ min: -200_000, max: 200_000 })).map(([y, x]) => [lat + y, lon + x]);
const shapeNear = (lat: number, lon: number): fc.Arbitrary<Shape> =>
  fc.oneof(
    at(lat, lon).map((point): Shape => ({ kind: 'point', points: [point] })),
    fc.array(at(lat, lon), { minLength: 2, maxLength: 4 }).map((points): Shape => ({ kind: 'line', points })),
    fc.array(at(lat, lon), { minLength: 3, maxLength: 5 }).map((points): Shape => ({ kind: 'polygon', points })),
  );
const pair = fc
  .tuple(fc.integer({ min: -650_000_000, max: 650_000_000 }), fc.integer({ min: -1_790_000_000, max: 1_790_000_000 }))
  .chain(([lat, lon]) => fc.tuple(shapeNear(lat, lon), shapeNear(lat, lon)));

describe('the bound of a distance', () => {
  test('is never above it', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(atLeastMm(a, b)).toBeLessThanOrEqual(distanceMm(a, b));
        expect(atLeastMm(a, b)).toBe(atLeastMm(b, a));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is two metres less for two points, in every latitude', () => {
    for (const latitude of [0, 300_000_000, 600_000_000, 800_000_000]) {
      const [one, other] = [0, 500_000].map((lon7): Shape => ({ kind: 'point', points: [[latitude, lon7]] })) as [Shape, Shape];
      expect(Math.abs(distanceMm(one, other) - atLeastMm(one, other) - 2_000)).toBeLessThan(20);
    }
  });

  test('is close to it for two points, and nothing for two that touch', () => {
    expect(distanceMm(north(0), north(1_000)) - atLeastMm(north(0), north(1_000))).toBeLessThan(2_100);
    expect(atLeastMm(north(0), north(0))).toBe(0);
  });

  test('crosses the date line the short way', () => {
    const [east, west] = [1_799_999_000, -1_799_999_000].map((lon7): Shape => ({ kind: 'point', points: [[0, lon7]] })) as [Shape, Shape];
    expect(atLeastMm(east, west)).toBeLessThanOrEqual(distanceMm(east, west));
  });
});

describe('what a place can reach at most', () => {
  const kinds = ['light', 'medium', 'open', 'ecm', 'reinforced', 'process', null] as const;
  const target = aHouse(5_000);

  test.each([iatg, aastp, strictest])('$id: covers whatever any pair asks for', (pack) => {
    for (const construction of kinds) {
      const from = aPotential('S1', 0, { construction, isBarricaded: null });
      for (const kind of ['inhabited', 'vulnerable', 'route', 'process', 'fuelVital', 'marshallingYard', 'vessel', null] as const) {
        const plan = makePlan(pack.distances, [from, aPotential('S2', 900)], [{ ...target, kind }]);
        for (const [hazardDivision, neqG] of [
          ['1.1', 20_000_000],
          ['1.2.1', 900_000],
          ['1.3.1', 50_000_000],
          ['1.4', 1_000],
        ] as const)
          for (const each of targetsOf(plan, from)) {
            const ask = pairFacts(plan, from, each)?.sides.get(hazardDivision);
            if (ask === undefined) throw new Error('no ask');
            const reach = reachOf(plan, from, [{ hazardDivision, neqG }]);
            const { distanceM } = requiredDistance(plan.books, ask, neqG);
            expect(distanceM, 'of this target').toBeLessThanOrEqual(reach(each));
            expect(reach(each), 'of any target').toBeLessThanOrEqual(reach());
          }
      }
    }
  });

  test('has no end for berths and chambers, and nothing of unknown position is beyond it', () => {
    const amounts = [{ hazardDivision: '1.1', neqG: 1_000 }];
    for (const construction of ['berth', 'underground'] as const) {
      const from = aPotential('S1', 0, { construction });
      expect(reachOf(makePlan(iatg.distances, [from], [target]), from, amounts)()).toBe(Number.POSITIVE_INFINITY);
    }
    const lost = aPotential('S2', null);
    expect(isBeyond(aPotential('S1', 0), { kind: 'potential', id: 'S2', potential: lost }, () => 0)).toBe(false);
    expect(isBeyond(aPotential('S1', 0), { kind: 'exposed', id: 'H1', exposed: target }, () => 4_997)).toBe(true);
    expect(isBeyond(aPotential('S1', 0), { kind: 'exposed', id: 'H1', exposed: target }, () => 4_999)).toBe(false);
  });
});
