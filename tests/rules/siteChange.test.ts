// Goal: what is worked out for a change alone is what the whole site says after it. Method: random sites, a random building,
// house or stock put into them, against the check and the licences of the changed site from nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../shared/rules/compare.ts';
import { carryPairs } from '../../shared/rules/site/carry.ts';
import { checkChanged, licenceAfter, type SiteChange } from '../../shared/rules/site/change.ts';
import { checkSite } from '../../shared/rules/site/checkSite.ts';
import { computeLicence } from '../../shared/rules/site/licence.ts';
import { makePlan, type SitePlan } from '../../shared/rules/site/plan.ts';
import { aHouse, aPotential, kilograms, loads } from './siteSupport.ts';
import { iatg, packs } from './support.ts';

const building = fc.record({
  atM: fc.integer({ min: 0, max: 900 }),
  construction: fc.constantFrom('light', 'ecm', 'process', 'berth', null),
  isBarricaded: fc.constantFrom(true, false, null),
  frontMdeg: fc.constantFrom(null, 0, 90_000, 180_000),
  conditionsMet: fc.constantFrom<string[]>([], ['standardEcm']),
});
const stock = fc.record({ kg: fc.integer({ min: 0, max: 30_000 }), code: fc.constantFrom('1.1D', '1.2D', '1.3C', '1.4S') });
const house = fc.record({
  atM: fc.integer({ min: -1_500, max: 1_500 }),
  kind: fc.constantFrom('inhabited', 'route', 'process', 'vessel'),
  isActive: fc.boolean(),
});
const site = fc.record({
  stores: fc.array(fc.tuple(building, stock), { minLength: 1, maxLength: 6 }),
  houses: fc.array(house, { maxLength: 4 }),
});
type Site = typeof site extends fc.Arbitrary<infer T> ? T : never;
/** One of each may be another one; the house may be one more. */
const change = fc.record({
  at: fc.nat({ max: 5 }),
  building: fc.option(building),
  stock: fc.option(stock),
  house: fc.option(fc.tuple(fc.nat({ max: 5 }), house)),
});

// The first house bears the id of the first store.
const houseId = (at: number): string => (at === 0 ? 'S0' : `H${at}`);
const planOf = ({ stores, houses }: Site, pack: typeof iatg): SitePlan =>
  makePlan(
    pack.distances,
    stores.map(([{ atM, ...facts }], at) => aPotential(`S${at}`, atM, facts)),
    houses.map(({ atM, ...facts }, at) => aHouse(atM, { exposed: houseId(at), name: `House ${at}`, ...facts })),
  );
const loadsOf = ({ stores }: Site, pack: typeof iatg) =>
  loads(
    Object.fromEntries(stores.map(([, { kg, code }], at) => [`S${at}`, [kilograms(kg, { item: `N${at % 3}`, hazardCode: code })]])),
    pack,
  );

function changed(
  before: Site,
  what: typeof change extends fc.Arbitrary<infer T> ? T : never,
): Readonly<{ after: Site; change: SiteChange }> {
  const at = what.at % before.stores.length;
  const [oldBuilding, oldStock] = before.stores[at] as Site['stores'][number];
  const stores = before.stores.with(at, [what.building ?? oldBuilding, what.stock ?? oldStock]);
  const houseAt = Math.min(what.house?.[0] ?? 0, before.houses.length);
  const houses = what.house === null ? before.houses : before.houses.toSpliced(houseAt, 1, what.house[1]);
  const places = what.building === null && what.stock === null ? [] : [`S${at}`];
  return {
    after: { stores, houses },
    change: { places: new Set(places), exposed: new Set(what.house === null ? [] : [houseId(houseAt)]) },
  };
}

describe('of a random site and a random change of it', () => {
  test('the findings and the licences are those of the whole site, and so is what the change causes and cures', () => {
    fc.assert(
      fc.property(site, change, fc.nat({ max: packs.length - 1 }), (before, what, which) => {
        const pack = packs[which] as typeof iatg;
        const { after, change } = changed(before, what);
        const [plan, later] = [planOf(before, pack), planOf(after, pack)];
        const [had, has] = [loadsOf(before, pack), loadsOf(after, pack)];
        for (const place of change.places.size === 0 ? had.keys() : []) has.set(place, had.get(place) as never);
        const findings = checkSite(plan, had, pack);
        carryPairs(plan, later);
        const found = checkChanged({ plan, loads: had, findings }, { plan: later, loads: has }, pack, change);
        const whole = checkSite(planOf(after, pack), has, pack);
        expect(found).toEqual(whole);
        expect(differenceOf(findings, found)).toEqual(differenceOf(structuredClone(findings), whole));
        for (const place of later.potentials.keys())
          expect(licenceAfter(plan, later, place, change)).toEqual(computeLicence(planOf(after, pack), place));
      }),
      { numRuns: 60 },
    );
  });

  test('what cannot govern a place leaves its licence as it is, to the very object', () => {
    const plan = makePlan(iatg.distances, [aPotential('S1', 0)], [aHouse(400)]);
    const later = makePlan(iatg.distances, [aPotential('S1', 0)], [aHouse(400), aHouse(2_000, { exposed: 'H2' })]);
    const nearer = makePlan(iatg.distances, [aPotential('S1', 0)], [aHouse(400), aHouse(300, { exposed: 'H2' })]);
    const change = { places: new Set<string>(), exposed: new Set(['H2']) };
    const limits = licenceAfter(plan, plan, 'S1', change);
    expect(licenceAfter(plan, later, 'S1', change)).toBe(limits);
    expect(licenceAfter(plan, nearer, 'S1', change)?.[0]?.governing?.target).toBe('H2');
  });
});
