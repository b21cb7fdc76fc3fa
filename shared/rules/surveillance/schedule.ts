/** When a lot is looked at again, and what follows where it was not. */
import type { InspectionKind, InspectionResult } from '../../domain/surveillance.ts';
import { addDays, addMonths } from '../../lib/calendar.ts';
import { classificationOf } from '../classification.ts';
import type { ItemFacts } from '../facts.ts';
import type { RulePack } from '../pack.ts';
import { type IntervalRow, type PeriodicKind, periodicKinds, type SurveillancePlan } from './book.ts';

export type InspectionFacts = Readonly<{
  kind: InspectionKind;
  onDate: string;
  result: InspectionResult;
  stabiliserPpm: number | null;
}>;
/** What is known of a lot's life. Dates `YYYY-MM-DD`. */
export type LotLife = Readonly<{
  lotId: string;
  item: ItemFacts;
  made: string | null;
  /** The day on which it first came here; null where nothing of it ever did. */
  arrivedOn: string | null;
  /** By date, the latest last. */
  inspections: readonly InspectionFacts[];
}>;

export const dueStates = ['notDue', 'due', 'overdue', 'suspended'] as const;
export type DueState = (typeof dueStates)[number];
export type Due = Readonly<{
  kind: PeriodicKind;
  /** The row that says how often. */
  row: IntervalRow;
  /** Null: never, or not recorded. */
  lastOn: string | null;
  /** Last day on which it is in time. */
  dueOn: string;
  /** From the day after, it counts as overdue and is not issued. */
  overdueAfter: string;
  /** From the day after, it is suspended. */
  suspendedAfter: string;
  /** The first look after the lot came here, and not a repeated one. */
  isReceipt: boolean;
  state: DueState;
}>;

type Fit = 'yes' | 'maybe' | 'no';
function fitOf<T>(allowed: readonly T[], value: T | null): Fit {
  if (allowed.length === 0) return 'yes';
  if (value === null) return 'maybe';
  return allowed.includes(value) ? 'yes' : 'no';
}

function rowFit(row: IntervalRow, item: ItemFacts, pack: RulePack): Fit {
  const code = classificationOf(item, pack);
  const fits = [
    fitOf(row.items, item.item),
    fitOf(row.groups, code?.group ?? null),
    fitOf(row.divisions, code?.division ?? null),
    fitOf(row.forms, item.form),
  ];
  if (fits.includes('no')) return 'no';
  return fits.includes('maybe') ? 'maybe' : 'yes';
}

/** The row that holds for a nature: the first that fits, or one before it that may fit and asks for more. */
export function intervalFor(kind: PeriodicKind, item: ItemFacts, plan: SurveillancePlan, pack: RulePack): IntervalRow | null {
  const fits = plan.intervals.filter((row) => row.kind === kind).map((row) => ({ row, fit: rowFit(row, item, pack) }));
  const first = fits.findIndex(({ fit }) => fit === 'yes');
  const candidates = (first < 0 ? fits : fits.slice(0, first + 1)).filter(({ fit }) => fit !== 'no');
  return candidates.reduce<IntervalRow | null>(
    (shortest, { row }) => (shortest === null || row.intervalMonths < shortest.intervalMonths ? row : shortest),
    null,
  );
}

const countsAs = (kind: InspectionKind): InspectionKind => (kind === 'receipt' ? 'visual' : kind);

/** The last inspection of a kind, whatever it found: a receipt inspection is a visual one. */
export const lastOf = (kind: InspectionKind, inspections: readonly InspectionFacts[]): InspectionFacts | null =>
  inspections.findLast((each) => countsAs(each.kind) === countsAs(kind)) ?? null;

/**
 * What a lot is due for, one line a kind that its nature has an interval of. Where it was never inspected, a visual
 * inspection is due some days after it came here, and so is each other kind where its age is not known.
 *
 * @param today `YYYY-MM-DD`. Dates in the answer are rounded to the earlier day.
 * @source The amounts are rows of the plan.
 */
export function scheduleOf(life: LotLife, plan: SurveillancePlan, pack: RulePack, today: string): readonly Due[] {
  return periodicKinds.flatMap((kind) => {
    const row = intervalFor(kind, life.item, plan, pack);
    const due = row === null ? null : dueOf(kind, row, life, plan);
    return due === null ? [] : [{ ...due, state: stateOf(due, today) }];
  });
}

function dueOf(kind: PeriodicKind, row: IntervalRow, life: LotLife, { rules }: SurveillancePlan): Omit<Due, 'state'> | null {
  const lastOn = lastOf(kind, life.inspections)?.onDate ?? null;
  const since = lastOn ?? (kind === 'visual' ? null : life.made);
  const suspendIntervals = rules['life.suspended'].amount ?? Number.POSITIVE_INFINITY;
  if (since !== null) {
    const dueOn = addMonths(since, row.intervalMonths);
    const overdueAfter = addMonths(dueOn, rules['life.overdue'].amount ?? 0);
    return { kind, row, lastOn, dueOn, overdueAfter, suspendedAfter: suspendedAfter(since, row, suspendIntervals), isReceipt: false };
  }
  if (life.arrivedOn === null) return null;
  const dueOn = addDays(life.arrivedOn, rules['life.receiptOverdue'].amount ?? 0);
  const suspended = suspendedAfter(life.arrivedOn, row, suspendIntervals);
  return { kind, row, lastOn, dueOn, overdueAfter: dueOn, suspendedAfter: suspended, isReceipt: true };
}

const NEVER = '9999-12-31';
const suspendedAfter = (since: string, { intervalMonths }: IntervalRow, intervals: number): string =>
  Number.isFinite(intervals) ? addMonths(since, intervalMonths * intervals) : NEVER;

function stateOf({ dueOn, overdueAfter, suspendedAfter: suspended }: Omit<Due, 'state'>, today: string): DueState {
  if (today > suspended) return 'suspended';
  if (today > overdueAfter) return 'overdue';
  return today > dueOn ? 'due' : 'notDue';
}
