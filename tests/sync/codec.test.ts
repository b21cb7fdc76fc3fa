import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, type Plain, plain } from '../../electron/data/journal/canonical.ts';
import { type Payload, payloadTexts, payloadTextsOf } from '../../electron/data/journal/commitment.ts';
import { eventText, type PackedEntry, packedOf, RangeEncoder } from '../../electron/data/sync/codec.ts';
import { decodeRange } from '../../electron/data/sync/decodeRange.ts';
import { BundleRefused } from '../../electron/data/sync/format.ts';
import { readPart, splitIntoParts } from '../../electron/data/sync/parts.ts';

const SEED = 20261128;
const uuid = fc.uuid();
/** As long as one, and most often none. */
const likeUuid = fc
  .tuple(uuid, fc.nat(35), fc.constantFrom('A', 'F', 'g', '`', '/', ':', '@', '-', 'é', 'ş', '0'))
  .map(([text, at, other]) => `${text.slice(0, at)}${other}${text.slice(at + 1)}`);
const signature = fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64url'));
const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('A1', 'a "quoted" \\ text\n', '', 'ключ', ':'),
  uuid,
  likeUuid,
  signature,
  fc.maxSafeInteger(),
  fc.integer({ min: -3, max: 300 }),
  fc.constantFrom(0, -1, null, true, false),
);
const group = fc.dictionary(
  fc.constantFrom('id', 'lotId', 'quantity', 'a b', 'at', '__proto__'),
  fc.oneof(leaf, fc.array(leaf), fc.array(fc.tuple(leaf, leaf))),
);
const payload = fc.record({ coarse: group, exact: group, text: group, who: group }).map((value) => canonical(plain(value) as Plain));
const entry: fc.Arbitrary<PackedEntry> = fc.record({
  type: fc.constantFrom('movement.posted', 'lot.put', 'of.a.later-version_9'),
  tv: fc.integer({ min: 1, max: 3 }),
  rec: fc.integer({ min: 0, max: 10 ** 13 - 1 }),
  hlc: fc
    .tuple(fc.integer({ min: 0, max: 10 ** 13 - 1 }), fc.integer({ min: 0, max: 0xffff }))
    .map(([ms, counter]) => `${String(ms).padStart(13, '0')}-${counter.toString(16).padStart(4, '0')}`),
  payload,
});

const encode = (entries: readonly PackedEntry[]): Buffer => {
  const encoder = new RangeEncoder();
  for (const one of entries) encoder.add(one);
  return Buffer.from(encoder.bytes());
};

test('whatever is packed comes out the same to the byte', () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 30 }), (entries) => {
      expect([...decodeRange(encode(entries), entries.length)]).toEqual(entries);
    }),
    { seed: SEED, numRuns: 400 },
  );
});

test('an event is written again as it was chained', () => {
  const event = `{"dev":"${'a'.repeat(32)}","hlc":"1795827614471-0003","inc":1,"pc":"${'P'.repeat(43)}","rec":1795827614471,"seq":77602,"tv":1,"type":"movement.posted","v":1}`;
  expect(eventText({ dev: 'a'.repeat(32), inc: 1, seq: 77602, pc: 'P'.repeat(43) }, packedOf(event, '{}'))).toBe(event);
});

test('the quick way to the canonical texts of a payload gives the same ones, in whatever order its members came', () => {
  const name = fc.constantFrom('id', 'Z', '9', '10', 'é', '', '__proto__', '\u{10000}', '\uffff');
  const members = fc.dictionary(name, fc.oneof(leaf, fc.dictionary(name, leaf), fc.array(fc.dictionary(name, leaf))));
  const groups = fc.record({ coarse: members, exact: members, text: members, who: members });
  fc.assert(
    fc.property(groups, fc.boolean(), (value, isCanonical) => {
      const made = plain(value) as Plain;
      const line = isCanonical ? canonical(made) : JSON.stringify(made);
      const parsed = JSON.parse(line) as Payload;
      expect(payloadTextsOf(parsed, line)).toEqual(payloadTexts(parsed));
    }),
    { seed: SEED, numRuns: 600 },
  );
});

