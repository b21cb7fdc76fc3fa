import { closeSync, constants, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere } from './files.ts';

const schema = z.strictObject({ seq: z.number().int().min(0), hash: z.string() });
export type Mark = z.infer<typeof schema>;

const pathOf = (userDataDir: string, device: string, incarnation: number) => join(userDataDir, 'marks', `${device}-${incarnation}.json`);

/** The last head of a device, kept outside its file: what shows that a file is an old copy. Null where there is none. */
export function readMark(userDataDir: string, device: string, incarnation: number): Mark | null {
  const text = readIfThere(pathOf(userDataDir, device, incarnation));
  try {
    return text === null ? null : schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Longer than any mark, and within one sector of a disk: one write in place leaves the old mark or the new one. */
const MARK_SIZE = 128;

/**
 * Not fsynced: a mark lost with the power is only an older mark, and never one ahead of the file. Written after every
 * commit, so in place: a rename makes some file systems flush at once.
 */
export function writeMark(userDataDir: string, device: string, incarnation: number, head: Readonly<{ seq: number; hash: Buffer }>): void {
  const text = JSON.stringify({ seq: head.seq, hash: head.hash.toString('hex') }).padEnd(MARK_SIZE);
  const handle = openMark(userDataDir, pathOf(userDataDir, device, incarnation));
  writeSync(handle, text, 0);
  closeSync(handle);
}

function openMark(userDataDir: string, path: string): number {
  const flags = constants.O_CREAT | constants.O_WRONLY;
  try {
    return openSync(path, flags, 0o600);
  } catch {
    mkdirSync(join(userDataDir, 'marks'), { recursive: true });
    return openSync(path, flags, 0o600);
  }
}
