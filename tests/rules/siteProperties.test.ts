// Goal: whatever a site looks like, nothing hides anything, and the check after one change is what the whole check changes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Underground } from '../../shared/domain/site.ts';
import type { findingKey } from '../../shared/rules/ruleFinding.ts';
import { checkAround, checkSite, type Load, loadOf } from '../../shared/rules/site/checkSite.ts';
import { makePlan } from '../../shared/rules/site/plan.ts';
import { aHouse, aPotential, kilograms, loads } from './siteSupport.ts';
import { iatg, packs, strictest } from './support.ts';

const randomSite = fc.record({
  stores: fc.array(
    fc.record({
      atM: fc.integer({ min: 0, max: 900 }),
      kg: fc.integer({ min: 0, max: 30_000 }),
      code: fc.constantFrom('1.1D', '1.2D', '1.3C', '1.4S', '1.5D', '1.6N', '1.6N'),
      traits: fc.constantFrom(null, '', 'demonstrated', 'demonstrated'),
      fillingNeqG: fc.constantFrom(null, 0, 400, 2_000),
      construction: fc.constantFrom('light', 'light', 'berth', 'underground'),
      frontMdeg: fc.constantFrom(null, 0, 90_000, 180_000),
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  ),
  houses: fc.array(fc.integer({ min: -1_500, max: 1_500 }), { maxLength: 4 }),
});
const KINDS = ['inhabited', 'passengerTerminal', 'marshallingYard', 'vessel'] as const;
/** A chamber of which everything is known, so that its distances are of the size of the others. */
const chamberAt = (construction: string): Underground | null =>
  construction === 'underground'
    ? {
        rock: 'sandstone',
        coverMm: 5_000,
        chamberVolumeM3: 3_000,
        tunnelVolumeM3: 500,
        tunnelAreaDm2: 900,
        tunnelPerimeterMm: 12_000,
        hasProtectiveConstruction: false,
      }
    : null;
type RandomSite = typeof randomSite extends fc.Arbitrary<infer T> ? T : never;
const planOf = ({ stores, houses }: RandomSite, pack: typeof iatg) =>
  makePlan(
    pack.distances,
    stores.map(({ atM, construction, frontMdeg }, i) =>
      aPotential(`S${i}`, atM, { construction, frontMdeg, underground: chamberAt(construction) }),
    ),
    houses.map((atM, i) => aHouse(atM, { exposed: `H${i}`, kind: KINDS[i % KINDS.length] ?? null })),
  );
const stockOf = ({ stores }: RandomSite, pack: typeof iatg) =>
  loads(
    Object.fromEntries(
      stores.map(({ kg, code, traits, fillingNeqG }, i) => [
        `S${i}`,
        [kilograms(kg, { item: `N${i % 4}`, hazardCode: code, heNeqG: 1_000, traits, fillingNeqG })],
      ]),
    ),
    pack,
  );

describe('of random sites', () => {
  test('the check around one place is what the whole check changes', () => {
    fc.assert(
      fc.property(randomSite, fc.nat({ max: 5 }), fc.integer({ min: 0, max: 30_000 }), fc.constantFrom(0, 1, 2), (site, at, kg, which) => {
        const pack = packs[which] as typeof iatg;
        const place = `S${at % site.stores.length}`;
        const before = stockOf(site, pack);
        const after = new Map([...before, ...loads({ [place]: [kilograms(kg, { item: 'NEW' })] }, pack)]);
        const plan = planOf(site, pack);
        const around = checkAround(plan, { before, after }, pack, place);
        const keys = (findings: readonly Parameters<typeof findingKey>[0][]) => findings.map((each) => JSON.stringify(each)).sort();
        const touched = new Set([...around.before, ...around.after].map((each) => each.place));
        const rest = (findings: readonly Parameters<typeof findingKey>[0][]) => findings.filter((each) => !touched.has(each.place));
        const [whole, wholeAfter] = [checkSite(plan, before, pack), checkSite(plan, after, pack)];
        expect(keys(rest(wholeAfter)), 'the rest stays').toEqual(keys(rest(whole)));
        expect(keys(wholeAfter.filter((each) => touched.has(each.place)))).toEqual(
          keys(around.after.filter((each) => touched.has(each.place))),
        );
        expect(keys(whole.filter((each) => touched.has(each.place)))).toEqual(
          keys(around.before.filter((each) => touched.has(each.place))),
        );
      }),
      { numRuns: 300 },
    );
  });
  test('more stock in one place removes no finding anywhere', () => {
    fc.assert(
      fc.property(
        randomSite,
        fc.nat({ max: 5 }),
        fc.integer({ min: 1, max: 30_000 }),
        fc.constantFrom('1.1D', '1.2E', '1.3C', '1.4S', '1.4D', '1.6N'),
        fc.constantFrom(null, 'demonstrated'),
        (site, at, kg, code, traits) => {
          const place = `S${at % site.stores.length}`;
          const before = stockOf(site, iatg);
          const old = before.get(place) as Load;
          const more = loadOf({ lines: [kilograms(kg, { item: 'NEW', hazardCode: code, heNeqG: 1_000, traits })] }, iatg);
          const after = new Map([...before, [place, { ...old, contributions: [...old.contributions, ...more.contributions] }] as const]);
          const names = (stock: Map<string, Load>) =>
            checkSite(planOf(site, iatg), stock, iatg).map(({ rule, place: of, facts }) => `${rule} ${of} ${facts.exposed ?? ''}`);
          const later = new Set(names(after));
          expect(names(before).filter((name) => !later.has(name))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
  test('the order of places and exposed sites does not count, and the strictest pack finds what either finds', () => {
    fc.assert(
      fc.property(randomSite, (site) => {
        const found = (pack: typeof iatg, turned = false) => {
          const stock = [...stockOf(site, pack)];
          const plan = planOf(site, pack);
          const potentials = [...plan.potentials.values()];
          return checkSite(
            turned ? makePlan(pack.distances, potentials.toReversed(), plan.exposed.toReversed()) : plan,
            new Map(turned ? stock.toReversed() : stock),
            pack,
          );
        };
        expect(found(iatg, true)).toEqual(found(iatg));
        const strict = new Set(found(strictest).map(({ rule, place, facts }) => `${rule} ${place} ${facts.exposed ?? ''}`));
        for (const pack of packs)
          expect(
            found(pack)
              .map(({ rule, place, facts }) => `${rule} ${place} ${facts.exposed ?? ''}`)
              .filter((name) => !strict.has(name)),
          ).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
