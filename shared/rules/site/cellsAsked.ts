import { columnsOfPlace, type Potential, pairFacts, type SitePlan, targetsOf } from './plan.ts';

/**
 * Ids of the cells of the distance matrices that a place may be held against: the columns of what it is, whichever side it
 * turns, by the rows of what lies around it.
 *
 * @returns Null where that cannot be told: its own position or every other is unknown; and for berths and chambers, whose
 *   cells go by other rules.
 */
export function cellsAsked(plan: SitePlan, from: Potential): ReadonlySet<string> | null {
  const cells = new Set<string>();
  const columns = columnsOfPlace(plan, from);
  let isTold = false;
  for (const target of targetsOf(plan, from)) {
    for (const [division, { rows, berth, chamber }] of pairFacts(plan, from, target)?.sides ?? []) {
      if (berth !== undefined || chamber !== undefined) return null;
      isTold = true;
      for (const { matrices } of plan.books)
        for (const row of rows)
          for (const column of columns) {
            const cell = matrices.get(division)?.get(row)?.[column];
            if (cell !== undefined) cells.add(cell.row.id);
          }
    }
  }
  return isTold ? cells : null;
}
