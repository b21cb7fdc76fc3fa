import { hash } from 'node:crypto';

/** Bytes as a string of one character each (latin1). Node makes, joins and compares digests in this form four times as fast as Buffers. */
export type ByteText = string;

export const byteText = (bytes: Buffer): ByteText => bytes.toString('latin1');
export const byteTextOfHex = (hex: string): ByteText => Buffer.from(hex, 'hex').toString('latin1');
export const bytesOf = (text: ByteText): Buffer => Buffer.from(text, 'latin1');

const VIEWS_MAX = 4_096;
let scratch = Buffer.allocUnsafe(65_536);
/** The beginnings of the scratch buffer by their length: making a view takes a sixth of the time of a short hash. */
let views: (Buffer | undefined)[] = [];
let used = 0;

/** Bytes that are hashed together with those that follow. Nothing else may be gathered in between. */
export function gather(bytes: ByteText, length = bytes.length): void {
  makeRoom(length);
  used += scratch.write(bytes, used, length, 'latin1');
}

/** The same for a text in UTF-8. */
export function gatherText(text: string): void {
  makeRoom(text.length * 3);
  used += scratch.write(text, used, 'utf8');
}

function makeRoom(size: number): void {
  if (used + size <= scratch.length) return;
  const larger = Buffer.allocUnsafe((used + size) * 2);
  scratch.copy(larger, 0, 0, used);
  scratch = larger;
  views = [];
}

/** SHA-256 over everything gathered. */
export function gathered(): ByteText {
  let view = views[used];
  if (view === undefined) {
    view = scratch.subarray(0, used);
    if (used < VIEWS_MAX) views[used] = view;
  }
  used = 0;
  return hash('sha256', view, 'binary');
}

/** SHA-256 over `bytes` followed by `text` in UTF-8. */
export function sha256(bytes: ByteText, text = ''): ByteText {
  gather(bytes);
  if (text !== '') gatherText(text);
  return gathered();
}

const HMAC_BLOCK_SIZE = 64;
const padded = (key: Buffer, mask: number): ByteText =>
  byteText(Buffer.from(Buffer.concat([key], HMAC_BLOCK_SIZE).map((byte) => byte ^ mask)));

/**
 * HMAC-SHA-256 (RFC 2104) of texts in UTF-8 under one key. `createHmac` prepares the key again for every call, which
 * takes longer than the rest of an entry.
 */
export function hmacSha256(key: Buffer): (text: string) => ByteText {
  const short = key.length > HMAC_BLOCK_SIZE ? bytesOf(sha256(byteText(key))) : key;
  const inner = padded(short, 0x36);
  const outer = padded(short, 0x5c);
  return (text) => sha256(outer + sha256(inner, text));
}
