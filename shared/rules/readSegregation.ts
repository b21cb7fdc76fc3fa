import type { JsonObject, Problems } from './jsonReader.ts';
import { listAt, oneOfAt, wordsAt } from './jsonReader.ts';
import type { MayBePropulsiveRow, PropulsiveRow, SegregationRow } from './pack.ts';
import { compatibilityGroups } from './pack.ts';
import type { Context, RowReader } from './readRow.ts';
import { readRow, readRows } from './readRow.ts';

/** What every pack must speak of: a pack that leaves one out would let it lie anywhere. */
export const segregationIds = [
  'mix.segregation.suspect',
  'mix.segregation.unknown',
  'mix.segregation.damaged',
  'mix.segregation.disposal',
  'mix.segregation.detonators',
  'mix.segregation.whitePhosphorus',
  'mix.segregation.lostPropellant',
] as const;

const keys = ['conditions', 'identities', 'groups', 'uns', 'from', 'fromGroups', 'within', 'severity'];
const conditionGroups = ['serviceable', 'banned', 'pending', 'disposal', 'unknown'] as const;

const unsAt = (from: JsonObject, at: string, problems: Problems): readonly string[] =>
  listAt(from, 'uns', at, problems).flatMap((un) => {
    if (typeof un === 'string' && /^\d{4}$/.test(un)) return [un];
    problems.push(`${at}.uns: a UN number has four digits`);
    return [];
  });

const readSegregationRow: RowReader<SegregationRow> = (from, row, { problems }, at) => ({
  ...row,
  conditions: wordsAt(from, 'conditions', conditionGroups, at, problems),
  identities: wordsAt(from, 'identities', ['known', 'none', 'mixed', 'unknown'], at, problems),
  groups: wordsAt(from, 'groups', compatibilityGroups, at, problems),
  uns: unsAt(from, at, problems),
  from: oneOfAt(from, 'from', ['everything', 'others', 'nothing'], at, problems),
  fromGroups: wordsAt(from, 'fromGroups', compatibilityGroups, at, problems),
  within: oneOfAt(from, 'within', ['store', 'place'], at, problems),
  severity: oneOfAt(from, 'severity', ['stop', 'warn'], at, problems),
});

/** The rows of `segregation`, by id; none may be missing and none unknown. */
export function readSegregation(from: JsonObject, context: Context): ReadonlyMap<string, SegregationRow> {
  const rows = new Map(readRows(from, 'segregation', keys, readSegregationRow, context).map((row) => [row.id, row]));
  for (const id of segregationIds) if (!rows.has(id)) context.problems.push(`segregation: no row ${id}`);
  for (const id of rows.keys())
    if (!segregationIds.some((known) => known === id)) context.problems.push(`segregation: ${id} is not a known rule`);
  return rows;
}

/** What a nature that would fly asks for. Without a condition nobody could ever approve it, which is a row gone wrong. */
export function readPropulsive(pack: JsonObject, context: Context): PropulsiveRow {
  const { notes, problems } = context;
  const { from, row } = readRow(pack.propulsive, 'propulsive', ['notes'], context);
  const ids = wordsAt(from, 'notes', [...notes.keys()], 'propulsive', problems);
  if (ids.length === 0) problems.push('propulsive.notes: a condition is wanted');
  return { ...row, notes: ids.flatMap((id) => notes.get(id) ?? []) };
}

/** What may be such a nature while nobody said whether it is. */
export function readMayBePropulsive(pack: JsonObject, context: Context): MayBePropulsiveRow {
  const { problems } = context;
  const { from, row } = readRow(pack.mayBePropulsive, 'mayBePropulsive', ['groups', 'uns'], context);
  return {
    ...row,
    groups: wordsAt(from, 'groups', compatibilityGroups, 'mayBePropulsive', problems),
    uns: unsAt(from, 'mayBePropulsive', problems),
  };
}
