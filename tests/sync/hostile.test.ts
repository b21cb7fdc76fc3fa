import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonical, type Plain } from '../../electron/data/journal/canonical.ts';
import { committerOf, type Payload } from '../../electron/data/journal/commitment.ts';
import { bytesOf, byteText } from '../../electron/data/journal/digest.ts';
import { sealEntry } from '../../electron/data/journal/envelope.ts';
import { signHead } from '../../electron/data/journal/head.ts';
import { readFrontier } from '../../electron/data/journal/journal.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { closeLedger, inWriteTransaction, type Ledger } from '../../electron/data/ledger.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { packedOf, RangeEncoder } from '../../electron/data/sync/codec.ts';
import { collectBundles } from '../../electron/data/sync/collect.ts';
import { type BundleRange, BundleRefused, type HeaderFacts, packBundle, shaOf, splitBundle } from '../../electron/data/sync/format.ts';
import { readSigned, takeIn } from '../../electron/data/sync/takeIn.ts';
import { aDepot, type TestDepot } from '../support/depot.ts';

/** What a device that is trusted and signs well may still get wrong, or do on purpose. */
let depot: TestDepot;
let authority: TestDepot;
let neighbour: TestDepot;
const text = (bytes: Buffer) => bytes.toString('base64url');

const take = (plain: Buffer): string => {
  try {
    return String(inWriteTransaction(authority.ledger, (tx) => takeIn(tx, readSigned(tx, plain, shaOf(plain)))).applied);
  } catch (cause) {
    if (cause instanceof BundleRefused) return cause.code;
    throw cause;
  }
};
const stateOf = ({ sqlite, journal }: Ledger) => [
  journal.last.seq,
  ...['entry', 'head', 'holding', 'movement', 'held_there', 'partner_state'].map((table) =>
    sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  ),
];

beforeAll(async () => {
  [depot, authority, neighbour] = [await aDepot(), await aDepot('HQ', 'authority'), await aDepot('DEP2')];
  for (const [one, other] of [
    [depot, authority],
    [authority, depot],
    [authority, neighbour],
  ] as const)
    trustPartner(one.ledger, other.ledger.device.statement, fingerprintOf(other.ledger.device.statement));
  const [bundle] = collectBundles(depot.ledger, 'HQ');
  take(bundle?.plain as Buffer);
}, 60_000);
afterAll(() => [depot, authority, neighbour].map(({ ledger }) => closeLedger(ledger)));

const fine: Payload = { coarse: {}, exact: { count: 1 }, text: {}, who: { usr: 'admin', auth: [] } };
type Made = Readonly<{
  payload?: Payload;
  hlc?: string;
  range?: Partial<BundleRange>;
  facts?: Partial<HeaderFacts>;
  bytes?: (range: Buffer) => Buffer;
}>;

/** One entry after the last, chained and signed as the device would; then whatever is wrong with it. */
function made({ payload = fine, hlc = '1795827614471-0000', range = {}, facts = {}, bytes = (same) => same }: Made): Buffer {
  const { device, journal, sqlite } = depot.ledger;
  const { seq: last, hash } = journal.last;
  const keys = { ...device, commit: committerOf(device.commitmentKey, device.device, device.incarnation) };
  const sealed = sealEntry(keys, { seq: last + 1, hlc, rec: 1_795_827_614_471, type: 'access.failed', tv: 1 }, payload, byteText(hash));
  const frontier = readFrontier(sqlite, device.stream, last);
  frontier.append(sealed.hash);
  const head = { ...device, seq: last + 1, hash: bytesOf(sealed.hash), root: frontier.root() };
  const encoder = new RangeEncoder();
  encoder.add(packedOf(sealed.event, sealed.payload));
  const whole: BundleRange = {
    dev: device.device,
    inc: 1,
    from: last + 1,
    upto: last + 1,
    prev: text(hash),
    head: text(head.hash),
    root: text(head.root),
    headSig: text(signHead(head, device.sign)),
    ck: text(device.commitmentKey),
    ...range,
  };
  const { device: dev, incarnation: inc } = authority.ledger.device;
  return packBundle(
    {
      id: 'A'.repeat(22),
      from: { dev: device.device, inc: 1 },
      to: [{ dev, inc }],
      ranges: [whole],
      holds: [],
      log: null,
      seen: [],
      trust: 0,
      ...facts,
    },
    { list: null, ranges: [bytes(Buffer.from(encoder.bytes()))] },
    device.sign,
  );
}

/** The same bundle with another body under a good signature. */
function withBody(plain: Buffer, more: (raw: number) => Record<string, Plain>, body: Buffer): Buffer {
  const { header } = splitBundle(plain);
  const bytes = Buffer.from(canonical({ ...header, ...more(header.raw), body: body.length, sha: shaOf(body) } as unknown as Plain));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const parts = [Buffer.from('ADB1'), length, bytes, depot.ledger.device.sign('adi/bundle/1', bytes), body];
  const whole = Buffer.concat(parts);
  const exponent = Math.floor(Math.log2(whole.length));
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  return Buffer.concat([whole, Buffer.alloc(Math.ceil(whole.length / step) * step - whole.length)]);
}

