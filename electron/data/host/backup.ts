import { existsSync, fstatSync, readFileSync, readSync } from 'node:fs';
import { removeQuietly, writeDurably } from '../durableFiles.ts';
import { besideFile, readIfThere } from '../keys/files.ts';
import { readSlotFile, writeSlotFile } from '../keys/slots.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';

/** `DLB1 | slot file length u32 | slot file | database`: the database pages as they are, encrypted. */
const MAGIC = Buffer.from('DLB1');
const BYTES_PER_READ = 1 << 26;

/** The pages as they lie in the file; the write-ahead log must have been checkpointed. */
function pagesOf({ rawHandle }: Ledger): Buffer {
  const pages = Buffer.alloc(fstatSync(rawHandle).size);
  for (let at = 0; at < pages.length; ) {
    const read = readSync(rawHandle, pages, at, Math.min(BYTES_PER_READ, pages.length - at), at);
    if (read === 0) throw new Refused({ code: 'fileDamaged', detail: 'the file is shorter than it says' });
    at += read;
  }
  return pages;
}

/** Copies the open depot into one file: pages stay encrypted, the key slots travel with them. Never `backup()`, never `rekey`. */
export function backupLedger(ledger: Ledger, path: string): void {
  if (existsSync(path)) throw new Refused({ code: 'fileExists', file: path });
  ledger.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  const slots = Buffer.from(JSON.stringify(readSlotFile(ledger.file)));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(slots.length);
  writeOrNothing(path, Buffer.concat([MAGIC, length, slots, pagesOf(ledger)]));
}

/** What is cut off must not bear the name of a backup: on the day on which it is needed nobody could tell. */
function writeOrNothing(path: string, bytes: Buffer): void {
  try {
    writeDurably(path, bytes);
  } catch (cause) {
    for (const one of [path, `${path}.new`]) removeQuietly(one);
    throw cause;
  }
}

/**
 * Lays a backup out as a depot again. It is the same device; where its journal has gone on since, the copy opens for
 * reading. The file gets its name last, so that after a kill the same can be asked again.
 */
export function restoreBackup(path: string, file: string): void {
  if (!existsSync(path)) throw new Refused({ code: 'fileMissing', file: path });
  const bytes = readFileSync(path);
  const slotsEnd = bytes.length < 8 || !bytes.subarray(0, 4).equals(MAGIC) ? 0 : 8 + bytes.readUInt32BE(4);
  if (slotsEnd < 8 || slotsEnd >= bytes.length) throw new Refused({ code: 'fileDamaged', detail: 'this is no backup' });
  const slots = bytes.subarray(8, slotsEnd).toString('utf8');
  const { keys } = besideFile(file);
  const there = readIfThere(keys);
  if (existsSync(file) || (there !== null && there.trim() !== slots.trim())) throw new Refused({ code: 'fileExists', file });
  writeDurably(keys, slots);
  writeSlotFile(file, readSlotFile(file));
  writeOrNothing(file, bytes.subarray(slotsEnd));
}
