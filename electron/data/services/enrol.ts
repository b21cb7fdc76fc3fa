import { type DeviceStatement, readStatement } from '../journal/statement.ts';
import { insertStream, nextStream } from '../journal/streams.ts';
import type { Revoked } from '../journal/trustListForm.ts';
import { record, type Second, type WriteTx } from '../ledger.ts';

/** A journal to be filled by what the device sends. */
function addStream(tx: WriteTx, text: string, statement: DeviceStatement): void {
  const known = tx.sqlite.prepare('SELECT 1 FROM stream WHERE device = ? AND incarnation = ?').get(statement.device, statement.incarnation);
  if (known !== undefined) return;
  insertStream(tx.sqlite, { stream: nextStream(tx.sqlite), text, statement, commitmentKey: Buffer.alloc(0), isOwn: false });
}

/** Records a device in the own journal. By a list only where that says something new. */
export function nameDevice(tx: WriteTx, text: string, source: 'pair' | 'list', second?: Second): void {
  const statement = readStatement(text);
  if (statement === null || statement.device === tx.device.device) return;
  addStream(tx, text, statement);
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
