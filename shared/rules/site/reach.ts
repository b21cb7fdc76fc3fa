/** How far a place may be asked to keep anything away at all: what lies beyond it need not be measured. */
import { type DistanceDivision, matrixDivisionOf, type PotentialColumn } from '../distance/book.ts';
import { requiredDistance, rowsOf } from '../distance/required.ts';
import { atLeastMm } from '../geometry/bounds.ts';
import { chamberOf, isBerth } from './kinds.ts';
import { columnsFrom, type Potential, rowsTo, type SitePlan, shapeOf, type Target } from './plan.ts';

type Amount = Readonly<{ hazardDivision: string; neqG: number }>;

/** Metres that a place is asked to keep from a target at most, or from whatever there is where none is named. */
export type Reach = (target?: Target) => number;

/**
 * The greatest distance of every column that the place may be and every row that the target may be, however both are turned,
 * with no condition met: no pair asks for more. Without end for berths and chambers, which keep distances of their own.
 */
export function reachOf(plan: SitePlan, from: Potential, amounts: readonly Amount[]): Reach {
  if (isBerth(from) || chamberOf(from) !== null) return () => Number.POSITIVE_INFINITY;
  const columns = columnsFrom(plan, from);
  const known = new Map<string, number>();
  return (target) => {
    const rows = target === undefined ? rowsOf(plan.books, null, null) : rowsTo(plan, target);
    const key = rows.join();
    const metres = known.get(key) ?? Math.max(0, ...amounts.map((amount) => worstM(plan, columns, rows, amount)));
    known.set(key, metres);
    return metres;
  };
}

function worstM(
  { books, method, required }: SitePlan,
  columns: readonly PotentialColumn[],
  rows: readonly string[],
  { hazardDivision, neqG }: Amount,
): number {
  const [book] = books;
  if (book === undefined) return Number.POSITIVE_INFINITY;
  const division = matrixDivisionOf(book, hazardDivision as DistanceDivision);
  const key = `reach|${division}|${columns.join()}|${rows.join()}|${neqG}`;
  const known = required.get(key);
  if (known !== undefined) return known.distanceM;
  const found = requiredDistance(books, { division, method, columns, rows }, neqG);
  required.set(key, found);
  return found.distanceM;
}

/** Whether a reach ends before what is surely so far away. */
export const isPast = (reachM: number, atLeastMm: number): boolean => reachM * 1000 <= atLeastMm;

/** Whether a target surely lies beyond; never where one of the two has no known position. */
export function isBeyond(from: Potential, target: Target, reach: Reach): boolean {
  const to = shapeOf(target);
  return from.shape !== null && to !== null && isPast(reach(target), atLeastMm(from.shape, to));
}
