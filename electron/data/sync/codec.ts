import { invariant } from '../../../shared/lib/result.ts';
import { type HybridTime, nextHybridTime } from '../journal/hybridClock.ts';
import { ByteWriter } from './bytes.ts';
import { ColumnWriter } from './columns.ts';

/** What an entry is made again from; device, incarnation, seq and commitment follow from where it stands. */
export type PackedEntry = Readonly<{ type: string; tv: number; rec: number; hlc: HybridTime; payload: string }>;

/** The text of an event in its only form; a type of any version is written with these characters. */
const EVENT =
  /^\{"dev":"[0-9a-f]{32}","hlc":"([0-9]{13}-[0-9a-f]{4})","inc":[0-9]+,"pc":"[\w-]{43}","rec":([0-9]+),"seq":[0-9]+,"tv":([0-9]+),"type":"([A-Za-z0-9._-]{1,64})","v":1\}$/;
export const TYPE = /^[A-Za-z0-9._-]{1,64}$/;
/** Values and the names before values: what is left of a canonical text is the same for all entries of a kind. */
const VALUE = /"(?:[^"\\]|\\.)*":?|-?[0-9][0-9.eE+-]*|true|false|null/g;
export const HOLE = '\0';

type Shape = Readonly<{ id: number; type: string; tv: number; pieces: readonly string[]; columns: readonly number[] }> & {
  /** The values of the last entry of this kind. */
  before: readonly string[];
};
/** So many of the kinds seen are tried before a text is taken apart slowly. */
const RECENT_SHAPES = 6;

/** Where the value ends that begins at `at`; -1 where this cannot be told at a glance. */
function endOfValue(text: string, at: number): number {
  if (text[at] === '"') {
    const end = text.indexOf('"', at + 1);
    return text[end - 1] === '\\' ? -1 : end + 1;
  }
  let end = at;
  for (let code = text.charCodeAt(end); code >= 0x2b && code !== 0x2c && code < 0x7b && code !== 0x5d; code = text.charCodeAt(++end));
  return end > at ? end : -1;
}

/**
 * The values of a text that is like the others of a kind; null where it is not. Most values are those of the text before,
 * and are then the same string in memory: nothing is cut out and nothing hashed anew.
 */
function valuesBy(pieces: readonly string[], before: readonly string[], text: string): string[] | null {
  let at = (pieces[0] as string).length;
  if (!text.startsWith(pieces[0] as string)) return null;
  const values: string[] = [];
  for (let hole = 1; hole < pieces.length; hole++) {
    const piece = pieces[hole] as string;
    let value = before[hole - 1] as string;
    if (!text.startsWith(value, at) || !text.startsWith(piece, at + value.length)) {
      const end = endOfValue(text, at);
      if (end < 0 || !text.startsWith(piece, end)) return null;
      value = text.slice(at, end);
    }
    values.push(value);
    at += value.length + piece.length;
  }
  return at === text.length ? values : null;
}

/** The same for any canonical text: what lies between the values, the values, and the name before each. */
function takeApart(text: string): { pieces: string[]; values: string[]; names: string[] } {
  const pieces: string[] = [];
  const values: string[] = [];
  const names: string[] = [];
  let name = '';
  let end = 0;
  for (const match of text.matchAll(VALUE)) {
    const [token] = match;
    if (token.endsWith(':')) {
      name = token;
      continue;
    }
    pieces.push(text.slice(end, match.index));
    end = match.index + token.length;
    values.push(token);
    names.push(name);
  }
  return { pieces: [...pieces, text.slice(end)], values, names };
}

export function packedOf(event: string, payload: string): PackedEntry {
  const [, hlc, rec, tv, type] = EVENT.exec(event) ?? [];
  invariant(hlc !== undefined && type !== undefined, 'an entry of the journal has another form');
  return { type, tv: Number(tv), rec: Number(rec), hlc, payload };
}

