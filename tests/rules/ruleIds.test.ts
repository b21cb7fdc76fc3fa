// Goal: what may be waived is what can be found and stops, and nothing else.
import { expect, test } from 'vitest';
import { rulePacks } from '../../electron/data/rules/books.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { countRows, waivableRules } from '../../shared/rules/ruleIds.ts';

test.each([...rulePacks().values()])('$id', (pack) => {
  const rules = waivableRules(pack);
  for (const rule of [
    'limit.exceeded',
    'limit.unlicensed',
    'qd.tooNear',
    'life.suspended',
    'life.overdue',
    'mix.unknown',
    'mix.articles.B-D',
    'store.floorLoad',
    'store.measure.stackLimit',
    'mix.segregation.propulsive',
  ])
    expect(rules).toContain(rule);
  for (const row of ['', 'mix.articles.C-D', 'class.1.1D', 'limit.case.1.1', 'mix.articles.Q-Q']) expect(rules).not.toContain(row);
  for (const onlyWarns of ['store.checklistDue', 'store.checklistNo', 'store.measure.aisle', 'unknown.neq', pack.mayBePropulsive.id])
    expect(rules).not.toContain(onlyWarns);
  for (const { id, severity } of pack.segregation.values()) expect([id, rules.has(id)]).toEqual([id, severity === 'stop']);
  expect(countRows(pack)).toEqual(countRows({ ...pack }));
  expect(countRows(pack).verified).toBeGreaterThan(100);
  expect(countRows(pack).unverified).toBeGreaterThan(100);
});

/** What stops, of the rules that are one row each, as the design and the plan of inspections say. */
const SINGLE_STOPS = [
  'class.illegal',
  'life.condition',
  'life.expired',
  'life.inspectionFailed',
  'life.overdue',
  'life.receiptOverdue',
  'life.stabiliserLow',
  'life.suspended',
  'life.unknown',
  'limit.indeterminate',
  'limit.unlicensed',
  'mix.unknown',
  'qd.indeterminate',
  'qd.tooNear',
  'store.floorLoad',
  'store.measure.stackLimit',
];

test('of the rules of one row these stop, and a table without its cells has no others', () => {
  const pack = rulePacks().get('iatg-2021') as RulePack;
  const bare = waivableRules({ ...pack, articles: new Map(), substances: new Map(), segregation: new Map(), aggregations: [] });
  expect([...bare].filter((rule) => rule !== 'limit.exceeded' && rule !== pack.propulsive.id).sort()).toEqual(SINGLE_STOPS);
});

test('rows are counted once each, by whether they were read, and nothing else is a row', () => {
  const row = (id: unknown, status: unknown, source: unknown = 'S') => ({ pack: 'p', id, source, status });
  const rows = [row('a', 'verified'), row('b', 'verified'), row('c', 'verified'), row('d', 'unverified'), row('a', 'verified')];
  const others = [row(1, 'verified'), row('e', 7), row('f', 'unverified', null)];
  expect(countRows({ rows, others } as unknown as RulePack)).toEqual({ verified: 3, unverified: 1 });
});
