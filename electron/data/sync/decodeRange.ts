import { type HybridTime, nextHybridTime } from '../journal/hybridClock.ts';
import { ByteReader } from './bytes.ts';
import { HOLE, type PackedEntry, TYPE } from './codec.ts';
import { ColumnReader } from './columns.ts';
import { BundleRefused, LIMITS } from './format.ts';

type Shape = Readonly<{ type: string; tv: number; pieces: readonly string[]; columns: readonly number[] }>;

const MS_MAX = 10 ** 13;
const COUNTER_MAX = 0xffff;
const COLUMNS_MAX = 65_536;
const refuse = (what: string): never => {
  throw new BundleRefused('E_FORMAT', what);
};

function readShapes(from: ByteReader): Shape[] {
  const texts = from.block().toString('utf8').split('\n');
  if (texts.pop() !== '') refuse('the kinds of entries are cut off');
  return texts.map((text) => {
    const [, type = '', tv = '', whole = ''] = /^(\S+) ([1-9][0-9]{0,8}) (.*)$/s.exec(text) ?? [];
    if (!TYPE.test(type)) refuse('an entry is of no kind');
    const pieces = whole.split(HOLE);
    return { type, tv: Number(tv), pieces, columns: Array.from({ length: pieces.length - 1 }, () => from.number()) };
  });
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
  const shapes = readShapes(from);
  const shapeIds = new ByteReader(from.block());
  const times = new TimesReader(from);
  const columnCount = from.number();
  if (columnCount > COLUMNS_MAX) throw new BundleRefused('E_LIMIT', 'the entries have more different members than any');
  const columns = Array.from({ length: columnCount }, () => new ColumnReader(from));
  from.end();
  let textLength = 0;
  for (let at = 0; at < count; at++) {
    const { type, tv, pieces, columns: ids } = shapes[shapeIds.number()] ?? refuse('an entry is of no kind');
    const time = times.next();
    let payload = pieces[0] as string;
    for (let hole = 0; hole < ids.length; hole++) {
      const column = columns[ids[hole] as number] ?? refuse('an entry has a value that is not there');
      payload += column.next(time.rec) + pieces[hole + 1];
      if (payload.length > LIMITS.payloadLengthMax) throw new BundleRefused('E_LIMIT', `entry ${at + 1} of a range is too large`);
    }
    textLength += payload.length;
    if (textLength > LIMITS.textMax) throw new BundleRefused('E_LIMIT', 'the entries are larger than those of any bundle');
    yield { type, tv, ...time, payload };
  }
  for (const part of [shapeIds, times, ...columns]) part.end();
}
