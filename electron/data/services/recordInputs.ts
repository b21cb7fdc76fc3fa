import type { ImportInputs, PastMovement, PlaceInput } from '../../../shared/domain/imports.ts';
import type { LicenceDivision, Movement } from '../../../shared/domain/model.ts';
import { OUTSIDE } from '../../../shared/domain/model.ts';
import { isOutside } from '../../../shared/domain/movement.ts';
import { invariant } from '../../../shared/lib/result.ts';
import { causedBy } from '../../../shared/rules/compare.ts';
import type { JudgedFinding } from '../../../shared/rules/finding.ts';
import { judge } from '../../../shared/rules/policy.ts';
import { inWriteTransaction, type Ledger, record, tryOut, type WriteTx } from '../ledger.ts';
import { onHand } from '../repositories/movements.ts';
import { findLot, findPlace } from '../repositories/reference.ts';
import { checkDepot } from './checkDepot.ts';
import { packOf } from './checking.ts';
import { policyOf } from './policy.ts';
import { coarseOf, movementData } from './postMovement.ts';
import { nextVoucher, voucherAfter } from './voucher.ts';

export type OnProgress = (done: number, total: number) => void;
/** Entries under one signature: often enough for progress, seldom enough to cost little. */
const ENTRIES_PER_HEAD = 1_000;
/** Past movements in one transaction: the pages that they share are then written once. */
const MOVEMENTS_PER_COMMIT = 50_000;

/** Gives numbers to many vouchers without asking for the last one each time. */
class Vouchers {
  private last: string | null = null;
  private readonly tx: WriteTx;
  constructor(tx: WriteTx) {
    this.tx = tx;
  }
  next(kind: Movement['kind'], atMs: number): string {
    this.last = this.last === null ? nextVoucher(this.tx, kind, atMs) : voucherAfter(this.last, kind, atMs);
    return this.last;
  }
}

function recordPlace(tx: WriteTx, { limitsG, ...place }: PlaceInput): void {
  record(tx, { type: 'place.put', data: place });
  for (const [division, limitG] of Object.entries(limitsG)) {
    record(tx, { type: 'licence.set', data: { place: place.place, division: division as LicenceDivision, limitG } });
  }
}

function recordMovement(tx: WriteTx, vouchers: Vouchers, kind: Movement['kind'], heap: Omit<PastMovement, 'kind'>, pack: string): void {
  const lot = findLot(tx, tx.site, heap.lotId);
  invariant(lot !== undefined, `movement of a lot that is not recorded: ${heap.lotId}`);
  const nowMs = tx.deps.nowMs();
  const movement: Movement = {
    site: tx.site,
    id: tx.deps.newId(),
    kind,
    ...heap,
    voucher: vouchers.next(kind, nowMs),
    recordedAtMs: nowMs,
    person: tx.session.person,
    second: null,
    reason: null,
    reverses: null,
    consignment: null,
  };
  record(tx, { type: 'movement.posted', data: movementData(movement, null, pack, []) }, { coarse: coarseOf(tx, lot, movement) });
}

type Step = (tx: WriteTx, vouchers: Vouchers) => void;

function* stepsOf(inputs: ImportInputs, openingAtMs: number, pack: string): Iterable<Step> {
  for (const item of inputs.items) yield (tx) => record(tx, { type: 'item.put', data: item });
  for (const place of inputs.places) yield (tx) => recordPlace(tx, place);
  for (const lot of inputs.lots) yield (tx) => record(tx, { type: 'lot.put', data: lot });
  for (const line of inputs.stock) {
    const { place, condition, ...heap } = line;
    yield (tx, vouchers) =>
      recordMovement(
        tx,
        vouchers,
        'opening',
        { ...heap, from: OUTSIDE.opening, to: place, fromCondition: condition, condition, happenedAtMs: openingAtMs },
        pack,
      );
  }
  for (const requirement of inputs.requirements) yield (tx) => record(tx, { type: 'requirement.put', data: requirement });
}

export const stepCount = ({ items, places, lots, stock, requirements }: ImportInputs): number =>
  items.length + places.length + lots.length + stock.length + requirements.length;

function recordAll(tx: WriteTx, inputs: ImportInputs, openingAtMs: number, pack: string, onProgress: OnProgress): void {
  const total = stepCount(inputs);
  const vouchers = new Vouchers(tx);
  let done = 0;
  for (const step of stepsOf(inputs, openingAtMs, pack)) {
    step(tx, vouchers);
    done += 1;
    if (done % ENTRIES_PER_HEAD === 0) {
      tx.journal.signHead(tx.session);
      onProgress(done, total);
    }
  }
}

/**
 * Records a whole import in one transaction, signed in batches: all of it or nothing. Findings warn here and never
 * block, since what physically lies there must be recordable; the answer lists those that the import caused.
 *
 * @param isDryRun Everything is recorded, looked at and taken back: the answer is that of the real run.
 */
export function recordInputs(
  ledger: Ledger,
  inputs: ImportInputs,
  openingAtMs: number,
  onProgress: OnProgress,
  isDryRun = false,
): readonly JudgedFinding[] {
  const before = checkDepot(ledger).findings;
  const { id, edition } = packOf(ledger);
  const caused = (now: Ledger) => judge(causedBy(before, checkDepot(now).findings), 'import', policyOf(now));
  const run = (tx: WriteTx) => recordAll(tx, inputs, openingAtMs, `${id} ${edition}`, onProgress);
  if (isDryRun)
    return tryOut(ledger, (tx) => {
      run(tx);
      return caused(tx);
    });
  inWriteTransaction(ledger, run);
  return caused(ledger);
}

/**
 * Movements of the years before, in the order in which they happened; signed in batches, as an import is.
 */
export function recordPast(ledger: Ledger, movements: Iterable<PastMovement>, total: number, onProgress: OnProgress): number {
  const pack = packOf(ledger);
  const source = movements[Symbol.iterator]();
  let done = 0;
  for (let batch = take(source, MOVEMENTS_PER_COMMIT); batch.length > 0; batch = take(source, MOVEMENTS_PER_COMMIT)) {
    inWriteTransaction(ledger, (tx) => {
      const vouchers = new Vouchers(tx);
      for (const movement of batch) {
        recordPastMovement(tx, vouchers, movement, `${pack.id} ${pack.edition}`);
        done += 1;
        if (done % ENTRIES_PER_HEAD === 0) {
          tx.journal.signHead(tx.session);
          onProgress(done, total);
        }
      }
    });
  }
  return done;
}

/** In the order of happening, the balance now is the balance then: one look keeps every heap above zero at all times. */
function recordPastMovement(tx: WriteTx, vouchers: Vouchers, { kind, ...heap }: PastMovement, pack: string): void {
  const from = findPlace(tx, tx.site, heap.from);
  invariant(
    from !== undefined && findPlace(tx, tx.site, heap.to) !== undefined,
    `past movement between unknown places ${heap.from}, ${heap.to}`,
  );
  const held = onHand(tx, {
    site: tx.site,
    lotId: heap.lotId,
    place: heap.from,
    condition: heap.fromCondition,
    owner: heap.owner,
    holder: heap.holder,
  });
  invariant(isOutside(from) || held >= heap.quantity, `past movement takes more than there is from ${heap.from}`);
  recordMovement(tx, vouchers, kind, heap, pack);
}

function take<T>(source: Iterator<T>, count: number): T[] {
  const taken: T[] = [];
  while (taken.length < count) {
    const next = source.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}
