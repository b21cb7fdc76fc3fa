import { hash } from 'node:crypto';
import { openEncrypted, type Sqlite } from '../../electron/data/db/open.ts';

/** The same rows in the same tables with better-sqlite3 alone: prepared statements, no hashing, no checks. */
type Row = readonly unknown[];
export type Copied = Readonly<{ table: string; rows: readonly Row[] }>;

/** Rows of an open depot, as they stand, for writing them again. */
export function copyRows(sqlite: Sqlite, tables: readonly string[], where: Readonly<Record<string, string>> = {}): Copied[] {
  return tables.map((table) => ({
    table,
    rows: sqlite
      .prepare(`SELECT * FROM ${table} ${where[table] ?? ''}`)
      .raw()
      .all() as Row[],
  }));
}

export function openBare(file: string): Sqlite {
  return openEncrypted(file, hash('sha256', Buffer.from('bench'), 'buffer') as Buffer);
}

export const inserters = (sqlite: Sqlite, copied: readonly Copied[]) =>
  copied
    .filter(({ rows }) => rows.length > 0)
    .map(({ table, rows }) => ({
      statement: sqlite.prepare(`INSERT INTO ${table} VALUES (${(rows[0] as Row).map(() => '?').join(', ')})`),
      rows,
    }));

/** One transaction; answers milliseconds. */
export function insertAll(sqlite: Sqlite, copied: readonly Copied[]): number {
  const prepared = inserters(sqlite, copied);
  const startedAtMs = performance.now();
  sqlite
    .transaction(() => {
      for (const { statement, rows } of prepared) for (const row of rows) statement.run(...row);
    })
    .immediate();
  return performance.now() - startedAtMs;
}
