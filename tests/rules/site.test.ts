// Goal: every place is held against everything around it, the worst that is meant counts, and nothing hides anything.
// Method: small sites with distances chosen to the metre; properties over random sites; the check after one change is
// held against the whole check.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExposedSite, Shape, Structure } from '../../shared/domain/site.ts';
import type { StoreLine } from '../../shared/rules/facts.ts';
import type { findingKey } from '../../shared/rules/ruleFinding.ts';
import { checkAround, checkSite, type Load, loadOf } from '../../shared/rules/site/checkSite.ts';
import { computeLicence } from '../../shared/rules/site/licence.ts';
import { makePlan, type Potential } from '../../shared/rules/site/plan.ts';
import { aLine, iatg, packs, rulesOf, strictest } from './support.ts';

/** Metres north of the equator, where a degree of latitude is 110 574 m. */
const north = (metres: number): Shape => ({ kind: 'point', points: [[Math.round((metres / 110_574.2758) * 1e7), 0]] });
const aStructure = (facts: Partial<Structure> = {}): Structure => ({
  site: 'D',
  place: 'S1',
  construction: 'light',
  isBarricaded: true,
  hasProtectiveRoof: null,
  frontMdeg: null,
  shape: north(0),
  conditionsMet: [],
  people: null,
  floorLoadMaxKgPerM2: null,
  stackHeightMaxMm: null,
  floorAreaDm2: null,
  ...facts,
});
const aPotential = (place: string, atM: number | null, facts: Partial<Structure> = {}): Potential => {
  const shape = atM === null ? null : north(atM);
  return { place, type: null, structure: aStructure({ place, shape, ...facts }), shape };
};
const aHouse = (atM: number, facts: Partial<ExposedSite> = {}): ExposedSite => ({
  site: 'D',
  exposed: 'H1',
  name: 'House 1',
  kind: 'inhabited',
  route: null,
  usersPerDay: null,
  isBarricaded: null,
  hasProtectiveRoof: null,
  people: null,
  shape: north(atM),
  isActive: true,
  ...facts,
});
const kilograms = (neqKg: number, facts: Parameters<typeof aLine>[0] = {}): StoreLine => aLine({ neqG: 1_000, ...facts }, 'S1', neqKg);
const loads = (stock: Readonly<Record<string, readonly StoreLine[]>>, pack = iatg): Map<string, Load> =>
  new Map(Object.entries(stock).map(([place, lines]) => [place, loadOf({ lines }, pack)]));
const check = (
  potentials: readonly Potential[],
  exposed: readonly ExposedSite[],
  stock: Readonly<Record<string, readonly StoreLine[]>>,
  pack = iatg,
) => checkSite(makePlan(pack.distances, potentials, exposed), loads(stock, pack), pack);

describe('a house', () => {
  test('at 611 m from 20 000 kg of 1.1 is far enough, at 609 m it is not', () => {
    expect(check([aPotential('S1', 0)], [aHouse(611)], { S1: [kilograms(20_000)] })).toEqual([]);
    const [finding] = check([aPotential('S1', 0)], [aHouse(609)], { S1: [kilograms(20_000)] });
    expect(finding).toMatchObject({
      rule: 'qd.tooNear',
      severity: 'stop',
      place: 'S1',
      subjects: ['HE-81'],
      numbers: { neqKg: 20_000, requiredM: 610, actualM: 608 },
      facts: { exposed: 'H1', exposedName: 'House 1', function: 'D13', hazardDivision: '1.1', cell: 'qd.cell.1.1.IBD.P9' },
    });
  });
  test('that is gone does not count', () => {
    expect(
      check([aPotential('S1', 0)], [aHouse(10, { isActive: false }), aHouse(2_000, { exposed: 'H2' })], { S1: [kilograms(20_000)] }),
    ).toEqual([]);
  });
  test('of unknown kind is the worst kind', () => {
    expect(rulesOf(check([aPotential('S1', 0)], [aHouse(1_000, { kind: null })], { S1: [kilograms(20_000)] }))).toEqual(['qd.tooNear']);
  });
});

test.each<[string, Partial<ExposedSite>, number]>([
  ['a busy road', { kind: 'route', route: 'road', usersPerDay: 5_000 }, 610],
  ['a road of unknown traffic', { kind: 'route', route: 'road', usersPerDay: null }, 610],
  ['a way of unknown kind', { kind: 'route', route: null, usersPerDay: 1 }, 610],
  ['a road of some traffic', { kind: 'route', route: 'road', usersPerDay: 4_999 }, 405],
  ['a quiet road', { kind: 'route', route: 'road', usersPerDay: 999 }, 305],
  ['a waterway', { kind: 'route', route: 'waterway', usersPerDay: 1_800 }, 610],
  ['a path', { kind: 'route', route: 'path', usersPerDay: 200 }, 405],
  ['a hospital', { kind: 'vulnerable' }, 1_220],
  ['a workshop behind a barricade with a roof', { kind: 'process', isBarricaded: true, hasProtectiveRoof: true }, 220],
  ['a workshop without a barricade', { kind: 'process', isBarricaded: false }, 220],
  ['a marshalling yard', { kind: 'marshallingYard' }, 610],
  ['a water point', { kind: 'waterPoint' }, 25],
])('%s asks for %s of 20 000 kg', (_name, facts, requiredM) => {
  const stock = { S1: [kilograms(20_000)] };
  expect(check([aPotential('S1', 0)], [aHouse(requiredM + 1, facts)], stock)).toEqual([]);
  expect(check([aPotential('S1', 0)], [aHouse(requiredM - 2, facts)], stock)[0]?.numbers.requiredM).toBe(requiredM);
});

