import fc from 'fast-check';

/** Ways in which valid bytes become hostile ones. Drawn by fast-check, so that a case that fails shrinks to its core. */

const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
type Change = (bytes: Buffer, other: Buffer) => Buffer;

const place = (bytes: Buffer, at: number): number => (bytes.length === 0 ? 0 : at % bytes.length);
const cutOut = (bytes: Buffer, at: number, size: number): Buffer =>
  Buffer.concat([bytes.subarray(0, place(bytes, at)), bytes.subarray(Math.min(bytes.length, place(bytes, at) + size))]);
const putIn = (bytes: Buffer, at: number, more: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, place(bytes, at)), more, bytes.subarray(place(bytes, at))]);

function setByte(bytes: Buffer, at: number, value: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy.writeUInt8(value(copy.readUInt8(place(copy, at))) & 0xff, place(copy, at));
  return copy;
}

const at = fc.nat();
const byteChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(at, fc.nat(7)).map<Change>(
    ([where, bit]) =>
      (bytes) =>
        setByte(bytes, where, (byte) => byte ^ (1 << bit)),
  ),
  fc.tuple(at, fc.nat(255)).map<Change>(
    ([where, value]) =>
      (bytes) =>
        setByte(bytes, where, () => value),
  ),
  at.map<Change>((where) => (bytes) => bytes.subarray(0, place(bytes, where))),
  fc.tuple(at, fc.nat(64)).map<Change>(
    ([where, size]) =>
      (bytes) =>
        cutOut(bytes, where, size),
  ),
  fc.tuple(at, fc.uint8Array({ maxLength: 16 })).map<Change>(
    ([where, more]) =>
      (bytes) =>
        putIn(bytes, where, more),
  ),
  fc.tuple(at, at, fc.nat(200)).map<Change>(
    ([where, from, size]) =>
      (bytes, other) =>
        putIn(bytes, where, other.subarray(place(other, from), place(other, from) + size)),
  ),
  fc.tuple(at, fc.constantFrom(...EDGES)).map<Change>(([where, edge]) => (bytes) => {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(edge);
    return putIn(cutOut(bytes, where, 4), where, number);
  }),
);

/** Valid bytes after one to six changes, or bytes of no meaning at all. */
export const hostileBytes = (seeds: readonly Buffer[]): fc.Arbitrary<Buffer> =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .tuple(fc.constantFrom(...seeds), fc.constantFrom(...seeds), fc.array(byteChange, { minLength: 1, maxLength: 6 }))
        .map(([seed, other, changes]) => changes.reduce((bytes, change) => change(bytes, other), seed)),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)) },
  );

type Json = unknown;
const LONG = 70_000;
const nested = (depth: number): Json => {
  let value: Json = 0;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
};
/** What stands where something else is expected. */
const STRANGE: readonly Json[] = [
  ...[null, true, false, '', 'x', '__proto__', 'constructor', '\u0000', 'e\u0301', '\ud800', 'x'.repeat(LONG), ' 1', '-1', '1e9'],
  ...[0, -1, 1, 0.5, -0, 2 ** 31, 2 ** 53, -(2 ** 53), 2 ** 53 - 1, 1e308, 10 ** 13],
  ...[[], {}, [null], nested(40), nested(3_000), { toString: 1 }, { length: 2 ** 31 }],
];

const PATH_MAX = 12;

/** The places inside a value, as paths; not those deep inside of what was nested on purpose. */
function pathsIn(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || path.length >= PATH_MAX) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsIn(member, [...path, key]))];
}

/** The value with what stands at a path replaced; left out where `to` answers undefined. */
function changedAt(value: Json, [key, ...rest]: readonly string[], to: (old: Json) => Json): Json {
  if (key === undefined) return to(value);
  if (Array.isArray(value)) {
    const changed = changedAt(value[Number(key)], rest, to);
    return changed === undefined ? value.filter((_, index) => index !== Number(key)) : value.with(Number(key), changed);
  }
  const { [key]: old, ...others } = value as Record<string, Json>;
  const changed = changedAt(old, rest, to);
  return changed === undefined ? others : { ...others, [key]: changed };
}

const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);
const jsonChange: fc.Arbitrary<(old: Json) => Json> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...STRANGE).map((value) => () => value) },
  { weight: 2, arbitrary: fc.constant(() => undefined) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((value) => () => value) },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: -3, max: 3 })
      .map((step) => (old: Json) => (typeof old === 'number' ? old + step : typeof old === 'string' ? old.slice(0, step) : old)),
  },
  {
    weight: 1,
    arbitrary: fc.constant((old: Json) => (Array.isArray(old) ? [...old, ...old] : isObject(old) ? { ...old, more: 1 } : [old])),
  },
);

/** A valid value with one to three places in it changed. */
export const hostileJson = (seeds: readonly Json[]): fc.Arbitrary<Json> =>
  fc.tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), jsonChange), { minLength: 1, maxLength: 3 })).map(([seed, changes]) =>
    changes.reduce<Json>((value, [where, change]) => {
      const paths = pathsIn(value);
      const changed = changedAt(value, paths[where % paths.length] ?? [], change);
      return changed === undefined ? null : changed;
    }, seed),
  );

/** JSON texts after changes of their values and of their bytes. */
export const hostileJsonText = (seeds: readonly string[]): fc.Arbitrary<Buffer> =>
  fc.oneof(
    { weight: 2, arbitrary: hostileJson(seeds.map((seed) => JSON.parse(seed) as Json)).map((value) => Buffer.from(JSON.stringify(value))) },
    { weight: 1, arbitrary: hostileBytes(seeds.map((seed) => Buffer.from(seed))) },
  );
