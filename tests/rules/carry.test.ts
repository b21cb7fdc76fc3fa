// Goal: geometry that is carried over from one plan to the next never changes what the checks say. Method: random sites
// and random changes of them; a plan that got the pairs of the one before is held against one made from nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExposedSite, Underground } from '../../shared/domain/site.ts';
import { NOTHING_KNOWN } from '../../shared/rules/distance/underground.ts';
import { carryPairs } from '../../shared/rules/site/carry.ts';
import { checkSite } from '../../shared/rules/site/checkSite.ts';
import { makePlan, type Potential, pairFacts, type SitePlan, targetsOf } from '../../shared/rules/site/plan.ts';
import { aHouse, aPotential, kilograms, loads } from './siteSupport.ts';
import { aastp, iatg } from './support.ts';

const PLACES = ['S1', 'S2', 'S3'];
const HOUSES = ['H1', 'H2'];
const potential = (place: string): fc.Arbitrary<Potential> =>
  fc
    .record({
      atM: fc.option(fc.integer({ min: 0, max: 900 })),
      construction: fc.constantFrom('light', 'ecm', 'process', 'berth', 'underground', null),
      underground: fc.constantFrom(
        null,
        { ...NOTHING_KNOWN, coverMm: 90_000 },
        { ...NOTHING_KNOWN, chamberVolumeM3: 2_000, tunnelAreaDm2: 900 },
      ),
      isBarricaded: fc.constantFrom(true, false, null),
      frontMdeg: fc.constantFrom(0, 90_000, 180_000, null),
    })
    .map(({ atM, ...structure }) => aPotential(place, atM, structure));
const house = (exposed: string): fc.Arbitrary<ExposedSite> =>
  fc
    .record({
      atM: fc.integer({ min: 0, max: 900 }),
      kind: fc.constantFrom('inhabited', 'process', 'vessel', 'canteenSmall', null),
      isActive: fc.boolean(),
    })
    .map(({ atM, ...facts }) => aHouse(atM, { exposed, name: exposed, ...facts }));
const site = fc.record({ potentials: fc.tuple(...PLACES.map(potential)), exposed: fc.tuple(...HOUSES.map(house)) });
const stock = loads({ S1: [kilograms(900)], S2: [kilograms(30, { hazardCode: '1.3C' })], S3: [kilograms(4_000, { hazardCode: '1.2E' })] });

const planOf = ({ potentials, exposed }: Readonly<{ potentials: readonly Potential[]; exposed: readonly ExposedSite[] }>): SitePlan =>
  makePlan(iatg.distances, potentials, exposed);
const carried = (before: SitePlan, after: SitePlan): SitePlan => {
  carryPairs(before, after);
  return after;
};
const lookAtAllPairs = (plan: SitePlan): void => {
  for (const from of plan.potentials.values()) for (const target of targetsOf(plan, from)) pairFacts(plan, from, target);
};

describe('what is carried over from the plan before', () => {
  test('changes no finding', () => {
    fc.assert(
      fc.property(site, site, fc.subarray([...PLACES, ...HOUSES]), (before, other, kept) => {
        const after = {
          potentials: other.potentials.map((each, at) => (kept.includes(each.place) ? (before.potentials[at] as Potential) : each)),
          exposed: other.exposed.map((each, at) => (kept.includes(each.exposed) ? (before.exposed[at] as ExposedSite) : each)),
        };
        const first = planOf(before);
        checkSite(first, stock, iatg);
        lookAtAllPairs(first);
        expect(checkSite(carried(first, planOf(after)), stock, iatg)).toEqual(checkSite(planOf(after), stock, iatg));
      }),
    );
  });

  const two = { potentials: [aPotential('S1', 0), aPotential('S2', 300)], exposed: [aHouse(800)] };
  const known = planOf(two);
  lookAtAllPairs(known);

  test.each([
    ['all pairs, where nothing changed', two, 4],
    ['none of a house that moved', { ...two, exposed: [aHouse(801)] }, 2],
    ['none of a storehouse that was turned', { ...two, potentials: [two.potentials[0], aPotential('S2', 300, { frontMdeg: 0 })] }, 1],
    ['none of a storehouse that went', { ...two, potentials: [two.potentials[0]] }, 1],
  ])('%s', (_name, changed, count) => {
    const after = planOf(changed as typeof two);
    expect(carried(known, after).pairs.size).toBe(count);
  });

  test('no answer of a house that became something else beside a berth, and none of a chamber that was measured anew', () => {
    const berth = { potentials: [aPotential('S1', 0, { construction: 'berth' })], exposed: [aHouse(500, { kind: 'vessel' })] };
    const lived = { ...berth, exposed: [aHouse(500, { kind: 'inhabited' })] };
    const dug = (underground: Underground) => ({
      potentials: [aPotential('S1', 0, { construction: 'underground', frontMdeg: 180_000, underground })],
      exposed: [aHouse(600)],
    });
    const sound = dug({ ...NOTHING_KNOWN, rock: 'hardRock', coverMm: 100_000, chamberVolumeM3: 2_000, tunnelVolumeM3: 1_000 });
    const tonnes = loads({ S1: [kilograms(20_000)] });
    for (const [before, after] of [
      [berth, lived],
      [sound, dug(NOTHING_KNOWN)],
    ] as const) {
      const first = planOf(before);
      expect(checkSite(first, tonnes, iatg)).toEqual([]);
      expect(checkSite(carried(first, planOf(after)), tonnes, iatg).map(({ rule }) => rule)).toEqual(['qd.tooNear']);
    }
  });

  test('nothing under another pack', () => {
    expect(carried(known, makePlan(aastp.distances, two.potentials, two.exposed)).pairs.size).toBe(0);
    const both = makePlan([...iatg.distances, ...aastp.distances], two.potentials, two.exposed);
    expect(carried(known, both).pairs.size).toBe(0);
    lookAtAllPairs(both);
    expect(carried(both, makePlan([...iatg.distances, ...iatg.distances], two.potentials, two.exposed)).pairs.size).toBe(0);
  });
});
