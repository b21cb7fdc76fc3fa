import type { DueRow, LotsByState, PlanPreview } from '../../../shared/contract/lifeViews.ts';
import { isHeldBack } from '../../../shared/rules/surveillance/checkLife.ts';
import { dueStates } from '../../../shared/rules/surveillance/schedule.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { dateOf, packOf } from './checking.ts';
import { findPlan, lifeContext } from './lifeFacts.ts';
import { dueRows } from './surveillance.ts';

/** More are counted, not listed. */
const WORSE_LISTED_MAX = 200;

/** How bad it is for a lot: whether it stays back from issue, then its state. */
const rankOf = (row: DueRow | undefined): number =>
  row === undefined ? 0 : dueStates.indexOf(row.state) + (isHeldBack(row) ? dueStates.length : 0);

/** By lot, the inspection that weighs most. */
function worstByLot(rows: readonly DueRow[]): ReadonlyMap<string, DueRow> {
  const worst = new Map<string, DueRow>();
  for (const row of rows) if (!worst.has(row.lotId) || rankOf(row) > rankOf(worst.get(row.lotId))) worst.set(row.lotId, row);
  return worst;
}

function countLots(worst: ReadonlyMap<string, DueRow>): LotsByState {
  const rows = [...worst.values()];
  const inState = (state: DueRow['state']) => rows.filter((row) => row.state === state).length;
  return { due: inState('due'), overdue: inState('overdue'), suspended: inState('suspended'), heldBack: rows.filter(isHeldBack).length };
}

/** What choosing a plan would do to the stock that is here today, held against the plan in force. Nothing is written. */
export function previewPlan(ledger: Ledger, { plan: id }: { plan: string }): PlanPreview {
  const plan = findPlan(ledger, ledger.site, id);
  if (plan === undefined) throw new Refused({ code: 'unknownPlan', plan: id });
  const today = dateOf(ledger.deps.nowMs());
  const now = lifeContext(ledger, ledger.site, packOf(ledger), today);
  const before = worstByLot(now.isScheduled ? dueRows(ledger, now.plan, null) : []);
  const after = worstByLot(dueRows(ledger, plan, null));
  const worse = [...after.values()].filter((row) => rankOf(row) > rankOf(before.get(row.lotId)));
  const better = [...before.values()].filter((row) => rankOf(row) > rankOf(after.get(row.lotId)));
  return {
    plan: plan.id,
    title: plan.title,
    edition: plan.edition,
    before: countLots(before),
    after: countLots(after),
    worseTotal: worse.length,
    betterTotal: better.length,
    worse: worse
      .toSorted((a, b) => rankOf(b) - rankOf(a))
      .slice(0, WORSE_LISTED_MAX)
      .map((row) => ({ ...row, isHeldBack: isHeldBack(row) })),
  };
}
