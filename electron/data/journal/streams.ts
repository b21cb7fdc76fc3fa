import type { Sqlite } from '../db/open.ts';
import { type DeviceStatement, genesisOf } from './statement.ts';

/** The journals of this file, one for each incarnation of a device. */

type NewStream = Readonly<{
  stream: number;
  /** The statement as its device signed it. */
  text: string;
  statement: DeviceStatement;
  /** Empty until the first bundle brings it. */
  commitmentKey: Buffer;
  isOwn: boolean;
}>;

/** The number that the next journal gets in this file. */
export const nextStream = (sqlite: Sqlite): number =>
  ((sqlite.prepare('SELECT max(stream) FROM stream').pluck().get() as number | null) ?? 0) + 1;

export function insertStream(sqlite: Sqlite, { stream, text, statement, commitmentKey, isOwn }: NewStream): void {
  const { device, incarnation, site, role } = statement;
  sqlite
    .prepare(
      'INSERT INTO stream (stream, device, incarnation, site, role, statement, genesis, commitment_key, is_own) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(stream, device, incarnation, site, role, text, genesisOf(text), commitmentKey, isOwn ? 1 : 0);
}
