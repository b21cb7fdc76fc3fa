import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Files that are still there, and whole, after the power failed. */

/** Some systems and media cannot make sure of a folder. The files in it are whole all the same. */
const CANNOT_SYNC_FOLDER = ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'];
export const cannotSyncFolder = (cause: unknown): boolean => CANNOT_SYNC_FOLDER.includes((cause as { code?: string } | null)?.code ?? '');

/** The names in a folder must last too. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // folders cannot be opened there; NTFS journals the rename
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The same on a medium that may be of any kind: where it cannot be made sure of, that is no error. */
export function syncFolderIfPossible(folder: string): void {
  try {
    syncFolder(folder);
  } catch (cause) {
    if (!cannotSyncFolder(cause)) throw cause;
  }
}

export function writeAndSync(path: string, bytes: Uint8Array): void {
  const handle = openSync(path, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at); // a disk that is nearly full takes a part only
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Temporary file, fsync, rename, fsync of the folder: a reader sees the old bytes or the new ones, never a mixture. */
export function writeDurably(path: string, bytes: string | Uint8Array): void {
  const temporary = `${path}.new`;
  writeAndSync(temporary, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** The medium may be gone: then there is nothing left to remove, and the error that led here is the one to tell. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // told by the error that led here
  }
}
