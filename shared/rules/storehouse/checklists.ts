/** What was answered when a storehouse was walked through: every "no" stands until a later walk answers otherwise. */
import type { Checklist } from '../../domain/surveillance.ts';
import { addMonths } from '../../lib/calendar.ts';
import type { Finding } from '../finding.ts';
import { findingFrom } from '../ruleFinding.ts';
import type { ChecklistRow, StorehouseBook } from './book.ts';

export type ChecklistFacts = Pick<Checklist, 'checklist' | 'onDate' | 'answers' | 'remark'>;
export type WalkedStore = Readonly<{
  place: string;
  hasStock: boolean;
  /** The latest of each checklist, by its id. */
  latest: ReadonlyMap<string, ChecklistFacts>;
}>;

/** A question that the data does not ask any more is named by its id: the answer still stands. */
function answeredNo(list: ChecklistRow, { answers, onDate, remark }: ChecklistFacts, place: string): readonly Finding[] {
  return Object.entries(answers)
    .filter(([, answer]) => answer === 'no')
    .map(([id]) =>
      findingFrom(list, {
        rule: 'store.checklistNo',
        says: 'store.checklistNo',
        severity: 'warn',
        place,
        subjects: [],
        facts: {
          question: list.questions.find((question) => question.id === id)?.words ?? id,
          questionId: `${list.id}/${id}`,
          checklist: list.title,
          onDate,
          remark,
        },
      }),
    );
}

/** The last day by which a list is walked through again; null where it has no interval or was never walked through. */
const nextWalkOn = ({ intervalMonths }: ChecklistRow, last: Pick<ChecklistFacts, 'onDate'> | undefined): string | null =>
  intervalMonths === null || last === undefined ? null : addMonths(last.onDate, intervalMonths);

function overdue(list: ChecklistRow, last: ChecklistFacts | undefined, place: string, today: string): readonly Finding[] {
  const dueOn = nextWalkOn(list, last);
  if (list.intervalMonths === null || (dueOn !== null && dueOn >= today)) return [];
  return [
    findingFrom(list, {
      rule: 'store.checklistDue',
      says: last === undefined ? 'store.checklistNever' : 'store.checklistDue',
      severity: 'info',
      place,
      subjects: [],
      facts: { checklist: list.title, questionId: list.id, lastOn: last?.onDate ?? '', dueOn: dueOn ?? '' },
    }),
  ];
}

/**
 * Findings `store.checklistNo` of the latest record of each list, and `store.checklistDue` where stock lies and a list
 * that comes round was not walked through in time.
 *
 * @param today `YYYY-MM-DD`.
 */
export function checkChecklists(
  { place, hasStock, latest }: WalkedStore,
  { checklists }: StorehouseBook,
  today: string,
): readonly Finding[] {
  return checklists.flatMap((list) => {
    const last = latest.get(list.id);
    return [...(last === undefined ? [] : answeredNo(list, last, place)), ...(hasStock ? overdue(list, last, place, today) : [])];
  });
}
