import type { Sqlite } from '../db/open.ts';
import type { ProjectionName } from '../db/schema.ts';
import { MapStore } from './mapStore.ts';
import { type Cells, PROJECTION_NAMES, SHAPES } from './store.ts';

export type Difference = Readonly<{ seq: number | null; reason: string }>;

const COMPARED_AT_ONCE: ProjectionName = 'movement';
/** Movements are met in their order and not by their key, so the key is compared too. */
const MOVEMENT_PLACES = [...SHAPES.movement.members.keys()];
const MOVEMENTS = `SELECT ${SHAPES.movement.columns.join(', ')} FROM movement WHERE stream = ? ORDER BY seq`;

/** The first of the members at `places` in which a row of the file differs. */
function firstDifferentMember(name: ProjectionName, places: readonly number[], cells: readonly unknown[], row: Cells): string | null {
  const { members } = SHAPES[name];
  for (const at of places) if (cells[at] !== row[members[at] as string]) return members[at] as string;
  return null;
}

/**
 * Projection rows filled by a replay and then held against the file. Movements of a stream are one row an entry in the
 * order of its entries, so they are compared as they come and not kept.
 */
export class ReplayStore extends MapStore {
  private readonly sqlite: Sqlite;
  /** The movements of each stream that the replay has met. */
  private readonly movements = new Map<number, Iterator<unknown[]>>();
  private readonly differences: Difference[] = [];

  constructor(sqlite: Sqlite) {
    super();
    this.sqlite = sqlite;
  }

  /** The entry whose fold comes next. */
  begin(seq: number): void {
    this.seq = seq;
  }

  protected takeMovement(row: Cells): void {
    const next = this.movementsOf(row.stream as number).next();
    const member = next.done ? 'row' : firstDifferentMember(COMPARED_AT_ONCE, MOVEMENT_PLACES, next.value, row);
    if (member !== null) this.differences.push({ seq: this.seq, reason: `movement ${String(row.id)} differs in ${member}` });
  }

  private movementsOf(stream: number): Iterator<unknown[]> {
    const known = this.movements.get(stream);
    if (known !== undefined) return known;
    const opened = this.sqlite.prepare(MOVEMENTS).raw().iterate(stream) as Iterator<unknown[]>;
    this.movements.set(stream, opened);
    return opened;
  }

  /** Everything in which the file differs from the replay; the earliest entry first. */
  compare(): Difference | null {
    if (this.differences.length === 0 && this.hasMoreMovements())
      this.differences.push({ seq: null, reason: 'a movement that no entry made' });
    this.close();
    for (const name of PROJECTION_NAMES) if (name !== COMPARED_AT_ONCE) this.compareTable(name);
    const [first] = this.differences.sort((a, b) => (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER));
    return first ?? null;
  }

  /** Streams are found one after the other by their key: reading the whole table again would take as long as the replay. */
  private hasMoreMovements(): boolean {
    const nextStream = this.sqlite.prepare('SELECT min(stream) FROM movement WHERE stream > ?').pluck();
    let stream = nextStream.get(Number.MIN_SAFE_INTEGER) as number | null;
    for (; stream !== null; stream = nextStream.get(stream) as number | null) if (!this.movementsOf(stream).next().done) return true;
    return false;
  }

  /** Ends the reading of movements; an open query would keep the file from closing. */
  close(): void {
    for (const movements of this.movements.values()) movements.return?.();
  }

  private compareTable(name: ProjectionName): void {
    const { columns, table, restAt } = SHAPES[name];
    const replayed = this.tables[name];
    const quoted = columns.map((column) => `"${column}"`).join(', ');
    for (const cells of this.sqlite.prepare(`SELECT ${quoted} FROM "${table}"`).raw().iterate() as Iterable<unknown[]>) {
      const expected = replayed.findByCells(cells);
      if (expected === undefined) {
        this.differences.push({ seq: null, reason: `${table}: a row that no entry made` });
        continue;
      }
      expected.isInFile = true;
      const member = firstDifferentMember(name, restAt, cells, expected.row);
      if (member !== null) this.differences.push({ seq: expected.seq, reason: `${table}: ${member} differs from the replay` });
    }
    for (const { seq, isInFile } of replayed.all()) if (!isInFile) this.differences.push({ seq, reason: `${table}: a row is missing` });
  }
}