describe('storehouses nearer than the inter-magazine distance', () => {
  const two = [aPotential('S1', 0), aPotential('S2', 60)];
  test('are one site, and their sum keeps the distance to the house', () => {
    const findings = check(two, [aHouse(700)], { S1: [kilograms(20_000)], S2: [kilograms(20_000)] });
    expect(findings.map(({ rule, place, numbers }) => [rule, place, numbers.neqKg])).toEqual([
      ['qd.tooNear', 'S1', 40_000],
      ['qd.tooNear', 'S2', 40_000],
      ['qd.oneSite', 'S1', 40_000],
      ['qd.oneSite', 'S2', 40_000],
    ]);
  });
  test('are two where they are far enough apart', () => {
    expect(check([aPotential('S1', 0), aPotential('S2', 70)], [aHouse(700)], { S1: [kilograms(20_000)], S2: [kilograms(20_000)] })).toEqual(
      [],
    );
  });
  test('count as one from store to store', () => {
    const three = [...two, aPotential('S3', 120)];
    const findings = check(three, [aHouse(3_000)], { S1: [kilograms(20_000)], S2: [kilograms(20_000)], S3: [kilograms(20_000)] });
    expect(findings.map(({ place, numbers }) => [place, numbers.places, numbers.neqKg])).toEqual([
      ['S1', 3, 60_000],
      ['S2', 3, 60_000],
      ['S3', 3, 60_000],
    ]);
  });
  test('an empty one is no partner', () => {
    expect(check(two, [aHouse(700)], { S1: [kilograms(20_000)], S2: [] })).toEqual([]);
  });
  test('a workshop is no storehouse: it keeps its own distance', () => {
    const workshop = aPotential('W1', 100, { construction: 'process', isBarricaded: false });
    const findings = check([aPotential('S1', 0), workshop], [aHouse(3_000)], { S1: [kilograms(20_000)], W1: [kilograms(1)] });
    expect(findings.map(({ rule, place, facts }) => [rule, place, facts.exposed])).toEqual([['qd.tooNear', 'S1', 'W1']]);
  });
});

describe('the side that a building turns', () => {
  const stock = { S1: [kilograms(1_000)], S2: [kilograms(1)] };
  const neighbours = (frontMdeg: number | null, construction: Structure['construction'] = 'ecm') =>
    check([aPotential('S1', 0, { construction, frontMdeg }), aPotential('S2', 100, { isBarricaded: false })], [aHouse(5_000)], stock)
      .length;
  test('an earth-covered magazine whose front looks at the neighbour reaches it; side and rear do not', () => {
    expect([neighbours(0), neighbours(90_000), neighbours(180_000)]).toEqual([2, 0, 0]);
  });
  test('an unknown front is the worst of all sides', () => {
    expect(neighbours(null)).toBe(2);
  });
  test('a reinforced building: its opening, or its closed side', () => {
    expect([neighbours(0, 'reinforced'), neighbours(0, 'semiReinforced')]).toEqual([2, 2]);
  });
  test('the neighbour is asked for its own side too', () => {
    const at = (frontMdeg: number) =>
      check([aPotential('S1', 0), aPotential('S2', 32, { construction: 'ecm7bar', frontMdeg })], [aHouse(5_000)], {
        S1: [kilograms(1_000)],
        S2: [kilograms(1)],
      }).length;
    expect([at(0), at(180_000)]).toEqual([0, 2]);
  });
  test('a workshop by its cover: with a roof, without one, and where nobody knows', () => {
    const at = (facts: Partial<ExposedSite>) =>
      check(
        [aPotential('S1', 0, { construction: 'ecm', frontMdeg: 180_000 })],
        [aHouse(250, { kind: 'process', isBarricaded: true, ...facts })],
        { S1: [kilograms(1_000)] },
      ).map(({ numbers }) => numbers.requiredM);
    expect([at({ hasProtectiveRoof: true }), at({ hasProtectiveRoof: false }), at({ hasProtectiveRoof: null })]).toEqual([
      [],
      [270],
      [270],
    ]);
    expect(at({ hasProtectiveRoof: true, isBarricaded: null })).toEqual([270]);
  });
});

