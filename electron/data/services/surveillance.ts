import type { DueRow, DueView, LotLifeView, PlanChoice } from '../../../shared/contract/lifeViews.ts';
import type { EntryData } from '../../../shared/domain/entries.ts';
import { type Lot, UNTOLD_ITEM_FACTS } from '../../../shared/domain/model.ts';
import { lifeEndOf } from '../../../shared/domain/shelfLife.ts';
import { inspectionKinds, inspectionResults } from '../../../shared/domain/surveillance.ts';
import { addDays, addMonths } from '../../../shared/lib/calendar.ts';
import { codeForLifeLeft } from '../../../shared/rules/conditionBook.ts';
import type { ItemFacts } from '../../../shared/rules/facts.ts';
import type { SurveillancePlan } from '../../../shared/rules/surveillance/book.ts';
import { type DueState, dueStates, scheduleOf } from '../../../shared/rules/surveillance/schedule.ts';
import { resultsOf, trendOf, verdictOf } from '../../../shared/rules/surveillance/stabiliser.ts';
import { isCalendarDate } from '../import/cells.ts';
import { inWriteTransaction, type Ledger, record, type Second } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { listLotLines } from '../repositories/facts.ts';
import { findItem, findLot, findSetting } from '../repositories/reference.ts';
import { listInspections, listLifeChanges, listPlanIds } from '../repositories/surveillance.ts';
import { conditionBook, shippedPlan } from '../rules/books.ts';
import { surveillancePlanOf } from '../rules/surveillancePlans.ts';
import { requireApproval, requireRole } from './authority.ts';
import { dateOf, packOf } from './checking.ts';
import { findPlan, lifeContext, lifeOf, lifeReader } from './lifeFacts.ts';

const badValue = (field: string, value: string, expected: string): Refused => new Refused({ code: 'badValue', field, value, expected });

/** Takes an authority's surveillance plan into the ledger, so that it travels with it. Choosing it is another entry. */
export function putPlan(ledger: Ledger, content: string): Readonly<{ plan: string; edition: string }> {
  requireRole(ledger, 'policy');
  const read = surveillancePlanOf(content);
  if (!read.ok) throw badValue('planFile', read.error.slice(0, 5).join('; '), 'a surveillance plan without a fault');
  const { id, edition } = read.value;
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'surveillancePlan.put', data: { plan: id, content } }));
  return { plan: id, edition };
}

/** From now on lots are due by this plan. */
export function choosePlan(ledger: Ledger, { plan }: { plan: string }): Readonly<{ plan: string; edition: string }> {
  requireRole(ledger, 'policy');
  const found = findPlan(ledger, ledger.site, plan);
  if (found === undefined) throw new Refused({ code: 'unknownPlan', plan });
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'surveillance.chosen', data: { plan, edition: found.edition } }));
  return { plan, edition: found.edition };
}

/** The program's plan and those of the authority, and which one the site chose. */
export function listPlans(ledger: Ledger): readonly PlanChoice[] {
  const chosen = findSetting(ledger, ledger.site, 'surveillance');
  const own = listPlanIds(ledger, ledger.site).flatMap((id) => findPlan(ledger, ledger.site, id) ?? []);
  return [shippedPlan(), ...own].map(({ id, title, edition }) => ({ plan: id, title, edition, isChosen: id === chosen }));
}

function lotHere(ledger: Ledger, lotId: string): Lot {
  const lot = findLot(ledger, ledger.site, lotId);
  if (lot === undefined) throw new Refused({ code: 'unknownLot', item: '', lot: lotId });
  return lot;
}

export type InspectionInput = Omit<EntryData['inspection.recorded'], 'id'>;
const STABILISER_PPM_MAX = 1_000_000;

/** What an inspection found of a lot. A wrong record is followed by a right one of the same day; none is taken away. */
export function recordInspection(ledger: Ledger, data: InspectionInput): { id: string } {
  requireRole(ledger, 'inspection');
  const { made } = lotHere(ledger, data.lotId);
  const today = dateOf(ledger.deps.nowMs());
  if (!inspectionKinds.includes(data.kind)) throw badValue('kind', data.kind, inspectionKinds.join(', '));
  if (!inspectionResults.includes(data.result)) throw badValue('result', data.result, inspectionResults.join(', '));
  if (!isCalendarDate(data.onDate) || data.onDate > today || (made !== null && data.onDate < made))
    throw badValue('onDate', data.onDate, `YYYY-MM-DD, ${made ?? '…'} … ${today}`);
  const ppm = data.stabiliserPpm;
  if (ppm !== null && (!Number.isSafeInteger(ppm) || ppm < 0 || ppm > STABILISER_PPM_MAX))
    throw badValue('stabiliserPpm', String(ppm), `0 … ${STABILISER_PPM_MAX}`);
  if (data.kind === 'stabiliser' && ppm === null) throw badValue('stabiliserPpm', '', `0 … ${STABILISER_PPM_MAX}`);
  if (data.result !== 'passed' && data.remark.trim() === '') throw new Refused({ code: 'remarkRequired' });
  const id = ledger.deps.newId();
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'inspection.recorded', data: { id, ...data } }));
  return { id };
}

export type LifeChangeInput = Omit<EntryData['life.changed'], 'id'>;

/**
 * A new last day of safe life. Longer needs an inspection of this lot that passed, was functional or of the stabiliser, and
 * is recent enough by the plan; shorter needs a reason only. Two people sign either.
 */
