// Goal: what may be waived is what can be found, and nothing else.
import { expect, test } from 'vitest';
import { rulePacks, storehouseBook } from '../../electron/data/rules/books.ts';
import { countRows, findableRules } from '../../shared/rules/ruleIds.ts';

test.each([...rulePacks().values()])('$id', (pack) => {
  const rules = findableRules(pack, storehouseBook());
  for (const rule of [
    'limit.exceeded',
    'limit.unlicensed',
    'qd.tooNear',
    'life.suspended',
    'mix.unknown',
    'mix.articles.B-D',
    'store.floorLoad',
    'store.measure.aisle',
    'store.checklistNo',
    'mix.segregation.propulsive',
  ])
    expect(rules).toContain(rule);
  for (const row of ['', 'mix.articles.C-D', 'class.1.1D', 'limit.case.1.1', 'mix.articles.Q-Q']) expect(rules).not.toContain(row);
  expect(countRows(pack)).toEqual(countRows({ ...pack }));
  expect(countRows(pack).verified).toBeGreaterThan(100);
  expect(countRows(pack).unverified).toBeGreaterThan(100);
});