describe('what is unknown', () => {
  test('no plan at all is said once', () => {
    const bare: Potential = { place: 'S1', type: 'light', structure: null, shape: null };
    expect(check([bare], [], { S1: [kilograms(1)] })).toMatchObject([{ rule: 'qd.noPlan', severity: 'info' }]);
    expect(check([bare], [], {})).toEqual([]);
  });
  test('stock in a place without a position is named', () => {
    expect(rulesOf(check([aPotential('S1', null)], [aHouse(5_000)], { S1: [kilograms(1)] }))).toEqual(['qd.unknownPosition']);
  });
  test('stock whose NEQ and mass are unknown stops', () => {
    const findings = check([aPotential('S1', 0)], [aHouse(5_000)], { S1: [kilograms(1, { neqG: null, massG: null })] });
    expect(findings).toMatchObject([{ rule: 'qd.indeterminate', severity: 'stop', subjects: ['HE-81'] }]);
  });
  test('an unknown building counts as the worst', () => {
    const known = check([aPotential('S1', 0, { construction: 'reinforced', frontMdeg: 180_000 })], [aHouse(1_000)], { S1: [kilograms(1)] });
    expect(known).toEqual([]);
    const [unknown] = check([aPotential('S1', 0, { construction: null })], [aHouse(55, { kind: 'process' })], { S1: [kilograms(1)] });
    expect(unknown?.numbers.requiredM).toBe(270);
  });
});

describe('the licence of a storehouse', () => {
  const limits = (potentials: readonly Potential[], exposed: readonly ExposedSite[], pack = iatg) =>
    Object.fromEntries((computeLicence(makePlan(pack.distances, potentials, exposed), 'S1') ?? []).map((each) => [each.division, each]));
  test('is what the worst neighbour allows, and names it', () => {
    const found = limits([aPotential('S1', 0), aPotential('S2', 300)], [aHouse(611), aHouse(3_000, { exposed: 'H2' })]);
    expect(found['1.1']?.governing).toMatchObject({ target: 'H1', targetKind: 'exposed', required: { functionId: 'D13' } });
    expect(found['1.1']?.limitKg).toBeGreaterThanOrEqual(20_000);
    expect(found['1.4']).toEqual({ division: '1.4', limitKg: null, governing: null });
  });
  test('is where the check begins to stop', () => {
    const [potentials, exposed] = [[aPotential('S1', 0)], [aHouse(611)]] as const;
    const limitKg = limits(potentials, exposed)['1.1']?.limitKg as number;
    expect(check(potentials, exposed, { S1: [kilograms(limitKg)] })).toEqual([]);
    expect(rulesOf(check(potentials, exposed, { S1: [kilograms(limitKg + 1)] }))).toEqual(['qd.tooNear']);
  });
  test('is nothing without a position, and without a limit where nothing is near', () => {
    expect(computeLicence(makePlan(iatg.distances, [aPotential('S1', null)], []), 'S1')).toBeNull();
    expect(Object.values(limits([aPotential('S1', 0)], [])).map((each) => each.limitKg)).toEqual([null, null, null, null, null, null]);
  });
  test('is zero where even one kilogram is too near', () => {
    expect(limits([aPotential('S1', 0)], [aHouse(100)])['1.1']?.limitKg).toBe(0);
  });
});

const randomSite = fc.record({
  stores: fc.array(
    fc.record({
      atM: fc.integer({ min: 0, max: 900 }),
      kg: fc.integer({ min: 0, max: 30_000 }),
      code: fc.constantFrom('1.1D', '1.2D', '1.3C', '1.4S', '1.5D'),
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  ),
  houses: fc.array(fc.integer({ min: -1_500, max: 1_500 }), { maxLength: 4 }),
});
type RandomSite = typeof randomSite extends fc.Arbitrary<infer T> ? T : never;
const planOf = ({ stores, houses }: RandomSite, pack: typeof iatg) =>
  makePlan(
    pack.distances,
    stores.map(({ atM }, i) => aPotential(`S${i}`, atM)),
    houses.map((atM, i) => aHouse(atM, { exposed: `H${i}` })),
  );
const stockOf = ({ stores }: RandomSite, pack: typeof iatg) =>
  loads(
    Object.fromEntries(stores.map(({ kg, code }, i) => [`S${i}`, [kilograms(kg, { item: `N${i}`, hazardCode: code, heNeqG: 1_000 })]])),
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
        fc.constantFrom('1.1D', '1.2E', '1.3C', '1.4S'),
        (site, at, kg, code) => {
          const place = `S${at % site.stores.length}`;
          const before = stockOf(site, iatg);
          const old = before.get(place) as Load;
          const more = loadOf({ lines: [kilograms(kg, { item: 'NEW', hazardCode: code, heNeqG: 1_000 })] }, iatg);
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