export function changeLife(ledger: Ledger, data: LifeChangeInput, second: Second | undefined): { id: string } {
  requireRole(ledger, 'inspection');
  const lot = lotHere(ledger, data.lotId);
  if (!isCalendarDate(data.until) || (lot.made !== null && data.until < lot.made)) throw badValue('until', data.until, 'YYYY-MM-DD');
  const { lifeUntil } = lifeEndOf(lot, findItem(ledger, lot.site, lot.item) ?? UNTOLD_ITEM_FACTS);
  if (lifeUntil === null || data.until > lifeUntil) checkExtension(ledger, lot, data);
  if (data.reason.trim() === '') throw new Refused({ code: 'reasonRequired' });
  requireApproval(ledger, 'override', second);
  const id = ledger.deps.newId();
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'life.changed', data: { id, ...data } }, { second }));
  return { id };
}

function checkExtension(ledger: Ledger, { site, lotId }: Lot, { until, inspection }: LifeChangeInput): void {
  const today = dateOf(ledger.deps.nowMs());
  const { rules } = lifeContext(ledger, site, packOf(ledger, site), today).plan;
  const [ageMonths, mostMonths] = [rules['life.extensionAge'].amount, rules['life.extensionMost'].amount];
  const since = ageMonths === null ? '' : addMonths(today, -ageMonths);
  const inspections = listInspections(ledger, site, lotId);
  const basis = inspections.find(({ id }) => id === inspection);
  const isBasis = basis?.result === 'passed' && (basis.kind === 'functional' || basis.kind === 'stabiliser') && basis.onDate >= since;
  const wasContradicted = basis !== undefined && inspections.some(({ onDate, result }) => onDate > basis.onDate && result === 'failed');
  if (!isBasis || wasContradicted) throw new Refused({ code: 'noBasisForExtension', inspection: inspection ?? '', since });
  const last = mostMonths === null ? until : addMonths(basis.onDate, mostMonths);
  if (until > last) throw badValue('until', until, `YYYY-MM-DD ≤ ${last}`);
}

const ORDER: readonly DueState[] = [...dueStates].reverse();

/** What a plan has stock inspected for, the worst first. @param until Also what is due by that day; null: all of it. */
export function dueRows(ledger: Ledger, plan: SurveillancePlan, until: string | null): readonly DueRow[] {
  const { site } = ledger;
  const pack = packOf(ledger, site);
  const today = dateOf(ledger.deps.nowMs());
  const read = lifeReader(ledger, site, true);
  const lots = Map.groupBy(
    listLotLines(ledger).filter((line) => line.site === site),
    ({ facts }) => facts.lotId,
  );
  const rows = [...lots].flatMap(([lotId, lines]) => {
    const lot = findLot(ledger, site, lotId);
    const item = lines[0]?.item;
    if (lot === undefined || item === undefined) return [];
    const places = [...new Set(lines.map(({ facts }) => facts.place))].sort();
    return scheduleOf(read(lotId, lot.made, item), plan, pack, today)
      .filter(({ state, dueOn }) => state !== 'notDue' || until === null || dueOn <= until)
      .map(
        ({ row, overdueAfter: _, ...due }): DueRow => ({
          ...due,
          lotId,
          item: lot.item,
          itemName: findItem(ledger, site, lot.item)?.name ?? '',
          lotText: lot.text,
          places,
          intervalMonths: row.intervalMonths,
          rule: row.id,
          source: row.source,
          status: row.status,
        }),
      );
  });
  const rank = (row: DueRow): string => `${ORDER.indexOf(row.state)}${row.dueOn}${row.item}${row.lotText}${row.lotId}${row.kind}`;
  return rows.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** What is due by the day that many days from now, the worst first; empty where the site chose no plan. */
export function dueList(ledger: Ledger, { withinDays }: { withinDays: number }): DueView {
  const today = dateOf(ledger.deps.nowMs());
  const { plan, isScheduled } = lifeContext(ledger, ledger.site, packOf(ledger), today);
  if (!isScheduled) return { plan: null, edition: plan.edition, rows: [] };
  return { plan: plan.id, edition: plan.edition, rows: dueRows(ledger, plan, addDays(today, withinDays)) };
}

/** Everything about the life of one lot: what was found, what is due, where the stabiliser goes, how the life was changed. */
export function lotLife(ledger: Ledger, { site, lotId }: { site: string; lotId: string }): LotLifeView {
  const lot = findLot(ledger, site, lotId);
  const item = lot && findItem(ledger, site, lot.item);
  if (lot === undefined || item === undefined) throw new Refused({ code: 'unknownLot', item: '', lot: lotId });
  const pack = packOf(ledger, site);
  const today = dateOf(ledger.deps.nowMs());
  const { plan, isScheduled } = lifeContext(ledger, site, pack, today);
  const life = lifeOf(ledger, lot, item as ItemFacts);
  const results = resultsOf(life.inspections);
  const lowPpm = plan.rules['life.stabiliserLow'].amount;
  const { lifeUntil } = lifeEndOf(lot, item);
  return {
    inspections: listInspections(ledger, site, lotId).toReversed(),
    due: isScheduled ? scheduleOf(life, plan, pack, today).map(({ row, ...due }) => ({ ...due, intervalMonths: row.intervalMonths })) : [],
    changes: listLifeChanges(ledger, site, lotId).map(({ site: _, ...change }) => change),
    stabiliser: {
      results,
      verdict: verdictOf(results, plan),
      trend: lowPpm === null ? null : trendOf(results, lowPpm),
      lowPpm,
      watchPpm: plan.rules['life.stabiliserWatch'].amount,
    },
    codeForLifeLeft: lifeUntil === null ? null : (codeForLifeLeft(lifeUntil, today, conditionBook())?.code ?? null),
    plan: isScheduled ? plan.id : null,
  };
}
