import { useMemo, useState } from 'react';
import type { GridSort, RowSource } from './gridTypes.ts';

type Sortable = string | number | null;

/** One for all comparisons: making it costs more than using it, and a list may have tens of thousands of rows. */
const collator = new Intl.Collator(undefined, { numeric: true });

/** Unknown stands last in either direction, so that it is found in one place. */
export function compareValues(a: Sortable, b: Sortable, isDescending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
  return isDescending ? -order : order;
}

/** Where a row stands, so that a list can start there; zero where it is not in it. */
export function rowOf<T>(source: RowSource<T>, isWanted: (row: T) => boolean): number {
  for (let index = 0; index < source.count; index += 1) {
    const row = source.at(index);
    if (row !== undefined && isWanted(row)) return index;
  }
  return 0;
}

/** A list that is wholly here: sorted in the page. */
export function useArraySource<T>(rows: readonly T[], sortValue: (row: T, column: string) => Sortable, start?: GridSort) {
  const [sort, setSort] = useState<GridSort | undefined>(start);
  const source = useMemo<RowSource<T>>(() => {
    const sorted = sort
      ? rows.toSorted((a, b) => compareValues(sortValue(a, sort.column), sortValue(b, sort.column), sort.isDescending))
      : rows;
    return { count: sorted.length, at: (index) => sorted[index] };
  }, [rows, sort, sortValue]);
  return { source, sort, setSort };
}
