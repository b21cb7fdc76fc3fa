// Goal: a surveillance plan or a table of conditions with a fault is refused whole, and every fault is named.
import { describe, expect, test } from 'vitest';
import iatgConditions from '../../resources/conditions/iatg.json' with { type: 'json' };
import mapping from '../../resources/conditions/mapping.json' with { type: 'json' };
import usConditions from '../../resources/conditions/us.json' with { type: 'json' };
import { invariant } from '../../shared/lib/result.ts';
import { codeForLifeLeft, conditionAnswer, readConditionBook } from '../../shared/rules/conditionBook.ts';
import { readPlan } from '../../shared/rules/surveillance/readPlan.ts';
import { plan, planJson } from './surveillanceSupport.ts';

const problemsOf = (json: unknown): string => {
  const read = readPlan(json);
  return read.ok ? '' : read.error.join('\n');
};
const withRule = (id: string, more: object) => ({
  ...planJson,
  rules: planJson.rules.map((row) => (row.id === id ? { ...row, ...more } : row)),
});
const withFirst = (key: 'intervals' | 'samples', more: object) => ({
  ...planJson,
  [key]: planJson[key].map((row, i) => (i === 0 ? { ...row, ...more } : row)),
});

describe('surveillance plan', () => {
  test('the shipped one says of every amount where it comes from; what was not read is unverified', () => {
    for (const row of [...plan.intervals, ...Object.values(plan.rules), ...plan.samples]) expect(row.source).not.toBe('');
    expect(plan.intervals.every(({ status }) => status === 'unverified')).toBe(true);
    expect(plan.rules['life.receiptOverdue']).toMatchObject({ amount: 30, unit: 'days', source: 'SB 742-1 2-4', status: 'verified' });
    expect(plan.rules['life.stabiliserLow'].status).toBe('unverified');
  });

  test.each<[string, unknown, string]>([
    ['no object', [], 'plan: an object is wanted'],
    ['a field more', { ...planJson, more: 1 }, 'plan.more: not a known field'],
    ['a rule left out', { ...planJson, rules: planJson.rules.slice(1) }, 'rules: life.receiptOverdue is missing'],
    ['a rule of no kind', withRule('life.overdue', { id: 'life.other' }), 'life.other is no rule of surveillance'],
    ['another unit', withRule('life.receiptOverdue', { unit: 'months' }), 'rules[0].unit: days is wanted'],
    ['no unit', withRule('life.receiptOverdue', { unit: undefined }), 'rules[0].unit: days is wanted'],
    ['no source', withRule('life.receiptOverdue', { source: 'OTHER' }), 'rules[0].source: not in the list'],
    [
      'a verified row of a source that was not read',
      withRule('life.stabiliserLow', { status: 'verified' }),
      'verified, but its source was not read',
    ],
    ['half an amount', withRule('life.receiptOverdue', { amount: 1.5 }), 'rules[0].amount: a whole number'],
    ['an amount past reason', withRule('life.receiptOverdue', { amount: 1_000_001 }), 'rules[0].amount: at most 1000000'],
    ['low above watch', withRule('life.stabiliserLow', { amount: 3_001 }), 'life.stabiliserLow is above life.stabiliserWatch'],
    ['suspended at once', withRule('life.suspended', { amount: 0 }), 'life.suspended is at least one interval'],
    ['no interval', withFirst('intervals', { intervalMonths: 0 }), 'intervals[0].intervalMonths: 1 to 600'],
    ['an interval of a lifetime', withFirst('intervals', { intervalMonths: 601 }), 'intervals[0].intervalMonths: 1 to 600'],
    ['a kind that does not come round', withFirst('intervals', { kind: 'receipt' }), 'intervals[0].kind: one of visual'],
    ['a group of no table', withFirst('intervals', { groups: ['Z'] }), 'intervals[0].groups: one of'],
    ['a sample that accepts all', withFirst('samples', { minorAccept: 20 }), 'as many faulty ones are accepted'],
    ['an id twice', withFirst('samples', { id: 'life.overdue' }), 'life.overdue is used twice'],
  ])('%s is refused', (_name, json, problem) => expect(problemsOf(json)).toContain(problem));

  test('an amount of none is a rule that finds nothing, and bounds are taken in', () => {
    expect(problemsOf(withRule('life.receiptOverdue', { amount: null }))).toBe('');
    expect(problemsOf(withRule('life.receiptOverdue', { amount: 1_000_000 }))).toBe('');
    expect(problemsOf(withFirst('intervals', { intervalMonths: 600 }))).toBe('');
    expect(problemsOf(withFirst('samples', { minorAccept: 19 }))).toBe('');
    expect(problemsOf(withRule('life.stabiliserLow', { amount: 3_000 }))).toBe('');
  });
});

describe('condition codes', () => {
  const tables = [iatgConditions, usConditions];
  const read = readConditionBook(tables, mapping);
  invariant(read.ok, read.ok ? '' : read.error.join('\n'));
  const book = read.value;

  test('every US code has its meaning in the other table, within its group', () => {
    for (const { code, group } of usConditions.codes) {
      const { table, condition, same } = conditionAnswer(code, book);
      expect([code, table, condition?.group]).toEqual([code, 'us', group]);
      expect(same.length).toBeGreaterThan(0);
      for (const other of same) expect([code, conditionAnswer(other.code, book).condition?.group]).toEqual([code, group]);
    }
  });

  test('a mapping is read in both directions, and an unknown code is nothing', () => {
    expect(conditionAnswer('D2', book).same.map(({ code }) => code)).toEqual(['H', 'P', 'S']);
    expect(conditionAnswer('X9', book)).toEqual({ code: 'X9', table: null, condition: null, same: [] });
  });

  const spoilt = (more: object) =>
    readConditionBook(tables, { ...mapping, pairs: mapping.pairs.map((row, i) => (i === 0 ? { ...row, ...more } : row)) });
  test.each<[string, object, string]>([
    ['better group', { from: 'H', to: ['A1'] }, 'A1 is of another group than H'],
    ['code of no table', { from: 'Z' }, 'Z is in no table'],
    ['answer of no table', { to: ['Z9'] }, 'Z9 is of another group'],
    ['no answer', { to: [] }, 'answers to nothing'],
  ])('a mapping with a %s is refused', (_name, more, problem) => {
    const found = spoilt(more);
    expect(found.ok ? '' : found.error.join('\n')).toContain(problem);
  });

  test('a code in two tables is refused, as is a life left of no table', () => {
    const twice = readConditionBook([iatgConditions, iatgConditions], { ...mapping, pairs: [], lifeLeft: [] });
    expect(twice).toMatchObject({ ok: false, error: ['conditions: a code is in two tables'] });
    const lost = readConditionBook(tables, { ...mapping, lifeLeft: [{ ...mapping.lifeLeft[0], code: 'Z' }] });
    expect(lost.ok ? '' : lost.error.join()).toContain('Z is in no table');
  });

  test.each([
    ['2027-01-01', 'B'],
    ['2027-01-02', 'A'],
    ['2026-10-02', 'B'],
    ['2026-10-01', 'C'],
    ['2026-07-01', 'C'],
    ['2026-06-30', null],
  ])('life until %s on 2026-07-01 is code %s', (lifeUntil, code) => {
    expect(codeForLifeLeft(lifeUntil, '2026-07-01', book)?.code ?? null).toBe(code);
  });
});
