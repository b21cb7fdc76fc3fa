import { memo } from 'react';
import { classNames } from '../classNames.ts';
import { GridPart } from './GridPart.tsx';
import classes from './grid.module.css';
import type { Cell, GridColumn, WindowRow } from './gridTypes.ts';

type GridRowProps<T> = Readonly<{
  gridId: string;
  line: WindowRow<T>;
  columns: readonly GridColumn<T>[];
  /** Of the active cell, where it is in this row. */
  activeColumn: number | null;
  isChosen: boolean;
  headRows: number;
  waiting: string;
  onCell: (cell: Cell) => void;
  onOpen: ((row: T) => void) | undefined;
}>;

function PlainGridRow<T>({ gridId, line, columns, activeColumn, isChosen, headRows, waiting, onCell, onOpen }: GridRowProps<T>) {
  const { index, row } = line;
  return (
    <GridPart
      role="row"
      aria-rowindex={index + headRows + 1}
      aria-selected={isChosen}
      className={classNames(classes.line, classes.row, isChosen && classes.chosen)}
      style={{ insetBlockStart: `calc(${index} * var(--row))` }}
      onDoubleClick={() => row !== undefined && onOpen?.(row)}
    >
      {columns.map((column, position) => (
        <GridPart
          key={column.id}
          role="gridcell"
          id={`${gridId}-${index}-${position}`}
          aria-colindex={position + 1}
          className={classNames(classes.cell, column.isNumber && 'number', position === activeColumn && classes.active)}
          onClick={() => onCell({ row: index, column: position })}
        >
          {row !== undefined ? column.cell(row) : position === 0 && <span className="soft">{waiting}</span>}
        </GridPart>
      ))}
    </GridPart>
  );
}

const isSameRow = <T,>(a: GridRowProps<T>, b: GridRowProps<T>): boolean =>
  a.line.index === b.line.index &&
  a.line.row === b.line.row &&
  a.columns === b.columns &&
  a.activeColumn === b.activeColumn &&
  a.isChosen === b.isChosen;

/** Scrolling draws only the rows that come into view; the handlers always act on the row's own index, so older ones serve too. */
export const GridRow = memo(PlainGridRow, isSameRow) as typeof PlainGridRow;
