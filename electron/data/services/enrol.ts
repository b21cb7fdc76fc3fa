import { genesisOf, readStatement } from '../journal/statement.ts';
import type { Revoked } from '../journal/trustListForm.ts';
import { record, type Second, type WriteTx } from '../ledger.ts';

/** A journal to be filled by what the device sends. */
function addStream(tx: WriteTx, text: string): void {
  const statement = readStatement(text);
  if (statement === null) return;
  const known = tx.sqlite.prepare('SELECT 1 FROM stream WHERE device = ? AND incarnation = ?').get(statement.device, statement.incarnation);
  if (known !== undefined) return;
  const next = (tx.sqlite.prepare('SELECT max(stream) FROM stream').pluck().get() as number) + 1;
  tx.sqlite
    .prepare(
      'INSERT INTO stream (stream, device, incarnation, site, role, statement, genesis, commitment_key, is_own) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)',
    )
    .run(next, statement.device, statement.incarnation, statement.site, statement.role, text, genesisOf(text), Buffer.alloc(0));
}

/** Records a device in the own journal. By a list only where that says something new. */
export function nameDevice(tx: WriteTx, text: string, source: 'pair' | 'list', second?: Second): void {
  const statement = readStatement(text);
  if (statement === null || statement.device === tx.device.device) return;
  addStream(tx, text);
  const { device, incarnation } = statement;
  const known = tx.store.get('partner', { stream: tx.device.stream, device, incarnation });
  if (source === 'list' && known?.source === 'list') return;
  record(tx, { type: 'partner.trusted', data: source === 'list' ? { statement: text, source } : { statement: text } }, { second });
}

export type CutOff = Revoked & Readonly<{ reason: string }>;

/** Records where a device's journal ends. `statement`: how it is named, should this incarnation's journal not name it yet. */
export function cutOffDevice(tx: WriteTx, statement: string, { dev, inc, seq, head, reason }: CutOff, second?: Second): void {
  const known = tx.store.get('partner', { stream: tx.device.stream, device: dev, incarnation: inc });
  if (known === undefined) nameDevice(tx, statement, 'pair', second);
  record(tx, { type: 'device.revoked', data: { device: dev, incarnation: inc, seq, head, reason } }, { second });
}

/** How far the journal of a device is held here, and the last signed head at or before `at`; 0 and null where nothing is. */
export function heldOf(
  { sqlite }: Pick<WriteTx, 'sqlite'>,
  device: string,
  incarnation: number,
  at = Number.MAX_SAFE_INTEGER,
): { held: number; seq: number; head: string | null } {
  const held = sqlite
    .prepare('SELECT max(e.seq) FROM entry e JOIN stream s USING (stream) WHERE s.device = ? AND s.incarnation = ?')
    .pluck()
    .get(device, incarnation) as number | null;
  const head = sqlite
    .prepare(
      'SELECT h.seq, h.hash FROM head h JOIN stream s USING (stream) WHERE s.device = ? AND s.incarnation = ? AND h.seq <= ? ORDER BY h.seq DESC LIMIT 1',
    )
    .get(device, incarnation, at) as { seq: number; hash: Buffer } | undefined;
  return { held: held ?? 0, seq: head?.seq ?? 0, head: head?.hash.toString('base64url') ?? null };
}
