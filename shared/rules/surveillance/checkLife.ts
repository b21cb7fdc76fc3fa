import { addDays } from '../../lib/calendar.ts';
import type { Finding, Severity } from '../finding.ts';
import type { RulePack } from '../pack.ts';
import { findingFrom } from '../ruleFinding.ts';
import type { SurveillancePlan, SurveillanceRuleId } from './book.ts';
import { type Due, type InspectionFacts, type LotLife, lastOf, scheduleOf } from './schedule.ts';
import { isNear, latestOf, resultsOf, trendOf, verdictOf } from './stabiliser.ts';

export type LifeContext = Readonly<{
  plan: SurveillancePlan;
  pack: RulePack;
  /** `YYYY-MM-DD`. */
  today: string;
  /** Whether the site chose a plan. Without one nothing is due, and only what was found counts. */
  isScheduled: boolean;
}>;
type Parts = Readonly<{ facts?: Readonly<Record<string, string>>; numbers?: Readonly<Record<string, number>> }>;
type Note = (rule: SurveillanceRuleId, severity: Severity, parts?: Parts) => void;

function gather(life: LotLife, place: string, plan: SurveillancePlan, work: (note: Note) => void): readonly Finding[] {
  const findings: Finding[] = [];
  work((rule, severity, parts = {}) =>
    findings.push(findingFrom(plan.rules[rule], { says: rule, severity, place, subjects: [life.item.item], lotId: life.lotId, ...parts })),
  );
  return findings;
}

const aboutDue = ({ kind, lastOn, dueOn }: Due): Parts['facts'] => ({ inspection: kind, lastOn: lastOn ?? '', dueOn });

/**
 * Findings on a lot as it lies: inspections that were left out, what inspections found, and what the stabiliser says.
 * `life.suspended`, `life.inspectionFailed` and `life.stabiliserLow` stop; the rest warns.
 */
export function checkLife(life: LotLife, place: string, { plan, pack, today, isScheduled }: LifeContext): readonly Finding[] {
  return gather(life, place, plan, (note) => {
    for (const due of isScheduled ? scheduleOf(life, plan, pack, today) : []) noteDue(due, plan, today, note);
    noteResults(life.inspections, note);
    noteStabiliser(life, plan, today, note);
  });
}

/** Whether an inspection that is due keeps a lot from issue: it is late, or nobody looked at the lot since it came here. */
export const isHeldBack = ({ isReceipt, kind, state }: Pick<Due, 'isReceipt' | 'kind' | 'state'>): boolean =>
  state === 'overdue' || state === 'suspended' || (isReceipt && kind === 'visual');

/**
 * What of it stands against an issue: a lot that is overdue for inspection, or was not looked at since it came, stays. The
 * findings that stop anyway are among those of `checkLife`.
 */
export function checkLifeIssue(life: LotLife, place: string, context: LifeContext): readonly Finding[] {
  const { plan, pack, today, isScheduled } = context;
  const stopping = checkLife(life, place, context).filter(({ severity }) => severity === 'stop');
  if (!isScheduled) return stopping;
  const overdue = gather(life, place, plan, (note) => {
    for (const due of scheduleOf(life, plan, pack, today)) {
      // What is suspended stops by itself.
      if (isHeldBack(due) && due.state !== 'suspended')
        note(due.isReceipt ? 'life.receiptOverdue' : 'life.overdue', 'stop', { facts: aboutDue(due) });
    }
  });
  return [...stopping, ...overdue];
}

function noteDue(due: Due, { rules }: SurveillancePlan, today: string, note: Note): void {
  const facts = aboutDue(due);
  if (due.state === 'overdue') note(due.isReceipt ? 'life.receiptOverdue' : 'life.overdue', 'warn', { facts });
  if (due.state !== 'suspended') return;
  note('life.suspended', 'stop', { facts });
  const days = rules['life.suspendedLong'].amount;
  if (days !== null && today > addDays(due.suspendedAfter, days)) note('life.suspendedLong', 'warn', { facts, numbers: { days } });
}

/** The last inspection of each kind counts: a later one that passed takes an earlier failure back. */
function noteResults(inspections: readonly InspectionFacts[], note: Note): void {
  for (const kind of ['visual', 'functional', 'stabiliser', 'climatic'] as const) {
    const last = lastOf(kind, inspections);
    if (last?.result === 'failed') note('life.inspectionFailed', 'stop', { facts: { inspection: kind, lastOn: last.onDate } });
    if (last?.result === 'restricted') note('life.inspectionRestricted', 'warn', { facts: { inspection: kind, lastOn: last.onDate } });
  }
}

function noteStabiliser(life: LotLife, plan: SurveillancePlan, today: string, note: Note): void {
  const results = resultsOf(life.inspections);
  const last = latestOf(results);
  const verdict = verdictOf(results, plan);
  if (last === null || verdict === null) return;
  const parts: Parts = { facts: { lastOn: last.onDate }, numbers: { stabiliserPpm: last.ppm } };
  if (verdict === 'low') note('life.stabiliserLow', 'stop', parts);
  if (verdict === 'watch') note('life.stabiliserWatch', 'warn', parts);
  if (verdict === 'consumed') note('life.stabiliserConsumed', 'warn', parts);
  const trend = verdict === 'low' ? null : trendOf(results, plan.rules['life.stabiliserLow'].amount ?? 0);
  if (trend === null || !isNear(trend, plan, today)) return;
  const { lossPpmPerYear, reachesOn } = trend;
  note('life.stabiliserTrend', 'warn', { facts: { reachesOn }, numbers: { lossPpmPerYear } });
}
