// Goal: a smaller distance counts in the cell that it was approved for and nowhere else, and whatever rests on it says so.
import { describe, expect, test } from 'vitest';
import { conditionsByCell } from '../../shared/rules/distance/conditionCells.ts';
import { requiredDistance } from '../../shared/rules/distance/required.ts';
import type { ApprovalFacts } from '../../shared/rules/facts.ts';
import { computeLicence } from '../../shared/rules/site/licence.ts';
import { makePlan, type Potential } from '../../shared/rules/site/plan.ts';
import { aHouse, aPotential, check, kilograms } from './siteSupport.ts';
import { iatg, strictest } from './support.ts';

const approval = (rule: string, until: string, conditions = ['standardEcm']): ApprovalFacts => ({
  rule,
  place: 'S1',
  conditions,
  authority: 'Inspectorate 7',
  until,
});
/** The side of a magazine looks at the house: column P2. */
const magazine = (approvals: readonly ApprovalFacts[], ofBuilding: Potential['ofBuilding'] = []): Potential => ({
  ...aPotential('S1', 0, { construction: 'ecm', frontMdeg: 90_000, conditionsMet: ['standardEcm'] }),
  approvals,
  ofBuilding,
});
const IBD = 'qd.cell.1.1.IBD.P2';
const limitOf = (from: Potential, houses = [aHouse(700)], pack = iatg) =>
  (computeLicence(makePlan(pack.distances, [from], houses), 'S1') ?? []).find(({ division }) => division === '1.1');
const bare = limitOf(magazine([]))?.limitKg as number;

describe('a licence', () => {
  test('is greater with an approved condition, and names it with its last day', () => {
    const found = limitOf(magazine([approval(IBD, '2026-12-31')]));
    expect(found?.limitKg).toBeGreaterThan(bare);
    expect(found?.restsOn).toMatchObject([{ id: 'standardEcm', until: '2026-12-31' }]);
    expect(limitOf(magazine([]))?.restsOn).toEqual([]);
  });
  test('of a condition that is recorded with the building names its day; what is recorded alone does not count', () => {
    const found = limitOf(magazine([], [{ condition: 'standardEcm', until: '2026-12-31' }]));
    expect(found?.restsOn).toMatchObject([{ id: 'standardEcm', until: '2026-12-31' }]);
    expect(limitOf(magazine([]))).toMatchObject({ limitKg: bare, restsOn: [] });
  });
  test.each([
    ['another cell', approval('qd.cell.1.1.IBD.P1', '2026-12-31')],
    ['another row', approval('qd.cell.1.1.PTR_HIGH.P2', '2026-12-31')],
    ['another condition', approval(IBD, '2026-12-31', ['fewPersons'])],
  ])('is no greater by an approval of %s', (_name, other) => {
    expect(limitOf(magazine([other]))).toMatchObject({ limitKg: bare, restsOn: [] });
  });
  test('lasts as long as the longest approval of the same condition', () => {
    const found = limitOf(magazine([approval(IBD, '2026-10-01'), approval(IBD, '2026-12-31'), approval(IBD, '2026-11-01')]));
    expect(found?.restsOn).toMatchObject([{ until: '2026-12-31' }]);
  });
  test('rests on the condition at a neighbour that does not govern, too', () => {
    const houses = [aHouse(700), aHouse(-400, { exposed: 'R1', kind: 'route', route: 'road', usersPerDay: 1_500 })];
    const cell = requiredDistance(
      iatg.distances,
      { division: '1.1', columns: ['P2'], rows: ['PTR_MEDIUM'], method: 'table', met: [] },
      bare * 1000,
    ).row.id;
    const both = limitOf(magazine([approval(IBD, '2026-12-31'), approval(cell, '2026-11-30')]), houses);
    expect(both?.restsOn.map(({ until }) => until)).toEqual(['2026-11-30']); // the first day on which it is less
  });
  test('in the strictest pack rests on the condition of both books', () => {
    expect(limitOf(magazine([approval(IBD, '2026-12-31')]), [aHouse(700)], strictest)?.restsOn).toMatchObject([{ id: 'standardEcm' }]);
  });
});

describe('a finding', () => {
  const found = (from: Potential) => check([from], [aHouse(650)], { S1: [kilograms(45_000)] })[0];
  test('of a place that is too near all the same says what it rests on and until when', () => {
    const plain = found(magazine([]));
    const held = found(magazine([approval(IBD, '2026-12-31')], []));
    const kept = found(magazine([], [{ condition: 'standardEcm', until: '2026-11-30' }]));
    expect([plain?.says, held?.says, kept?.says]).toEqual(['qd.tooNear', 'qd.tooNearUntil', 'qd.tooNearUntil']);
    expect(held?.facts).toMatchObject({ until: '2026-12-31', conditions: expect.stringContaining('standard earth-covered') });
    expect(kept?.facts.until).toBe('2026-11-30');
    expect(held?.numbers.requiredM).toBeLessThan(plain?.numbers.requiredM as number);
  });
  test('is gone by approval of a berth, and of a chamber beside a chamber', () => {
    const berth = {
      ...aPotential('S1', 0, { construction: 'berth' }),
      approvals: [approval('qd.port.1.1.IBD', '2026-12-31', ['sparsePopulation'])],
    };
    expect(check([berth], [aHouse(500)], { S1: [kilograms(20_000)] })).toEqual([]);
    expect(check([{ ...berth, approvals: [] }], [aHouse(500)], { S1: [kilograms(20_000)] })).toHaveLength(1);
  });
});

describe('the cells that an approval may name', () => {
  const cells = conditionsByCell(iatg.distances);
  test('are those of matrices, berths and chambers, each with its own conditions', () => {
    expect([cells.get(IBD), cells.get('qd.port.1.1.IBD'), cells.get('qd.underground.interval.hardRock.sparse')]).toEqual([
      ['standardEcm'],
      ['sparsePopulation'],
      ['spallOnly'],
    ]);
    expect([cells.get('qd.cell.1.1.IBD.P9'), cells.get('qd.tooNear')]).toEqual([[], undefined]);
  });
});
