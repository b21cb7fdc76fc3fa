/** The answers of `depot rules distance`, `required` and `max-neq`, by one book or by the strictest of several. */

import type { Underground } from '../../domain/site.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { RulePack } from '../pack.ts';
import type { PairAsk } from './ask.ts';
import { type DistanceBook, type DistanceDivision, type FunctionTable, type Orientation, type TableDivision, tableOf } from './book.ts';
import { distanceOf, type FunctionFault, type Method, maxNeqKg, misprintAt } from './functions.ts';
import { placesBeside } from './placeWords.ts';
import { BERTH_TO_BERTH, berthRowsOf, STORE_ROWS } from './ports.ts';
import { columnsOf, maxNeqOfPair, requiredDistance, rowsOf, yardRowsOf } from './required.ts';
import { NOTHING_KNOWN } from './underground.ts';

export type FunctionAsk = Readonly<{
  division: DistanceDivision | TableDivision;
  functionId: string;
  method: Method;
  /** A further least distance in metres. */
  minM?: number;
}>;
export type DistanceAnswer = Readonly<{
  neqKg: number;
  distanceM: number;
  exactM: number;
  method: Method;
  source: string;
  status: string;
  extrapolated?: true;
  /** At a quantity where the document prints another value. */
  misprint?: Readonly<{ printedM: number; words: string }>;
}>;

type InBook = Readonly<{ book: DistanceBook; table: FunctionTable }>;
const tablesOf = (pack: RulePack, division: FunctionAsk['division']): readonly InBook[] =>
  pack.distances.flatMap((book) => {
    const table = tableOf(book, division);
    return table === null ? [] : [{ book, table }];
  });

/** The answers of all books that have the function; where one of them restricts it to other quantities, it does not hold. */
function answersOf<T>(found: readonly Result<T, FunctionFault>[]): Result<readonly T[], FunctionFault> {
  if (found.some((each) => !each.ok && each.error === 'notTabulated')) return err('notTabulated');
  const answers = found.flatMap((each) => (each.ok ? [each.value] : []));
  return answers.length > 0 ? ok(answers) : err('unknownFunction');
}

const twoDecimals = (metres: number): number => Math.round(metres * 100) / 100;

/** Metres of one function, rounded up; the greatest where the pack joins two standards. */
export function answerDistance(pack: RulePack, ask: FunctionAsk, neqG: number): Result<DistanceAnswer, FunctionFault> {
  const found = answersOf(
    tablesOf(pack, ask.division).map(({ book, table }) => {
      const distance = distanceOf(table, { ...ask, neqG });
      return distance.ok ? ok({ distance: distance.value, misprint: misprintAt(book, table, ask.functionId, neqG) }) : distance;
    }),
  );
  if (!found.ok) return found;
  const [first, ...more] = found.value;
  const { distance, misprint } = more.reduce(
    (worst, each) => (each.distance.distanceM > worst.distance.distanceM ? each : worst),
    first as NonNullable<typeof first>,
  );
  return ok({
    neqKg: neqG / 1000,
    distanceM: distance.distanceM,
    exactM: twoDecimals(distance.exactM),
    method: ask.method,
    source: distance.row.source,
    status: distance.row.status,
    ...(distance.isExtrapolated ? { extrapolated: true } : {}),
    ...(misprint !== undefined && ask.method === 'table' ? { misprint: { printedM: misprint.printedM, words: misprint.words } } : {}),
  });
}

/** Kilograms, rounded down; the least where the pack joins two standards. */
export function answerMaxNeq(pack: RulePack, ask: FunctionAsk, distanceM: number): Result<number, FunctionFault> {
  const found = answersOf(tablesOf(pack, ask.division).map(({ table }) => maxNeqKg(table, { ...ask, distanceM })));
  return found.ok ? ok(Math.min(...found.value)) : found;
}

export type RequiredAsk = Readonly<{
  division: DistanceDivision;
  pes: string | null;
  es: string | null;
  orientation: Orientation | null;
  exposedOrientation: Orientation | null;
  method: Method;
  /** Of an exposed marshalling yard; unknown is busy. */
  isBusyYard?: boolean | null;
  /** Of a chamber underground; what is absent is unknown, and an unknown angle lies on the axis. */
  chamber?: Partial<Underground>;
  offAxisMdeg?: number | null;
}>;

function pairOf({ distances: books }: RulePack, ask: RequiredAsk): PairAsk {
  const { division, pes, es, orientation, exposedOrientation, method } = ask;
  const isPlace = placesBeside.some((each) => each === es);
  const known = isPlace ? STORE_ROWS : rowsOf(books, es, exposedOrientation);
  const rows = es === 'marshallingYard' ? yardRowsOf(books, ask.isBusyYard ?? null).map((row) => row.es) : known;
  const chamber = {
    facts: { ...NOTHING_KNOWN, ...ask.chamber },
    offAxisMdeg: ask.offAxisMdeg ?? 0,
    isToChamber: es === 'underground',
    isSurfaceToo: false,
  };
  return {
    division,
    method,
    columns: columnsOf(books, pes, orientation),
    rows: [...new Set(rows)],
    ...(pes === 'berth' ? { berth: es === 'berth' ? [BERTH_TO_BERTH] : berthRowsOf(books, es, rows) } : {}),
    ...(pes === 'underground' ? { chamber } : {}),
  };
}

/** The distance that applies to a pair, with what governed it and what would allow less. */
export function answerRequired(pack: RulePack, ask: RequiredAsk, neqG: number) {
  const found = requiredDistance(pack.distances, pairOf(pack, ask), neqG);
  return {
    distanceM: found.distanceM,
    exactM: twoDecimals(found.exactM),
    function: found.functionId,
    minimumM: found.minimumM,
    governedBy: found.governedBy,
    protection: found.protection,
    pes: found.column,
    es: found.es,
    rule: found.row.id,
    source: found.row.source,
    status: found.row.status,
    ...(found.isExtrapolated ? { extrapolated: true } : {}),
    alternatives: found.alternatives.map(({ needs, distanceM, functionId }) => ({
      distanceM,
      function: functionId,
      needs: needs.map(({ words }) => words),
    })),
  };
}

/** The most that a pair allows at a distance, in kilograms rounded down; null where it sets no limit. */
export const answerMaxNeqOfPair = (pack: RulePack, ask: RequiredAsk, distanceM: number): number | null =>
  maxNeqOfPair(pack.distances, pairOf(pack, ask), Math.floor(distanceM * 1000));