test('half a character has no canonical text, by the quick way either', () => {
  const line = '{"coarse":{},"exact":{"note":"\\ud800"},"text":{},"who":{}}';
  expect(() => payloadTextsOf(JSON.parse(line) as Payload, line)).toThrow('surrogate');
});

const some: PackedEntry[] = Array.from({ length: 12 }, (_, at) => ({
  type: at % 3 === 0 ? 'lot.put' : 'movement.posted',
  tv: 1,
  rec: 1_795_827_614_471 + at * 7,
  hlc: `${1_795_827_614_471 + at * 7}-0000`,
  payload: `{"coarse":{"band":${at % 4}},"exact":{"id":"e7758857-e131-4df3-b9cf-7655${String(at).padStart(8, '0')}","quantity":${at * 100},"to":"S${at % 2}"},"text":{},"who":{"auth":[],"usr":"admin"}}`,
}));

test('words that were never seen twice are not looked for any more, and come out the same', () => {
  const idOf = (at: number) => `e7758857-e131-4df3-b9cf-${String(at % 4_500).padStart(12, '0')}`;
  const many = Array.from({ length: 9_001 }, (_, at) => ({
    type: 'movement.posted',
    tv: 1,
    rec: 1_795_827_614_471 + at,
    hlc: `${1_795_827_614_471 + at}-0000`,
    payload: `{"id":"${idOf(at)}","lot":"L${at < 4_300 ? at : Math.floor(at / 2)}","quantity":${at < 5_000 ? at : 'null'}}`,
  }));
  expect([...decodeRange(encode(many), many.length)]).toEqual(many);
});

/** Unpacks to the end; what is refused is refused by name and never with a fault. */
function unpack(bytes: Buffer): readonly PackedEntry[] | string {
  try {
    return [...decodeRange(bytes, some.length)];
  } catch (cause) {
    if (cause instanceof BundleRefused) return cause.code;
    throw cause;
  }
}

test('bytes that were changed in any bit, or cut anywhere, are refused by name or say something else', () => {
  const bytes = encode(some);
  const codes = new Set<string>();
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ (1 << bit);
      const seen = unpack(flipped);
      if (typeof seen === 'string') codes.add(seen);
      else expect([at, bit, seen.length]).toEqual([at, bit, some.length]);
    }
    expect([at, unpack(bytes.subarray(0, at))]).toEqual([at, 'E_FORMAT']);
  }
  expect(unpack(Buffer.concat([bytes, Buffer.from([0])]))).toBe('E_FORMAT');
  expect(codes).toContain('E_FORMAT');
});

test('no more memory than the bytes may claim: lengths and numbers beyond them are refused', () => {
  const huge = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
  expect(unpack(Buffer.concat([Buffer.from([some.length]), huge]))).toBe('E_FORMAT');
  expect(unpack(Buffer.concat([Buffer.from([some.length]), Buffer.alloc(20, 0xff)]))).toBe('E_FORMAT');
});

test('parts in any order, with duplicates, are the file again; a part that was touched is none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 70 }), (bytes, size) => {
      const sealed = Buffer.from(bytes);
      const parts = splitIntoParts(sealed, size).map(readPart);
      expect(parts.map(({ part }) => part)).toEqual(parts.map((_, at) => at + 1));
      expect(Buffer.concat(parts.map(({ slice }) => slice))).toEqual(sealed);
    }),
    { seed: SEED },
  );
  const [part] = splitIntoParts(Buffer.from('a sealed file'), 8) as [Buffer];
  for (let at = 0; at < part.length; at++) {
    const flipped = Buffer.from(part);
    flipped[at] = (flipped[at] as number) ^ 1;
    let code = '';
    try {
      const read = readPart(flipped);
      code = read.whole === readPart(part).whole && read.part === 1 && read.parts === 2 ? 'accepted' : 'of another file';
    } catch (cause) {
      code = (cause as BundleRefused).code;
    }
    expect([at, code]).not.toEqual([at, 'accepted']);
    expect(() => readPart(part.subarray(0, at))).toThrow();
  }
});
