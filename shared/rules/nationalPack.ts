/** A pack of a national authority: single rows of another pack replaced, each with its own source. */
import { err, ok, type Result } from '../lib/result.ts';
import { isObject, type JsonObject, listAt, objectAt, type Problems, refuseOthers, textAt } from './jsonReader.ts';
import type { RulePack } from './pack.ts';
import { readPack } from './readPack.ts';

/** A pack that may be the base: as data, and as read. */
export type BasePack = Readonly<{ json: JsonObject; pack: RulePack }>;

const KEYS = ['id', 'title', 'authority', 'date', 'base', 'sources', 'rows'];
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads a national pack: `authority` and `date` say who decided and when, `rows` are rows of the base by their ids with
 * the fields that differ and their own source, clause and status. Everything else stays the base's, and findings that
 * rest on it go on naming the base and its edition.
 *
 * @returns The pack, or one line for each problem.
 */
export function readNationalPack(value: unknown, bases: ReadonlyMap<string, BasePack>): Result<RulePack, readonly string[]> {
  const problems: Problems = [];
  const from = objectAt(value, 'national', problems);
  refuseOthers(from, KEYS, 'national', problems);
  const [id, title, authority, date] = ['id', 'title', 'authority', 'date'].map((key) => textAt(from, key, 'national', problems));
  const base = bases.get(textAt(from, 'base', 'national', problems));
  if (base === undefined) problems.push(`national.base: one of ${[...bases.keys()].join(', ')} is wanted`);
  if (bases.has(id ?? '')) problems.push('national.id: is the name of another pack');
  if (!DATE.test(date ?? '')) problems.push('national.date: a date as YYYY-MM-DD is wanted');
  const rows = new Map(listAt(from, 'rows', 'national', problems).map((row, at) => readOverride(row, `national.rows[${at}]`, problems)));
  if (base === undefined || problems.length > 0) return err(problems);
  const used = new Set<string>();
  const sources = [...listAt(base.json, 'sources', 'base', problems), ...listAt(from, 'sources', 'national', problems)];
  const replaced = replaceRows(base.json, rows, used) as JsonObject;
  const merged = readPack({ ...replaced, id, title, edition: date, remark: `${authority}, ${date}: ${base.pack.remark}`, sources });
  for (const row of rows.keys()) if (!used.has(row)) problems.push(`national.rows: ${row} is no row of ${base.pack.id}`);
  if (!merged.ok) return err([...problems, ...merged.error]);
  return problems.length > 0 ? err(problems) : ok(attribute(merged.value, base.pack, [...rows.keys()]));
}

function readOverride(value: unknown, at: string, problems: Problems): readonly [string, JsonObject] {
  const row = objectAt(value, at, problems);
  for (const key of ['source', 'clause', 'status']) textAt(row, key, at, problems);
  return [textAt(row, 'id', at, problems), row];
}

/** The data of the base with the fields of each named row replaced, wherever it stands. */
function replaceRows(value: unknown, rows: ReadonlyMap<string, JsonObject>, used: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => replaceRows(each, rows, used));
  if (!isObject(value)) return value;
  const override = typeof value.id === 'string' ? rows.get(value.id) : undefined;
  if (override !== undefined) used.add(value.id as string);
  const inside = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaceRows(each, rows, used)]));
  return override === undefined ? inside : { ...inside, ...override };
}

/** Rows that were not replaced keep the name and the edition of the base. */
function attribute<T>(value: T, base: RulePack, replaced: readonly string[]): T {
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, attribute(each, base, replaced)])) as T;
  if (Array.isArray(value)) return value.map((each) => attribute(each, base, replaced)) as T;
  if (!isObject(value)) return value;
  const inside = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, attribute(each, base, replaced)]));
  const isRow = typeof value.id === 'string' && 'pack' in value && 'status' in value;
  const isReplaced = isRow && replaced.some((id) => value.id === id || (value.id as string).startsWith(`${id}.P`));
  return (isRow && !isReplaced ? { ...inside, pack: base.id, edition: base.edition } : inside) as T;
}
