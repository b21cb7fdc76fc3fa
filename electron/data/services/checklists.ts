import type { EntryData } from '../../../shared/domain/entries.ts';
import { isCalendarDate } from '../import/cells.ts';
import { inWriteTransaction, type Ledger, record } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { findPlace } from '../repositories/reference.ts';
import { storehouseBook } from '../rules/books.ts';
import { requireRole } from './authority.ts';
import { dateOf } from './checking.ts';

export type ChecklistInput = Omit<EntryData['checklist.recorded'], 'id'>;

/** A checklist as it was filled in at a storehouse: every question has an answer, and a no has a remark. */
export function recordChecklist(ledger: Ledger, data: ChecklistInput): { id: string } {
  requireRole(ledger, 'checklist');
  if (findPlace(ledger, ledger.site, data.place)?.kind !== 'store') throw new Refused({ code: 'unknownPlace', place: data.place });
  const checklists = storehouseBook().checklists;
  const questions = checklists.find(({ id }) => id === data.checklist)?.questions;
  const refuse = (field: string, value: string, expected: string) => new Refused({ code: 'badValue', field, value, expected });
  if (questions === undefined) throw refuse('checklist', data.checklist, checklists.map(({ id }) => id).join(', '));
  const open = questions.find(({ id }) => data.answers[id] === undefined);
  if (open !== undefined) throw refuse('answers', '', open.id);
  const strange = Object.keys(data.answers).find((id) => !questions.some((question) => question.id === id));
  if (strange !== undefined) throw refuse('answers', strange, questions.map(({ id }) => id).join(', '));
  const today = dateOf(ledger.deps.nowMs());
  if (!isCalendarDate(data.onDate) || data.onDate > today) throw refuse('onDate', data.onDate, `YYYY-MM-DD ≤ ${today}`);
  if (Object.values(data.answers).includes('no') && data.remark.trim() === '') throw new Refused({ code: 'remarkRequired' });
  const id = ledger.deps.newId();
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'checklist.recorded', data: { id, ...data } }));
  return { id };
}
