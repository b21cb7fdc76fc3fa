import type { KeyboardEvent } from 'react';
import type { Cell } from './gridTypes.ts';

type Size = Readonly<{ rows: number; columns: number; pageRows: number }>;

const clamp = (value: number, max: number): number => Math.max(0, Math.min(value, max));

/** Where a key leads, or null where the key is not ours. Pure, so that it can be tested without a screen. */
export function cellAfterKey(key: string, withCtrl: boolean, from: Cell, { rows, columns, pageRows }: Size, isRtl: boolean): Cell | null {
  const ahead = isRtl ? 'ArrowLeft' : 'ArrowRight';
  const behind = isRtl ? 'ArrowRight' : 'ArrowLeft';
  const at = (row: number, column: number): Cell => ({ row: clamp(row, rows - 1), column: clamp(column, columns - 1) });
  switch (key) {
    case 'ArrowDown':
      return at(from.row + 1, from.column);
    case 'ArrowUp':
      return at(from.row - 1, from.column);
    case ahead:
      return at(from.row, from.column + 1);
    case behind:
      return at(from.row, from.column - 1);
    case 'PageDown':
      return at(from.row + pageRows, from.column);
    case 'PageUp':
      return at(from.row - pageRows, from.column);
    case 'Home':
      return withCtrl ? at(0, 0) : at(from.row, 0);
    case 'End':
      return withCtrl ? at(rows - 1, columns - 1) : at(from.row, columns - 1);
    default:
      return null;
  }
}

type Keys = Readonly<{ size: () => Size; active: Cell; move: (cell: Cell) => void; open: () => void }>;

/** Keys typed into a filter or a button inside the grid are theirs. */
export function useGridKeys({ size, active, move, open }: Keys) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      open();
      return;
    }
    const next = cellAfterKey(event.key, event.ctrlKey, active, size(), document.documentElement.dir === 'rtl');
    if (!next) return;
    event.preventDefault();
    move(next);
  };
}
