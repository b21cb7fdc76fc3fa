// Goal: licence figures are rounded to the safe side, and only licence findings are told apart by their division.
import { expect, test } from 'vitest';
import { checkLimits, isPerDivision, limitKgOf, neqKgOf } from '../../shared/rules/limits.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { aastp, aLine, aStore, iatg, wideLimits } from './support.ts';

test('what is there is rounded up to the gram, what is allowed is rounded down', () => {
  expect([neqKgOf(1_999.2), neqKgOf(2_000), neqKgOf(0)]).toEqual([2, 2, 0]);
  expect([limitKgOf(1_999.8), limitKgOf(2_000), limitKgOf(0.9)]).toEqual([1.999, 2, 0]);
});

test.each([
  ['limit.exceeded', true],
  ['limit.unlicensed', true],
  ['limit.indeterminate', false],
  ['qd.tooNear', false],
])('a store can have several findings %s, one for each division: %s', (rule, isSeveral) => {
  expect(isPerDivision(rule)).toBe(isSeveral);
});

test('an article of which neither NEQ nor mass is known is a large one', () => {
  const lines = [
    aLine({ item: 'SHELL', hazardCode: '1.2D', subdivision: '1.2.1', neqG: null, massG: null }, 'S1', 1),
    aLine({ item: 'PROP', hazardCode: '1.3C', subdivision: '1.3.1', neqG: 1_000 }, 'S1', 1),
  ];
  const found = (by: RulePack) =>
    checkLimits(aStore(lines, { ...wideLimits, '1.1': 0 }), by).map(({ rule, facts }) => `${rule} ${facts.case ?? ''}`);
  expect(found(aastp)).toEqual(['limit.exceeded limit.reactsAsOne', 'limit.indeterminate ']);
  expect(found(iatg)).toEqual(['limit.indeterminate ']);
});
