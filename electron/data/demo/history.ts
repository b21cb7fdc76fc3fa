import type { PastMovement } from '../../../shared/domain/imports.ts';
import type { Random } from './random.ts';

/** One lot of the generator with its heaps; owner and holder never change. */
export type LivingLot = {
  lotId: string;
  owner: string;
  holder: string;
  stores: readonly string[];
  receiptAt: number;
  received: number;
  heaps: Map<string, number>;
  open: Map<string, number>;
};
export type HistoryPlan = Readonly<{
  lots: LivingLot[];
  units: readonly string[];
  suppliers: readonly string[];
  count: number;
  fromMs: number;
  untilMs: number;
}>;

const CONDITION = 'A1';
const EXPENDED = 'ext:expended';
const add = (heaps: Map<string, number>, place: string, quantity: number) => {
  const sum = (heaps.get(place) ?? 0) + quantity;
  if (sum === 0) heaps.delete(place);
  else heaps.set(place, sum);
};

type Draft = Pick<PastMovement, 'kind' | 'from' | 'to' | 'quantity'>;

function pickHeap(heaps: Map<string, number>, random: Random): [string, number] | null {
  if (heaps.size === 0) return null;
  let at = random.below(heaps.size);
  for (const heap of heaps) if (at-- === 0) return heap;
  return null;
}

/** A part of a heap; never all of it, so that a depot does not run empty in ten years. */
const part = (held: number, random: Random): number => Math.min(held, random.between(1, Math.max(1, Math.floor(held / 20))));

function fromUnit(lot: LivingLot, random: Random): Draft | null {
  const open = pickHeap(lot.open, random);
  if (open === null) return null;
  const [unit, held] = open;
  const quantity = Math.min(held, random.between(1, held));
  return random.below(3) === 0
    ? { kind: 'return', from: unit, to: random.pick(lot.stores), quantity }
    : { kind: 'expend', from: unit, to: EXPENDED, quantity };
}

function fromStore(lot: LivingLot, units: readonly string[], random: Random): Draft | null {
  const heap = pickHeap(lot.heaps, random);
  if (heap === null) return null;
  const [place, held] = heap;
  const others = lot.stores.filter((store) => store !== place);
  if (random.below(4) === 0 && others.length > 0)
    return { kind: 'move', from: place, to: random.pick(others), quantity: part(held, random) };
  return held < 20 ? null : { kind: 'issue', from: place, to: random.pick(units), quantity: part(held, random) };
}

function carryOut(lot: LivingLot, draft: Draft): void {
  if (draft.kind === 'return' || draft.kind === 'expend') add(lot.open, draft.from, -draft.quantity);
  if (draft.kind === 'issue' || draft.kind === 'move') add(lot.heaps, draft.from, -draft.quantity);
  if (draft.kind === 'issue') add(lot.open, draft.to, draft.quantity);
  if (draft.kind === 'move' || draft.kind === 'return' || draft.kind === 'receipt') add(lot.heaps, draft.to, draft.quantity);
}

/**
 * Ten years of a depot in the order in which they happened: receipts of new lots in their time, issues to units, what
 * comes back and what is fired, moves between storehouses of the same family. No heap ever goes below zero.
 */
export function* history({ lots, units, suppliers, count, fromMs, untilMs }: HistoryPlan, random: Random): Iterable<PastMovement> {
  const arriving = lots.filter((lot) => lot.received > 0).sort((a, b) => b.receiptAt - a.receiptAt); // the next one last, where it is cheap to take
  const present = lots.filter((lot) => lot.received === 0);
  const stepMs = Math.floor((untilMs - fromMs) / (count + 1));
  for (let at = 1; at <= count; at++) {
    const atMs = fromMs + at * stepMs;
    const next = arriving.at(-1);
    const isDue = next !== undefined && (next.receiptAt <= atMs || present.length === 0);
    const [lot, draft] = isDue ? arrival(next, suppliers, random) : dailyWork(present, units, random);
    if (isDue) present.push(arriving.pop() as LivingLot);
    yield movementOf(lot, draft, atMs);
    carryOut(lot, draft);
  }
}

const arrival = (lot: LivingLot, suppliers: readonly string[], random: Random): [LivingLot, Draft] => [
  lot,
  { kind: 'receipt', from: random.pick(suppliers), to: lot.stores[0] as string, quantity: lot.received },
];

/** Tries lots until one has something to do; a depot of many lots always has. */
function dailyWork(present: readonly LivingLot[], units: readonly string[], random: Random): [LivingLot, Draft] {
  for (;;) {
    const lot = random.pick(present);
    const draft = random.below(2) === 0 ? (fromUnit(lot, random) ?? fromStore(lot, units, random)) : fromStore(lot, units, random);
    if (draft !== null) return [lot, draft];
  }
}

const movementOf = (lot: LivingLot, draft: Draft, happenedAtMs: number): PastMovement => ({
  ...draft,
  lotId: lot.lotId,
  fromCondition: CONDITION,
  condition: CONDITION,
  owner: lot.owner,
  holder: lot.holder,
  happenedAtMs,
});
