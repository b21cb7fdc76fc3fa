// Goal: every place is held against everything around it, the worst that is meant counts, and nothing hides anything.
// Method: small sites with distances chosen to the metre; properties over random sites; the check after one change is
// held against the whole check.
import { describe, expect, test } from 'vitest';
import type { ExposedSite, Structure } from '../../shared/domain/site.ts';
import { computeLicence } from '../../shared/rules/site/licence.ts';
import { makePlan, type Potential } from '../../shared/rules/site/plan.ts';
import { aHouse, aPotential, check, kilograms } from './siteSupport.ts';
import { iatg, rulesOf } from './support.ts';

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
    expect(found['1.4']).toEqual({ division: '1.4', limitKg: null, governing: null, restsOn: [] });
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
