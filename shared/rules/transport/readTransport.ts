import { err, ok, type Result } from '../../lib/result.ts';
import { listAt, objectAt, oneOfAt, type Problems, refuseOthers, textAt, wordsAt } from '../jsonReader.ts';
import { compatibilityGroups, pairKey } from '../pack.ts';
import { type Context, type RowReader, readId, readRows, readSources } from '../readRow.ts';
import type { TransportNote, TransportRow, TransportTable } from './transport.ts';

/** Reads `resources/transport/…`, or says everything that is wrong with it. Every pair of groups has one cell. */
export function readTransport(json: unknown): Result<TransportTable, readonly string[]> {
  const problems: Problems = [];
  const from = objectAt(json, 'transport', problems);
  refuseOthers(from, ['id', 'edition', 'sources', 'notes', 'cells'], 'transport', problems);
  const ids = new Set<string>();
  const context: Context = {
    pack: textAt(from, 'id', 'transport', problems),
    edition: textAt(from, 'edition', 'transport', problems),
    sources: readSources(from, 'transport', ids, problems),
    notes: new Map(),
    ids,
    problems,
  };
  const notes = listAt(from, 'notes', 'transport', problems).map((each, i) => readNote(each, `notes[${i}]`, context));
  const cells = readRows(from, 'cells', ['groups', 'verdict', 'notes'], cellReader(notes), context);
  const table = new Map(cells.map((cell) => [pairKey(...cell.groups), cell]));
  for (const [i, a] of compatibilityGroups.entries())
    for (const b of compatibilityGroups.slice(i)) if (!table.has(pairKey(a, b))) problems.push(`cells: no cell ${pairKey(a, b)}`);
  if (table.size !== cells.length) problems.push('cells: a pair stands there twice');
  return problems.length === 0 ? ok(table) : err(problems);
}

function readNote(value: unknown, at: string, { ids, problems }: Context): TransportNote {
  const from = objectAt(value, at, problems);
  refuseOthers(from, ['id', 'words'], at, problems);
  return { id: readId(from, at, ids, problems), words: textAt(from, 'words', at, problems) };
}

const cellReader =
  (notes: readonly TransportNote[]): RowReader<TransportRow> =>
  (from, row, { problems }, at) => {
    const [a, b, ...more] = wordsAt(from, 'groups', compatibilityGroups, at, problems);
    if (a === undefined || b === undefined || more.length > 0) problems.push(`${at}.groups: two groups are wanted`);
    const asked = wordsAt(
      from,
      'notes',
      notes.map(({ id }) => id),
      at,
      problems,
    );
    return {
      ...row,
      groups: [a ?? 'A', b ?? 'A'],
      verdict: oneOfAt(from, 'verdict', ['prohibited', 'conditional', 'permitted'], at, problems),
      notes: notes.filter(({ id }) => asked.includes(id)),
    };
  };
