// Goal: a licence names the first of those that set it and what a kilogram more would ask for; a search ends where it says.
import { expect, test } from 'vitest';
import { answerDistance, answerMaxNeq } from '../../shared/rules/distance/answers.ts';
import { requiredDistance } from '../../shared/rules/distance/required.ts';
import { distanceMm } from '../../shared/rules/geometry/geometry.ts';
import { computeLicence } from '../../shared/rules/site/licence.ts';
import { makePlan } from '../../shared/rules/site/plan.ts';
import { aHouse, aPotential, check, kilograms } from './siteSupport.ts';
import { iatg, rulesOf } from './support.ts';

test('of two houses equally near the first sets the licence, with the distance that one kilogram more would ask for', () => {
  const plan = makePlan(iatg.distances, [aPotential('S1', 0)], [aHouse(611), aHouse(611, { exposed: 'H2', name: 'House 2' })]);
  const [licence] = computeLicence(plan, 'S1') ?? [];
  expect(licence?.governing).toMatchObject({ target: 'H1', targetName: 'House 1', required: { functionId: 'D13', distanceM: 620 } });
});

test('the most that a function allows is looked for up to ten thousand tonnes', () => {
  expect(answerMaxNeq(iatg, { division: '1.1', functionId: 'D3', method: 'formula' }, 1_000_000)).toEqual({ ok: true, value: 10_000_000 });
});

test('nothing needs no distance, and the least of anything a metre', () => {
  const metres = (neqG: number) => {
    const answer = answerDistance(iatg, { division: '1.1', functionId: 'D3', method: 'formula' }, neqG);
    return answer.ok ? answer.value.distanceM : answer.error;
  };
  expect([metres(0), metres(1)]).toEqual([0, 1]);
});

test('one building with a position is a plan, and the one without is named', () => {
  const findings = check([aPotential('S1', 0), aPotential('S2', null)], [], { S1: [kilograms(1)], S2: [kilograms(1)] });
  expect(findings.map(({ rule, place }) => [rule, place])).toEqual([['qd.unknownPosition', 'S2']]);
});

test('stock in a place that the plan does not have is no trouble of the others', () => {
  expect(rulesOf(check([aPotential('S1', 0)], [aHouse(5_000)], { S1: [kilograms(1)], S9: [kilograms(1)] }))).toEqual([]);
});

test('a share of another function shows its own exact metres', () => {
  // 0.36 of 28.127 - 2.364 ln Q + 1.577 (ln Q)² at 1 000 kg.
  const answer = answerDistance(iatg, { division: '1.2', functionId: 'D3', method: 'formula' }, 1_000_000);
  expect(answer.ok && answer.value.exactM).toBe(31.34);
});

test('where nothing is asked for, nothing is shown', () => {
  const ask = { division: '1.1', columns: ['P9'], rows: ['IBD'], method: 'table' } as const;
  expect(requiredDistance(iatg.distances, ask, 0)).toMatchObject({
    distanceM: 0,
    exactM: 0,
    isExtrapolated: false,
    functionId: null,
    minimumM: null,
    governedBy: 'none',
  });
});

test('the nearer house sets the licence, whichever is named first', () => {
  const houses = [aHouse(1_000), aHouse(611, { exposed: 'H2' })];
  for (const exposed of [houses, houses.toReversed()]) {
    const [licence] = computeLicence(makePlan(iatg.distances, [aPotential('S1', 0)], exposed), 'S1') ?? [];
    expect(licence?.governing?.target).toBe('H2');
    expect(licence?.limitKg).toBeLessThan(25_000);
  }
});

test('the actual distance is shown in whole metres, rounded down', () => {
  const [finding] = check([aPotential('S1', 0)], [aHouse(1_100.5, { kind: 'vulnerable' })], { S1: [kilograms(20_000)] });
  expect(finding?.numbers).toMatchObject({ actualM: 1_100, requiredM: 1_220 });
});

test('a distance that is just what is asked for is enough, and eleven millimetres less is not', () => {
  // 5 900 kg of 1.1 ask for 405 m, and these two points are 405.000 m apart.
  const house = (lat7: number) => aHouse(0, { shape: { kind: 'point', points: [[lat7, 0]] } });
  expect(distanceMm({ kind: 'point', points: [[0, 0]] }, { kind: 'point', points: [[36_627, 0]] })).toBe(405_000);
  expect(rulesOf(check([aPotential('S1', 0)], [house(36_627)], { S1: [kilograms(5_900)] }))).toEqual([]);
  expect(rulesOf(check([aPotential('S1', 0)], [house(36_626)], { S1: [kilograms(5_900)] }))).toEqual(['qd.tooNear']);
});

test('an answer names the kilograms that were asked', () => {
  expect(answerDistance(iatg, { division: '1.1', functionId: 'D7', method: 'table' }, 20_000_500)).toMatchObject({
    value: { neqKg: 20_000.5, distanceM: 66, method: 'table' },
  });
});

test.each([
  ['open', 'qd.cell.1.1.IBD.P9'],
  ['process', 'qd.cell.1.1.IBD.P9'],
  ['light', 'qd.cell.1.1.IBD.P9'],
  ['medium', 'qd.cell.1.1.IBD.P7'],
  ['ecm7bar', 'qd.cell.1.1.IBD.P3'],
  ['ecm3bar', 'qd.cell.1.1.IBD.P3'],
  ['ecm', 'qd.cell.1.1.IBD.P3'],
] as const)('%s behind a barricade, its front to the house, is %s', (construction, cell) => {
  const store = aPotential('S1', 0, { construction, isBarricaded: true, frontMdeg: 0 });
  expect(check([store], [aHouse(5)], { S1: [kilograms(20_000)] })[0]?.facts.cell).toBe(cell);
});
