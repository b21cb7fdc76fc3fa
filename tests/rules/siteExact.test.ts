// Goal: what governs a place is found whatever is worked out before it, and what a licence shows is what its row gives.
import { describe, expect, test } from 'vitest';
import { requiredDistance } from '../../shared/rules/distance/required.ts';
import { cellsAsked } from '../../shared/rules/site/cellsAsked.ts';
import { checkChanged, licenceAfter } from '../../shared/rules/site/change.ts';
import { checkSite } from '../../shared/rules/site/checkSite.ts';
import { processRows } from '../../shared/rules/site/kinds.ts';
import { computeLicence } from '../../shared/rules/site/licence.ts';
import { makePlan, type Potential } from '../../shared/rules/site/plan.ts';
import { aHouse, aPotential, check, kilograms, loads } from './siteSupport.ts';
import { iatg, packJson } from './support.ts';

const planOf = (potentials: readonly Potential[], ...houses: readonly ReturnType<typeof aHouse>[]) =>
  makePlan(iatg.distances, potentials, houses);
const store = aPotential('S1', 0);
const governingOf = (plan: ReturnType<typeof planOf>) => computeLicence(plan, 'S1')?.[0]?.governing;

describe('a licence', () => {
  test('is set by a further neighbour that asks for more, and shows what one kilogram more would ask for, exactly', () => {
    const plan = planOf([store], aHouse(1_000), aHouse(1_200, { exposed: 'SCHOOL', kind: 'vulnerable' }));
    const [licence] = computeLicence(plan, 'S1') ?? [];
    const ask = { division: '1.1', columns: ['P9'], rows: ['VBD'], method: 'table' } as const;
    const more = requiredDistance(iatg.distances, ask, ((licence?.limitKg ?? 0) + 1) * 1000);
    expect(licence?.governing).toMatchObject({ target: 'SCHOOL', required: { exactM: more.exactM, distanceM: more.distanceM } });
  });

  test('is not stopped by a neighbour of unknown position', () => {
    expect(governingOf(planOf([store, aPotential('S2', null)], aHouse(1_000)))?.target).toBe('H1');
  });

  test('of a chamber keeps the interval from the next chamber', () => {
    const chamber = { construction: 'underground', frontMdeg: 180_000 } as const;
    const plan = planOf([aPotential('S1', 0, chamber), aPotential('S2', 50, chamber)]);
    expect(governingOf(plan)).toMatchObject({ target: 'S2', required: { es: 'underground' } });
  });

  test('rests on the one approval that there is', () => {
    const approval = { rule: 'qd.cell.1.1.IBD.P2', place: 'S1', conditions: ['standardEcm'], authority: 'A', until: '2027-01-01' };
    const magazine = { ...aPotential('S1', 0, { construction: 'ecm', frontMdeg: 90_000 }), approvals: [approval] };
    expect(computeLicence(planOf([magazine], aHouse(700)), 'S1')?.[0]?.restsOn).toMatchObject([{ id: 'standardEcm' }]);
  });

  test('is worked out where nothing set one before', () => {
    const [before, after] = [planOf([store]), planOf([store], aHouse(1_000))];
    const limits = licenceAfter(before, after, 'S1', { places: new Set(), exposed: new Set(['H1']) });
    expect([licenceAfter(before, before, 'S1', { places: new Set(), exposed: new Set() })?.[0]?.limitKg, limits]).toEqual([
      null,
      computeLicence(after, 'S1'),
    ]);
  });

  test('of a berth beside a place of which nobody knows what it is keeps the distance of the worse', () => {
    const limitsKg = (construction: 'light' | 'berth' | null) =>
      computeLicence(planOf([aPotential('S1', 0, { construction: 'berth' }), aPotential('S2', 300, { construction })]), 'S1')?.map(
        ({ limitKg }) => limitKg ?? Number.POSITIVE_INFINITY,
      ) ?? [];
    const [light, berth] = [limitsKg('light'), limitsKg('berth')];
    expect(limitsKg(null)).toEqual(light.map((limit, i) => Math.min(limit, berth[i] ?? 0)));
    expect(light).not.toEqual(berth);
  });

  test('is worked out anew for what came nearer than the neighbour that set it, though it bears the id of the place', () => {
    const before = planOf([store], aHouse(1_000));
    for (const exposed of ['H2', 'S1']) {
      const after = planOf([store], aHouse(1_000), aHouse(600, { exposed }));
      const limits = licenceAfter(before, after, 'S1', { places: new Set(), exposed: new Set([exposed]) });
      expect(limits).toEqual(computeLicence(after, 'S1'));
      expect(limits?.[0]?.governing?.target).toBe(exposed);
    }
  });
});

