import { ByteReader, ByteWriter, PACKED_MAX } from './bytes.ts';
import { BundleRefused } from './format.ts';

/**
 * The values that stand under one name in many entries, packed together: alike values lie side by side, and a value
 * that came before is a small number. Values are JSON texts, so that what is unpacked is the same to the byte.
 */
const WORDS = 0;
const NUMBERS = 1;
const STEPS = 2;
const FROM_RECORDING = 3;
const MODES = [WORDS, NUMBERS, STEPS, FROM_RECORDING] as const;
type Mode = (typeof MODES)[number];

const AS_TEXT = 0;
const AS_UUID = 1;
const AS_64_BYTES = 2;
const AS_32_BYTES = 3;
const RAW_SIZE = [0, 16, 64, 32] as const;
const UUID = /^"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"$/;
const BASE64URL = /^"[A-Za-z0-9_-]+"$/;
const WHOLE_NUMBER = /^(?:0|-?[1-9][0-9]{0,14})$/;
const SAMPLE_MAX = 4_096;

function rawOf(text: string): { kind: number; bytes: Buffer } | null {
  if (text.length === 38 && UUID.test(text)) return { kind: AS_UUID, bytes: Buffer.from(text.slice(1, -1).replaceAll('-', ''), 'hex') };
  if ((text.length !== 88 && text.length !== 45) || !BASE64URL.test(text)) return null;
  const bytes = Buffer.from(text.slice(1, -1), 'base64url');
  return textOfRaw(text.length === 88 ? AS_64_BYTES : AS_32_BYTES, bytes) === text
    ? { kind: text.length === 88 ? AS_64_BYTES : AS_32_BYTES, bytes }
    : null;
}

function textOfRaw(kind: number, bytes: Buffer): string {
  if (kind !== AS_UUID) return `"${bytes.toString('base64url')}"`;
  const hex = bytes.toString('hex');
  return `"${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}"`;
}

/** Order-0 entropy in bytes: near enough to what the compressor will make of it. */
function costOf(bytes: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] as number) + 1;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= count * Math.log2(count / bytes.length);
  return bits / 8;
}

/** Collects the values of one name. */
export class ColumnWriter {
  private readonly known = new Map<string, number>();
  private readonly words: string[] = [];
  /** For each entry which of the words it has, and when it was recorded. */
  private readonly codes: number[] = [];
  private readonly recordedAt: number[] = [];
  private isWhole = true;

  add(value: string, recordedAtMs: number): void {
    let code = this.known.get(value);
    if (code === undefined) {
      code = this.words.length;
      this.known.set(value, code);
      this.words.push(value);
      this.isWhole &&= WHOLE_NUMBER.test(value) && Math.abs(Number(value)) < PACKED_MAX / 2;
    }
    this.codes.push(code);
    this.recordedAt.push(recordedAtMs);
  }

  write(out: ByteWriter): void {
    const mode = this.isWhole ? this.cheapest() : WORDS;
    out.byte(mode);
    if (mode === WORDS) writeWords(this.words, out);
    out.block(mode === WORDS ? this.wordCodes(this.codes.length) : this.numbers(mode, this.codes.length));
  }

  private cheapest(): Mode {
    const size = Math.min(this.codes.length, SAMPLE_MAX);
    const words = Buffer.from(this.words.slice(0, size).join('\n'));
    const costs = MODES.map((mode) => (mode === WORDS ? costOf(words) + costOf(this.wordCodes(size)) : costOf(this.numbers(mode, size))));
    return MODES.reduce<Mode>((best, mode) => ((costs[mode] as number) < (costs[best] as number) ? mode : best), NUMBERS);
  }

  private numbers(mode: Mode, size: number): Buffer {
    const out = new ByteWriter();
    const values = this.words.map(Number);
    let last = 0;
    for (let at = 0; at < size; at++) {
      const value = values[this.codes[at] as number] as number;
      out.signed(mode === STEPS ? value - last : mode === FROM_RECORDING ? value - (this.recordedAt[at] as number) : value);
      last = value;
    }
    return out.bytes();
  }

  /** 0 for the next word that was not there before, else its place among those that were. */
  private wordCodes(size: number): Buffer {
    const out = new ByteWriter();
    let seen = 0;
    for (const code of this.codes.slice(0, size)) {
      out.number(code === seen ? 0 : code + 1);
      if (code === seen) seen += 1;
    }
    return out.bytes();
  }
}

function writeWords(words: readonly string[], out: ByteWriter): void {
  const kinds = new ByteWriter();
  const raws = new ByteWriter();
  const texts: string[] = [];
  for (const word of words) {
    const raw = rawOf(word);
    kinds.byte(raw?.kind ?? AS_TEXT);
    if (raw === null) texts.push(`${word}\n`);
    else raws.raw(raw.bytes);
  }
  out.block(kinds.bytes());
  out.block(Buffer.from(texts.join('')));
  out.block(raws.bytes());
}

/** Gives the values of one name again, one after the other. */
export class ColumnReader {
  private readonly mode: number;
  private readonly words: string[] = [];
  private readonly codes: ByteReader;
  private seen = 0;
  private last = 0;

  constructor(from: ByteReader) {
    this.mode = from.byte();
    if (!(MODES as readonly number[]).includes(this.mode)) throw new BundleRefused('E_FORMAT', 'the entries are packed in an unknown way');
    if (this.mode === WORDS) this.words = readWords(from);
    this.codes = new ByteReader(from.block());
  }

  next(recordedAtMs: number): string {
    if (this.mode === WORDS) return this.nextWord();
    const value = this.codes.signed() + (this.mode === STEPS ? this.last : this.mode === FROM_RECORDING ? recordedAtMs : 0);
    this.last = value;
    return String(value);
  }

  end(): void {
    this.codes.end();
    if (this.mode === WORDS && this.seen !== this.words.length) throw new BundleRefused('E_FORMAT', 'there are values that no entry has');
  }

  private nextWord(): string {
    const code = this.codes.number();
    const word = code === 0 ? this.words[this.seen++] : code <= this.seen ? this.words[code - 1] : undefined;
    if (word === undefined) throw new BundleRefused('E_FORMAT', 'an entry has a value that is not there');
    return word;
  }
}

function readWords(from: ByteReader): string[] {
  const kinds = from.block();
  const texts = from.block().toString('utf8').split('\n');
  const raws = new ByteReader(from.block());
  let text = 0;
  const words = Array.from(kinds, (kind) => {
    const size = RAW_SIZE[kind];
    if (size === undefined) throw new BundleRefused('E_FORMAT', 'a value is packed in an unknown way');
    return size === 0 ? (texts[text++] ?? '') : textOfRaw(kind, raws.raw(size));
  });
  if (words.includes('')) throw new BundleRefused('E_FORMAT', 'a value is nothing at all');
  raws.end();
  if (texts.length !== text + 1 || texts[text] !== '') throw new BundleRefused('E_FORMAT', 'there are values that no entry has');
  return words;
}
