/** Tables of condition codes side by side: what a code of one is in another, and what the life left makes of a sound lot. */
import { addMonths } from '../lib/calendar.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { type ConditionCode, type ConditionTable, readConditions } from './conditions.ts';
import { listAt, objectAt, type Problems, refuseOthers, textAt, wholeNumberAt } from './jsonReader.ts';
import type { RuleRow } from './pack.ts';
import { type Context, type RowReader, readRows, readSources } from './readRow.ts';

export type MappingRow = RuleRow & Readonly<{ from: string; to: readonly string[] }>;
/** A serviceable code that holds while more than so many months of life are left. The longest comes first. */
export type LifeLeftRow = RuleRow & Readonly<{ code: string; monthsOver: number }>;
export type ConditionBook = Readonly<{
  tables: readonly ConditionTable[];
  /** All codes together. */
  all: ConditionTable;
  pairs: readonly MappingRow[];
  lifeLeft: readonly LifeLeftRow[];
}>;

/** @returns The tables, or one line for each problem: a code in two tables, or a mapping that changes the group for the better. */
export function readConditionBook(tablesJson: readonly unknown[], mappingJson: unknown): Result<ConditionBook, readonly string[]> {
  const problems: Problems = [];
  const tables = tablesJson.flatMap((json) => {
    const read = readConditions(json);
    if (!read.ok) problems.push(...read.error);
    return read.ok ? [read.value] : [];
  });
  const codes = tables.flatMap((table) => [...table.codes.values()]);
  const all: ConditionTable = { id: 'all', title: '', edition: '', source: '', codes: new Map(codes.map((each) => [each.code, each])) };
  if (all.codes.size !== codes.length) problems.push('conditions: a code is in two tables');
  const from = objectAt(mappingJson, 'mapping', problems);
  refuseOthers(from, ['id', 'edition', 'sources', 'pairs', 'lifeLeft'], 'mapping', problems);
  const ids = new Set<string>();
  const context: Context = {
    pack: textAt(from, 'id', 'mapping', problems),
    edition: textAt(from, 'edition', 'mapping', problems),
    sources: readSources(from, 'mapping', ids, problems),
    notes: new Map(),
    ids,
    problems,
  };
  const pairs = readRows(from, 'pairs', ['from', 'to'], readPair, context);
  const lifeLeft = readRows(from, 'lifeLeft', ['code', 'monthsOver'], readLifeLeft, context);
  for (const pair of pairs) checkPair(pair, all, problems);
  for (const { code, id } of lifeLeft) if (!all.codes.has(code)) problems.push(`${id}: ${code} is in no table`);
  return problems.length === 0 ? ok({ tables, all, pairs, lifeLeft }) : err(problems);
}

const readPair: RowReader<MappingRow> = (from, row, { problems }, at) => ({
  ...row,
  from: textAt(from, 'from', at, problems),
  to: listAt(from, 'to', at, problems).map(String),
});

const readLifeLeft: RowReader<LifeLeftRow> = (from, row, { problems }, at) => ({
  ...row,
  code: textAt(from, 'code', at, problems),
  monthsOver: wholeNumberAt(from, 'monthsOver', at, problems),
});

/** Stock must not become issuable, nor lose a ban, by being written in other letters. */
function checkPair({ id, from, to }: MappingRow, all: ConditionTable, problems: Problems): void {
  const group = all.codes.get(from)?.group;
  if (group === undefined || to.length === 0) problems.push(`${id}: ${from} is in no table, or answers to nothing`);
  for (const code of to) if (all.codes.get(code)?.group !== group) problems.push(`${id}: ${code} is of another group than ${from}`);
}

export type ConditionAnswer = Readonly<{
  code: string;
  /** Id of the table that has it; null for an unknown code. */
  table: string | null;
  condition: ConditionCode | null;
  /** Codes of other tables that mean the same. */
  same: readonly Readonly<{ code: string; row: MappingRow }>[];
}>;

/** What a code is, and what it is called elsewhere; a mapping is read in both directions. */
export function conditionAnswer(code: string, { tables, all, pairs }: ConditionBook): ConditionAnswer {
  const forth = pairs.filter(({ from }) => from === code).flatMap((row) => row.to.map((to) => ({ code: to, row })));
  const back = pairs.filter(({ to }) => to.includes(code)).map((row) => ({ code: row.from, row }));
  return {
    code,
    table: tables.find(({ codes }) => codes.has(code))?.id ?? null,
    condition: all.codes.get(code) ?? null,
    same: [...forth, ...back],
  };
}

/** The serviceable code that the life left allows; null once it ended. The last day of safe life counts as a day of life. */
export const codeForLifeLeft = (lifeUntil: string, today: string, { lifeLeft }: ConditionBook): LifeLeftRow | null =>
  lifeUntil < today
    ? null
    : (lifeLeft.toSorted((a, b) => b.monthsOver - a.monthsOver).find(({ monthsOver }) => lifeUntil > addMonths(today, monthsOver)) ??
      lifeLeft.at(-1) ??
      null);
