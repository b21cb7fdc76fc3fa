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
const NUMBER_MODES = [NUMBERS, STEPS, FROM_RECORDING] as const;

const AS_TEXT = 0;
const AS_UUID = 1;
const AS_64_BYTES = 2;
const AS_32_BYTES = 3;
const RAW_SIZE = [0, 16, 64, 32] as const;
const BASE64URL = /^"[A-Za-z0-9_-]+"$/;
const WHOLE_NUMBER = /^(?:0|-?[1-9][0-9]{0,14})$/;
const SAMPLE_MAX = 4_096;
const LINE_END = 0x0a;

const UUID_LENGTH = 38;
/** Where the digits of each byte begin; before some of them stands a dash. */
const UUID_DIGITS = [1, 3, 5, 7, 10, 12, 15, 17, 20, 22, 25, 27, 29, 31, 33, 35] as const;
const UUID_DASHES = [9, 14, 19, 24] as const;
const NO_DIGIT = 256;
const digitOf = new Uint16Array(128).fill(NO_DIGIT);
for (const [digit, code] of Buffer.from('0123456789abcdef').entries()) digitOf[code] = digit;
const digitAt = (text: string, at: number): number => digitOf[text.charCodeAt(at)] ?? NO_DIGIT;
const uuid = Buffer.alloc(16);

/** Reads a UUID, in lower case and in quotes, into `uuid`: one goes into almost every entry. False where the text is none. */
function readUuid(text: string): boolean {
  if (text.length !== UUID_LENGTH || text[0] !== '"' || text[UUID_LENGTH - 1] !== '"') return false;
  for (const at of UUID_DASHES) if (text[at] !== '-') return false;
  let all = 0;
  for (let byte = 0; byte < uuid.length; byte++) {
    const at = UUID_DIGITS[byte] as number;
    const digits = digitAt(text, at) * 16 + digitAt(text, at + 1);
    all |= digits;
    uuid[byte] = digits;
  }
  return all < NO_DIGIT;
}

/** The kind of another text that travels as the bytes it stands for; else it is a text. */
function kindOf(text: string): number {
  if ((text.length !== 88 && text.length !== 45) || !BASE64URL.test(text)) return AS_TEXT;
  const kind = text.length === 88 ? AS_64_BYTES : AS_32_BYTES;
  return textOfRaw(kind, Buffer.from(text.slice(1, -1), 'base64url')) === text ? kind : AS_TEXT;
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

/** The number that a text stands for, where it is written as that number and small enough; else null. */
function packable(text: string): number | null {
  if (!WHOLE_NUMBER.test(text)) return null;
  const value = Number(text);
  return Math.abs(value) < PACKED_MAX / 2 ? value : null;
}

/** Numbers that grow in number. A list of the language would be looked through by each collection of garbage. */
class NumberList {
  private items = new Float64Array(1_024);
  length = 0;

  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new Float64Array(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length++] = value;
  }

  /** Those there are; good until the next one comes. */
  all(): Float64Array {
    return this.items.subarray(0, this.length);
  }
}

/** Whole numbers and when each was recorded, side by side: a hundred thousand small objects would cost more than the rest. */
type Numbers = { readonly values: NumberList; readonly recs: NumberList };

/** Collects the values of one name: as numbers as long as all of them are some, else as words. */
export class ColumnWriter {
  private numbers: Numbers | null = { values: new NumberList(), recs: new NumberList() };
  private readonly words = new WordWriter();
  /** Most values are those before them. */
  private last: { readonly text: string; readonly number: number | null } = { text: '', number: null };

  add(value: string, recordedAtMs: number): void {
    if (this.numbers === null) {
      this.words.add(value);
      return;
    }
    if (value !== this.last.text) this.last = { text: value, number: packable(value) };
    const { number } = this.last;
    if (number !== null) {
      this.numbers.values.push(number);
      this.numbers.recs.push(recordedAtMs);
      return;
    }
    for (const earlier of this.numbers.values.all()) this.words.add(String(earlier));
    this.numbers = null;
    this.words.add(value);
  }

  write(out: ByteWriter): void {
    if (this.numbers === null) {
      out.byte(WORDS);
      this.words.write(out);
      return;
    }
    const { numbers } = this;
    const costs = NUMBER_MODES.map((mode) => costOf(packNumbers(numbers, mode, SAMPLE_MAX)));
    const mode = NUMBER_MODES[costs.indexOf(Math.min(...costs))] as Mode;
    out.byte(mode);
    out.block(packNumbers(numbers, mode));
  }
}

function packNumbers(numbers: Numbers, mode: Mode, countMax = numbers.values.length): Buffer {
  const [values, recs] = [numbers.values.all(), numbers.recs.all()];
  const out = new ByteWriter();
  let last = 0;
  for (let at = 0; at < Math.min(values.length, countMax); at++) {
    const value = values[at] as number;
    out.signed(mode === STEPS ? value - last : mode === FROM_RECORDING ? value - (recs[at] as number) : value);
    last = value;
  }
  return out.bytes();
}

/** As a text of its own: a word that was cut out of an entry would keep the whole entry in memory. */
const detached = (word: string): string => Buffer.from(word).toString();

/** Words that never came twice so far: then none is looked for any more, and none is remembered. */
const ALL_NEW_AFTER = 4_096;

