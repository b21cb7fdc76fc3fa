import type { CaseFacts } from '../../../shared/domain/cases.ts';
import { canonical, type Plain } from '../journal/canonical.ts';
import { caseId } from '../journal/caseId.ts';
import { inWriteTransaction, type Ledger, record, type WriteTx } from '../ledger.ts';
import {
  asOfSite,
  type ConsignedMovement,
  linesOf,
  listConsigned,
  listDifferingLots,
  listNewIncarnations,
  listTwice,
} from '../repositories/betweenSites.ts';
import { hashHeld, heldOf } from '../repositories/held.ts';
import { isAuthority } from './acceptanceLog.ts';
import { fitFacts } from './fitFacts.ts';
import { type ForkEvidence, ForkFound } from './fork.ts';

/** What only a person can decide: found here, once each, with both sides as they are. */

/**
 * Whether a case that was decided was about this very contradiction. Of a fork its branch counts, by the first entry that it says:
 * more of the same branch is nothing new. What an authority's log says is decided with the device, which ends there.
 */
function isSameAs(decided: string, facts: CaseFacts): boolean {
  if (facts.kind !== 'fork') return decided === textOf(facts);
  // What was decided may come from another device of the site.
  const [before] = (JSON.parse(decided) as Partial<ForkEvidence>).says ?? [];
  const [now] = facts.says;
  return before === undefined || now === undefined || textOf(before) === textOf(now);
}
const textOf = (value: unknown): string => canonical(value as Plain);

/** One case for a subject at a time: while it is open it stands for all of it; once it is decided, other facts are another case. */
function openCase(tx: WriteTx, subject: string, all: CaseFacts): string {
  const facts = fitFacts(all);
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? subject : `${subject} #${number}`;
    const id = caseId(facts.kind, numbered);
    const known = tx.store.get('conflictCase', { site: tx.site, id });
    if (known !== undefined && (known.decision === null || isSameAs(known.facts, facts))) return id;
    if (known !== undefined) continue;
    record(tx, { type: 'case.opened', data: { id, kind: facts.kind, subject: numbered, facts: textOf(facts) } });
    return id;
  }
}

/** Whether it is about the journal that this file itself writes. */
export const isOfOwnJournal = ({ device: own }: Ledger, { of, device, incarnation }: ForkEvidence): boolean =>
  of === 'journal' && device === own.device && incarnation === own.incarnation;

/**
 * The id of the case that keeps anything more of this incarnation out; null where there is none. What ends it is the
 * cut-off in a journal of this very device: a decision that another device of the site recorded cuts nothing off here.
 */
export const frozenBy = (ledger: Ledger, device: string, incarnation: number): string | null =>
  (ledger.sqlite
    .prepare(
      `SELECT id FROM conflict_case WHERE site = :site AND kind = 'fork'
         AND json_extract(facts, '$.device') = :device AND json_extract(facts, '$.incarnation') = :incarnation
         AND NOT EXISTS (SELECT 1 FROM partner JOIN stream USING (stream) WHERE is_own = 1 AND partner.device = :device
           AND partner.incarnation = :incarnation AND cut_off_seq IS NOT NULL)
       ORDER BY opened_at_ms LIMIT 1`,
    )
    .pluck()
    .get({ site: ledger.site, device, incarnation }) as string | undefined) ?? null;

/**
 * Keeps the proof of a fork as a case, after the bundle that brought it was refused. While a case is open about the
 * incarnation, more of the other branch adds nothing to it.
 *
 * @param bundle SHA-256 of the sealed file in quarantine, where the evidence does not name it.
 * @returns the id of the case; null where this file is an old copy or on a branch of its own, and records nothing.
 */
export function recordFork(ledger: Ledger, evidence: ForkEvidence, bundle = evidence.bundle): string | null {
  const { device, incarnation, of, seq } = evidence;
  const known = frozenBy(ledger, device, incarnation);
  if (known !== null || ledger.readOnly !== null || isOfOwnJournal(ledger, evidence)) return known;
  return inWriteTransaction(ledger, (tx) => openCase(tx, `${of} ${device}/${incarnation} ${seq}`, { ...evidence, bundle }));
}

