/** Reads the rows of a pack that say how NEQ is counted and added up. */
import { itemTraits, type Subdivision } from '../domain/model.ts';
import { constructions } from '../domain/site.ts';
import type { JsonObject, Problems } from './jsonReader.ts';
import { booleanAt, listAt, objectAt, oneOfAt, refuseOthers, textAt, wholeNumberAt, wordsAt } from './jsonReader.ts';
import type {
  AggregationCase,
  AggregationRow,
  AggregationTable,
  ExclusionRow,
  InsensitiveCase,
  InsensitiveJoinedRow,
  SummedDivision,
} from './pack.ts';
import { exclusionIds, presentKeys } from './pack.ts';
import { type Context, type RowReader, readRow, readRows } from './readRow.ts';

const summedDivisions = ['1.1', '1.2', '1.3'] as const;
const subdivisions = ['1.2.1', '1.2.2', '1.2.3', '1.3.1', '1.3.2'] as const;

function readCase(value: unknown, at: string, problems: Problems): AggregationCase {
  const from = objectAt(value, at, problems);
  refuseOthers(from, ['division', 'sumOf'], at, problems);
  return {
    division: oneOfAt(from, 'division', summedDivisions, at, problems),
    sumOf: wordsAt(from, 'sumOf', summedDivisions, at, problems),
  };
}

const readAggregationRow: RowReader<AggregationRow> = (from, row, { problems }, at) => ({
  ...row,
  present: wordsAt(from, 'present', summedDivisions, at, problems),
  cases: listAt(from, 'cases', at, problems).map((each, i) => readCase(each, `${at}.cases[${i}]`, problems)),
  words: textAt(from, 'words', at, problems),
});

/** How a standard adds divisions together; every mix of them must have a row. */
export function readAggregation(from: JsonObject, context: Context): AggregationTable {
  const { problems } = context;
  const rows = readRows(from, 'aggregation', ['present', 'cases', 'words'], readAggregationRow, context);
  const byKey = new Map(rows.map((row) => [row.present.join('+'), row]));
  for (const key of presentKeys) if ((byKey.get(key)?.cases.length ?? 0) === 0) problems.push(`aggregation: no case for ${key}`);
  const alone = readRow(from.aloneDivision, 'aloneDivision', ['words'], context);
  return {
    byPresent: Object.fromEntries(byKey) as AggregationTable['byPresent'],
    alone: { ...alone.row, words: textAt(alone.from, 'words', 'aloneDivision', problems) },
    insensitive: readInsensitive(from, context),
    reactsAsOne: readReactsAsOne(from, context),
  };
}

function readReactsAsOne(from: JsonObject, context: Context): AggregationTable['reactsAsOne'] {
  if (from.reactsAsOne === null) return null;
  const keys = ['neqPerArticleMaxG', 'traits12', 'traits13', 'words'];
  const { from: fields, row } = readRow(from.reactsAsOne, 'reactsAsOne', keys, context);
  const { problems } = context;
  return {
    ...row,
    neqPerArticleMaxG: wholeNumberAt(fields, 'neqPerArticleMaxG', 'reactsAsOne', problems),
    traits12: wordsAt(fields, 'traits12', itemTraits, 'reactsAsOne', problems),
    traits13: wordsAt(fields, 'traits13', itemTraits, 'reactsAsOne', problems),
    words: textAt(fields, 'words', 'reactsAsOne', problems),
  };
}

/** A sub-division must be one of the division that it stands for. */
function ofDivision<T extends string>(division: SummedDivision, found: T, at: string, problems: Problems): T {
  if (!found.startsWith(division)) problems.push(`${at}: ${found} is not of ${division}`);
  return found;
}

function readInsensitiveCase(value: unknown, at: string, problems: Problems): InsensitiveCase {
  const from = objectAt(value, at, problems);
  refuseOthers(from, ['division', 'hazardDivision', 'neqOf'], at, problems);
  const division = oneOfAt(from, 'division', summedDivisions, at, problems);
  const hazardDivision = oneOfAt(from, 'hazardDivision', [...summedDivisions, ...subdivisions], at, problems);
  return {
    division,
    hazardDivision: ofDivision(division, hazardDivision, at, problems),
    neqOf: oneOfAt(from, 'neqOf', ['sum', 'oneArticle'], at, problems),
  };
}

const readJoined: RowReader<InsensitiveJoinedRow> = (from, row, { problems }, at) => {
  const division = oneOfAt(from, 'division', summedDivisions, at, problems);
  const subdivision: Subdivision | null = from.subdivision === null ? null : oneOfAt(from, 'subdivision', subdivisions, at, problems);
  if (subdivision !== null) ofDivision(division, subdivision, at, problems);
  const beside = oneOfAt(from, 'with', summedDivisions, at, problems);
  if (beside === '1.1' && division !== '1.1') problems.push(`${at}.division: beside 1.1 it is 1.1`);
  return { ...row, with: beside, division, subdivision };
};

function readInsensitive(pack: JsonObject, context: Context): AggregationTable['insensitive'] {
  const { problems } = context;
  const from = objectAt(pack.insensitive, 'insensitive', problems);
  refuseOthers(from, ['alone', 'joined'], 'insensitive', problems);
  const { from: fields, row } = readRow(from.alone, 'insensitive.alone', ['cases', 'words'], context);
  const cases = listAt(fields, 'cases', 'insensitive.alone', problems);
  if (cases.length === 0) problems.push('insensitive.alone: no case');
  const joined = readRows(from, 'joined', ['with', 'division', 'subdivision'], readJoined, context, 'insensitive');
  for (const division of summedDivisions)
    if (joined.filter((each) => each.with === division).length !== 1)
      problems.push(`insensitive.joined: exactly one row with ${division} is wanted`);
  return {
    alone: {
      ...row,
      cases: cases.map((each, i) => readInsensitiveCase(each, `insensitive.alone.cases[${i}]`, problems)),
      words: textAt(fields, 'words', 'insensitive.alone', problems),
    },
    joined: Object.fromEntries(joined.map((each) => [each.with, each])) as AggregationTable['insensitive']['joined'],
  };
}

const readExclusion: RowReader<ExclusionRow> = (from, row, { problems }, at) => {
  const id = exclusionIds.find((each) => each === row.id);
  if (id === undefined) problems.push(`${at}.id: ${row.id} is not a known exclusion`);
  return {
    ...row,
    id: id ?? 'limit.exclusion.filling',
    divisions: wordsAt(from, 'divisions', ['1.1', '1.2', '1.3', '1.4', '1.5', '1.6'], at, problems),
    constructions: from.constructions === null ? null : wordsAt(from, 'constructions', constructions, at, problems),
    isAboveGroundOnly: booleanAt(from, 'isAboveGroundOnly', at, problems),
  };
};

/** What the standard leaves out of the NEQ. A standard that leaves nothing out has no row, and everything counts. */
export const readExclusions = (from: JsonObject, context: Context): readonly ExclusionRow[] =>
  readRows(from, 'exclusions', ['divisions', 'constructions', 'isAboveGroundOnly'], readExclusion, context);
