/** The distance that a standard asks for between a potential explosion site and an exposed site. */
import { invariant } from '../../lib/result.ts';
import type { RuleRow } from '../pack.ts';
import {
  type Cell,
  type CellOption,
  type DistanceBook,
  type DistanceCondition,
  type DistanceDivision,
  type FunctionTable,
  matrixDivisionOf,
  type Orientation,
  type PotentialColumn,
  type Protection,
  potentialColumns,
  type TypeRow,
  tableOf,
} from './book.ts';
import { functionDistance, greatestThat, type Method, misprintFloorM, upToMetre } from './functions.ts';

export type PairAsk = Readonly<{
  division: DistanceDivision;
  /** What the two may be. Several where something is unknown: the worst counts. */
  columns: readonly PotentialColumn[];
  rows: readonly string[];
  method: Method;
  /** Ids of the conditions that are met and recorded. */
  met?: ReadonlySet<string>;
}>;

export type RequiredDistance = Readonly<{
  /** Whole metres, rounded up; zero where the row asks for none. */
  distanceM: number;
  /** The value of the function with its factor, before least distance and rounding; the distance where it is fixed. */
  exactM: number;
  /** As `D13` or `0.5 × D12`; null where a fixed distance or none is printed. */
  functionId: string | null;
  /** The least distance, where one governed. */
  minimumM: number | null;
  governedBy: 'function' | 'minimum' | 'fixed' | 'none';
  protection: Protection | null;
  isExtrapolated: boolean;
  column: PotentialColumn;
  es: string;
  /** The cell, with its source and status. */
  row: RuleRow;
  /** Smaller distances that would hold if their conditions were met and recorded. */
  alternatives: readonly Readonly<{ needs: readonly DistanceCondition[]; distanceM: number; functionId: string | null }>[];
}>;

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

type Option = Omit<RequiredDistance, 'column' | 'es' | 'row' | 'alternatives'>;

const nothing: Option = {
  distanceM: 0,
  exactM: 0,
  functionId: null,
  minimumM: null,
  governedBy: 'none',
  protection: null,
  isExtrapolated: false,
};

function optionAt(book: DistanceBook, table: FunctionTable | null, option: CellOption, neqG: number, method: Method): Option {
  const { functionId, factorMilli, protection, minimumM } = option;
  const row = functionId === null ? undefined : table?.functions.get(functionId);
  if (row === undefined || table === null) {
    const { fixedM } = option;
    return fixedM === 0 ? nothing : { ...nothing, distanceM: fixedM, exactM: fixedM, governedBy: 'fixed' };
  }
  const factor = factorMilli / 1000;
  const least = method === 'table' ? misprintFloorM(book, table, row.functionId, neqG) : 0;
  const bare = functionDistance(table, { ...row, minimumM: null }, neqG, method, least);
  const leastM = Math.max(minimumM ?? 0, upToMetre((row.minimumM ?? 0) * factor));
  const ofFunctionM = upToMetre(bare.distanceM * factor);
  const isMinimum = leastM > ofFunctionM;
  return {
    distanceM: Math.max(leastM, ofFunctionM),
    exactM: bare.exactM * factor,
    functionId: factor === 1 ? row.functionId : `${factor} × ${row.functionId}`,
    minimumM: isMinimum ? leastM : null,
    governedBy: isMinimum ? 'minimum' : 'function',
    protection,
    isExtrapolated: bare.isExtrapolated,
  };
}

/** Whether a conditional option may be used at this quantity. */
const isUsable = ({ needs }: CellOption, neqG: number): boolean =>
  needs.every(({ neqMaxKg }) => neqMaxKg === null || neqG <= neqMaxKg * 1000);

/** Functions that the standard restricts to other quantities are no option at this one. */
function isTabulatedAt(table: FunctionTable | null, { functionId }: CellOption, neqG: number): boolean {
  const row = functionId === null ? undefined : table?.functions.get(functionId);
  return row === undefined || (neqG > (row.aboveKg ?? -1) * 1000 && neqG <= (row.upToKg ?? Number.POSITIVE_INFINITY) * 1000);
}

function cellAt(book: DistanceBook, cell: Cell, neqG: number, { division, method, met }: PairAsk): Omit<RequiredDistance, 'column' | 'es'> {
  const table = tableOf(book, division);
  const at = (option: CellOption) => optionAt(book, table, option, neqG, method);
  let chosen = nothing;
  const smaller: (Option & { needs: readonly DistanceCondition[] })[] = [];
  for (const option of cell.options) {
    if (option.needs.length > 0) {
      if (isUsable(option, neqG) && isTabulatedAt(table, option, neqG)) smaller.push({ ...at(option), needs: option.needs });
      continue;
    }
    const found = at(option);
    if (chosen.governedBy === 'none' || found.distanceM > chosen.distanceM) chosen = found;
  }
  for (const { needs, ...option } of smaller) {
    const isMet = needs.every(({ id }) => met?.has(id) === true);
    if (isMet && option.distanceM < chosen.distanceM) chosen = option;
  }
  const alternatives = smaller.filter(({ distanceM }) => distanceM < chosen.distanceM);
  return {
    ...chosen,
    row: cell.row,
    alternatives: alternatives.map(({ needs, distanceM, functionId }) => ({ needs, distanceM, functionId })),
  };
}

/**
 * The distance that applies between two places: the greatest over every book, column and row that may be meant.
 * NEQ in grams. No NEQ asks for no distance.
 */
export function requiredDistance(books: readonly DistanceBook[], ask: PairAsk, neqG: number): RequiredDistance {
  let worst: RequiredDistance | null = null;
  for (const book of books) {
    const matrix = book.matrices.get(matrixDivisionOf(book, ask.division));
    for (const es of ask.rows) {
      const cells = matrix?.get(es);
      if (cells === undefined) continue;
      for (const column of ask.columns) {
        const found = { ...cellAt(book, cells[column], neqG, ask), column, es };
        if (worst === null || found.distanceM > worst.distanceM) worst = found;
      }
    }
  }
  invariant(worst !== null, `no row ${ask.rows.join(', ')} for ${ask.division}`);
  return neqG > 0 ? worst : { ...worst, ...nothing };
}

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
