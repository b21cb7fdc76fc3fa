import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { PROJECTIONS } from '../../electron/data/db/schema.ts';
import type { Payload } from '../../electron/data/journal/commitment.ts';
import type { Envelope, StreamKeys } from '../../electron/data/journal/envelope.ts';
import { signHead } from '../../electron/data/journal/head.ts';
import { readFrontier } from '../../electron/data/journal/journal.ts';
import type { Ledger, WriteTx } from '../../electron/data/ledger.ts';
import { foldRange } from '../../electron/data/projections/foldForeign.ts';

/** Ranges of journals from file to file without a bundle around them: what taking in does once everything was proved. */

export type Row = Readonly<{ seq: number; event: string; payload: string; hash: Buffer }>;
export const rowsOf = ({ sqlite, device }: Ledger, after = 0): Row[] =>
  sqlite
    .prepare('SELECT seq, event, payload, hash FROM entry WHERE stream = ? AND seq > ? ORDER BY seq')
    .all(device.stream, after) as Row[];

/** The stream of a source's device in the reader's file. */
export const streamIn = (tx: Ledger, { device, site, incarnation, commitmentKey }: Ledger['device']): StreamKeys => ({
  stream: tx.sqlite.prepare('SELECT stream FROM stream WHERE device = ? AND incarnation = ?').pluck().get(device, incarnation) as number,
  device,
  site,
  incarnation,
  commitmentKey,
});

/** Appends entries of a source's journal and folds them. */
export function deliver(tx: WriteTx, source: Ledger, rows: readonly Row[]): void {
  const keys = streamIn(tx, source.device);
  const insert = tx.sqlite.prepare('INSERT INTO entry (stream, seq, event, payload, hash) VALUES (?, ?, ?, ?, ?)');
  for (const { seq, event, payload, hash } of rows) insert.run(keys.stream, seq, event, payload, hash);
  const read = rows.map(({ event, payload }) => ({ envelope: JSON.parse(event) as Envelope, payload: JSON.parse(payload) as Payload }));
  foldRange(tx, keys, read);
}

/** The signed head that comes with a range. */
export function deliverHead(tx: WriteTx, { device }: Ledger, { seq, hash }: Row): void {
  const keys = streamIn(tx, device);
  const root = readFrontier(tx.sqlite, keys.stream, seq).root();
  const signature = signHead({ ...device, seq, hash, root }, device.sign);
  tx.sqlite
    .prepare('INSERT INTO head (stream, seq, hash, root, device_signature, person, person_signature) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(keys.stream, seq, hash, root, signature, '', Buffer.alloc(0));
}

const PROJECTED = Object.values(PROJECTIONS).map((table) => getTableConfig(table).name);
/** Every row that is a fold of the journals. */
export const projectionsOf = ({ sqlite }: Ledger) =>
  Object.fromEntries(PROJECTED.map((table) => [table, sqlite.prepare(`SELECT * FROM "${table}"`).raw().all()]));
