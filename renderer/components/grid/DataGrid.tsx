import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../classNames.ts';
import { GridFoot } from './GridFoot.tsx';
import { GridHead } from './GridHead.tsx';
import { GridPart } from './GridPart.tsx';
import { GridRow } from './GridRow.tsx';
import classes from './grid.module.css';
import type { Cell, GridColumn, GridSort, RowSource } from './gridTypes.ts';
import { useGridKeys } from './useGridKeys.ts';
import { useGridTable } from './useGridTable.ts';

export const rowHeight = 28;

export type DataGridProps<T> = Readonly<{
  label: string;
  columns: readonly GridColumn<T>[];
  source: RowSource<T>;
  /** Follows the active cell, by key or by click. */
  onChoose?: (row: T, index: number) => void;
  /** Enter or a double click. */
  onOpen?: (row: T) => void;
  sort?: GridSort;
  onSort?: (sort: GridSort) => void;
  filters?: Readonly<{ values: Readonly<Record<string, string>>; set: (column: string, value: string) => void }>;
  /** The rows belong to an earlier question. */
  isEarlier?: boolean;
  isChosen?: (row: T) => boolean;
  startRow?: number;
  /** Whenever this changes the list is another one and begins at the top. */
  listKey?: string;
  /** Instead of rows where there are none. */
  empty?: ReactNode;
}>;

/** Keeps the active cell in view, under the sticky head and above the sticky foot. */
function scrollRowIntoView(box: HTMLElement, row: number): void {
  const head = box.querySelector<HTMLElement>(`.${classes.head}`)?.offsetHeight ?? 0;
  const foot = box.querySelector<HTMLElement>(`.${classes.foot}`)?.offsetHeight ?? 0;
  const visible = box.clientHeight - head - foot;
  const top = row * rowHeight;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + rowHeight > box.scrollTop + visible) box.scrollTop = top + rowHeight - visible;
}

/** The list starts where the reader left it, and another list at its top. */
function useStartRow(box: React.RefObject<HTMLDivElement | null>, startRow: number, listKey: string, reset: () => void): void {
  const shownList = useRef(listKey);
  const isPlaced = useRef(false);
  useLayoutEffect(() => {
    if (isPlaced.current || !box.current) return;
    isPlaced.current = true;
    if (startRow > 0) scrollRowIntoView(box.current, startRow + 8);
  }, [box, startRow]);
  useEffect(() => {
    if (shownList.current === listKey) return;
    shownList.current = listKey;
    if (box.current) box.current.scrollTop = 0;
    reset();
  }, [box, listKey, reset]);
}

export function DataGrid<T>(props: DataGridProps<T>) {
  const { label, columns, source, onChoose, onOpen, filters, startRow = 0, listKey = '' } = props;
  const { t } = useTranslation();
  const gridId = useId();
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<Cell>({ row: startRow, column: 0 });
  const virtual = useVirtualizer({ count: source.count, getScrollElement: () => box.current, estimateSize: () => rowHeight, overscan: 12 });
  const lines = virtual.getVirtualItems();
  const first = lines[0]?.index ?? 0;
  const last = lines.at(-1)?.index ?? -1;
  const rows = useMemo(
    () => Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({ index: first + i, row: source.at(first + i) })),
    [first, last, source],
  );
  const table = useGridTable({ columns, rows, sort: props.sort, onSort: props.onSort });
  useEffect(() => source.onRange?.(first, last), [source, first, last]);
  const resetActive = useRef(() => setActive({ row: 0, column: 0 })).current;
  useStartRow(box, startRow, listKey, resetActive);

  const move = (cell: Cell) => {
    setActive(cell);
    if (box.current) scrollRowIntoView(box.current, cell.row);
    const row = source.at(cell.row);
    if (row !== undefined) onChoose?.(row, cell.row);
    requestAnimationFrame(() =>
      document.getElementById(`${gridId}-${cell.row}-${cell.column}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    );
  };
  const open = () => {
    const row = source.at(active.row);
    if (row !== undefined) onOpen?.(row);
  };
  const pageRows = () => Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 4);
  const onKeyDown = useGridKeys({
    size: () => ({ rows: source.count, columns: columns.length, pageRows: pageRows() }),
    active,
    move,
    open,
  });
  const sizes = columns.map((column) => table.getColumn(column.id)?.getSize() ?? column.width);
  const template = columns.map(({ grows }, at) => (grows ? `minmax(${sizes[at]}px, 1fr)` : `${sizes[at]}px`)).join(' ');
  // Not the table's own sum, which is that of the columns before where other columns are shown now.
  const width = sizes.reduce((sum, size) => sum + size, 0);
  const isActiveDrawn = active.row >= first && active.row <= last;
  return (
    <div className={classes.frame}>
      <GridPart
        ref={box}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={source.count + (filters ? 2 : 1)}
        aria-colcount={columns.length}
        aria-busy={props.isEarlier ?? false}
        aria-activedescendant={isActiveDrawn && source.count > 0 ? `${gridId}-${active.row}-${active.column}` : undefined}
        className={classNames(classes.grid, props.isEarlier && classes.earlier)}
        style={{ '--columns': template, '--width': `${width}px` } as React.CSSProperties}
        onKeyDown={onKeyDown}
      >
        <GridHead table={table} columns={columns} filters={filters} />
        <GridPart role="rowgroup" className={classes.body} style={{ blockSize: virtual.getTotalSize() }}>
          {table.getRowModel().rows.map((row) => (
            <GridRow
              key={row.id}
              gridId={gridId}
              line={row.original}
              columns={columns}
              activeColumn={row.original.index === active.row ? active.column : null}
              isChosen={row.original.row !== undefined && (props.isChosen?.(row.original.row) ?? false)}
              headRows={filters ? 2 : 1}
              waiting={t('grid.waiting')}
              onCell={move}
              onOpen={onOpen}
            />
          ))}
        </GridPart>
        <GridFoot columns={columns} />
      </GridPart>
      {source.count === 0 && !props.isEarlier && <div className={classes.nothing}>{props.empty}</div>}
    </div>
  );
}
