// A depot file or a backup, opened with the 24 words or a passphrase (docs/protocol.md 10).
import { createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wordlist } from '@scure/bip39/wordlists/english.js'; // the 2048 words, nothing else of it
import Database from 'better-sqlite3';
import { argon2id } from 'hash-wasm';
import { chain, commitmentOf } from './range.mjs';
import { isHeadSigned, readStatement } from './signatures.mjs';

/** 24 words → 32 bytes: eleven bits a word, the last eight the first of their SHA-256. */
export function entropyOf(words) {
  const numbers = words
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .map((word) => wordlist.indexOf(word));
  if (numbers.length !== 24 || numbers.includes(-1)) throw new Error('these are not 24 words of the list');
  const bits = numbers.map((number) => number.toString(2).padStart(11, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const entropy = bytes.subarray(0, 32);
  if (createHash('sha256').update(entropy).digest()[0] !== bytes[32]) throw new Error('the check sum of the words does not fit');
  return entropy;
}

export const stretch = (passphrase, { memoryKib, passes, salt }) =>
  argon2id({
    password: passphrase.normalize('NFKC'),
    salt: Buffer.from(salt, 'base64url'),
    parallelism: 1,
    iterations: passes,
    memorySize: memoryKib,
    hashLength: 32,
    outputType: 'binary',
  });

/** The data key from the first slot of a kind that the secret opens. */
function dataKeyOf(slots, kind, secret) {
  for (const { id, dataKey } of slots.slots.filter((slot) => slot.kind === kind)) {
    const key = Buffer.from(hkdfSync('sha256', secret, '', `depot/data/${id}`, 32));
    const box = Buffer.from(dataKey.box, 'base64url');
    const bound = Buffer.from(JSON.stringify(['depot-slot', slots.v, slots.cipher, slots.kdf, id, 'data']));
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(dataKey.iv, 'base64url')).setAAD(bound).setAuthTag(box.subarray(-16));
    try {
      return Buffer.concat([decipher.update(box.subarray(0, -16)), decipher.final()]);
    } catch {
      // not this slot
    }
  }
  throw new Error(kind === 'recovery' ? 'these words open no slot of this file' : 'this passphrase opens no slot of this file');
}

function slotsOf(text, copyText) {
  for (const one of [text, copyText])
    try {
      return JSON.parse(one);
    } catch {
      // the other copy
    }
  throw new Error('both key slot files are missing or damaged');
}
const readIfThere = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** Key slots and the encrypted pages, copied: the file itself is never written to. */
function layOut(path, folder) {
  const copy = join(folder, 'copy');
  const bytes = readFileSync(path);
  if (bytes.subarray(0, 4).toString('latin1') === 'DLB1') {
    const end = 8 + bytes.readUInt32BE(4);
    writeFileSync(copy, bytes.subarray(end), { mode: 0o600 });
    return { copy, slots: slotsOf(bytes.subarray(8, end).toString('utf8'), '') };
  }
  writeFileSync(copy, bytes, { mode: 0o600 });
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
  return { copy, slots: slotsOf(readIfThere(`${path}.keys`), readIfThere(`${path}.keys2`)) };
}

/**
 * Opens a copy of a depot or a backup and hands the database to `read`.
 *
 * @param kind 'recovery' with the bytes of the words, or 'person' with a passphrase.
 */
export async function withDepot(path, kind, secret, read) {
  const folder = mkdtempSync(join(tmpdir(), 'depot-open-'));
  try {
    const { copy, slots } = layOut(path, folder);
    const opener = kind === 'recovery' ? entropyOf(secret) : await stretch(secret, slots.kdf);
    const sqlite = new Database(copy);
    try {
      sqlite.pragma("cipher = 'sqlcipher'");
      sqlite.pragma('legacy = 4');
      sqlite.key(Buffer.from(`x'${dataKeyOf(slots, kind, opener).toString('hex')}'`));
      sqlite.pragma('temp_store = MEMORY');
      return read(sqlite);
    } finally {
      sqlite.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const STREAMS =
  'SELECT stream, device AS dev, incarnation AS inc, site, is_own AS isOwn, statement, commitment_key AS ck FROM stream ORDER BY stream';

/** Entries, chain, commitments and last head of one stream; adds what is wrong to `problems`. */
function writeStream(sqlite, at, { stream, dev, inc, statement, ck }, problems, writeLine) {
  const said = readStatement(statement);
  if (said === null) problems.push(`stream ${at}: its statement is not signed by the key that it names`);
  let hash = said?.genesis ?? Buffer.alloc(0);
  let entries = 0;
  for (const row of sqlite.prepare('SELECT seq, event, payload, hash FROM entry WHERE stream = ? ORDER BY seq').iterate(stream)) {
    hash = chain(hash, row.event);
    entries += 1;
    if (row.seq !== entries || !hash.equals(row.hash)) problems.push(`stream ${at}: the chain breaks at entry ${row.seq}`);
    else if (commitmentOf(ck, { dev, inc, seq: row.seq }, row.payload) !== JSON.parse(row.event).pc)
      problems.push(`stream ${at}: the payload of entry ${row.seq} is not the one that was recorded`);
    hash = row.hash;
    writeLine(`{"range":${at},"seq":${row.seq},"event":${row.event},"payload":${row.payload},"hash":"${row.hash.toString('base64url')}"}`);
  }
  const head = sqlite
    .prepare('SELECT seq, hash, root, device_signature AS signature FROM head WHERE stream = ? ORDER BY seq DESC LIMIT 1')
    .get(stream);
  const isSound =
    entries === 0 ||
    (head?.seq === entries &&
      head.hash.equals(hash) &&
      isHeadSigned(
        said?.publicKey,
        { dev, inc, seq: head.seq, hash: hash.toString('base64url'), root: head.root.toString('base64url') },
        head.signature,
      ));
  if (!isSound) problems.push(`stream ${at}: it does not end in a head that its device signed`);
  return entries;
}

/** Writes every journal of a depot as lines; answers what is wrong with it. */
export function writeDepot(sqlite, writeLine) {
  const streams = sqlite.prepare(STREAMS).all();
  const header = streams.map(({ stream, ck, statement, isOwn, ...rest }) => ({
    ...rest,
    isOwn: isOwn === 1,
    statement: JSON.parse(statement),
  }));
  writeLine(JSON.stringify({ header: { t: 'depot', streams: header } }));
  const problems = [];
  const entries = streams.reduce((sum, stream, at) => sum + writeStream(sqlite, at, stream, problems, writeLine), 0);
  return { entries, problems, isSignatureChecked: true };
}

/** The age identities of the device: with them the bundles addressed to it are opened. */
export const identitiesOf = (sqlite) =>
  sqlite
    .prepare("SELECT value FROM secret WHERE name = 'ageIdentity' OR name LIKE 'ageIdentity.%' ORDER BY name")
    .pluck()
    .all()
    .map((value) => value.toString('utf8'));