/** Words in the order in which they come first, and for each value which one it is. */
class WordWriter {
  private readonly known = new Map<string, number>();
  private readonly kinds = new ByteWriter();
  private readonly raws = new ByteWriter();
  private readonly codes = new ByteWriter();
  private readonly texts = new ByteWriter();
  private count = 0;
  private isAllNew = false;
  private last = { word: '', code: 0 };

  add(word: string): void {
    const code = word === this.last.word ? this.last.code : this.isAllNew ? undefined : this.known.get(word);
    this.codes.number(code ?? 0);
    this.last.word = word;
    this.last.code = code ?? this.count + 1;
    if (code !== undefined) return;
    this.count += 1;
    if (!this.isAllNew) this.known.set(detached(word), this.count);
    this.addNew(word);
    if (this.count === ALL_NEW_AFTER && this.codes.length === ALL_NEW_AFTER) this.forget();
  }

  /** A word that was not there before. */
  private addNew(word: string): void {
    if (readUuid(word)) {
      this.kinds.byte(AS_UUID);
      this.raws.raw(uuid);
      return;
    }
    const kind = kindOf(word);
    this.kinds.byte(kind);
    if (kind === AS_TEXT) this.texts.line(word);
    else this.raws.base64url(word.slice(1, -1), RAW_SIZE[kind] as number);
  }

  private forget(): void {
    this.isAllNew = true;
    this.known.clear();
  }

  write(out: ByteWriter): void {
    out.block(this.kinds.bytes());
    out.block(this.texts.bytes());
    out.block(this.raws.bytes());
    out.block(this.codes.bytes());
  }
}

/** Gives the values of one name again, one after the other. */
export class ColumnReader {
  private readonly mode: number;
  private readonly words: Words | null;
  private readonly codes: ByteReader;
  private seen = 0;
  private last = 0;

  /** @param valuesMax how many values of this name the entries have: more words than that are none of theirs. */
  constructor(from: ByteReader, valuesMax: number) {
    this.mode = from.byte();
    if (!(MODES as readonly number[]).includes(this.mode)) throw new BundleRefused('E_FORMAT', 'the entries are packed in an unknown way');
    this.words = this.mode === WORDS ? new Words(from, valuesMax) : null;
    this.codes = new ByteReader(from.block());
  }

  next(recordedAtMs: number): string {
    if (this.words !== null) return this.nextWord(this.words);
    const value = this.codes.signed() + (this.mode === STEPS ? this.last : this.mode === FROM_RECORDING ? recordedAtMs : 0);
    this.last = value;
    return String(value);
  }

  end(): void {
    this.codes.end();
    if (this.words !== null && this.seen !== this.words.count) throw new BundleRefused('E_FORMAT', 'there are values that no entry has');
  }

  private nextWord(words: Words): string {
    const code = this.codes.number();
    const at = code === 0 ? this.seen++ : code - 1;
    if (at >= (code === 0 ? words.count : this.seen)) throw new BundleRefused('E_FORMAT', 'an entry has a value that is not there');
    return words.at(at);
  }
}

/** So many words of a column are kept as texts once they were read; most columns have fewer. */
const REMEMBERED_MAX = 65_536;

/** The words of a column, each read where it lies: a list of them as texts could take many times what was packed. */
class Words {
  private readonly kinds: Buffer;
  private readonly texts: Buffer;
  private readonly raws: Buffer;
  private readonly starts: Uint32Array;
  private readonly read: string[] = [];

  constructor(from: ByteReader, valuesMax: number) {
    this.kinds = from.block();
    if (this.kinds.length > valuesMax) throw new BundleRefused('E_FORMAT', 'there are values that no entry has');
    this.texts = from.block();
    this.raws = from.block();
    this.starts = new Uint32Array(this.kinds.length);
    const ends = { text: 0, raw: 0 };
    for (let at = 0; at < this.kinds.length; at++) this.findNext(at, ends);
    if (ends.text !== this.texts.length || ends.raw !== this.raws.length)
      throw new BundleRefused('E_FORMAT', 'there are values that no entry has');
  }

  get count(): number {
    return this.starts.length;
  }

  private findNext(at: number, ends: { text: number; raw: number }): void {
    const size = RAW_SIZE[this.kinds[at] as number];
    if (size === undefined) throw new BundleRefused('E_FORMAT', 'a value is packed in an unknown way');
    this.starts[at] = size === 0 ? ends.text : ends.raw;
    ends.raw += size;
    if (size > 0) return;
    const end = this.texts.indexOf(LINE_END, ends.text);
    if (end <= ends.text) throw new BundleRefused('E_FORMAT', 'a value is nothing at all');
    ends.text = end + 1;
  }

  at(at: number): string {
    const known = this.read[at];
    if (known !== undefined) return known;
    const word = this.readAt(at);
    if (at < REMEMBERED_MAX) this.read[at] = word;
    return word;
  }

  private readAt(at: number): string {
    const start = this.starts[at] as number;
    const kind = this.kinds[at] as number;
    if (kind === AS_TEXT) return this.texts.toString('utf8', start, this.texts.indexOf(LINE_END, start));
    return textOfRaw(kind, this.raws.subarray(start, start + (RAW_SIZE[kind] as number)));
  }
}
