import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Refused } from '../refused.ts';
import { migrate } from './migrate.ts';

export type Sqlite = InstanceType<typeof Database>;
/** A prepared statement whose parameters are counted by SQLite, not by the compiler. */
export type Statement = Readonly<{
  run(...parameters: unknown[]): unknown;
  get(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
}>;

const PLAIN_HEADER = 'SQLite format 3';

/** Throws `fileNotEncrypted` where the file on disk is plain SQLite: a build once wrote one unnoticed, elsewhere. */
export function refusePlainFile(file: string): void {
  if (!existsSync(file)) return;
  const handle = openSync(file, 'r');
  const header = Buffer.alloc(PLAIN_HEADER.length);
  readSync(handle, header, 0, header.length, 0);
  closeSync(handle);
  if (header.toString('latin1') === PLAIN_HEADER) throw new Refused({ code: 'fileNotEncrypted' });
}

/**
 * Keys the connection: SQLCipher 4 format with a raw 32-byte key, so that a second implementation can rescue the file.
 * The key goes through the API as bytes, never into SQL text or a URI.
 */
function setKey(sqlite: Sqlite, dataKey: Uint8Array): void {
  sqlite.pragma("cipher = 'sqlcipher'");
  sqlite.pragma('legacy = 4');
  sqlite.key(rawKey(dataKey));
}
const rawKey = (dataKey: Uint8Array): Buffer => Buffer.from(`x'${Buffer.from(dataKey).toString('hex')}'`);

function setPragmas(sqlite: Sqlite): void {
  sqlite.pragma('temp_store = MEMORY'); // temporary files would not be encrypted
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('recursive_triggers = ON'); // INSERT OR REPLACE fires the delete triggers too
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('cache_size = -65536');
}

/**
 * Makes a file of nothing that only its owner reads, where there is none yet: SQLite would make one that everybody on the
 * machine reads. On Windows the folder says who reads it.
 */
export function makePrivate(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600));
}

/**
 * Opens (or makes) the encrypted file, alone: a second opener is told `depotInUse` at once.
 *
 * @throws Refused with depotInUse, fileDamaged, fileNotEncrypted, newerFile or notWritable. The file is not changed by
 * a wrong key: keying is silent, the first read is what fails. The caller looks at the header with `refusePlainFile`
 * before this and never while the file is open: closing a handle of ours would drop SQLite's lock.
 */
export function openEncrypted(file: string, dataKey: Uint8Array): Sqlite {
  makePrivate(file);
  const sqlite = new Database(file, { timeout: 0 });
  try {
    setKey(sqlite, dataKey);
    sqlite.pragma('locking_mode = EXCLUSIVE'); // before the first read, so that the read takes the lock
    sqlite.prepare('SELECT count(*) FROM sqlite_schema').get();
    setPragmas(sqlite);
    migrate(sqlite);
    return sqlite;
  } catch (cause) {
    sqlite.close();
    throw cause;
  }
}

/** Never on a file that bears the name of a depot: a kill leaves one that neither key opens. */
export function changeKeyOfCopy(copy: string, before: Uint8Array, after: Uint8Array): void {
  const sqlite = new Database(copy, { fileMustExist: true });
  try {
    setKey(sqlite, before);
    sqlite.pragma('temp_store = MEMORY');
    sqlite.prepare('SELECT count(*) FROM sqlite_schema').get();
    sqlite.rekey(rawKey(after));
  } finally {
    sqlite.close();
  }
}
