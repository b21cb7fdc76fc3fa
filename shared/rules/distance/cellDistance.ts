/** The distance of one cell: the greatest of its ways without a condition, or a smaller one whose conditions are met. */
import type { HeldCondition, MetCondition, PairAsk, RequiredDistance } from './ask.ts';
import type { Cell, CellOption, DistanceBook, DistanceCondition, FunctionTable } from './book.ts';
import { functionDistance, type Method, misprintFloorM, upToMetre } from './functions.ts';

type Option = Omit<RequiredDistance, 'column' | 'es' | 'row' | 'alternatives' | 'restsOn'>;
/** `withoutM`: what it would be if no condition were met. */
export type CellDistance = Omit<RequiredDistance, 'column' | 'es'> & Readonly<{ withoutM: number }>;

/** No distance at all. */
export const noDistance: Option = {
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
    return fixedM === 0 ? noDistance : { ...noDistance, distanceM: fixedM, exactM: fixedM, governedBy: 'fixed' };
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

/** The record of a condition that lasts longest; undefined where it is not met in this cell. */
function recordOf(condition: string, cell: string, met: readonly MetCondition[]): MetCondition | undefined {
  const records = met.filter((each) => each.condition === condition && (each.cell === null || each.cell === cell));
  return records.find(({ until }) => until === null) ?? records.toSorted((a, b) => ((a.until ?? '') < (b.until ?? '') ? 1 : -1))[0];
}

/** The conditions of an option with the day each ends; null where one of them is not met. */
function heldAt(needs: readonly DistanceCondition[], cell: string, met: readonly MetCondition[]): readonly HeldCondition[] | null {
  const held = needs.flatMap(({ id, words }) => {
    const record = recordOf(id, cell, met);
    if (record === undefined) return [];
    return [{ id, words, until: record.until, ...(record.cell === null ? { isOfBuilding: true } : {}) }];
  });
  return held.length === needs.length ? held : null;
}

type Asked = Pick<PairAsk, 'method' | 'met'>;

/** What a cell asks for at a quantity in grams, by the functions of this table. */
export function cellAt(
  book: DistanceBook,
  table: FunctionTable | null,
  cell: Cell,
  neqG: number,
  { method, met = [] }: Asked,
): CellDistance {
  const at = (option: CellOption) => optionAt(book, table, option, neqG, method);
  let chosen = noDistance;
  const smaller: (Option & { needs: readonly DistanceCondition[] })[] = [];
  for (const option of cell.options) {
    if (option.needs.length > 0) {
      if (isUsable(option, neqG) && isTabulatedAt(table, option, neqG)) smaller.push({ ...at(option), needs: option.needs });
      continue;
    }
    const found = at(option);
    if (chosen.governedBy === 'none' || found.distanceM > chosen.distanceM) chosen = found;
  }
  const withoutM = chosen.distanceM;
  let restsOn: readonly HeldCondition[] = [];
  for (const { needs, ...option } of smaller) {
    const held = met.length === 0 ? null : heldAt(needs, cell.row.id, met);
    if (held === null || option.distanceM >= chosen.distanceM) continue;
    chosen = option;
    restsOn = held;
  }
  const alternatives = smaller.filter(({ distanceM }) => distanceM < chosen.distanceM);
  return {
    ...chosen,
    row: cell.row,
    withoutM,
    restsOn,
    alternatives: alternatives.map(({ needs, distanceM, functionId }) => ({ needs, distanceM, functionId })),
  };
}
