import {
  columnResizingFeature,
  columnSizingFeature,
  createColumnHelper,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  type Updater,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { GridColumn, GridSort, WindowRow } from './gridTypes.ts';

export const gridFeatures = tableFeatures({ columnSizingFeature, columnResizingFeature, rowSortingFeature });

const columnWidthMin = 44;

function useGridColumns<T>(columns: readonly GridColumn<T>[]) {
  return useMemo(() => {
    const helper = createColumnHelper<typeof gridFeatures, WindowRow<T>>();
    return helper.columns(
      columns.map((column) =>
        helper.accessor((line) => line.index, {
          id: column.id,
          header: column.header,
          size: column.width,
          minSize: columnWidthMin,
          enableSorting: column.isSortable ?? false,
          cell: ({ row }) => (row.original.row === undefined ? null : column.cell(row.original.row)),
        }),
      ),
    );
  }, [columns]);
}

type Options<T> = Readonly<{
  columns: readonly GridColumn<T>[];
  rows: WindowRow<T>[];
  sort: GridSort | undefined;
  onSort: ((sort: GridSort) => void) | undefined;
}>;

const rowId = (line: WindowRow<unknown>): string => String(line.index);

/** Column widths and sort order are the table's; the rows are only those in view, sorted by whoever gives them. */
export function useGridTable<T>({ columns, rows, sort, onSort }: Options<T>) {
  const sorting = useMemo<SortingState>(() => (sort ? [{ id: sort.column, desc: sort.isDescending }] : []), [sort]);
  const gridColumns = useGridColumns(columns);
  return useTable({
    features: gridFeatures,
    columns: gridColumns,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    enableSortingRemoval: false,
    sortDescFirst: false,
    columnResizeMode: 'onEnd',
    columnResizeDirection: document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr',
    state: { sorting },
    onSortingChange: (updater: Updater<SortingState>) => {
      const [next] = typeof updater === 'function' ? updater(sorting) : updater;
      if (next) onSort?.({ column: next.id, isDescending: next.desc });
    },
  });
}

export type GridTable<T> = ReturnType<typeof useGridTable<T>>;
