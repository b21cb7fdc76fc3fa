import { createHmac, createSecretKey, type KeyObject, pbkdf2Sync } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';

/** SQLCipher 4, as SQLite3MultipleCiphers writes it: 16 bytes of IV and 64 of HMAC-SHA512 at the end of each page. */
const PAGE_SIZE = 4096;
const RESERVED = 80;
const IV_SIZE = 16;
const SALT_SIZE = 16;
const SALT_MASK = 0x3a;
const MAC_KEY_ROUNDS = 2;
/** SQLite never writes the page that holds its lock bytes. */
const LOCK_PAGE = 0x40000000 / PAGE_SIZE + 1;
const PAGES_PER_READ = 256;

/** Prepared once: for a page of 4 KiB, preparing costs as much as authenticating. */
const macKeyOf = (dataKey: Buffer, salt: Buffer): KeyObject => {
  const macSalt = salt.map((byte) => byte ^ SALT_MASK);
  return createSecretKey(pbkdf2Sync(dataKey, macSalt, MAC_KEY_ROUNDS, 32, 'sha512'));
};

function isAuthentic(macKey: KeyObject, page: Buffer, number: number): boolean {
  const start = number === 1 ? SALT_SIZE : 0;
  const ciphertextAndIv = page.subarray(start, PAGE_SIZE - RESERVED + IV_SIZE);
  const pageNumber = Buffer.alloc(4);
  pageNumber.writeUInt32LE(number);
  const stored = page.subarray(PAGE_SIZE - RESERVED + IV_SIZE);
  return createHmac('sha512', macKey).update(ciphertextAndIv).update(pageNumber).digest().equals(stored);
}

/**
 * Authenticates every page of the file, free ones included, which `integrity_check` does not read. The write-ahead log
 * must have been checkpointed.
 *
 * @param handle an open handle; not closed here, see `Ledger.rawHandle`.
 * @returns the number of the first page that was changed behind the program's back; null where all are authentic.
 */
export function firstForgedPage(
  handle: number,
  dataKey: Buffer,
  onProgress: (done: number, total: number) => void = () => undefined,
): number | null {
  const size = fstatSync(handle).size;
  if (size === 0 || size % PAGE_SIZE !== 0) return Math.floor(size / PAGE_SIZE) + 1;
  const total = size / PAGE_SIZE;
  const buffer = Buffer.alloc(PAGE_SIZE * PAGES_PER_READ);
  let macKey: KeyObject | null = null;
  for (let first = 1; first <= total; first += PAGES_PER_READ) {
    const read = readSync(handle, buffer, 0, buffer.length, (first - 1) * PAGE_SIZE) / PAGE_SIZE;
    for (let at = 0; at < read; at++) {
      const page = buffer.subarray(at * PAGE_SIZE, (at + 1) * PAGE_SIZE);
      macKey ??= macKeyOf(dataKey, Buffer.from(page.subarray(0, SALT_SIZE)));
      if (first + at !== LOCK_PAGE && !isAuthentic(macKey, page, first + at)) return first + at;
    }
    onProgress(Math.min(total, first + read - 1), total);
  }
  return null;
}
