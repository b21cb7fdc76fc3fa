import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { besideFile } from '../keys/files.ts';
import { readSlotFile, writeSlotFile } from '../keys/slots.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';

/** `DLB1 | slot file length u32 | slot file | database`: the database pages as they are, encrypted. */
const MAGIC = Buffer.from('DLB1');

/** Copies the open depot into one file: pages stay encrypted, the key slots travel with them. Never `backup()`, never `rekey`. */
export function backupLedger(ledger: Ledger, path: string): void {
  if (existsSync(path)) throw new Refused({ code: 'fileExists', file: path });
  ledger.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  const slots = Buffer.from(JSON.stringify(readSlotFile(ledger.file)));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(slots.length);
  const database = Buffer.alloc(fstatSync(ledger.rawHandle).size);
  readSync(ledger.rawHandle, database, 0, database.length, 0);
  writeFileSync(path, Buffer.concat([MAGIC, length, slots, database]), { mode: 0o600, flush: true });
}

/** Lays a backup out as a depot again. It is the same device; where its journal has gone on since, the copy opens for reading. */
export function restoreBackup(path: string, file: string): void {
  if (existsSync(file) || existsSync(besideFile(file).keys)) throw new Refused({ code: 'fileExists', file });
  if (!existsSync(path)) throw new Refused({ code: 'fileMissing', file: path });
  const bytes = readFileSync(path);
  const slotsEnd = bytes.length < 8 || !bytes.subarray(0, 4).equals(MAGIC) ? 0 : 8 + bytes.readUInt32BE(4);
  if (slotsEnd < 8 || slotsEnd >= bytes.length) throw new Refused({ code: 'fileDamaged', detail: 'this is no backup' });
  writeFileSync(besideFile(file).keys, bytes.subarray(8, slotsEnd), { mode: 0o600 });
  writeSlotFile(file, readSlotFile(file));
  const handle = openSync(file, 'wx', 0o600);
  closeSync(handle);
  writeFileSync(file, bytes.subarray(slotsEnd), { flush: true });
}
