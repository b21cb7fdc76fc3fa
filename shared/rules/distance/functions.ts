/** The distance functions: their value at a quantity, rounded to the safe side, and their inverse. */
import { err, ok, type Result } from '../../lib/result.ts';
import type { Branch, DistanceBook, FunctionRow, FunctionTable, Misprint } from './book.ts';

/** `table`: with the least distance and the rounding of the table. `formula`: rounded up to the metre, nothing else. */
export type Method = 'table' | 'formula';
export type FunctionDistance = Readonly<{
  /** Whole metres, rounded up. */
  distanceM: number;
  /** What the function itself gives at this quantity, before the running maximum, the least distance and the rounding. */
  exactM: number;
  isExtrapolated: boolean;
  row: FunctionRow;
}>;

/** More than any table prints, and far more than any storehouse holds. */
const NEQ_SEARCHED_MAX_KG = 10_000_000;
const EXPONENT = { '1/2': 1 / 2, '2/3': 2 / 3 } as const;

/** Up to whole metres. The sixth decimal absorbs binary fractions, so that 36.000000000000004 m is 36 m. */
export const upToMetre = (metres: number): number => Math.ceil(Number(metres.toFixed(6)));

/** Steps of 1 m to 100, 5 m to 500, 10 m to 1 000 and 20 m beyond, always up. @source IATG 02.20:2021 Table 7 */
export function upByTable7(metres: number): number {
  const whole = upToMetre(metres);
  const stepM = whole <= 100 ? 1 : whole <= 500 ? 5 : whole <= 1000 ? 10 : 20;
  return Math.ceil(whole / stepM) * stepM;
}

const branchAt = ({ numerator, denominator, power }: Branch, kilograms: number): number =>
  (numerator / denominator) * (power === '1/3' ? Math.cbrt(kilograms) : kilograms ** EXPONENT[power]);

/** `running` never falls where a branch ends above the next one's beginning: more NEQ must never shorten a distance. */
function branchesAt(branches: readonly Branch[], kilograms: number): { exactM: number; runningM: number } {
  let before = 0;
  for (const branch of branches) {
    if (branch.belowKg === null || kilograms < branch.belowKg) {
      const exactM = branchAt(branch, kilograms);
      return { exactM, runningM: Math.max(before, exactM) };
    }
    before = Math.max(before, branchAt(branch, branch.belowKg));
  }
  return { exactM: before, runningM: before };
}

function valueAt(table: FunctionTable, row: FunctionRow, neqG: number, method: Method): { exactM: number; runningM: number } {
  const { formula } = row;
  const kilograms = Math.max(neqG / 1000, table.startsAtKg ?? 0);
  if (formula.kind === 'branches') return branchesAt(formula.branches, kilograms);
  if (formula.kind === 'logSquare') {
    const log = Math.log(kilograms);
    const exactM = (formula.constantMilli + formula.linearMilli * log + formula.squareMilli * log * log) / 1000;
    return { exactM, runningM: exactM };
  }
  const whole = table.functions.get(formula.of) as FunctionRow;
  const { exactM, runningM } = valueAt(table, whole, neqG, method);
  // The printed rows come from the whole function after its own rounding and least distance.
  const base = method === 'table' ? Math.max(upToMetre(runningM), whole.minimumM ?? 0) : runningM;
  return { exactM: (exactM * formula.milli) / 1000, runningM: (base * formula.milli) / 1000 };
}

const isTabulated = ({ aboveKg, upToKg }: FunctionRow, neqG: number): boolean =>
  neqG > (aboveKg ?? -1) * 1000 && neqG <= (upToKg ?? Number.POSITIVE_INFINITY) * 1000;

/** Metres of one function, which the caller knows to hold for this quantity. Never falls with more NEQ. */
export function functionDistance(table: FunctionTable, row: FunctionRow, neqG: number, method: Method, minM = 0): FunctionDistance {
  const { exactM, runningM } = valueAt(table, row, neqG, method);
  const roundUp = method === 'table' && table.rounding === 'table7' ? upByTable7 : upToMetre;
  const leastM = Math.max(minM, method === 'table' ? (row.minimumM ?? 0) : 0);
  return {
    distanceM: roundUp(Math.max(runningM, leastM)),
    exactM,
    isExtrapolated: neqG < (table.extrapolatedBelowKg ?? 0) * 1000 || neqG > (table.ladderKg.at(-1) as number) * 1000,
    row,
  };
}

export type FunctionFault = 'unknownFunction' | 'notTabulated';

/**
 * Metres of one function at a quantity in grams; `minM` is a further least distance.
 *
 * @returns `notTabulated` where the standard restricts the function to other quantities.
 */
export function distanceOf(
  table: FunctionTable,
  ask: Readonly<{ functionId: string; neqG: number; method: Method; minM?: number }>,
): Result<FunctionDistance, FunctionFault> {
  const row = table.functions.get(ask.functionId);
  if (row === undefined) return err('unknownFunction');
  if (!isTabulated(row, ask.neqG)) return err('notTabulated');
  return ok(functionDistance(table, row, ask.neqG, ask.method, ask.minM));
}

/** The greatest whole number below `above` for which it still fits; zero where none does. `fits` must not come back. */
export function greatestThat(fits: (whole: number) => boolean, above: number): number {
  let low = 0;
  let high = above;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The most that may lie at a distance, in kilograms rounded down: the inverse of the distance, by the same function, so
 * that the distance of the answer never exceeds what there is. `table`: the largest printed quantity that fits.
 */
export function maxNeqKg(
  table: FunctionTable,
  ask: Readonly<{ functionId: string; distanceM: number; method: Method; minM?: number }>,
): Result<number, FunctionFault> {
  const row = table.functions.get(ask.functionId);
  if (row === undefined) return err('unknownFunction');
  const fits = (kilograms: number) => functionDistance(table, row, kilograms * 1000, ask.method, ask.minM).distanceM <= ask.distanceM;
  const holds = (kilograms: number) => isTabulated(row, kilograms * 1000) && fits(kilograms);
  if (ask.method === 'table') return ok(table.ladderKg.findLast(holds) ?? 0);
  const found = greatestThat(fits, Math.min(row.upToKg ?? NEQ_SEARCHED_MAX_KG, NEQ_SEARCHED_MAX_KG) + 1);
  return ok(holds(found) ? found : 0);
}

/** The known misprint at exactly this quantity. */
export const misprintAt = (book: DistanceBook, { division }: FunctionTable, functionId: string, neqG: number): Misprint | undefined =>
  book.misprints.find((each) => each.division === division && each.functionId === functionId && each.neqKg * 1000 === neqG);

/**
 * What misprints add: where a printed value is greater than the function's, it is kept from its quantity on. The safer
 * of the two is used, and more NEQ never shortens a distance.
 */
export function misprintFloorM(book: DistanceBook, { division }: FunctionTable, functionId: string, neqG: number): number {
  let floorM = 0;
  for (const each of book.misprints) {
    const holds = each.division === division && each.functionId === functionId && neqG >= each.neqKg * 1000;
    if (holds && each.printedM > each.computedM) floorM = Math.max(floorM, each.printedM);
  }
  return floorM;
}
