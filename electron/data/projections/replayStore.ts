import type { Sqlite } from '../db/open.ts';
import type { ProjectionName, ProjectionRow } from '../db/schema.ts';
import {
  type KeyOf,
  keyText,
  keyTextOfCells,
  PROJECTION_NAMES,
  type ProjectionStore,
  type RowName,
  SHAPES,
  type SumName,
} from './store.ts';

type Cells = Record<string, unknown>;
/** A row that the replay made (a sum: its quantity alone), and the entry that wrote it last. */
type Replayed = { row: Cells; seq: number; isInFile: boolean };
export type Difference = Readonly<{ seq: number | null; reason: string }>;

const COMPARED_AT_ONCE: ProjectionName = 'movement';
/** Movements are met in their order and not by their key, so the key is compared too. */
const MOVEMENT_PLACES = [...SHAPES.movement.members.keys()];

/** The first of the members at `places` in which a row of the file differs. */
function firstDifferentMember(name: ProjectionName, places: readonly number[], cells: readonly unknown[], row: Cells): string | null {
  const { members } = SHAPES[name];
  for (const at of places) if (cells[at] !== row[members[at] as string]) return members[at] as string;
  return null;
}

/**
 * Projection rows in plain maps, filled by a replay and then held against the file. Movements are one row an entry in
 * the order of the entries, so they are compared as they come and not kept.
 */
export class ReplayStore implements ProjectionStore {
  private readonly tables = new Map<ProjectionName, Map<string, Replayed>>(PROJECTION_NAMES.map((name) => [name, new Map()]));
  private readonly sqlite: Sqlite;
  private readonly movements: Iterator<unknown[]>;
  private readonly differences: Difference[] = [];
  private seq = 0;

  constructor(sqlite: Sqlite) {
    this.sqlite = sqlite;
    const { columns } = SHAPES[COMPARED_AT_ONCE];
    this.movements = sqlite
      .prepare(`SELECT ${columns.join(', ')} FROM movement ORDER BY stream, seq`)
      .raw()
      .iterate() as Iterator<unknown[]>;
  }

  /** The entry whose fold comes next. */
  begin(seq: number): void {
    this.seq = seq;
  }

  get<N extends RowName>(name: N, key: KeyOf<N>): ProjectionRow<N> | undefined {
    return this.tables.get(name)?.get(keyText(name, key))?.row as ProjectionRow<N> | undefined;
  }

  put<N extends RowName>(name: N, row: ProjectionRow<N>): void {
    if (name === COMPARED_AT_ONCE) this.compareMovement(row as Cells);
    else this.tables.get(name)?.set(keyText(name, row as Cells), { row: row as Cells, seq: this.seq, isInFile: false });
  }

  remove<N extends RowName>(name: N, key: KeyOf<N>): void {
    this.tables.get(name)?.delete(keyText(name, key));
  }

  add<N extends SumName>(name: N, key: Omit<ProjectionRow<N>, 'quantity'>, quantity: number): void {
    const rows = this.tables.get(name) as Map<string, Replayed>;
    const text = keyText(name, key);
    const found = rows.get(text);
    const sum = ((found?.row.quantity as number | undefined) ?? 0) + quantity;
    if (sum === 0) rows.delete(text);
    else if (found === undefined) rows.set(text, { row: { quantity }, seq: this.seq, isInFile: false });
    else {
      found.row.quantity = sum;
      found.seq = this.seq;
    }
  }

  private compareMovement(row: Cells): void {
    const next = this.movements.next();
    const member = next.done ? 'row' : firstDifferentMember(COMPARED_AT_ONCE, MOVEMENT_PLACES, next.value, row);
    if (member !== null) this.differences.push({ seq: this.seq, reason: `movement ${String(row.id)} differs in ${member}` });
  }

  /** Everything in which the file differs from the replay; the earliest entry first. */
  compare(): Difference | null {
    if (this.differences.length === 0 && !this.movements.next().done)
      this.differences.push({ seq: null, reason: 'a movement that no entry made' });
    this.close();
    for (const name of PROJECTION_NAMES) if (name !== COMPARED_AT_ONCE) this.compareTable(name);
    const [first] = this.differences.sort((a, b) => (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER));
    return first ?? null;
  }

  /** Ends the reading of movements; an open query would keep the file from closing. */
  close(): void {
    this.movements.return?.();
  }

  private compareTable(name: ProjectionName): void {
    const { columns, table, restAt } = SHAPES[name];
    const replayed = this.tables.get(name) as Map<string, Replayed>;
    const quoted = columns.map((column) => `"${column}"`).join(', ');
    for (const cells of this.sqlite.prepare(`SELECT ${quoted} FROM "${table}"`).raw().iterate() as Iterable<unknown[]>) {
      const expected = replayed.get(keyTextOfCells(name, cells));
      if (expected === undefined) {
        this.differences.push({ seq: null, reason: `${table}: a row that no entry made` });
        continue;
      }
      expected.isInFile = true;
      const member = firstDifferentMember(name, restAt, cells, expected.row);
      if (member !== null) this.differences.push({ seq: expected.seq, reason: `${table}: ${member} differs from the replay` });
    }
    for (const { seq, isInFile } of replayed.values()) if (!isInFile) this.differences.push({ seq, reason: `${table}: a row is missing` });
  }
}
