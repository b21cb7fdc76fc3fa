import { hash } from 'node:crypto';
import type { MovementRequest } from '../../../shared/contract/inputs.ts';
import type { PostOutcome, PreviewReply } from '../../../shared/contract/views.ts';
import { bandOf, type EntryData, type KeptFinding } from '../../../shared/domain/entries.ts';
import type { DomainError } from '../../../shared/domain/errors.ts';
import type { Holding, Lot, Movement } from '../../../shared/domain/model.ts';
import {
  BACKDATED_AFTER_MS,
  checkPast,
  FUTURE_TOLERANCE_MS,
  isOutside,
  SECOND_PERSON_AFTER_MS,
  takesOut,
} from '../../../shared/domain/movement.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import type { JudgedFinding } from '../../../shared/rules/finding.ts';
import { canonical, plain } from '../journal/canonical.ts';
import { inWriteTransaction, type Ledger, record, type Second, type WriteTx } from '../ledger.ts';
import { findMovement, listLaterChanges, onHand } from '../repositories/movements.ts';
import { findItem, findRestriction } from '../repositories/reference.ts';
import { findReply, saveReply } from '../repositories/replies.ts';
import { approvalRefusal } from './authority.ts';
import { checkMovement, packOf } from './checking.ts';
import { type Resolved, resolveMovement } from './resolveMovement.ts';
import { nextVoucher } from './voucher.ts';

type Decided = Readonly<{ resolved: Resolved; findings: readonly JudgedFinding[] }>;
type Refusal = Readonly<{ error: DomainError; findings: readonly JudgedFinding[] }>;

const sourceKey = (movement: Movement) => ({
  site: movement.site,
  lotId: movement.lotId,
  place: movement.from,
  condition: movement.fromCondition,
  owner: movement.owner,
  holder: movement.holder,
});

/** Stock now and at every moment since it is said to have happened; outside places have no floor. */
function checkStock(ledger: Ledger, { movement, from }: Resolved): Result<null, DomainError> {
  const age = movement.recordedAtMs - movement.happenedAtMs;
  if (age < -FUTURE_TOLERANCE_MS) return err({ code: 'inTheFuture', happenedAtMs: movement.happenedAtMs });
  const held = onHand(ledger, sourceKey(movement));
  if (!isOutside(from) && held < movement.quantity)
    return err({ code: 'insufficientStock', requested: movement.quantity, onHand: Math.max(0, held) });
  if (age > BACKDATED_AFTER_MS && (movement.reason ?? '').trim() === '') return err({ code: 'reasonRequired' });
  if (isOutside(from) || age <= 0) return ok(null);
  return checkPast(held, listLaterChanges(ledger, sourceKey(movement), movement.happenedAtMs), movement.quantity);
}

function checkAuthority(
  request: MovementRequest,
  { movement, from, lot }: Resolved,
  ledger: Ledger,
  second: Second | undefined,
): Result<null, DomainError> {
  const restriction = takesOut(movement.kind, from) ? findRestriction(ledger, movement.site, lot.item, lot.lotId) : undefined;
  if (restriction !== undefined) return err({ code: 'banned', restriction: restriction.kind, reason: restriction.reason });
  const isLongAgo = movement.recordedAtMs - movement.happenedAtMs > SECOND_PERSON_AFTER_MS;
  const refusal =
    (request.override === undefined ? null : approvalRefusal(ledger, 'override', second)) ??
    (isLongAgo ? approvalRefusal(ledger, 'backdated', second) : null);
  return refusal === null ? ok(null) : err(refusal);
}

/** The whole decision, in the order in which refusals are looked for; nothing is written. */
function decide(ledger: Ledger, request: MovementRequest, second: Second | undefined): Result<Decided, Refusal> {
  const refuse = (error: DomainError, findings: readonly JudgedFinding[] = []): Result<Decided, Refusal> => err({ error, findings });
  const resolved = resolveMovement(ledger, request);
  if (!resolved.ok) return refuse(resolved.error);
  const stock = checkStock(ledger, resolved.value);
  if (!stock.ok) return refuse(stock.error);
  const authority = checkAuthority(request, resolved.value, ledger, second);
  const found = checkMovement(ledger, resolved.value);
  if (!authority.ok) return refuse(authority.error, found);
  const blocking = found.filter((finding) => finding.blocked);
  if (blocking.length === 0) return ok({ resolved: resolved.value, findings: found });
  if (request.override === undefined)
    return refuse({ code: 'blockedByFinding', rules: [...new Set(blocking.map((finding) => finding.rule))] }, found);
  return ok({ resolved: resolved.value, findings: found.map((finding) => (finding.blocked ? { ...finding, overridden: true } : finding)) });
}

