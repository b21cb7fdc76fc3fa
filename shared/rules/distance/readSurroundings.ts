/** Reads what a book of distances says of yards, berths and chambers underground. */
import { rockKinds } from '../../domain/site.ts';
import {
  booleanAt,
  type JsonObject,
  listAt,
  objectAt,
  oneOfAt,
  type Problems,
  refuseOthers,
  textAt,
  wholeNumberAt,
  wordsAt,
} from '../jsonReader.ts';
import type { RuleRow } from '../pack.ts';
import { type Context, type RowReader, readRows } from '../readRow.ts';
import type { Cell, DistanceCondition, FunctionTable, UndergroundRules, YardRow } from './book.ts';
import { matrixDivisions, portKey, undergroundHazards } from './book.ts';
import { readCell } from './cell.ts';

const AT = 'distances';
export type Conditions = ReadonlyMap<string, DistanceCondition>;

const numberOrNull = (from: JsonObject, key: string, at: string, problems: Problems): number | null =>
  from[key] === null ? null : wholeNumberAt(from, key, at, problems);

/** Both uses must be there: a yard without a row would be no yard at all. */
export function readYards(from: JsonObject, everyRow: readonly string[], context: Context): readonly YardRow[] {
  const { problems } = context;
  const read: RowReader<YardRow> = (fields, row, _context, at) => {
    const [es = ''] = wordsAt({ es: [fields.es] }, 'es', everyRow, at, problems);
    return { ...row, isBusy: booleanAt(fields, 'isBusy', at, problems), es };
  };
  const yards = readRows(from, 'yards', ['isBusy', 'es'], read, context, AT);
  for (const isBusy of [true, false])
    if (yards.filter((row) => row.isBusy === isBusy).length !== 1) problems.push(`${AT}.yards: one row with isBusy ${isBusy} is wanted`);
  return yards;
}

/** A cell by the functions of one table; a function that nobody defined would be no distance at all. */
function cellOf(
  from: JsonObject,
  key: string,
  row: RuleRow,
  table: FunctionTable | undefined,
  conditions: Conditions,
  at: string,
  problems: Problems,
): Cell {
  const read = readCell(textAt(from, key, at, problems), conditions);
  if (!read.ok) problems.push(`${at}.${key}: ${read.error}`);
  const options = read.ok ? read.value : [];
  for (const { functionId } of options)
    if (functionId !== null && table?.functions.has(functionId) !== true) problems.push(`${at}.${key}: no function ${functionId}`);
  return { row, options };
}

export function readPorts(
  from: JsonObject,
  table: FunctionTable | undefined,
  conditions: Conditions,
  context: Context,
): ReadonlyMap<string, Cell> {
  const { problems } = context;
  const read: RowReader<readonly [string, Cell]> = (fields, row, _context, at) => [
    portKey(oneOfAt(fields, 'division', matrixDivisions, at, problems), textAt(fields, 'es', at, problems)),
    cellOf(fields, 'cell', row, table, conditions, at, problems),
  ];
  return new Map(readRows(from, 'ports', ['division', 'es', 'cell'], read, context, AT));
}

const undergroundKeys = ['divisions', 'craters', 'shocks', 'assumed', 'mouths', 'debris', 'shares', 'intervals'];

/** Null where the book says that it has no such rules; what is there must be whole. */
export function readUnderground(
  from: JsonObject,
  table: FunctionTable | undefined,
  conditions: Conditions,
  context: Context,
): UndergroundRules | null {
  if (from.underground === null) return null;
  const { problems } = context;
  const at = `${AT}.underground`;
  const rules = objectAt(from.underground, at, problems);
  refuseOthers(rules, undergroundKeys, at, problems);
  const rows = <T>(key: string, otherKeys: readonly string[], read: RowReader<T>): readonly T[] =>
    readRows(rules, key, otherKeys, read, context, at);
  const only = <T>(key: string, otherKeys: readonly string[], read: RowReader<T>): T => {
    const found = rows(key, otherKeys, read);
    if (found.length !== 1) problems.push(`${at}.${key}: one row is wanted`);
    return found[0] as T;
  };
  const read: UndergroundRules = {
    divisions: new Map(rows('divisions', ['division', 'countsAs'], readDivision)),
    craters: rows('craters', ['scaledCoverMaxMm', 'scaledMm'], readCrater),
    shocks: rows('shocks', ['rock', 'scaledMm'], readShock),
    assumed: only('assumed', ['decouplingMilli', 'chamberVolumeM3', 'hydraulicDiameterMm'], readAssumed),
    mouth: only('mouths', ['factorMilli', 'offAxisMdeg', 'offAxisPowerMilli'], readMouth),
    debris: only('debris', ['distanceM', 'arcMdeg'], readDebris),
    shares: rows('shares', ['hazards', 'es', 'numerator', 'denominator'], readShare),
    intervals: rows('intervals', ['rock', 'loadingDensityBelowKgPerM3', 'cell', 'protectedCell'], (fields, row, _context, where) => ({
      ...row,
      rock: oneOfAt(fields, 'rock', rockKinds, where, problems),
      loadingDensityBelowKgPerM3: numberOrNull(fields, 'loadingDensityBelowKgPerM3', where, problems),
      cell: cellOf(fields, 'cell', row, table, conditions, where, problems),
      protectedCell: cellOf(fields, 'protectedCell', row, table, conditions, where, problems),
    })),
  };
  refuseGaps(read, at, problems);
  return read;
}

