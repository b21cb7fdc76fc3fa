import { hash } from 'node:crypto';
import { invariant } from '../../../shared/lib/result.ts';

/** Bytes as a string of one character each (latin1). Node makes, joins and compares digests in this form four times as fast as Buffers. */
export type ByteText = string;

export const byteText = (bytes: Buffer): ByteText => bytes.toString('latin1');
export const byteTextOfHex = (hex: string): ByteText => Buffer.from(hex, 'hex').toString('latin1');
export const bytesOf = (text: ByteText): Buffer => Buffer.from(text, 'latin1');

export const HASH_SIZE = 32;
/** Where a hash is put. */
export const NO_HASH: ByteText = '\0'.repeat(HASH_SIZE);

const VIEWS_MAX = 4_096;
const ROOM_MIN = 1_024;

/**
 * SHA-256 over messages that begin alike: the bytes that change are put in their places, a text may follow. Laying out
 * every message anew takes longer than hashing it.
 */
export class Message {
  private readonly startLength: number;
  private bytes: Buffer;
  /** The beginnings of the bytes by their length: making a view takes a sixth of the time of a short hash. */
  private views: (Buffer | undefined)[] = [];

  constructor(start: ByteText) {
    this.startLength = start.length;
    this.bytes = Buffer.concat([bytesOf(start)], start.length + ROOM_MIN);
  }

  /** Puts a hash, or the beginning of one, in its place: byte by byte it is there before a call out of the language begins. */
  put(at: number, digest: ByteText, size = HASH_SIZE): this {
    invariant(digest.length === HASH_SIZE, 'what is hashed here is hashes');
    for (let next = 0; next < size; next++) this.bytes[at + next] = digest.charCodeAt(next);
    return this;
  }

  hash(): ByteText {
    return hash('sha256', this.upto(this.startLength), 'binary');
  }

  /** As it stands in JSON. */
  hashBase64url(): string {
    return hash('sha256', this.upto(this.startLength), 'base64url');
  }

  /** With a text after it, in UTF-8, and with the character that ends it, if any. */
  hashWith(text: string, end = ''): ByteText {
    const room = this.startLength + 3 * text.length + 1;
    if (room > this.bytes.length) this.grow(2 * room);
    const used = this.startLength + this.bytes.write(text, this.startLength, 'utf8');
    if (end !== '') this.bytes[used] = end.charCodeAt(0);
    return hash('sha256', this.upto(used + end.length), 'binary');
  }

  private upto(length: number): Buffer {
    let view = this.views[length];
    if (view === undefined) {
      view = this.bytes.subarray(0, length);
      if (length < VIEWS_MAX) this.views[length] = view;
    }
    return view;
  }

  private grow(size: number): void {
    this.bytes = Buffer.concat([this.bytes.subarray(0, this.startLength)], size);
    this.views = [];
  }
}

/** SHA-256 over `bytes` followed by `text` in UTF-8, once; what is hashed again and again has a `Message`. */
export const sha256 = (bytes: ByteText, text = ''): ByteText => new Message(bytes).hashWith(text);

const HMAC_BLOCK_SIZE = 64;
const padded = (key: Buffer, mask: number): ByteText =>
  byteText(Buffer.from(Buffer.concat([key], HMAC_BLOCK_SIZE).map((byte) => byte ^ mask)));

/**
 * HMAC-SHA-256 (RFC 2104) of texts in UTF-8 under one key. `createHmac` prepares the key again for every call, which
 * takes longer than the rest of an entry.
 */
export function hmacSha256(key: Buffer): (text: string) => ByteText {
  const short = key.length > HMAC_BLOCK_SIZE ? bytesOf(sha256(byteText(key))) : key;
  const inner = new Message(padded(short, 0x36));
  const outer = new Message(padded(short, 0x5c) + NO_HASH);
  return (text) => outer.put(HMAC_BLOCK_SIZE, inner.hashWith(text)).hash();
}
