import { err, ok, type Result } from '../lib/result.ts';
import type { DomainError } from './errors.ts';
import type { Holding, HoldingKey, Lot, MovementKind, Place } from './model.ts';
import { OUTSIDE, UNKNOWN } from './model.ts';

/** Built-in and declared external places have no floor: they are where ammunition enters and leaves the account. */
export const isOutside = (place: Pick<Place, 'kind'>): boolean => place.kind === 'external';
export const isBuiltInPlace = (code: string): boolean => code.startsWith('ext:');

/** Whole number of units of issue above zero, at most ten million million; null otherwise. */
export function parseQuantity(text: string | undefined): number | null {
  if (text === undefined || !/^[0-9]{1,13}$/.test(text.trim())) return null;
  const quantity = Number(text);
  return quantity > 0 ? quantity : null;
}

type Side = 'inside' | 'outside' | 'any';
type Direction = Readonly<{ from: Side; to: Side; defaultFrom: string | null; defaultTo: string | null }>;

/** Which way each kind of movement goes, and the place that stands in where none is named. */
export const DIRECTIONS: Readonly<Record<Exclude<MovementKind, 'reverse'>, Direction>> = {
  opening: { from: 'outside', to: 'inside', defaultFrom: OUTSIDE.opening, defaultTo: null },
  receipt: { from: 'outside', to: 'inside', defaultFrom: OUTSIDE.supplier, defaultTo: null },
  issue: { from: 'inside', to: 'outside', defaultFrom: null, defaultTo: null },
  move: { from: 'inside', to: 'inside', defaultFrom: null, defaultTo: null },
  return: { from: 'outside', to: 'inside', defaultFrom: null, defaultTo: null },
  expend: { from: 'any', to: 'outside', defaultFrom: null, defaultTo: OUTSIDE.expended },
  condition: { from: 'inside', to: 'inside', defaultFrom: null, defaultTo: null },
};

const fits = (side: Side, place: Place): boolean => side === 'any' || (side === 'outside') === isOutside(place);

/** Same place twice, unless the condition is what changes; then whether the kind may go this way. */
export function checkDirection(kind: MovementKind, from: Place, to: Place): Result<null, DomainError> {
  if (kind === 'reverse') return ok(null);
  if (from.place === to.place && kind !== 'condition') return err({ code: 'sameLocation', place: from.place });
  const direction = DIRECTIONS[kind];
  const isRight = fits(direction.from, from) && fits(direction.to, to) && from.kind !== 'site' && to.kind !== 'site';
  return isRight ? ok(null) : err({ code: 'wrongDirection', kind, from: from.place, to: to.place });
}

/** The one lot that was meant. Candidates are those that match what was said; two lots may bear the same text. */
export function chooseLot(item: string, said: string, candidates: readonly Lot[]): Result<Lot, DomainError> {
  const [only, ...others] = candidates;
  if (only === undefined) return err({ code: 'unknownLot', item, lot: said });
  if (others.length > 0)
    return err({ code: 'ambiguousLot', candidates: candidates.map(({ lotId, maker, made }) => ({ lotId, maker, made })) });
  return ok(only);
}

type Said = Readonly<{ condition?: string | undefined; owner?: string | undefined; holder?: string | undefined }>;
export type HoldingChoice = Pick<HoldingKey, 'condition' | 'owner' | 'holder'>;

const matches =
  (said: Said) =>
  (holding: Holding): boolean =>
    holding.quantity > 0 &&
    (said.condition ?? holding.condition) === holding.condition &&
    (said.owner ?? holding.owner) === holding.owner &&
    (said.holder ?? holding.holder) === holding.holder;

/**
 * The heap that something is taken from: the only one that matches what was said. None: the heap as said, unknown where
 * not said (its stock is zero, which the next check will say).
 */
export function chooseHolding(said: Said, holdings: readonly Holding[]): Result<HoldingChoice, DomainError> {
  const found = holdings.filter(matches(said));
  const [only, ...others] = found;
  if (others.length > 0) {
    return err({
      code: 'ambiguousHolding',
      candidates: found.map(({ condition, owner, holder, quantity }) => ({ condition, owner, holder, quantity })),
    });
  }
  if (only !== undefined) return ok({ condition: only.condition, owner: only.owner, holder: only.holder });
  return ok({ condition: said.condition ?? UNKNOWN, owner: said.owner ?? UNKNOWN, holder: said.holder ?? UNKNOWN });
}

/** One later change of a heap, newest first. */
export type LaterChange = Readonly<{ atMs: number; change: number }>;

/**
 * Whether taking `quantity` out at an earlier moment would have left less than nothing at any moment since.
 *
 * @param onHand what the heap holds now; @param later its changes after that moment, newest first.
 */
export function checkPast(onHand: number, later: readonly LaterChange[], quantity: number): Result<null, DomainError> {
  let balance = onHand;
  let lowest = { balance: onHand, atMs: later[0]?.atMs ?? 0 };
  for (const { atMs, change } of later) {
    balance -= change;
    if (balance < lowest.balance) lowest = { balance, atMs };
  }
  return lowest.balance >= quantity ? ok(null) : err({ code: 'negativeInThePast', atMs: lowest.atMs, short: quantity - lowest.balance });
}

const HOUR_MS = 3_600_000;
/** Earlier than this before recording is backdating, and needs a reason. A voucher typed in the same evening is not. */
export const BACKDATED_AFTER_MS = 24 * HOUR_MS;
/** Earlier than this needs a second person too. */
export const SECOND_PERSON_AFTER_MS = 7 * 24 * HOUR_MS;
/** Clocks differ a little between the office and the store. */
export const FUTURE_TOLERANCE_MS = 5 * 60_000;

/** Kinds that take ammunition out for use: what a ban, a suspension and the end of safe life forbid. */
export const takesOut = (kind: MovementKind, from: Place): boolean => kind === 'issue' || (kind === 'expend' && !isOutside(from));