/** Every division and rock has its row, bounds rise, and the last has none: no quantity falls through. */
function refuseGaps({ divisions, craters, shocks, intervals }: UndergroundRules, at: string, problems: Problems): void {
  const rises = (bounds: readonly (number | null)[]) =>
    bounds.at(-1) === null && bounds.slice(0, -1).every((bound, i) => bound !== null && (i === 0 || bound > (bounds[i - 1] as number)));
  for (const division of matrixDivisions) if (!divisions.has(division)) problems.push(`${at}.divisions: no row for ${division}`);
  if (!rises(craters.map((row) => row.scaledCoverMaxMm))) problems.push(`${at}.craters: rising bounds are wanted, the last without one`);
  if (craters.some((row, i) => i > 0 && row.scaledMm > (craters[i - 1]?.scaledMm ?? 0)))
    problems.push(`${at}.craters: more cover never asks for more`);
  for (const rock of rockKinds) {
    if (!shocks.some((row) => row.rock === rock)) problems.push(`${at}.shocks: no row for ${rock}`);
    const bounds = intervals.filter((row) => row.rock === rock).map((row) => row.loadingDensityBelowKgPerM3);
    if (!rises(bounds)) problems.push(`${at}.intervals: rising bounds are wanted for ${rock}, the last without one`);
  }
}

const readDivision: RowReader<readonly [(typeof matrixDivisions)[number], RuleRow & { countsAs: '1.1' | 'none' }]> = (
  from,
  row,
  { problems },
  at,
) => [
  oneOfAt(from, 'division', matrixDivisions, at, problems),
  { ...row, countsAs: oneOfAt(from, 'countsAs', ['1.1', 'none'], at, problems) },
];
const readCrater: RowReader<UndergroundRules['craters'][number]> = (from, row, { problems }, at) => ({
  ...row,
  scaledCoverMaxMm: numberOrNull(from, 'scaledCoverMaxMm', at, problems),
  scaledMm: wholeNumberAt(from, 'scaledMm', at, problems),
});
const readShock: RowReader<UndergroundRules['shocks'][number]> = (from, row, { problems }, at) => ({
  ...row,
  rock: oneOfAt(from, 'rock', rockKinds, at, problems),
  scaledMm: wholeNumberAt(from, 'scaledMm', at, problems),
});
const readAssumed: RowReader<UndergroundRules['assumed']> = (from, row, { problems }, at) => ({
  ...row,
  decouplingMilli: wholeNumberAt(from, 'decouplingMilli', at, problems),
  chamberVolumeM3: positiveAt(from, 'chamberVolumeM3', at, problems),
  hydraulicDiameterMm: positiveAt(from, 'hydraulicDiameterMm', at, problems),
});
const readMouth: RowReader<UndergroundRules['mouth']> = (from, row, { problems }, at) => ({
  ...row,
  factorMilli: wholeNumberAt(from, 'factorMilli', at, problems),
  offAxisMdeg: positiveAt(from, 'offAxisMdeg', at, problems),
  offAxisPowerMilli: wholeNumberAt(from, 'offAxisPowerMilli', at, problems),
});
const readDebris: RowReader<UndergroundRules['debris']> = (from, row, { problems }, at) => ({
  ...row,
  distanceM: wholeNumberAt(from, 'distanceM', at, problems),
  arcMdeg: wholeNumberAt(from, 'arcMdeg', at, problems),
});
const readShare: RowReader<UndergroundRules['shares'][number]> = (from, row, { problems }, at) => ({
  ...row,
  hazards: wordsAt(from, 'hazards', undergroundHazards, at, problems),
  es: listAt(from, 'es', at, problems).map(String),
  numerator: wholeNumberAt(from, 'numerator', at, problems),
  denominator: positiveAt(from, 'denominator', at, problems),
});

function positiveAt(from: JsonObject, key: string, at: string, problems: Problems): number {
  const value = wholeNumberAt(from, key, at, problems);
  if (value === 0) problems.push(`${at}.${key}: not zero`);
  return value;
}