const exact = (value: unknown) => ({ payload: { ...fine, exact: value as Plain } });
const deep = () => Array.from({ length: 40 }).reduce<unknown>((inner) => [inner], 1);
const CASES: readonly (readonly [string, string, () => Buffer])[] = [
  ['a time that does not grow', 'E_CHAIN', () => made({ hlc: '0000000000001-0000' })],
  ['a time of the next century but one', 'E_CHAIN', () => made({ hlc: '8999999999999-ffff' })],
  [
    'a fraction',
    'E_FORMAT',
    () => made({ payload: JSON.parse('{"coarse":{},"exact":{"count":1.5},"text":{},"who":{"usr":"admin","auth":[]}}') }),
  ],
  ['a text that is not in NFC', 'E_FORMAT', () => made(exact({ name: 'e\u0301' }))],
  ['a payload without end', 'E_FORMAT', () => made(exact({ name: deep() }))],
  ['a group that is none', 'E_FORMAT', () => made(exact(['count']))],
  ['nobody who did it', 'E_FORMAT', () => made({ payload: { ...fine, who: { usr: 7, auth: [] } } })],
  [
    'an approval with more to it',
    'E_FORMAT',
    () => made({ payload: { ...fine, who: { usr: 'a', auth: [{ usr: 'b', sig: 'c', more: 1 }] } } }),
  ],
  ['more than an entry may say', 'E_LIMIT', () => made(exact({ name: 'x'.repeat(70_000) }))],
  ['another head', 'E_CHAIN', () => made({ range: { head: 'A'.repeat(43) } })],
  ['another root', 'E_SIG', () => made({ range: { root: 'A'.repeat(43) } })],
  ['a head that somebody else signed', 'E_SIG', () => made({ range: { headSig: 'A'.repeat(86) } })],
  ['another commitment key', 'E_CHAIN', () => made({ range: { ck: 'A'.repeat(43) } })],
  ['another past', 'E_CHAIN', () => made({ range: { prev: 'A'.repeat(43) } })],
  ['a gap', 'E_GAP', () => made({ range: { from: 90, upto: 90 } })],
  ['a device that nobody enrolled', 'E_UNKNOWN_DEV', () => made({ range: { dev: 'f'.repeat(32) } })],
  ['the journal of a depot that it is not', 'E_FORMAT', () => made({ range: { dev: neighbour.ledger.device.device } })],
  ['more entries than there are', 'E_FORMAT', () => made({ range: { upto: depot.ledger.journal.last.seq + 2 } })],
  ['bytes behind the entries', 'E_FORMAT', () => made({ bytes: (range) => Buffer.concat([range, Buffer.from([0])]) })],
  ['entries that are cut off', 'E_FORMAT', () => made({ bytes: (range) => range.subarray(0, -1) })],
  ['another addressee', 'E_NOT_FOR_US', () => made({ facts: { to: [{ dev: 'a'.repeat(32), inc: 1 }] } })],
  [
    'another incarnation of the addressee',
    'E_NOT_FOR_US',
    () => made({ facts: { to: [{ dev: authority.ledger.device.device, inc: 2 }] } }),
  ],
  ['more than it states', 'E_LIMIT', () => withBody(made({}), () => ({ raw: 10 }), brotliCompressSync(Buffer.alloc(60_000_000)))],
  ['less than it states', 'E_FORMAT', () => withBody(made({}), (raw) => ({ raw: raw + 1 }), brotliCompressSync(Buffer.alloc(10)))],
  ['a body that is none', 'E_LIMIT', () => withBody(made({}), () => ({}), Buffer.from('no such thing'))],
  ['another packing than it states', 'E_LIMIT', () => withBody(made({}), () => ({}), gzipSync(Buffer.alloc(10)))],
  ['a newer program', 'E_VERSION', () => withBody(made({}), () => ({ minReader: 2 }), Buffer.alloc(4))],
  ['a member that nobody knows', 'E_FORMAT', () => withBody(made({}), () => ({ more: 1 }), Buffer.alloc(4))],
  [
    'a trust list that is not there',
    'E_FORMAT',
    () => withBody(made({}), () => ({ list: 1, raw: 4 }), brotliCompressSync(Buffer.alloc(4))),
  ],
];

test('each is refused by its name, and changes nothing', () => {
  const state = stateOf(authority.ledger);
  const seen = CASES.map(([what, , plain]) => [what, take(plain())]);
  expect(seen).toEqual(CASES.map(([what, code]) => [what, code]));
  expect(stateOf(authority.ledger)).toEqual(state);
  expect(take(made({}))).toBe('1');
});