const kept = (finding: JudgedFinding): KeptFinding => ({
  ...finding,
  numbers: Object.fromEntries(Object.entries(finding.numbers).map(([name, number]) => [name, String(number)])),
});

const lotEntry = ({ site: _, ...lot }: Lot) => ({ type: 'lot.put', data: lot }) as const;

/** What a movement shows of itself where exact figures may not be shown. */
export function coarseOf(ledger: Ledger, lot: Lot, movement: Movement) {
  const item = findItem(ledger, movement.site, lot.item);
  const neqG = item?.neqG == null ? null : item.neqG * movement.quantity;
  return { division: item?.hazardCode?.slice(0, 3) ?? null, quantityBand: bandOf(movement.quantity), neqBand: bandOf(neqG) };
}

export function movementData(
  movement: Movement,
  override: string | null,
  pack: string | null,
  findings: readonly JudgedFinding[],
): EntryData['movement.posted'] {
  const { site: _site, recordedAtMs: _recorded, person: _person, second: _second, consignment, ...data } = movement;
  return { ...data, override, pack, findings: findings.map(kept), ...(consignment === null ? {} : { consignment }) };
}

/** Two devices of a site count their vouchers each for itself, so the number names the device too. */
const consignmentOf = ({ site, device }: Ledger, voucher: string): string => `${site}/${voucher}/${device.device.slice(0, 4)}`;

function post(tx: WriteTx, request: MovementRequest, second: Second | undefined): PostOutcome {
  const decided = decide(tx, request, second);
  if (!decided.ok) return { posted: false, refusal: decided.error.error, findings: decided.error.findings };
  const {
    resolved: { movement, lot, isNewLot },
    findings,
  } = decided.value;
  if (isNewLot) record(tx, lotEntry(lot));
  const voucher = nextVoucher(tx, movement.kind, movement.recordedAtMs);
  const consignment = request.consignTo === undefined ? movement.consignment : (movement.consignment ?? consignmentOf(tx, voucher));
  const pack = packOf(tx);
  record(
    tx,
    {
      type: 'movement.posted',
      data: movementData({ ...movement, voucher, consignment }, request.override ?? null, `${pack.id} ${pack.edition}`, findings),
    },
    { second, coarse: coarseOf(tx, lot, movement) },
  );
  return { posted: true, id: movement.id, voucher, findings, ...(consignment === null ? {} : { consignment }) };
}

/**
 * Posts one movement in one transaction. The same id with the same request answers as it did before; with another
 * request it is refused. A refusal changes nothing.
 */
export function postMovement(ledger: Ledger, request: MovementRequest, second?: Second): PostOutcome {
  const requestHash = hash('sha256', Buffer.from(canonical(plain(request))), 'buffer');
  const earlier = findReply(ledger, request.id);
  if (earlier?.requestHash.equals(requestHash)) return JSON.parse(earlier.reply) as PostOutcome;
  const isTaken = earlier !== undefined || findMovement(ledger, ledger.site, request.id) !== undefined;
  if (isTaken) return { posted: false, refusal: { code: 'idReused', id: request.id }, findings: [] };
  return inWriteTransaction(ledger, (tx) => {
    const outcome = post(tx, request, second);
    if (outcome.posted) saveReply(tx, request.id, requestHash, JSON.stringify(outcome));
    return outcome;
  });
}

/** What posting would answer, and what the heap it is taken from holds. A second person is assumed to sign. */
export function previewMovement(ledger: Ledger, request: MovementRequest): PreviewReply {
  const decided = decide(ledger, request, undefined);
  const resolved = resolveMovement(ledger, request);
  const held =
    resolved.ok && !isOutside(resolved.value.from) ? onHand(ledger, sourceKey(resolved.value.movement) as Omit<Holding, 'quantity'>) : null;
  return {
    refusal: decided.ok ? null : decided.error.error,
    findings: decided.ok ? decided.value.findings : decided.error.findings,
    onHand: held,
  };
}
