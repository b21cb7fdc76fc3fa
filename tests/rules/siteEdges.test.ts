// Goal: a licence names the first of those that set it and what a kilogram more would ask for; a search ends where it says.
import { expect, test } from 'vitest';
import { answerDistance, answerMaxNeq } from '../../shared/rules/distance/answers.ts';
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
