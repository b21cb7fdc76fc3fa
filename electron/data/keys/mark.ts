import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
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

/** Not fsynced: a mark lost with the power is only an older mark, and never one ahead of the file. */
export function writeMark(userDataDir: string, device: string, incarnation: number, head: Readonly<{ seq: number; hash: Buffer }>): void {
  mkdirSync(join(userDataDir, 'marks'), { recursive: true });
  const path = pathOf(userDataDir, device, incarnation);
  writeFileSync(`${path}.new`, JSON.stringify({ seq: head.seq, hash: head.hash.toString('hex') }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
