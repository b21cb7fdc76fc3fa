import type { MovementRequest } from '../../../shared/contract/inputs.ts';
import type { DomainError } from '../../../shared/domain/errors.ts';
import type { Lot, Movement, MovementKind, Place } from '../../../shared/domain/model.ts';
import { UNKNOWN } from '../../../shared/domain/model.ts';
import { checkDirection, chooseHolding, chooseLot, DIRECTIONS, isOutside, parseQuantity } from '../../../shared/domain/movement.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import type { Ledger } from '../ledger.ts';
import { findMovement, findReversalOf, listHoldings } from '../repositories/movements.ts';
import { findItem, findLot, findPlace, listLotsByText } from '../repositories/reference.ts';

/** A request with everything named: which lot, which heap, which places. `newLot` is set where the lot is made by it. */
export type Resolved = Readonly<{ movement: Movement; from: Place; to: Place; lot: Lot; isNewLot: boolean }>;
type Step<T> = Result<T, DomainError>;

const DRAFT = { voucher: '', second: null } as const;

function resolvePlaces(ledger: Ledger, request: MovementRequest, kind: Exclude<MovementKind, 'reverse'>): Step<{ from: Place; to: Place }> {
  const { defaultFrom, defaultTo } = DIRECTIONS[kind];
  const fromCode = request.from ?? defaultFrom ?? '';
  const toCode = kind === 'condition' ? fromCode : (request.to ?? request.consignTo ?? defaultTo ?? '');
  const from = findPlace(ledger, ledger.site, fromCode);
  if (from === undefined) return err({ code: 'unknownPlace', place: fromCode });
  const to = findPlace(ledger, ledger.site, toCode);
  if (to === undefined) return err({ code: 'unknownPlace', place: toCode });
  return ok({ from, to });
}

/** A lot not in the books: made by a receipt, as described, or as unknown where there is nothing to read. */
function newLotOf(ledger: Ledger, request: MovementRequest, item: string): Lot | null {
  if (request.kind !== 'receipt' || request.lotId !== undefined) return null;
  if (request.newLot !== undefined) return { site: ledger.site, lotId: ledger.deps.newId(), item, ...request.newLot };
  if (request.lot !== '') return null;
  return { site: ledger.site, lotId: ledger.deps.newId(), item, text: '', identity: 'unknown', maker: null, made: null, lifeUntil: null };
}

function candidatesOf(ledger: Ledger, request: MovementRequest, item: string): readonly Lot[] {
  if (request.lotId === undefined) return listLotsByText(ledger, ledger.site, item, request.lot ?? '');
  const lot = findLot(ledger, ledger.site, request.lotId);
  return lot?.item === item ? [lot] : [];
}

function resolveItem(ledger: Ledger, request: MovementRequest): Step<string> {
  const code = request.item ?? (request.lotId && findLot(ledger, ledger.site, request.lotId)?.item) ?? '';
  return findItem(ledger, ledger.site, code) === undefined ? err({ code: 'unknownItem', item: code }) : ok(code);
}

const timesOf = (ledger: Ledger, request: MovementRequest) => {
  const nowMs = ledger.deps.nowMs();
  return { happenedAtMs: request.happenedAtMs ?? nowMs, recordedAtMs: nowMs };
};

/** The undoing of a movement: the same heap the other way round. */
function resolveReversal(ledger: Ledger, request: MovementRequest): Step<Resolved> {
  const id = request.reverses ?? '';
  const undone = findMovement(ledger, ledger.site, id);
  if (undone === undefined) return err({ code: 'unknownMovement', id });
  const earlier = findReversalOf(ledger, ledger.site, id);
  if (earlier !== undefined) return err({ code: 'alreadyReversed', id, by: earlier.id });
  const from = findPlace(ledger, ledger.site, undone.toPlace) as Place;
  const to = findPlace(ledger, ledger.site, undone.fromPlace) as Place;
  const movement: Movement = {
    site: ledger.site,
    id: request.id,
    kind: 'reverse',
    lotId: undone.lotId,
    from: from.place,
    to: to.place,
    quantity: undone.quantity,
    fromCondition: undone.condition,
    condition: undone.fromCondition,
    owner: undone.owner,
    holder: undone.holder,
    ...timesOf(ledger, request),
    person: ledger.session.person,
    reason: request.reason ?? null,
    reverses: id,
    consignment: undone.consignment, // what is undone was not sent, or not received
    ...DRAFT,
  };
  return ok({ movement, from, to, lot: findLot(ledger, ledger.site, undone.lotId) as Lot, isNewLot: false });
}

