import type { CaseRow, CaseView } from '../../../shared/contract/caseViews.ts';
import { CASE_DECISIONS, type CaseFacts } from '../../../shared/domain/cases.ts';
import type { Ledger, Second, WriteTx } from '../ledger.ts';
import { inWriteTransaction, record } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { heldOf } from '../repositories/held.ts';
import { requireApproval, requireRole } from './authority.ts';

const COLUMNS =
  'id, kind, subject, facts, opened_at_ms AS openedAtMs, decision, reason, decided_at_ms AS decidedAtMs, person, second FROM conflict_case';
type Stored = CaseRow & Readonly<{ facts: string }>;

/** Newest first. Cases belong to the site that keeps them; what a partner keeps is the partner's. */
export function listCases(ledger: Ledger, { isOpenOnly }: { isOpenOnly: boolean }): CaseRow[] {
  const rows = ledger.sqlite
    .prepare(`SELECT ${COLUMNS} WHERE site = ? AND (decision IS NULL OR ?) ORDER BY opened_at_ms DESC, id`)
    .all(ledger.site, isOpenOnly ? 0 : 1) as Stored[];
  return rows.map(({ facts: _, ...row }) => row);
}

/** By its id, or by as much of its beginning as names one alone. */
function findCase(ledger: Ledger, id: string): Stored {
  const found = ledger.sqlite
    .prepare(`SELECT ${COLUMNS} WHERE site = ? AND substr(id, 1, ?) = ? LIMIT 2`)
    .all(ledger.site, id.length, id) as Stored[];
  const [only, another] = found;
  if (only === undefined || another !== undefined) throw new Refused({ code: 'unknownCase', id });
  return only;
}

/** With both sides as they were when the case was opened, and what may be decided. */
export function showCase(ledger: Ledger, { id }: { id: string }): CaseView {
  const row = findCase(ledger, id);
  return { ...row, facts: JSON.parse(row.facts) as CaseFacts, decisions: CASE_DECISIONS[row.kind] };
}

/** Nothing after the last entry that is held counts any more: the held branch stays, the device goes on under new keys. */
function cutOff(
  tx: WriteTx,
  { device, incarnation }: Extract<CaseFacts, { kind: 'fork' }>,
  reason: string,
  second: Second | undefined,
): void {
  const { seq, head } = heldOf(tx, device, incarnation); // what is held of another's journal ends in a signed head
  record(tx, { type: 'device.revoked', data: { device, incarnation, seq, head, reason } }, { second });
}

export type CaseDecision = Readonly<{ id: string; decision: string; reason: string }>;

/**
 * What two people decide on a case. It is written down and changes the ledger of no depot: what follows from it, each
 * depot records itself. Only a fork has a consequence here: the forked incarnation ends at what is held of it.
 *
 * @throws Refused: notAllowed, unknownCase, caseDecided, badValue, reasonRequired, secondPersonRequired.
 */
export function decideCase(
  ledger: Ledger,
  { id, decision, reason }: CaseDecision,
  second: Second | undefined,
): { id: string; decision: string } {
  requireRole(ledger, 'case');
  const row = showCase(ledger, { id });
  if (row.decision !== null) throw new Refused({ code: 'caseDecided', id: row.id, decision: row.decision });
  if (!row.decisions.includes(decision))
    throw new Refused({ code: 'badValue', field: 'decision', value: decision, expected: row.decisions.join(', ') });
  if (reason.trim() === '') throw new Refused({ code: 'reasonRequired' });
  requireApproval(ledger, 'case', second);
  inWriteTransaction(ledger, (tx) => {
    record(tx, { type: 'case.decided', data: { id: row.id, decision, reason } }, { second });
    if (row.facts.kind === 'fork') cutOff(tx, row.facts, reason, second);
  });
  return { id: row.id, decision };
}
