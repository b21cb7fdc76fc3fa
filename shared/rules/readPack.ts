/** Turns the data of `resources/rules/<pack>/` into a {@link RulePack}, or says everything that is wrong with it. */

import type { Result } from '../lib/result.ts';
import { err, ok } from '../lib/result.ts';
import { readDistances } from './distance/readDistances.ts';
import type { JsonObject, Problems } from './jsonReader.ts';
import { booleanAt, listAt, objectAt, oneOfAt, refuseOthers, textAt, wholeNumberAt, wordsAt } from './jsonReader.ts';
import type { CountsAsRow, MixNote, MixRow, MixTable, RulePack, RuleRow, SingleRuleId, SubdivisionRow } from './pack.ts';
import { compatibilityGroups, pairKey, singleRuleIds, substanceGroups } from './pack.ts';
import { readAggregation, readExclusions } from './readAggregation.ts';
import type { Context, RowReader } from './readRow.ts';
import { readId, readRows, readSources } from './readRow.ts';
import { readMayBePropulsive, readPropulsive, readSegregation } from './readSegregation.ts';

const statuses = ['unverified', 'verified'] as const;
const packKeys = [
  'id',
  'title',
  'edition',
  'status',
  'remark',
  'sources',
  'notes',
  'legalCodes',
  'subdivisions',
  'countsAs',
  'articles',
  'substances',
  'segregation',
  'propulsive',
  'mayBePropulsive',
  'aggregation',
  'exclusions',
  'insensitive',
  'aloneDivision',
  'reactsAsOne',
  'rules',
  'distances',
];

/**
 * Refuses a row without source, clause or status, an id used twice, a number whose field does not name its unit, an
 * incomplete matrix, and a row that claims to be verified by a document that was not read.
 *
 * @returns The indexed pack, or one line for each problem with the place in the file.
 */
export function readPack(json: unknown): Result<RulePack, readonly string[]> {
  const problems: Problems = [];
  const from = objectAt(json, 'pack', problems);
  refuseOthers(from, packKeys, 'pack', problems);
  const context = contextOf(from, problems);
  const pack: RulePack = {
    id: context.pack,
    title: textAt(from, 'title', 'pack', problems),
    edition: context.edition,
    status: oneOfAt(from, 'status', statuses, 'pack', problems),
    remark: textAt(from, 'remark', 'pack', problems),
    sources: [...context.sources.values()],
    legalCodes: readLegalCodes(from, context),
    subdivisions: readSubdivisions(from, context),
    countsAs: new Map(readRows(from, 'countsAs', ['division', 'countsAs'], readCountsAs, context).map((row) => [row.division, row])),
    articles: readMatrix(from, 'articles', compatibilityGroups, context),
    substances: readMatrix(from, 'substances', substanceGroups, context),
    segregation: readSegregation(from, context),
    propulsive: readPropulsive(from, context),
    mayBePropulsive: readMayBePropulsive(from, context),
    exclusions: readExclusions(from, context),
    aggregations: [readAggregation(from, context)],
    rules: readSingleRules(from, context),
    distances: [readDistances(from.distances, context)],
  };
  for (const division of ['1.5', '1.6'] as const) if (!pack.countsAs.has(division)) problems.push(`countsAs: no row for ${division}`);
  return problems.length === 0 ? ok(pack) : err(problems);
}

function contextOf(from: JsonObject, problems: Problems): Context {
  const ids = new Set<string>();
  const context = { pack: textAt(from, 'id', 'pack', problems), edition: textAt(from, 'edition', 'pack', problems), ids, problems };
  const sources = readSources(from, 'pack', ids, problems);
  const notes = listAt(from, 'notes', 'pack', problems).map((each, i) => readNote(each, `notes[${i}]`, ids, problems));
  return {
    ...context,
    sources,
    notes: new Map(notes.map((note) => [note.id, note])),
  };
}

function readNote(value: unknown, at: string, ids: Set<string>, problems: Problems): MixNote {
  const from = objectAt(value, at, problems);
  refuseOthers(from, ['id', 'words', 'needsSegregation', 'needsAuthority', 'countsAs'], at, problems);
  return {
    id: readId(from, at, ids, problems),
    words: textAt(from, 'words', at, problems),
    needsSegregation: booleanAt(from, 'needsSegregation', at, problems),
    needsAuthority: booleanAt(from, 'needsAuthority', at, problems),
    countsAs: from.countsAs === null ? null : oneOfAt(from, 'countsAs', compatibilityGroups, at, problems),
  };
}

