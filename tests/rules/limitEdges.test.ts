// Goal: licence figures are rounded to the safe side, and only licence findings are told apart by their division.
import { expect, test } from 'vitest';
import { isPerDivision, limitKgOf, neqKgOf } from '../../shared/rules/limits.ts';

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
