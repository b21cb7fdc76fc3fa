import type { EntryData } from '../../../shared/domain/entries.ts';
import { type ConditionalRule, conditionalRules } from '../../../shared/rules/conditional.ts';
import { cellsAsked } from '../../../shared/rules/site/cellsAsked.ts';
import { isCalendarDate } from '../import/cells.ts';
import { inWriteTransaction, type Ledger, record, type Second } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { findPlace } from '../repositories/reference.ts';
import { listWaivers } from '../repositories/settings.ts';
import { listApprovals } from '../repositories/site.ts';
import { requireApproval, requireRole } from './authority.ts';
import { dateOf, packOf } from './checking.ts';
import { sitePlanOf } from './sitePlan.ts';

export type ApprovalInput = Omit<EntryData['approval.granted'], 'id'>;

/** Rules that have conditions; the columns of one row of a matrix are named once. */
const namesOf = (rules: readonly ConditionalRule[]): string =>
  [...new Set(rules.map(({ rule }) => rule.replace(/\.P\d+$/, '.P…')))].join(', ');

/** An approval that names another rule, or what the rule does not ask for, would never count and would look as if it did. */
function checkConditions(ledger: Ledger, { rule, conditions }: ApprovalInput): void {
  const rules = conditionalRules(packOf(ledger));
  const known = rules.find((each) => each.rule === rule)?.conditions.map(({ id }) => id);
  if (known === undefined) throw new Refused({ code: 'badValue', field: 'rule', value: rule, expected: namesOf(rules) });
  const wrong = conditions.find((each) => !known.includes(each));
  if (conditions.length === 0 || wrong !== undefined)
    throw new Refused({ code: 'badValue', field: 'conditions', value: wrong ?? '', expected: known.join(', ') });
}

/**
 * A cell of the distances counts for one column and one row alone: where the place is not built so, or nothing around it is
 * of that row, the approval would be signed in vain and somebody would rely on it.
 */
function checkCell(ledger: Ledger, { rule, place }: ApprovalInput): void {
  const pack = packOf(ledger);
  const known = conditionalRules(pack);
  if (!known.some((each) => each.rule === rule && each.kind === 'distances')) return;
  const { plan } = sitePlanOf(ledger, ledger.site, pack, dateOf(ledger.deps.nowMs()));
  const from = plan.potentials.get(place);
  const asked = from === undefined ? new Set<string>() : cellsAsked(plan, from);
  if (asked === null || asked.has(rule)) return;
  const cells = known.filter((each) => asked.has(each.rule)).map((each) => each.rule);
  throw new Refused({ code: 'cellNotHere', rule, place, cells });
}

/** What lasts until a day must still count today: one that is over would be signed in vain. */
export function checkUntil(ledger: Ledger, until: string): void {
  const today = dateOf(ledger.deps.nowMs());
  if (!isCalendarDate(until) || until < today)
    throw new Refused({ code: 'badValue', field: 'until', value: until, expected: `YYYY-MM-DD ≥ ${today}` });
}

/** An authority found conditions of a cell to be met at one place, until a day; two people sign. */
export function grantApproval(ledger: Ledger, data: ApprovalInput, second: Second | undefined): { id: string } {
  requireRole(ledger, 'override');
  const place = findPlace(ledger, ledger.site, data.place);
  if (place === undefined || place.kind === 'external') throw new Refused({ code: 'unknownPlace', place: data.place });
  checkConditions(ledger, data);
  checkCell(ledger, data);
  checkUntil(ledger, data.until);
  if (data.authority.trim() === '') throw new Refused({ code: 'authorityRequired' });
  if (data.reason.trim() === '') throw new Refused({ code: 'reasonRequired' });
  requireApproval(ledger, 'override', second);
  const id = ledger.deps.newId();
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'approval.granted', data: { id, ...data } }, { second }));
  return { id };
}

export type Withdrawal = Readonly<{ id: string; reason: string }>;

/** One person is enough to take something back: what makes a place safer waits for nobody. */
function withdraw(ledger: Ledger, type: 'approval.withdrawn' | 'waiver.withdrawn', { id, reason }: Withdrawal): { id: string } {
  if (reason.trim() === '') throw new Refused({ code: 'reasonRequired' });
  inWriteTransaction(ledger, (tx) => record(tx, { type, data: { id, reason, atMs: tx.deps.nowMs() } }));
  return { id };
}

/** From now on what was approved counts as not met. */
export function withdrawApproval(ledger: Ledger, withdrawal: Withdrawal): { id: string } {
  requireRole(ledger, 'override');
  const isInForce = listApprovals(ledger, ledger.site, '').some(({ id }) => id === withdrawal.id);
  if (!isInForce) throw new Refused({ code: 'unknownApproval', id: withdrawal.id });
  return withdraw(ledger, 'approval.withdrawn', withdrawal);
}

/** From now on the finding blocks again. */
export function withdrawWaiver(ledger: Ledger, withdrawal: Withdrawal): { id: string } {
  requireRole(ledger, 'override');
  const isInForce = listWaivers(ledger, ledger.site).some(({ id, withdrawnAtMs }) => id === withdrawal.id && withdrawnAtMs === null);
  if (!isInForce) throw new Refused({ code: 'unknownWaiver', id: withdrawal.id });
  return withdraw(ledger, 'waiver.withdrawn', withdrawal);
}
