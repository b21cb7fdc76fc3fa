import { type HybridTime, nextHybridTime } from '../journal/hybridClock.ts';
import { ByteReader } from './bytes.ts';
import { HOLE, type PackedEntry, TYPE } from './codec.ts';
import { ColumnReader } from './columns.ts';
import { BundleRefused, LIMITS } from './format.ts';

/** `columns` has a number for each hole; `text` is cut at the holes when it is needed, and kept so where it is short. */
type Shape = Readonly<{ type: string; tv: number; text: string; columns: Uint32Array }> & { pieces: readonly string[] | null };

const MS_MAX = 10 ** 13;
const COUNTER_MAX = 0xffff;
const COLUMNS_MAX = 65_536;
/** More than the holes of any kind that people's work makes in numbers. */
const PIECES_KEPT_MAX = 2_048;
const LINE_END = 0x0a;
const refuse = (what: string): never => {
  throw new BundleRefused('E_FORMAT', what);
};

/** How often a byte stands in a block. */
function countOf(bytes: Buffer, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count += 1;
  return count;
}

/** Each shape is that of some entry, so there are no more than entries; and each hole has a value, of one character at least. */
function readShapes(from: ByteReader, count: number): Shape[] {
  const block = from.block();
  if (countOf(block, LINE_END) > count) refuse('there are kinds of which no entry is');
  const texts = block.toString('utf8').split('\n');
  if (texts.pop() !== '') refuse('the kinds of entries are cut off');
  return texts.map((line) => {
    const [, type = '', tv = '', text = ''] = /^(\S+) ([1-9][0-9]{0,8}) (.*)$/s.exec(line) ?? [];
    if (!TYPE.test(type)) refuse('an entry is of no kind');
    let holes = 0;
    for (let at = text.indexOf(HOLE); at >= 0; at = text.indexOf(HOLE, at + 1)) holes += 1;
    if (holes > LIMITS.payloadLengthMax) throw new BundleRefused('E_LIMIT', 'a kind of entries is larger than any entry');
    return { type, tv: Number(tv), text, columns: Uint32Array.from({ length: holes }, () => from.number()), pieces: null };
  });
}

/** How many values of each column the entries have. */
function countValues(shapes: readonly Shape[], ids: Buffer, count: number, columnCount: number): Float64Array {
  const from = new ByteReader(ids);
  const uses = new Uint32Array(shapes.length);
  for (let at = 0; at < count; at++) {
    const id = from.number();
    if (id >= shapes.length) refuse('an entry is of no kind');
    uses[id] = (uses[id] as number) + 1;
  }
  const values = new Float64Array(columnCount);
  for (const [id, { columns }] of shapes.entries())
    for (const column of columns) {
      if (column >= columnCount) refuse('an entry has a value that is not there');
      values[column] = (values[column] as number) + (uses[id] as number);
    }
  return values;
}

function piecesOf(shape: Shape): readonly string[] {
  if (shape.pieces !== null) return shape.pieces;
  const pieces = shape.text.split(HOLE);
  if (pieces.length <= PIECES_KEPT_MAX) shape.pieces = pieces;
  return pieces;
}

/** Recording times and hybrid times, one entry after the other. */
class TimesReader {
  private readonly steps: ByteReader;
  private readonly odd: ByteReader;
  private rec = 0;
  private hlc: HybridTime | null = null;
  private untilOdd: number;

  constructor(from: ByteReader) {
    this.steps = new ByteReader(from.block());
    this.odd = new ByteReader(from.block());
    this.untilOdd = this.odd.number();
  }

  next(): Readonly<{ rec: number; hlc: HybridTime }> {
    this.rec += this.steps.signed();
    if (this.rec < 0 || this.rec >= MS_MAX) refuse('an entry has an impossible time');
    const { rec } = this;
    const hlc =
      this.untilOdd === 0 ? this.oddTime() : this.hlc === null ? refuse('the first entry has no time') : nextHybridTime(this.hlc, rec);
    this.hlc = hlc;
    this.untilOdd -= 1;
    return { rec, hlc };
  }

  private oddTime(): HybridTime {
    const ms = this.rec + this.odd.signed();
    const counter = this.odd.number();
    if (ms < 0 || ms >= MS_MAX || counter > COUNTER_MAX) refuse('an entry has an impossible time');
    this.untilOdd = this.odd.isAtEnd ? Number.POSITIVE_INFINITY : this.odd.number();
    if (this.untilOdd === 0) refuse('an entry has two times');
    return `${String(ms).padStart(13, '0')}-${counter.toString(16).padStart(4, '0')}`;
  }

  end(): void {
    this.steps.end();
    this.odd.end();
  }
}

/**
 * Gives the entries of a range again, one at a time, so that memory holds what was unpacked and one entry. Whether the
 * texts are canonical, chained and signed is for the caller to see.
 */
export function* decodeRange(bytes: Buffer, count: number): Generator<PackedEntry, void> {
  const from = new ByteReader(bytes);
  if (from.number() !== count) refuse('the number of entries is not the one stated');
  const shapes = readShapes(from, count);
  const ids = from.block();
  const times = new TimesReader(from);
  const columnCount = from.number();
  if (columnCount > COLUMNS_MAX) throw new BundleRefused('E_LIMIT', 'the entries have more different members than any');
  const columns = Array.from(countValues(shapes, ids, count, columnCount), (values) => new ColumnReader(from, values));
  from.end();
  const shapeIds = new ByteReader(ids);
  let textLength = 0;
  for (let at = 0; at < count; at++) {
    const shape = shapes[shapeIds.number()] as Shape;
    const { type, tv } = shape;
    const pieces = piecesOf(shape);
    const time = times.next();
    let payload = pieces[0] as string;
    for (let hole = 0; hole < shape.columns.length; hole++) {
      payload += (columns[shape.columns[hole] as number] as ColumnReader).next(time.rec) + pieces[hole + 1];
      if (payload.length > LIMITS.payloadLengthMax) throw new BundleRefused('E_LIMIT', `entry ${at + 1} of a range is too large`);
    }
    textLength += payload.length;
    if (textLength > LIMITS.textMax) throw new BundleRefused('E_LIMIT', 'the entries are larger than those of any bundle');
    yield { type, tv, ...time, payload };
  }
  for (const part of [shapeIds, times, ...columns]) part.end();
}
