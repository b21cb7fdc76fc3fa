/** What every row of rule data has, and what reading one needs to know of the rest of its pack. */
import type { JsonObject, Problems } from './jsonReader.ts';
import { listAt, objectAt, oneOfAt, refuseOthers, textAt } from './jsonReader.ts';
import type { MixNote, PackSource, RuleRow } from './pack.ts';

const statuses = ['unverified', 'verified'] as const;
const rowKeys = ['id', 'source', 'clause', 'status'];

/** `ids` notes every id seen, to refuse a second use. */
export type Context = Readonly<{
  pack: string;
  edition: string;
  sources: ReadonlyMap<string, PackSource>;
  notes: ReadonlyMap<string, MixNote>;
  ids: Set<string>;
  problems: Problems;
}>;
export type RowReader<T> = (from: JsonObject, row: RuleRow, context: Context, at: string) => T;

export function readId(from: JsonObject, at: string, ids: Set<string>, problems: Problems): string {
  const id = textAt(from, 'id', at, problems);
  if (ids.has(id)) problems.push(`${at}.id: ${id} is used twice`);
  ids.add(id);
  return id;
}

/** The documents that the rows of a file name, by id. */
export function readSources(from: JsonObject, at: string, ids: Set<string>, problems: Problems): ReadonlyMap<string, PackSource> {
  const sources = listAt(from, 'sources', at, problems).map((each, i) => readSource(each, `sources[${i}]`, ids, problems));
  return new Map(sources.map((source) => [source.id, source]));
}

function readSource(value: unknown, at: string, ids: Set<string>, problems: Problems): PackSource {
  const from = objectAt(value, at, problems);
  refuseOthers(from, ['id', 'title', 'edition', 'cite', 'read'], at, problems);
  return {
    id: readId(from, at, ids, problems),
    title: textAt(from, 'title', at, problems),
    edition: textAt(from, 'edition', at, problems),
    cite: textAt(from, 'cite', at, problems),
    read: oneOfAt(from, 'read', ['notRead', 'document', 'secondHand', 'ownDesign'], at, problems),
  };
}

/** The fields that every row has. */
export function readRow(
  value: unknown,
  at: string,
  otherKeys: readonly string[],
  context: Context,
): Readonly<{ from: JsonObject; row: RuleRow }> {
  const { problems } = context;
  const from = objectAt(value, at, problems);
  refuseOthers(from, [...rowKeys, ...otherKeys], at, problems);
  const source = context.sources.get(textAt(from, 'source', at, problems));
  const status = oneOfAt(from, 'status', statuses, at, problems);
  if (source === undefined) problems.push(`${at}.source: not in the list of sources`);
  if (status === 'verified' && source?.read !== 'document') problems.push(`${at}.status: verified, but its source was not read`);
  const clause = textAt(from, 'clause', at, problems);
  const id = readId(from, at, context.ids, problems);
  return { from, row: { id, pack: context.pack, edition: context.edition, source: `${source?.cite ?? ''} ${clause}`, status } };
}

/** The rows of one list; `within` names the object that the list stands in. */
export function readRows<T>(
  from: JsonObject,
  key: string,
  otherKeys: readonly string[],
  read: RowReader<T>,
  context: Context,
  within = 'pack',
): readonly T[] {
  return listAt(from, key, within, context.problems).map((value, i) => {
    const at = within === 'pack' ? `${key}[${i}]` : `${within}.${key}[${i}]`;
    const { from: fields, row } = readRow(value, at, otherKeys, context);
    return read(fields, row, context, at);
  });
}
