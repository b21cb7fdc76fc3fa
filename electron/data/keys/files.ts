import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Everything that belongs to a depot lies beside its file and begins with its name. */
export const besideFile = (file: string) => ({ keys: `${file}.keys`, keysCopy: `${file}.keys2`, attempts: `${file}.attempts` });

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // folders cannot be opened there; NTFS journals the rename
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** Temporary file, fsync, rename, fsync of the folder: a reader sees the old bytes or the new ones, never a mixture. */
export function writeDurably(path: string, bytes: string | Uint8Array): void {
  const temporary = `${path}.new`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    const whole = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    for (let at = 0; at < whole.length; ) at += writeSync(handle, whole, at); // a disk that is nearly full takes a part only
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** The name of a file must last too. */
export const syncFolderOf = (path: string): void => syncFolder(dirname(path));

export const readIfThere = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);
