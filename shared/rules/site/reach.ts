/** How far a place may be asked to keep anything away at all: what lies beyond it need not be measured. */
import { type DistanceDivision, matrixDivisionOf, potentialColumns } from '../distance/book.ts';
import { requiredDistance, rowsOf } from '../distance/required.ts';
import { atLeastMm } from '../geometry/bounds.ts';
import { chamberOf, isBerth } from './kinds.ts';
import { type Potential, type SitePlan, shapeOf, type Target } from './plan.ts';

type Amount = Readonly<{ hazardDivision: string; neqG: number }>;

/**
 * The greatest distance of every column and row, with no condition met: no pair asks for more. Metres. Without end for
 * berths and chambers, which keep distances of their own.
 */
export function reachM(plan: SitePlan, from: Potential, amounts: readonly Amount[]): number {
  if (isBerth(from) || chamberOf(from) !== null) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...amounts.map((amount) => worstM(plan, amount)));
}

function worstM({ books, method, required }: SitePlan, { hazardDivision, neqG }: Amount): number {
  const [book] = books;
  if (book === undefined) return Number.POSITIVE_INFINITY;
  const division = matrixDivisionOf(book, hazardDivision as DistanceDivision);
  const key = `reach|${division}|${neqG}`;
  const known = required.get(key);
  if (known !== undefined) return known.distanceM;
  const found = requiredDistance(books, { division, method, columns: potentialColumns, rows: rowsOf(books, null, null) }, neqG);
  required.set(key, found);
  return found.distanceM;
}

/** Whether a target surely lies beyond; never where one of the two has no known position. */
export function isBeyond(from: Potential, target: Target, metres: number): boolean {
  const to = shapeOf(target);
  return from.shape !== null && to !== null && atLeastMm(from.shape, to) >= metres * 1000;
}
