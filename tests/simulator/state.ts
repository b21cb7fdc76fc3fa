import type { Ledger } from '../../electron/data/ledger.ts';
import { lastSeq } from './oracle.ts';

/** What a refused bundle and a killed process must leave as it was, in short. */

const TABLES = [
  'SELECT site, lot_id, place, condition, quantity FROM holding ORDER BY 1, 2, 3, 4',
  'SELECT site, name, value FROM setting ORDER BY 1, 2',
  'SELECT device, incarnation, of_device, of_incarnation, seq, head FROM held_there ORDER BY 1, 2, 3, 4',
  'SELECT device, incarnation, checkpoint_size, checkpoint_root, seen_size FROM partner_state ORDER BY 1, 2',
  'SELECT stream, count(*), max(seq) FROM head GROUP BY 1',
  'SELECT count(*) FROM movement',
];
/** Of the own journal, which also says what was refused. */
const OWN = [
  'SELECT count(*) FROM acceptance',
  'SELECT stream, device, incarnation, cut_off_seq FROM partner ORDER BY 1, 2, 3',
  'SELECT id, decision FROM conflict_case ORDER BY 1',
  'SELECT stream, version FROM trust_list ORDER BY 1, 2',
];

export function stateOf({ sqlite, device }: Ledger, isOwnIn = true): string {
  const streams = sqlite
    .prepare(
      `SELECT s.device, s.incarnation, max(e.seq), hex(e.hash) FROM stream s LEFT JOIN entry e USING (stream)
       WHERE ? OR s.stream <> ? GROUP BY s.stream ORDER BY 1, 2`,
    )
    .raw()
    .all(isOwnIn ? 1 : 0, device.stream);
  const rows = (isOwnIn ? [...TABLES, ...OWN] : TABLES.filter((sql) => !sql.includes('FROM head'))).map((sql) =>
    sqlite.prepare(sql).raw().all(),
  );
  return JSON.stringify([streams, ...rows]);
}

/** What somebody said about the own journal that is not so in this file. */
export function isKnownBehind({ sqlite, device }: Ledger): boolean {
  const said = sqlite
    .prepare('SELECT seq, head FROM held_there WHERE of_device = ? AND of_incarnation = ? AND seq > 0')
    .all(device.device, device.incarnation) as { seq: number; head: string }[];
  const hash = sqlite.prepare('SELECT hash FROM entry WHERE stream = ? AND seq = ?').pluck();
  const last = lastSeq({ sqlite } as Ledger, device.stream);
  return said.some(({ seq, head }) => seq > last || (hash.get(device.stream, seq) as Buffer | undefined)?.toString('base64url') !== head);
}
