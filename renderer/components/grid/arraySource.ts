import { useMemo, useState } from 'react';
import type { GridSort, RowSource } from './gridTypes.ts';

type Sortable = string | number | null;

/** Unknown stands last in either direction, so that it is found in one place. */
export function compareValues(a: Sortable, b: Sortable, isDescending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true });
  return isDescending ? -order : order;
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
