// Goal: every "no" of the latest walk is found until a later walk answers otherwise, and a walk that is overdue is listed.
import { expect, test } from 'vitest';
import storehouseJson from '../../resources/storehouse/rules.json' with { type: 'json' };
import { invariant } from '../../shared/lib/result.ts';
import { findingKey } from '../../shared/rules/ruleFinding.ts';
import { type ChecklistFacts, checkChecklists, type WalkedStore } from '../../shared/rules/storehouse/checklists.ts';
import { readStorehouse } from '../../shared/rules/storehouse/readStorehouse.ts';

const read = readStorehouse(storehouseJson);
invariant(read.ok, read.ok ? '' : read.error.join('\n'));
const book = read.value;
const MONTHLY = 'store.checklist.monthly';
const OPENING = 'store.checklist.opening';
const TODAY = '2026-06-01';

const walk = (checklist: string, more: Partial<ChecklistFacts> = {}): ChecklistFacts => ({
  checklist,
  onDate: '2026-05-20',
  answers: { dunnage: 'yes' },
  remark: '',
  ...more,
});
const check = (walks: readonly ChecklistFacts[], more: Partial<WalkedStore> = {}) =>
  checkChecklists({ place: 'S1', hasStock: true, latest: new Map(walks.map((each) => [each.checklist, each])), ...more }, book, TODAY);

test('every no is a finding of its own with the question, the day and the remark', () => {
  const found = check([
    walk(MONTHLY, { answers: { dunnage: 'no', gaps: 'notApplicable', locks: 'no', climate: 'yes' }, remark: 'seal broken' }),
  ]);
  expect(found).toMatchObject([
    { rule: 'store.checklistNo', severity: 'warn', status: 'unverified', facts: { question: 'Does every stack stand on dunnage?' } },
    { rule: 'store.checklistNo', facts: { onDate: '2026-05-20', remark: 'seal broken', questionId: `${MONTHLY}/locks` } },
  ]);
  expect(new Set(found.map(findingKey)).size).toBe(2);
});

test('lists do not answer for each other, and a no stands though the place was emptied', () => {
  const walks = [walk(MONTHLY), walk(OPENING, { answers: { doors: 'no' } })];
  expect(check(walks, { hasStock: false }).map(({ facts }) => facts.questionId)).toEqual([`${OPENING}/doors`]);
});

test('a question that is not asked any more is named by its id', () => {
  expect(check([walk(MONTHLY, { answers: { gone: 'no' } })])).toMatchObject([{ facts: { question: 'gone' } }]);
});

test.each<[string, readonly ChecklistFacts[], Partial<WalkedStore>, readonly string[]]>([
  ['a month later to the day', [walk(MONTHLY, { onDate: '2026-05-01' })], {}, []],
  ['a day more', [walk(MONTHLY, { onDate: '2026-04-30' })], {}, ['store.checklistDue']],
  ['never', [], {}, ['store.checklistNever']],
  ['never, and nothing there', [], { hasStock: false }, []],
  ['the list before work alone', [walk(OPENING)], {}, ['store.checklistNever']],
])('walked through %s', (_name, walks, more, says) => {
  expect(check(walks, more).map((finding) => finding.says)).toEqual(says);
  for (const finding of check(walks, more)) expect(finding).toMatchObject({ rule: 'store.checklistDue', severity: 'info' });
});

test('a list without an interval is never due, and the end of a month stays one', () => {
  expect(check([walk(MONTHLY, { onDate: '2026-01-31' }), walk(OPENING, { onDate: '2020-01-01' })])).toMatchObject([
    { facts: { questionId: MONTHLY, dueOn: '2026-02-28' } },
  ]);
});
