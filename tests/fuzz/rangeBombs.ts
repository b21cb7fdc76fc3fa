import { ByteWriter } from '../../electron/data/sync/bytes.ts';
import { LIMITS } from '../../electron/data/sync/format.ts';

/** Packed entries of a hostile device, each as large as a bundle may be. */

const numbers = (...values: readonly number[]): Buffer => {
  const out = new ByteWriter();
  for (const value of values) out.number(value);
  return Buffer.from(out.bytes());
};
const block = (bytes: Buffer): Buffer => Buffer.concat([numbers(bytes.length), bytes]);
const lines = (line: string, count: number): Buffer => Buffer.alloc(count * (line.length + 1), `${line}\n`);

type Parts = Readonly<{ count?: number; shapes?: Buffer; holes?: Buffer; ids?: Buffer; columns: readonly Buffer[] }>;
function rangeOf({ count = 1, shapes = Buffer.from('a.b 1 {"a":\0}\n'), holes = numbers(0), ids, columns }: Parts): RangeBomb {
  const times = [block(Buffer.alloc(count)), block(numbers(0, 0, 0))];
  const all = [numbers(count), block(shapes), holes, block(ids ?? Buffer.alloc(count)), ...times, numbers(columns.length), ...columns];
  return { count, bytes: Buffer.concat(all) };
}
const words = (kinds: Buffer, texts: Buffer, raws: Buffer, codes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0]), ...[kinds, texts, raws, codes].map(block)]);

const RAW = LIMITS.rawBytesMax;
const NONE = Buffer.alloc(0);
/** So many values with their codes fill a bundle, and so many an entry may have. */
const SHORT = Math.floor(RAW / 4) - 1_000;
const HOLES = 60_000;

/** Many entries, each with as many values as one may have: all of it is declared, and each value is there. */
function declared(count: number, holes: number): Parts {
  const values = count * holes;
  return {
    count,
    shapes: Buffer.from(`a.b 1 ${'\0'.repeat(holes)}\n`),
    holes: Buffer.alloc(holes),
    columns: [words(Buffer.alloc(values), lines('1', values), NONE, Buffer.alloc(values))],
  };
}

export type RangeBomb = Readonly<{ count: number; bytes: Buffer }>;
export const RANGE_BOMBS: Readonly<Record<string, () => RangeBomb>> = {
  emptyValues: () => rangeOf({ columns: [words(Buffer.alloc(RAW / 2), lines('', RAW / 2 - 1_000), NONE, NONE)] }),
  rawValuesOfNobody: () => rangeOf({ columns: [words(Buffer.alloc(3_900_000, 1), NONE, Buffer.alloc(62_400_000), NONE)] }),
  kindsOfOneEntry: () => rangeOf({ shapes: lines('a.b 1 {}', 7_000_000), columns: [] }),
  holesOfManyEntries: () =>
    rangeOf({
      count: 510,
      shapes: lines(`a.b 1 ${'\0'.repeat(HOLES)}`, 510),
      holes: Buffer.alloc(510 * HOLES),
      columns: [words(NONE, NONE, NONE, NONE)],
    }),
  allDeclared: () => rangeOf(declared(Math.floor(SHORT / HOLES), HOLES)),
};
