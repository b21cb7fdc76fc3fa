import type { Sqlite, Statement } from '../db/open.ts';
import type { ProjectionName, ProjectionRow } from '../db/schema.ts';
import { type Cells, type KeyOf, keyText, PROJECTION_NAMES, type ProjectionStore, SHAPES, type SumName, type TableShape } from './store.ts';

type Statements = Readonly<{ get: Statement; put: Statement; remove: Statement }>;

const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
const where = (names: readonly string[]) => names.map((name) => `"${name}" = ?`).join(' AND ');

function insertText({ table, columns, keyColumns }: TableShape): string {
  const insert = `INSERT INTO "${table}" (${list(columns)}) VALUES (${columns.map(() => '?').join(', ')})`;
  if (table === 'movement') return insert; // append-only: a second row with the same key is refused by its trigger
  const rest = columns.filter((column) => !keyColumns.includes(column));
  return `${insert} ON CONFLICT (${list(keyColumns)}) DO UPDATE SET ${rest.map((column) => `"${column}" = excluded."${column}"`).join(', ')}`;
}

const prepare = (sqlite: Sqlite, shape: TableShape): Statements => ({
  get: sqlite.prepare(`SELECT ${list(shape.columns)} FROM "${shape.table}" WHERE ${where(shape.keyColumns)}`).raw(),
  put: sqlite.prepare(insertText(shape)),
  remove: sqlite.prepare(`DELETE FROM "${shape.table}" WHERE ${where(shape.keyColumns)}`),
});

/** In each table: the lots of a large depot, and no more memory than a small machine can spare. */
const CACHED_ROWS_MAX = 60_000;
/** Sums that wait to be written together; more would cost memory and save little. */
const WAITING_SUMS_MAX = 50_000;
type WaitingSum = { readonly name: SumName; readonly key: Cells; change: number };

/**
 * Projection rows in the file. Rows read or written are remembered, since one voucher touches the same few rows many
 * times; `forget` drops the memory after a rollback.
 */
export class SqlStore implements ProjectionStore {
  private readonly statements: Record<ProjectionName, Statements>;
  /** Places whose stock was touched since somebody last asked; null where anything may have changed. */
  private touched: Set<string> | null = null;
  private readonly cached = new Map<ProjectionName, Map<string, Cells | null>>(PROJECTION_NAMES.map((name) => [name, new Map()]));
  /** What sums have changed by and the file does not say yet; null where each change is written at once. */
  private waiting: Map<string, WaitingSum> | null = null;

  constructor(sqlite: Sqlite) {
    this.statements = Object.fromEntries(PROJECTION_NAMES.map((name) => [name, prepare(sqlite, SHAPES[name])])) as Record<
      ProjectionName,
      Statements
    >;
  }

  get<N extends ProjectionName>(name: N, key: KeyOf<N>): ProjectionRow<N> | undefined {
    const text = keyText(name, key);
    const known = this.cached.get(name)?.get(text);
    if (known !== undefined) return (known ?? undefined) as ProjectionRow<N> | undefined;
    const { keyMembers, members } = SHAPES[name];
    const cells = this.statements[name].get.get(...keyMembers.map((member) => (key as Cells)[member])) as unknown[] | undefined;
    const row = cells === undefined ? null : Object.fromEntries(members.map((member, at) => [member, cells[at]]));
    this.remember(name, text, row);
    return (row ?? undefined) as ProjectionRow<N> | undefined;
  }

  put<N extends ProjectionName>(name: N, row: ProjectionRow<N>): void {
    const cells = row as Cells;
    this.statements[name].put.run(...SHAPES[name].members.map((member) => cells[member]));
    if (name !== 'movement') this.remember(name, keyText(name, cells), cells);
    this.touch(name, cells);
  }

  remove<N extends ProjectionName>(name: N, key: KeyOf<N>): void {
    this.statements[name].remove.run(...SHAPES[name].keyMembers.map((member) => (key as Cells)[member]));
    this.remember(name, keyText(name, key), null);
    this.touch(name, key);
  }

  /**
   * Folds many entries and writes each sum once, at the end: a fold never reads a sum, so it cannot tell. Until `work` is
   * done, nobody may read sums from the file.
   */
  together<T>(work: () => T): T {
    const outer = this.waiting;
    this.waiting ??= new Map();
    try {
      const done = work();
      if (outer === null) this.writeWaiting();
      return done;
    } finally {
      this.waiting = outer;
    }
  }

  private writeWaiting(): void {
    const sums = [...(this.waiting?.values() ?? [])];
    this.waiting?.clear();
    for (const { name, key, change } of sums) if (change !== 0) this.addNow(name, key as never, change);
  }

  add<N extends SumName>(name: N, key: Omit<ProjectionRow<N>, 'quantity'>, quantity: number): void {
    if (this.waiting === null) {
      this.addNow(name, key, quantity);
      return;
    }
    const text = `${name}\n${keyText(name, key)}`;
    const sum = this.waiting.get(text);
    if (sum !== undefined) sum.change += quantity;
    else this.waiting.set(text, { name, key, change: quantity });
    if (this.waiting.size >= WAITING_SUMS_MAX) this.writeWaiting();
  }

  private addNow<N extends SumName>(name: N, key: Omit<ProjectionRow<N>, 'quantity'>, quantity: number): void {
    const row = { ...key, quantity } as ProjectionRow<N>;
    const sum = quantity + ((this.get<SumName>(name, row) as { quantity: number } | undefined)?.quantity ?? 0);
    if (sum === 0) this.remove<SumName>(name, row);
    else this.put(name, { ...row, quantity: sum });
  }

  forget(): void {
    for (const rows of this.cached.values()) rows.clear();
    this.waiting?.clear();
    this.touched = null;
  }

  /** `SITE\nPLACE` of every place whose stock changed since the last call; null where natures or places changed too. */
  takeTouched(): ReadonlySet<string> | null {
    const { touched } = this;
    this.touched = new Set();
    return touched;
  }

  private touch(name: ProjectionName, { site, place }: Cells): void {
    if (name === 'item' || name === 'place') this.touched = null;
    else if (name === 'placeItem') this.touched?.add(`${site}\n${place}`);
  }

  private remember(name: ProjectionName, key: string, row: Cells | null): void {
    const rows = this.cached.get(name) as Map<string, Cells | null>;
    if (rows.size >= CACHED_ROWS_MAX) rows.clear();
    rows.set(key, row);
  }
}