function readLegalCodes(from: JsonObject, context: Context): ReadonlyMap<string, RuleRow> {
  const rows = readRows(
    from,
    'legalCodes',
    ['code'],
    (fields, row, { problems }, at) => [textAt(fields, 'code', at, problems), row] as const,
    context,
  );
  return new Map(rows);
}

const readCountsAs: RowReader<CountsAsRow> = (from, row, { problems }, at) => ({
  ...row,
  division: oneOfAt(from, 'division', ['1.5', '1.6'], at, problems),
  countsAs: oneOfAt(from, 'countsAs', ['1.1', '1.2', '1.3', '1.4'], at, problems),
});

const allSubdivisions = ['1.2.1', '1.2.2', '1.2.3', '1.3.1', '1.3.2'] as const;
const readSubdivision: RowReader<SubdivisionRow> = (from, row, { problems }, at) => ({
  ...row,
  division: oneOfAt(from, 'division', ['1.2', '1.3'], at, problems),
  worst: oneOfAt(from, 'worst', allSubdivisions, at, problems),
  smaller: from.smaller === null ? null : oneOfAt(from, 'smaller', allSubdivisions, at, problems),
  heNeqPerItemMaxG: from.heNeqPerItemMaxG === null ? null : wholeNumberAt(from, 'heNeqPerItemMaxG', at, problems),
});

function readSubdivisions(from: JsonObject, context: Context): RulePack['subdivisions'] {
  const rows = readRows(from, 'subdivisions', ['division', 'worst', 'smaller', 'heNeqPerItemMaxG'], readSubdivision, context);
  return { '1.2': onlyRow(rows, '1.2', 'subdivisions', context), '1.3': onlyRow(rows, '1.3', 'subdivisions', context) };
}

/** Finds the row of a division; a missing one is a problem and never leaves this file as a pack. */
function onlyRow<T extends Readonly<{ division: string }>>(rows: readonly T[], division: string, at: string, { problems }: Context): T {
  const found = rows.filter((row) => row.division === division);
  if (found.length !== 1) problems.push(`${at}: exactly one row for ${division} is wanted`);
  return (found[0] ?? rows[0]) as T;
}

const readMixRow: RowReader<MixRow> = (from, row, { notes, problems }, at) => {
  const [a, b] = wordsAt(from, 'groups', compatibilityGroups, at, problems);
  const verdict = oneOfAt(from, 'verdict', ['prohibited', 'conditional', 'permitted'], at, problems);
  const ids = wordsAt(from, 'notes', [...notes.keys()], at, problems);
  if (a === undefined || b === undefined) problems.push(`${at}.groups: two groups are wanted`);
  if (verdict === 'conditional' && ids.length === 0) problems.push(`${at}.notes: a condition without words`);
  return { ...row, groups: [a ?? 'A', b ?? 'A'], verdict, notes: ids.flatMap((id) => notes.get(id) ?? []) };
};

/** A missing cell would be a mix that nobody looked up, so the matrix must be whole. */
function readMatrix(from: JsonObject, key: string, groups: readonly (typeof compatibilityGroups)[number][], context: Context): MixTable {
  const rows = readRows(from, key, ['groups', 'verdict', 'notes'], readMixRow, context);
  const table = new Map(rows.map((row) => [pairKey(...row.groups), row]));
  for (const [i, a] of groups.entries()) {
    for (const b of groups.slice(i)) if (!table.has(pairKey(a, b))) context.problems.push(`${key}: no cell ${pairKey(a, b)}`);
  }
  const cellCount = (groups.length * (groups.length + 1)) / 2;
  if (rows.length !== cellCount) context.problems.push(`${key}: ${cellCount} cells are wanted, ${rows.length} found`);
  return table;
}

function readSingleRules(from: JsonObject, context: Context): Readonly<Record<SingleRuleId, RuleRow>> {
  const rows = readRows(from, 'rules', [], (_fields, row) => row, context);
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const id of singleRuleIds) if (!byId.has(id)) context.problems.push(`rules: no row ${id}`);
  for (const id of byId.keys()) if (!singleRuleIds.some((known) => known === id)) context.problems.push(`rules: ${id} is not a known rule`);
  return Object.fromEntries(byId) as Readonly<Record<SingleRuleId, RuleRow>>;
}
