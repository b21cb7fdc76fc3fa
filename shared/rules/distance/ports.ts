/** Berths and anchorages as potential sites. */
import type { PairAsk } from './ask.ts';
import { type Cell, type DistanceBook, matrixDivisionOf, portKey } from './book.ts';

/** A storehouse as what a berth reaches: one row, whatever it is built like. */
export const BERTH_STORE = 'STORE';
/** Ammunition lies in it and people work on it, so another berth is a manned vessel. */
export const BERTH_TO_BERTH = 'MANNED_VESSEL';
/** The rows of storehouses: what an unknown storehouse may be. */
export const STORE_ROWS: readonly string[] = Array.from({ length: 17 }, (_, at) => `ES${String(at + 1).padStart(2, '0')}`);

/**
 * What an exposed site is to a berth: the rows that its kind names, its own row, or a row of ports by its id. `rows` are
 * those of the matrix that it may be; unknown is all of them and every row of ports.
 */
export function berthRowsOf(books: readonly DistanceBook[], type: string | null, rows: readonly string[]): readonly string[] {
  const ofPorts = new Set(books.flatMap((book) => [...book.ports.keys()].map((key) => key.slice(key.indexOf(' ') + 1))));
  if (type !== null && ofPorts.has(type)) return [type];
  const named = books.flatMap((book) => book.exposedTypes.get(type ?? '')?.berth ?? []);
  if (named.length > 0) return [...new Set(named)];
  const own = rows.map((row) => (STORE_ROWS.includes(row) ? BERTH_STORE : row));
  const isUnknown = rows.length > STORE_ROWS.length;
  return [...new Set(isUnknown ? [...own, ...ofPorts] : own)];
}

type BerthCells = Readonly<{ cells: readonly (readonly [es: string, cell: Cell])[]; isWhole: boolean }>;

/** The cells of a berth; `isWhole` is false where the book has none for some row, so that its matrix must answer. */
export function berthCells(book: DistanceBook, { division }: PairAsk, berth: readonly string[]): BerthCells {
  const asked = matrixDivisionOf(book, division);
  const cells = berth.flatMap((es): (readonly [string, Cell])[] => {
    const cell = book.ports.get(portKey(asked, es));
    return cell === undefined ? [] : [[es, cell]];
  });
  return { cells, isWhole: cells.length === berth.length };
}
