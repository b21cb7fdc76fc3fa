/** Condition codes are data: the authority chooses the table, the program only needs the group of a code. */

import type { Result } from '../lib/result.ts';
import { err, ok } from '../lib/result.ts';
import type { Problems } from './jsonReader.ts';
import { listAt, objectAt, oneOfAt, refuseOthers, textAt } from './jsonReader.ts';
import type { RowStatus } from './pack.ts';

/** `banned`: no decision until an investigation closes; `pending`: needs inspection, repair or a test first. */
export type ConditionGroup = 'serviceable' | 'banned' | 'pending' | 'disposal' | 'unknown';
export type ConditionCode = Readonly<{ code: string; title: string; group: ConditionGroup; status: RowStatus }>;
export type ConditionTable = Readonly<{
  id: string;
  title: string;
  edition: string;
  source: string;
  codes: ReadonlyMap<string, ConditionCode>;
}>;

/** A code that the table does not have, `unknown` among them, is of unknown condition: never serviceable. */
export const conditionGroup = (code: string, table: ConditionTable): ConditionGroup => table.codes.get(code)?.group ?? 'unknown';

/** Reads `resources/conditions/<table>.json`. @returns The table, or one line for each problem. */
export function readConditions(json: unknown): Result<ConditionTable, readonly string[]> {
  const problems: Problems = [];
  const from = objectAt(json, 'conditions', problems);
  refuseOthers(from, ['id', 'title', 'edition', 'source', 'codes'], 'conditions', problems);
  const codes = listAt(from, 'codes', 'conditions', problems).map((each, i) => readCode(each, `codes[${i}]`, problems));
  const byCode = new Map(codes.map((each) => [each.code, each]));
  if (byCode.size !== codes.length) problems.push('conditions.codes: a code is used twice');
  const text = (key: string): string => textAt(from, key, 'conditions', problems);
  const table = { id: text('id'), title: text('title'), edition: text('edition'), source: text('source'), codes: byCode };
  return problems.length === 0 ? ok(table) : err(problems);
}

function readCode(value: unknown, at: string, problems: Problems): ConditionCode {
  const from = objectAt(value, at, problems);
  refuseOthers(from, ['code', 'title', 'group', 'status'], at, problems);
  return {
    code: textAt(from, 'code', at, problems),
    title: textAt(from, 'title', at, problems),
    group: oneOfAt(from, 'group', ['disposal', 'pending', 'banned', 'serviceable'], at, problems),
    status: oneOfAt(from, 'status', ['unverified', 'verified'], at, problems),
  };
}
