/** The distance that a standard asks for between a potential explosion site and an exposed site. */
import { invariant } from '../../lib/result.ts';
import type { HeldCondition, PairAsk, RequiredDistance } from './ask.ts';
import {
  type DistanceBook,
  matrixDivisionOf,
  type Orientation,
  type PotentialColumn,
  potentialColumns,
  type TypeRow,
  tableOf,
  type YardRow,
} from './book.ts';
import { type CellDistance, cellAt, noDistance } from './cellDistance.ts';
import { greatestThat } from './functions.ts';
import { berthCells } from './ports.ts';
import { undergroundAt } from './underground.ts';

/** The columns that a place may be: an id, or a kind of building turned some way. Unknown: all of them. */
export const columnsOf = (
  books: readonly DistanceBook[],
  type: string | null,
  orientation: Orientation | null,
): readonly PotentialColumn[] => {
  const column = potentialColumns.find((each) => each === type);
  return column === undefined ? typed(books, 'potentialTypes', type, orientation, potentialColumns) : [column];
};

/** The rows that an exposed site may be, in the same way. */
export function rowsOf(books: readonly DistanceBook[], type: string | null, orientation: Orientation | null): readonly string[] {
  const every = [...new Set(books.flatMap((book) => [...(book.matrices.get('1.1')?.keys() ?? [])]))];
  return type !== null && every.includes(type) ? [type] : typed(books, 'exposedTypes', type, orientation, every);
}

/** What a marshalling yard counts as, by each book; of unknown use it is busy. */
export const yardRowsOf = (books: readonly DistanceBook[], isBusy: boolean | null): readonly YardRow[] =>
  books.flatMap((book) => book.yards.filter((row) => row.isBusy === (isBusy !== false)));

function typed<Id extends string>(
  books: readonly DistanceBook[],
  key: 'potentialTypes' | 'exposedTypes',
  type: string | null,
  orientation: Orientation | null,
  every: readonly Id[],
): readonly Id[] {
  const known = books.flatMap((book) => (book[key] as ReadonlyMap<string, TypeRow<Id>>).get(type ?? '') ?? []);
  if (known.length === 0) return every;
  const turned = orientation === null ? (['front', 'side', 'rear'] as const) : [orientation];
  return [...new Set(known.flatMap((row) => turned.flatMap((each) => row[each])))];
}

type Candidate = Omit<CellDistance, 'row'> & Pick<RequiredDistance, 'column' | 'es' | 'row'>;

/** Every column and row of the matrix that the two may be. */
function* matrixAt(book: DistanceBook, ask: PairAsk, neqG: number): Generator<Candidate> {
  const matrix = book.matrices.get(matrixDivisionOf(book, ask.division));
  const table = tableOf(book, ask.division);
  for (const es of ask.rows) {
    const cells = matrix?.get(es);
    if (cells === undefined) continue;
    for (const column of ask.columns) yield { ...cellAt(book, table, cells[column], neqG, ask), column, es };
  }
}

/** The cells of a berth; what has none is held against the whole matrix, which was not made for berths. */
function* berthAt(book: DistanceBook, ask: PairAsk, berth: readonly string[], neqG: number): Generator<Candidate> {
  const { cells, isWhole } = berthCells(book, ask, berth);
  const table = tableOf(book, 'port');
  for (const [es, cell] of cells) yield { ...cellAt(book, table, cell, neqG, ask), column: 'berth', es };
  if (isWhole) return;
  for (const found of matrixAt(book, ask, neqG)) yield { ...found, row: { ...found.row, status: 'unverified' } };
}

/** A book without rules for chambers answers as for the worst building above the ground. */
function* chamberAt(book: DistanceBook, ask: PairAsk, neqG: number): Generator<Candidate> {
  const reached = undergroundAt(book, ask, neqG);
  for (const found of reached ?? []) yield { ...found, column: 'underground' };
  if (reached === null || ask.chamber?.isSurfaceToo === true) yield* matrixAt(book, ask, neqG);
}

function candidatesOf(book: DistanceBook, ask: PairAsk, neqG: number): Generator<Candidate> {
  if (ask.chamber !== undefined) return chamberAt(book, ask, neqG);
  return ask.berth === undefined ? matrixAt(book, ask, neqG) : berthAt(book, ask, ask.berth, neqG);
}

/** Each condition once, with the first of the days on which it ends. */
export function firstEnds(held: readonly HeldCondition[]): readonly HeldCondition[] {
  const first = new Map<string, HeldCondition>();
  for (const each of held) {
    const known = first.get(each.id);
    if (known === undefined || (each.until !== null && (known.until === null || each.until < known.until))) first.set(each.id, each);
  }
  return [...first.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The distance that applies between two places: the greatest over every book, column and row that may be meant.
 * NEQ in grams. No NEQ asks for no distance.
 */
export function requiredDistance(books: readonly DistanceBook[], ask: PairAsk, neqG: number): RequiredDistance {
  let worst: Candidate | null = null;
  const reduced: Candidate[] = [];
  for (const book of books) {
    for (const found of candidatesOf(book, ask, neqG)) {
      if (worst === null || found.distanceM > worst.distanceM) worst = found;
      if (found.restsOn.length > 0) reduced.push(found);
    }
  }
  invariant(worst !== null, `no row ${ask.rows.join(', ')} for ${ask.division}`);
  if (neqG <= 0) return { ...answerOf(worst), ...noDistance, restsOn: [] };
  const { distanceM } = worst;
  // A cell that does not govern would, if its condition were not met.
  return reduced.length === 0
    ? answerOf(worst)
    : { ...answerOf(worst), restsOn: firstEnds(reduced.filter(({ withoutM }) => withoutM > distanceM).flatMap(({ restsOn }) => restsOn)) };
}

const answerOf = ({ withoutM: _withoutM, ...found }: Candidate): RequiredDistance => found;

/** The first of the days on which something ends; null where nothing does. */
export const firstEndOf = (held: readonly HeldCondition[]): string | null => held.flatMap(({ until }) => until ?? []).sort()[0] ?? null;

/** Printed tables end here; more is nobody's licence. */
export const NEQ_LICENSED_MAX_KG = 500_000;

/**
 * The most that the pair allows at an actual distance, in kilograms rounded down; null where it sets no limit.
 * `distanceMm` in millimetres, rounded down.
 */
export function maxNeqOfPair(books: readonly DistanceBook[], ask: PairAsk, distanceMm: number): number | null {
  const fits = (kilograms: number) => requiredDistance(books, ask, kilograms * 1000).distanceM * 1000 <= distanceMm;
  return fits(NEQ_LICENSED_MAX_KG) ? null : greatestThat(fits, NEQ_LICENSED_MAX_KG);
}
