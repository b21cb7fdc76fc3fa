import type { Cell, DistanceBook } from './book.ts';

function* cellsOf(book: DistanceBook): Generator<Cell> {
  for (const matrix of book.matrices.values()) for (const cells of matrix.values()) yield* Object.values(cells);
  yield* book.ports.values();
  for (const { cell, protectedCell } of book.underground?.intervals ?? []) {
    yield cell;
    yield protectedCell;
  }
}

/**
 * Every cell of these books by its id, with the ids of the conditions that its smaller distances ask for; where two books
 * have the cell, those of both.
 */
export function conditionsByCell(books: readonly DistanceBook[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const book of books) {
    for (const { row, options } of cellsOf(book)) {
      const needs = options.flatMap((option) => option.needs.map(({ id }) => id));
      found.set(row.id, [...new Set([...(found.get(row.id) ?? []), ...needs])]);
    }
  }
  return found;
}