describe('a check', () => {
  test('takes a magazine of which nobody knows the front as turned the worst way', () => {
    const behind = aHouse(-5, { kind: 'process', isBarricaded: false });
    const required = (frontMdeg: number | null) =>
      check([aPotential('S1', 0, { construction: 'ecm7bar', frontMdeg })], [behind], { S1: [kilograms(20_000)] })[0]?.numbers.requiredM ??
      0;
    const turned = [0, 90_000, 180_000].map(required);
    expect(required(null)).toBe(Math.max(...turned));
    expect(new Set(turned).size).toBeGreaterThan(1);
  });

  test('says nothing of the position of a place that became empty', () => {
    const plan = planOf([store, aPotential('S2', null)]);
    const [full, empty] = [loads({ S1: [kilograms(1)], S2: [kilograms(1)] }), loads({ S1: [kilograms(1)], S2: [] })];
    const findings = checkSite(plan, full, iatg);
    expect(findings.map(({ rule, place }) => [rule, place])).toEqual([['qd.unknownPosition', 'S2']]);
    const change = { places: new Set(['S2']), exposed: new Set<string>() };
    expect(checkChanged({ plan, loads: full, findings }, { plan, loads: empty }, iatg, change)).toEqual([]);
  });

  test('names what one site leaves out of its sum', () => {
    const row = packJson.iatg.exclusions[0];
    expect(row?.id).toBe('limit.exclusion.filling');
    const filled = kilograms(20_000, { item: 'WP', hazardCode: '1.2H', subdivision: '1.2.1', fillingNeqG: 400 });
    const [one] = check([store, aPotential('S2', 2)], [], { S1: [filled], S2: [filled] }).filter(({ rule }) => rule === 'qd.oneSite');
    expect(one?.facts.leftOut).toContain('limit.exclusion.filling');
  });
});

test('a process building is by its roof, and of unknown cover both', () => {
  const rows = (isBarricaded: boolean | null, hasProtectiveRoof: boolean | null) => processRows({ isBarricaded, hasProtectiveRoof });
  expect([rows(true, true), rows(true, false), rows(true, null)]).toEqual([['ES18'], ['ES19'], ['ES18', 'ES19']]);
  expect([rows(null, true), rows(false, true)]).toEqual([['ES18', 'ES20'], ['ES20']]);
});

test('cells that a place is held against are told where a neighbour is known, and not for berths and chambers', () => {
  const asked = (from: Potential, ...houses: readonly ReturnType<typeof aHouse>[]) => cellsAsked(planOf([from], ...houses), from);
  expect(asked(store)).toBeNull();
  expect(asked(aPotential('S1', null), aHouse(100))).toBeNull();
  const cells = asked(store, aHouse(100));
  expect(cells?.has('qd.cell.1.1.IBD.P9')).toBe(true);
  expect([...(cells ?? [])].filter((cell) => !/^qd\.cell\.1\.[1-4](\.[12])?\.IBD\.P9$/.test(cell))).toEqual([]);
  for (const construction of ['berth', 'underground'] as const)
    expect(asked(aPotential('S1', 0, { construction }), aHouse(100))).toBeNull();
});