/** Keeps the fork that a refusal brings, if it brings one; every other refusal is left alone. */
export function keepFork(ledger: Ledger, cause: unknown, bundle = ''): void {
  if (cause instanceof ForkFound) recordFork(ledger, cause.evidence, cause.evidence.bundle || bundle);
}

function openLotCases(tx: WriteTx, sites: readonly string[]): void {
  for (const { lotId, item, lot, maker, sides } of listDifferingLots(tx, sites)) {
    const of = [...new Set(sides.map(({ site }) => site))].join(', ');
    const subject = lotId === null ? `${item} / ${lot} / ${maker ?? '?'} (${of})` : `${lotId} (${of})`;
    openCase(tx, subject, { kind: 'lotDiffers', item, lot, maker, sides });
  }
}

const DAY_MS = 86_400_000;

/** A receiver may take two vouchers for one consignment; what is missing altogether is missing after a day of its account. */
function isReceiptOver(tx: WriteTx, received: readonly ConsignedMovement[]): boolean {
  const last = Math.max(...received.map(({ recordedAtMs }) => recordedAtMs));
  const asOf = Math.max(...received.map(({ site }) => asOfSite(tx, site) ?? 0));
  return asOf - last >= DAY_MS;
}

function openConsignmentCases(tx: WriteTx, consignment: string, movements: readonly ConsignedMovement[]): void {
  const received = movements.filter(({ side }) => side === 'received');
  const issued = movements.filter(({ side }) => side === 'issued');
  const receivers = [...new Set(received.map(({ site }) => site))]
    .sort()
    .map((site) => ({ site, lines: linesOf(received.filter((each) => each.site === site)) }))
    .filter(({ lines }) => lines.some((line) => line.received > 0));
  if (receivers.length > 1) openCase(tx, consignment, { kind: 'consignmentTwice', consignment, receivers });
  if (receivers.length === 0 || issued.length === 0) return; // on the way, or the sender's account is not here yet
  const lines = linesOf(movements);
  const isOver = isReceiptOver(tx, received);
  const sides = { consignment, from: [...new Set(issued.map(({ site }) => site))], to: receivers.map(({ site }) => site), lines };
  if (lines.some((line) => line.received > line.issued)) openCase(tx, consignment, { kind: 'consignmentOver', ...sides });
  if (lines.some((line) => line.received < line.issued && (line.received > 0 || isOver)))
    openCase(tx, consignment, { kind: 'consignmentShort', ...sides });
}

function openStaleCases(tx: WriteTx, sites: readonly string[]): void {
  const forked = tx.sqlite
    .prepare(
      `SELECT 1 FROM conflict_case WHERE site = ? AND kind = 'fork' AND json_extract(facts, '$.device') = ?
         AND json_extract(facts, '$.incarnation') = ?`,
    )
    .pluck();
  for (const { site, device, incarnation, seq, head } of listNewIncarnations(tx, sites)) {
    const heldUpto = heldOf(tx, device, incarnation).held;
    if (heldUpto <= seq || forked.get(tx.site, device, incarnation) !== undefined) continue;
    const isSameHistory = seq === 0 || hashHeld(tx, device, incarnation, seq)?.toString('base64url') === head;
    openCase(tx, `${device}/${incarnation} ${seq}`, {
      kind: 'staleCopy',
      site,
      device,
      incarnation,
      wentOnFrom: seq,
      heldUpto,
      isSameHistory,
    });
  }
}

/**
 * Looks for contradictions between the accounts of depots, once new ranges of `sites` are folded: at the authority
 * alone, since nobody else sees both sides. Nothing is taken back and nothing is corrected.
 */
export function openCases(tx: WriteTx, sites: readonly string[]): void {
  if (!isAuthority(tx) || sites.length === 0) return;
  openLotCases(tx, sites);
  for (const [consignment, movements] of Map.groupBy(listConsigned(tx, sites), (each) => each.consignment))
    openConsignmentCases(tx, consignment, movements);
  for (const { site, id, isReversal, sides } of listTwice(tx, sites))
    openCase(tx, isReversal ? `${site} reversal of ${id}` : `${site} ${id}`, { kind: 'movementTwice', site, id, isReversal, sides });
  openStaleCases(tx, sites);
}
