import { BundleRefused } from './format.ts';

/** Whole numbers up to this size, either sign, fit the packed form; larger ones travel as text. */
export const PACKED_MAX = 2 ** 50;

/** Bytes that grow: numbers as base-128 varints, blocks with their length before them. */
export class ByteWriter {
  private buffer = Buffer.allocUnsafe(4_096);
  private used = 0;

  get length(): number {
    return this.used;
  }

  byte(value: number): void {
    this.room(1);
    this.buffer[this.used++] = value;
  }

  /** A whole number from zero. */
  number(value: number): void {
    this.room(8);
    let rest = value;
    while (rest >= 0x80) {
      this.buffer[this.used++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.used++] = rest;
  }

  /** A whole number of either sign: small ones stay short. */
  signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** So many bytes from their text, without a buffer of their own. */
  base64url(text: string, size: number): void {
    this.room(size);
    this.used += this.buffer.write(text, this.used, size, 'base64url');
  }

  /** A text in UTF-8 and the end of its line. */
  line(text: string): void {
    this.room(3 * text.length + 1);
    this.used += this.buffer.write(text, this.used, 'utf8');
    this.buffer[this.used++] = 0x0a;
  }

  block(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.raw(bytes);
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.used);
  }

  private room(size: number): void {
    if (this.used + size <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.used + size));
    this.buffer.copy(larger, 0, 0, this.used);
    this.buffer = larger;
  }
}

const refuse = (): never => {
  throw new BundleRefused('E_FORMAT', 'the entries are not packed as they should be');
};

/** Reads the same again. What does not fit is refused by name, never read past. */
export class ByteReader {
  private readonly buffer: Buffer;
  private at = 0;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  get isAtEnd(): boolean {
    return this.at === this.buffer.length;
  }

  byte(): number {
    return this.buffer[this.at++] ?? refuse();
  }

  number(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 56; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value <= 2 * PACKED_MAX ? value : refuse();
    }
    return refuse();
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  raw(size: number): Buffer {
    if (size > this.buffer.length - this.at) refuse();
    this.at += size;
    return this.buffer.subarray(this.at - size, this.at);
  }

  block(): Buffer {
    return this.raw(this.number());
  }

  /** Everything must have been read: nothing hides behind the last value. */
  end(): void {
    if (!this.isAtEnd) refuse();
  }
}
