import { hash } from 'node:crypto';
import { openEncrypted, type Sqlite } from '../../electron/data/db/open.ts';

/** The same rows in the same tables with better-sqlite3 alone: prepared statements, no hashing, no checks. */
type Row = readonly unknown[];
export type Copied = Readonly<{ table: string; rows: readonly Row[] }>;

/** Rows of an open depot, as they stand, for writing them again. */
export const copyRows = (sqlite: Sqlite, tables: readonly string[], where: Readonly<Record<string, string>> = {}): Copied[] =>
  tables.map((table) => ({
    table,
    rows: sqlite
      .prepare(`SELECT * FROM ${table} ${where[table] ?? ''}`)
      .raw()
      .all() as Row[],
  }));

export const openBare = (file: string): Sqlite => openEncrypted(file, hash('sha256', Buffer.from('bench'), 'buffer') as Buffer);

const placeholders = (count: number) => Array.from({ length: count }, () => '?').join(', ');

/** One transaction; answers milliseconds. */
export function insertAll(sqlite: Sqlite, copied: readonly Copied[]): number {
  const prepared = copied
    .filter(({ rows }) => rows.length > 0)
    .map(({ table, rows }) => ({
      statement: sqlite.prepare(`INSERT INTO ${table} VALUES (${placeholders((rows[0] as Row).length)})`),
      rows,
    }));
  const startedAtMs = performance.now();
  sqlite
    .transaction(() => {
      for (const { statement, rows } of prepared) for (const row of rows) statement.run(...row);
    })
    .immediate();
  return performance.now() - startedAtMs;
}

const APPENDED = ['entry', 'head', 'movement', 'reply'] as const;
type Written = Readonly<{ appended: readonly Row[]; frontier: Row; holdings: readonly Row[]; placeItem: Row }>;
export type Heap = Readonly<{ site: string; lotId: string; place: string; item: string; condition: string; owner: string; holder: string }>;

/** Reads back every row that one movement wrote, and writes the same rows into another file: one durable transaction. */
export function movementCopier(
  from: Sqlite,
  to: Sqlite,
): { read(heap: Heap, id: string, outside: string): Written; write(written: Written): void } {
  const one = (text: string) => from.prepare(text).raw();
  const selects = {
    entry: one('SELECT * FROM entry ORDER BY stream DESC, seq DESC LIMIT 1'),
    head: one('SELECT * FROM head ORDER BY stream DESC, seq DESC LIMIT 1'),
    movement: one('SELECT * FROM movement ORDER BY stream DESC, seq DESC LIMIT 1'),
    reply: one('SELECT * FROM reply WHERE id = ?'),
    frontier: one('SELECT * FROM frontier'),
    holding: one('SELECT * FROM holding WHERE site = ? AND lot_id = ? AND place = ? AND condition = ? AND owner = ? AND holder = ?'),
    placeItem: one('SELECT * FROM place_item WHERE site = ? AND place = ? AND item = ?'),
  };
  const columns = { entry: 5, head: 7, movement: 20, reply: 3 } as const;
  const inserts = APPENDED.map((table) => to.prepare(`INSERT INTO ${table} VALUES (${placeholders(columns[table])})`));
  const putFrontier = to.prepare('INSERT OR REPLACE INTO frontier VALUES (?, ?, ?)');
  const putHolding = to.prepare(
    'INSERT INTO holding VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, lot_id, place, condition, owner, holder) DO UPDATE SET quantity = excluded.quantity',
  );
  const putPlaceItem = to.prepare(
    'INSERT INTO place_item VALUES (?, ?, ?, ?) ON CONFLICT (site, place, item) DO UPDATE SET quantity = excluded.quantity',
  );
  return {
    read: ({ site, lotId, place, item, condition, owner, holder }, id, outside) => ({
      appended: APPENDED.map((table) => (table === 'reply' ? selects.reply.get(id) : selects[table].get()) as Row),
      frontier: selects.frontier.get() as Row,
      holdings: [place, outside].map((at) => selects.holding.get(site, lotId, at, condition, owner, holder) as Row),
      placeItem: selects.placeItem.get(site, place, item) as Row,
    }),
    write: ({ appended, frontier, holdings, placeItem }) =>
      to
        .transaction(() => {
          for (const [at, row] of appended.entries()) inserts[at]?.run(...row);
          putFrontier.run(...frontier);
          for (const row of holdings) putHolding.run(...row);
          putPlaceItem.run(...placeItem);
        })
        .immediate(),
  };
}
