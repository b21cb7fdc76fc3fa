import type { ReactNode } from 'react';

export type GridColumn<T> = Readonly<{
  id: string;
  header: string;
  width: number;
  cell: (row: T) => ReactNode;
  /** Numbers stand on their end side. */
  isNumber?: boolean;
  isSortable?: boolean;
  isFilterable?: boolean;
  /** Takes what is left of the width. */
  grows?: boolean;
  foot?: ReactNode;
}>;

/** Rows by position; `undefined` is a row that has not arrived yet. */
export type RowSource<T> = Readonly<{
  count: number;
  at: (index: number) => T | undefined;
  onRange?: (first: number, last: number) => void;
}>;

export type GridSort = Readonly<{ column: string; isDescending: boolean }>;
export type Cell = Readonly<{ row: number; column: number }>;
/** What the table works with: the rows in view only, however many there are in all. */
export type WindowRow<T> = Readonly<{ index: number; row: T | undefined }>;