/** Conditions on leaving and on arriving, with owner and holder. */
function resolveHeap(
  ledger: Ledger,
  request: MovementRequest,
  lot: Lot,
  from: Place,
): Step<Pick<Movement, 'fromCondition' | 'condition' | 'owner' | 'holder'>> {
  const { owner, holder } = request;
  const isArrival = isOutside(from);
  const saidCondition = request.kind === 'condition' ? request.fromCondition : isArrival ? undefined : request.condition;
  if (request.kind === 'receipt') {
    const condition = request.condition ?? UNKNOWN;
    return ok({ fromCondition: condition, condition, owner: owner ?? UNKNOWN, holder: holder ?? UNKNOWN });
  }
  const heap = chooseHolding({ condition: saidCondition, owner, holder }, listHoldings(ledger, ledger.site, lot.lotId, from.place));
  if (!heap.ok) return heap;
  const { condition: leaving, owner: heldOwner, holder: heldHolder } = heap.value;
  const arriving = request.kind === 'condition' || isArrival ? (request.condition ?? leaving) : leaving;
  return ok({ fromCondition: leaving, condition: arriving, owner: heldOwner, holder: heldHolder });
}

/** Only an issue starts a consignment or adds to one of its own, and only a receipt ends one. */
function checkConsignment(ledger: Ledger, { kind, consignment, consignTo }: MovementRequest): Step<string | null> {
  const refuse = (field: string, value: string, expected: string) => err({ code: 'badValue', field, value, expected } as const);
  if (consignTo !== undefined && kind !== 'issue') return refuse('consignTo', consignTo, 'issue');
  if (consignTo === ledger.site) return refuse('consignTo', consignTo, `≠ ${ledger.site}`);
  if (consignment === undefined) return ok(null);
  if (kind !== 'issue' && kind !== 'receipt') return refuse('consignment', consignment, 'issue, receipt');
  const isForeign = kind === 'issue' && !consignment.startsWith(`${ledger.site}/`);
  return isForeign ? refuse('consignment', consignment, `${ledger.site}/…`) : ok(consignment);
}

/** Names everything in a request, in the order in which refusals are looked for: `badQuantity` … `sameLocation`. */
export function resolveMovement(ledger: Ledger, request: MovementRequest): Step<Resolved> {
  if (request.kind === 'reverse') return resolveReversal(ledger, request);
  const quantity = parseQuantity(request.quantity);
  if (quantity === null) return err({ code: 'badQuantity', value: request.quantity ?? '' });
  const item = resolveItem(ledger, request);
  if (!item.ok) return item;
  const places = resolvePlaces(ledger, request, request.kind);
  if (!places.ok) return places;
  const { from, to } = places.value;
  const made = newLotOf(ledger, request, item.value);
  const lot =
    made === null ? chooseLot(item.value, request.lot ?? request.lotId ?? '', candidatesOf(ledger, request, item.value)) : ok(made);
  if (!lot.ok) return lot;
  const heap = resolveHeap(ledger, request, lot.value, from);
  if (!heap.ok) return heap;
  const direction = checkDirection(request.kind, from, to);
  if (!direction.ok) return direction;
  const consignment = checkConsignment(ledger, request);
  if (!consignment.ok) return consignment;
  const movement: Movement = {
    site: ledger.site,
    id: request.id,
    kind: request.kind,
    lotId: lot.value.lotId,
    from: from.place,
    to: to.place,
    quantity,
    ...heap.value,
    ...timesOf(ledger, request),
    person: ledger.session.person,
    reason: request.reason ?? null,
    reverses: null,
    consignment: consignment.value,
    ...DRAFT,
  };
  return ok({ movement, from, to, lot: lot.value, isNewLot: made !== null });
}