/** The event as it was chained. */
export const eventText = (at: Readonly<{ dev: string; inc: number; seq: number; pc: string }>, { type, tv, rec, hlc }: PackedEntry) =>
  `{"dev":"${at.dev}","hlc":"${hlc}","inc":${at.inc},"pc":"${at.pc}","rec":${rec},"seq":${at.seq},"tv":${tv},"type":"${type}","v":1}`;

/** Packs the entries of one range (docs/protocol.md 5). */
export class RangeEncoder {
  private count = 0;
  private readonly shapes = new Map<string, Shape>();
  private recent: Shape[] = [];
  private readonly shapeIds = new ByteWriter();
  private readonly times = new ByteWriter();
  private readonly oddTimes = new ByteWriter();
  private readonly columns: ColumnWriter[] = [];
  private readonly columnOf = new Map<string, number>();
  private last = { rec: 0, hlc: null as HybridTime | null, odd: 0 };

  add(entry: PackedEntry): void {
    const { rec, hlc } = entry;
    this.times.signed(rec - this.last.rec);
    const isNext = this.last.hlc !== null && hlc === nextHybridTime(this.last.hlc, rec);
    if (!isNext) this.addOddTime(rec, hlc);
    this.last.rec = rec;
    this.last.hlc = hlc;
    this.addPayload(entry);
    this.count += 1;
  }

  /** Where the hybrid time is not the one that follows from the time before: always for the first entry. */
  private addOddTime(rec: number, hlc: HybridTime): void {
    this.oddTimes.number(this.count - this.last.odd);
    this.oddTimes.signed(Number(hlc.slice(0, 13)) - rec);
    this.oddTimes.number(Number.parseInt(hlc.slice(14), 16));
    this.last.odd = this.count;
  }

  private addPayload({ type, tv, rec, payload }: PackedEntry): void {
    const { shape, values } = this.likeRecent(type, tv, payload) ?? this.asNew(type, tv, payload);
    this.shapeIds.number(shape.id);
    for (let at = 0; at < values.length; at++) (this.columns[shape.columns[at] as number] as ColumnWriter).add(values[at] as string, rec);
  }

  private likeRecent(type: string, tv: number, payload: string): { shape: Shape; values: string[] } | null {
    for (const [at, shape] of this.recent.entries()) {
      const values = shape.type === type && shape.tv === tv ? valuesBy(shape.pieces, shape.before, payload) : null;
      if (values === null) continue;
      shape.before = values;
      if (at > 0) this.remember(shape);
      return { shape, values };
    }
    return null;
  }

  private asNew(type: string, tv: number, payload: string): { shape: Shape; values: string[] } {
    const { pieces, values, names } = takeApart(payload);
    const text = `${type} ${tv} ${pieces.join(HOLE)}`;
    const shape = this.shapes.get(text) ?? {
      id: this.shapes.size,
      type,
      tv,
      pieces,
      columns: names.map((name) => this.columnFor(name)),
      before: values,
    };
    this.shapes.set(text, shape);
    this.remember(shape);
    return { shape, values };
  }

  private remember(shape: Shape): void {
    this.recent = [shape, ...this.recent.filter((other) => other !== shape)].slice(0, RECENT_SHAPES);
  }

  private columnFor(name: string): number {
    const known = this.columnOf.get(name);
    if (known !== undefined) return known;
    this.columns.push(new ColumnWriter());
    this.columnOf.set(name, this.columns.length - 1);
    return this.columns.length - 1;
  }

  bytes(): Buffer {
    const out = new ByteWriter();
    out.number(this.count);
    out.block(Buffer.from([...this.shapes.keys()].map((text) => `${text}\n`).join('')));
    for (const { columns } of this.shapes.values()) for (const column of columns) out.number(column);
    out.block(this.shapeIds.bytes());
    out.block(this.times.bytes());
    out.block(this.oddTimes.bytes());
    out.number(this.columns.length);
    for (const column of this.columns) column.write(out);
    return out.bytes();
  }
}
