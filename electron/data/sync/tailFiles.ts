import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotSyncFolder } from '../durableFiles.ts';
import { isLeftOver, isOpaque, UNFINISHED } from './opaqueNames.ts';

/** Files of a tail on a medium that may be slow, full, or gone at any moment: nothing here waits on the ledger's thread. */

export type Listing = ReadonlyMap<string, number>;

/** Everything in the folder that could be a file of a tail, with its size. What an earlier run left unfinished is removed. */
export async function listFolder(folder: string): Promise<Listing> {
  const names = await readdir(folder);
  for (const name of names.filter(isLeftOver)) await removeQuietly(join(folder, name));
  const listing = new Map<string, number>();
  for (const name of names.filter(isOpaque).sort()) listing.set(name, (await stat(join(folder, name))).size);
  return listing;
}

async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch (cause) {
    if (!cannotSyncFolder(cause)) throw cause;
  }
}

/** Writes, makes sure, reads back, names: all of it or no file. */
export async function writeWhole(folder: string, name: string, bytes: Buffer): Promise<void> {
  const unfinished = join(folder, `${name}${UNFINISHED}`);
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!(await readFile(unfinished)).equals(bytes)) throw Object.assign(new Error('the medium gave back other bytes'), { code: 'EIO' });
    await rename(unfinished, join(folder, name));
    await syncFolder(folder);
  } catch (cause) {
    await removeQuietly(unfinished);
    throw cause;
  }
}

/** What cannot be removed stays: it is redundant, and harmless. */
export async function removeQuietly(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}
