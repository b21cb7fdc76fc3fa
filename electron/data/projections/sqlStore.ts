import type { Sqlite, Statement } from '../db/open.ts';
import type { ProjectionName, ProjectionRow } from '../db/schema.ts';
import { type KeyOf, keyText, PROJECTION_NAMES, type ProjectionStore, SHAPES, type TableShape } from './store.ts';

type Cells = Record<string, unknown>;
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

const CACHED_ROWS_MAX = 100_000;

/**
 * Projection rows in the file. Rows read or written are remembered, since one voucher touches the same few rows many
 * times; `forget` drops the memory after a rollback.
 */
export class SqlStore implements ProjectionStore {
  private readonly statements: Record<ProjectionName, Statements>;
  private readonly cached = new Map<string, Cells | null>();

  constructor(sqlite: Sqlite) {
    this.statements = Object.fromEntries(PROJECTION_NAMES.map((name) => [name, prepare(sqlite, SHAPES[name])])) as Record<
      ProjectionName,
      Statements
    >;
  }

  get<N extends ProjectionName>(name: N, key: KeyOf<N>): ProjectionRow<N> | undefined {
    const cacheKey = `${name}\n${keyText(name, key)}`;
    const known = this.cached.get(cacheKey);
    if (known !== undefined) return (known ?? undefined) as ProjectionRow<N> | undefined;
    const { keyMembers, members } = SHAPES[name];
    const cells = this.statements[name].get.get(...keyMembers.map((member) => (key as Cells)[member])) as unknown[] | undefined;
    const row = cells === undefined ? null : Object.fromEntries(members.map((member, at) => [member, cells[at]]));
    this.remember(cacheKey, row);
    return (row ?? undefined) as ProjectionRow<N> | undefined;
  }

  put<N extends ProjectionName>(name: N, row: ProjectionRow<N>): void {
    const cells = row as Cells;
    this.statements[name].put.run(...SHAPES[name].members.map((member) => cells[member]));
    if (name !== 'movement') this.remember(`${name}\n${keyText(name, cells)}`, cells);
  }

  remove<N extends ProjectionName>(name: N, key: KeyOf<N>): void {
    this.statements[name].remove.run(...SHAPES[name].keyMembers.map((member) => (key as Cells)[member]));
    this.remember(`${name}\n${keyText(name, key)}`, null);
  }

  forget(): void {
    this.cached.clear();
  }

  private remember(key: string, row: Cells | null): void {
    if (this.cached.size >= CACHED_ROWS_MAX) this.cached.clear();
    this.cached.set(key, row);
  }
}
