// A second reading of docs/protocol.md 3 and 5, written from the document and using nothing of the program.
import { createHash, createHmac } from 'node:crypto';

const sha256 = (...pieces) => {
  const digest = createHash('sha256');
  for (const piece of pieces) digest.update(piece);
  return digest.digest();
};

/** Numbers, blocks and texts one after the other. */
class Bytes {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  byte() {
    if (this.at >= this.bytes.length) throw new Error('the range is cut off');
    return this.bytes[this.at++];
  }
  number() {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = BigInt(this.byte());
      value |= (byte & 0x7fn) << shift;
      if (byte < 0x80n) break;
    }
    if (value > 2n ** 51n) throw new Error('a number of the range is too large');
    return Number(value);
  }
  signed() {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
  take(size) {
    if (this.at + size > this.bytes.length) throw new Error('the range is cut off');
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
  block() {
    return this.take(this.number());
  }
  get isEmpty() {
    return this.at === this.bytes.length;
  }
}

const linesOf = (block) => block.toString('utf8').split('\n').slice(0, -1);
const uuidOf = (bytes) => `"${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}"`;
const rawOf = (bytes) => `"${bytes.toString('base64url')}"`;

/** Mode 0: the words in the order in which they first come. */
function readWords(from) {
  const kinds = from.block();
  const texts = linesOf(from.block());
  const raw = new Bytes(from.block());
  return [...kinds].map((kind) => {
    if (kind === 0) return texts.shift();
    return kind === 1 ? uuidOf(raw.take(16)) : rawOf(raw.take(kind === 2 ? 64 : 32));
  });
}

/** A column as a function that gives its next value, as JSON text. */
function readColumn(from) {
  const mode = from.byte();
  if (mode > 3) throw new Error(`a column is packed in the unknown mode ${mode}`);
  const words = mode === 0 ? readWords(from) : [];
  const codes = new Bytes(from.block());
  let seen = 0;
  let last = 0;
  if (mode === 0)
    return () => {
      const code = codes.number();
      if (code === 0) seen += 1;
      return words[code === 0 ? seen - 1 : code - 1];
    };
  return (rec) => {
    last = codes.signed() + (mode === 2 ? last : mode === 3 ? rec : 0);
    return String(last);
  };
}

const stamp = (ms, counter) => `${String(ms).padStart(13, '0')}-${counter.toString(16).padStart(4, '0')}`;

/** The times of the entries in their order, as a function that gives the next. */
function readTimes(steps, odd) {
  let untilOdd = odd.number();
  let [rec, ms, counter] = [0, 0, 0];
  return () => {
    rec += steps.signed();
    if (untilOdd === 0) {
      [ms, counter] = [rec + odd.signed(), odd.number()];
      untilOdd = odd.isEmpty ? Number.POSITIVE_INFINITY : odd.number();
    } else if (rec > ms) [ms, counter] = [rec, 0];
    else if (counter === 0xffff) [ms, counter] = [ms + 1, 0];
    else counter += 1;
    untilOdd -= 1;
    return { rec, hlc: stamp(ms, counter) };
  };
}

/** What a range holds, before anything is proved: `{type, tv, rec, hlc, payload}` one by one. */
function* unpack(bytes) {
  const from = new Bytes(bytes);
  const count = from.number();
  const shapes = linesOf(from.block()).map((line) => {
    const [, type, tv, text] = /^(\S+) (\d+) (.*)$/s.exec(line);
    const pieces = text.split('\0');
    return { type, tv: Number(tv), pieces, columns: pieces.slice(1).map(() => 0) };
  });
  for (const { columns } of shapes) for (const at of columns.keys()) columns[at] = from.number();
  const ids = new Bytes(from.block());
  const nextTime = readTimes(new Bytes(from.block()), new Bytes(from.block()));
  const columns = Array.from({ length: from.number() }, () => readColumn(from));
  for (let at = 0; at < count; at++) {
    const shape = shapes[ids.number()];
    const time = nextTime();
    const payload = shape.pieces.reduce((text, piece, hole) => text + columns[shape.columns[hole - 1]](time.rec) + piece);
    yield { type: shape.type, tv: shape.tv, ...time, payload };
  }
}

/** Where the value ends that begins at `at`: the text of a group is a part of the text of its payload. */
function endOfValue(text, at) {
  let depth = 0;
  for (let place = at; place < text.length; place++) {
    const letter = text[place];
    if (letter === '"') while (text[++place] !== '"') if (text[place] === '\\') place += 1;
    if (letter === '{' || letter === '[') depth += 1;
    if (letter === '}' || letter === ']') depth -= 1;
    if (depth === 0) return place + 1;
  }
  throw new Error('a payload is cut off');
}

function groupsOf(payload) {
  const groups = {};
  for (let at = 1; at < payload.length - 1; ) {
    const [, name] = /^"(\w+)":/.exec(payload.slice(at, at + 20)) ?? [];
    if (name === undefined) throw new Error('a payload has another form');
    const start = at + name.length + 3;
    const end = endOfValue(payload, start);
    groups[name] = payload.slice(start, end);
    at = end + 1;
  }
  return groups;
}

/** The commitment to a payload (docs/protocol.md 3). */
export function commitmentOf(key, { dev, inc, seq }, payload) {
  const seed = createHmac('sha256', key).update(`${dev}|${inc}|${seq}`).digest();
  const groups = groupsOf(payload);
  const leaves = ['coarse', 'exact', 'who', 'text'].map((name) => {
    const salt = sha256(seed, name).subarray(0, 16);
    return sha256('\0', salt, `["${name}",${groups[name]}]`);
  });
  return sha256('\x01', ...leaves).toString('base64url');
}

export const chain = (previous, event) => sha256('adi/ev/1\0', previous, event);

/** The entries of a range as they stand in the journal: `{seq, event, payload, hash}`. */
export function* entriesOf({ dev, inc, from, prev, ck }, bytes) {
  const key = Buffer.from(ck, 'base64url');
  let hash = Buffer.from(prev, 'base64url');
  let seq = from;
  for (const { type, tv, rec, hlc, payload } of unpack(bytes)) {
    const pc = commitmentOf(key, { dev, inc, seq }, payload);
    const event = `{"dev":"${dev}","hlc":"${hlc}","inc":${inc},"pc":"${pc}","rec":${rec},"seq":${seq},"tv":${tv},"type":"${type}","v":1}`;
    hash = chain(hash, event);
    yield { seq, event, payload, hash };
    seq += 1;
  }
}
