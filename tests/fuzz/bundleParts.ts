import { canonical, type Plain } from '../../electron/data/journal/canonical.ts';
import { committerOf, type Payload, payloadTexts } from '../../electron/data/journal/commitment.ts';
import { bytesOf, byteText } from '../../electron/data/journal/digest.ts';
import { chainHash } from '../../electron/data/journal/envelope.ts';
import { signHead } from '../../electron/data/journal/head.ts';
import { nextHybridTime } from '../../electron/data/journal/hybridClock.ts';
import { publicKeyOf, type Signer, signerOf } from '../../electron/data/journal/keys.ts';
import { Frontier } from '../../electron/data/journal/merkle.ts';
import { genesisOf, signStatement } from '../../electron/data/journal/statement.ts';
import { eventText, packedOf, RangeEncoder } from '../../electron/data/sync/codec.ts';
import { type BundleRange, type HeaderFacts, packBundle, paddedSize } from '../../electron/data/sync/format.ts';

/** A device with fixed keys and its bundle, made without a file: what is fuzzed is the same on every machine. */

const SEED = Buffer.alloc(32, 7);
export const sign = signerOf(SEED);
export const publicKey = publicKeyOf(SEED);
export const dev = '0123456789abcdef0123456789abcdef';
const inc = 1;
const commitmentKey = Buffer.alloc(32, 9);
export const commit = committerOf(commitmentKey, dev, inc);
const START_MS = Date.parse('2026-06-01T08:00:00Z');

/** Has the form of a recipient; nothing is ever sealed to it. */
const RECIPIENT = `age1pq1${'q'.repeat(200)}`;
export const statement = signStatement(
  {
    v: 1,
    device: dev,
    incarnation: inc,
    site: 'DEP1',
    name: 'Depot DEP1',
    role: 'depot',
    publicKey,
    recipient: RECIPIENT,
    createdAtMs: START_MS,
  },
  sign,
);
export const genesis = genesisOf(statement);

const uuid = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
/** Entries like those of a journal: same kinds over and over, some of a kind of their own, texts of all sorts. */
const payloadAt = (at: number): Payload => ({
  coarse: at % 3 === 0 ? {} : { place: `S${at % 5}` },
  exact: { id: uuid(at), item: at % 4 === 0 ? 'BALL' : 'HE', quantity: at * 17 - 40, occurredAtMs: START_MS - at, tags: [at, null, true] },
  text: at % 5 === 0 ? { remark: 'АБВ "12" \\ é' } : {},
  who: { usr: 'admin', auth: at % 7 === 0 ? [{ usr: 'berta', sig: Buffer.alloc(64, at).toString('base64url') }] : [] },
});

export type MadeRange = Readonly<{ range: BundleRange; bytes: Buffer; events: readonly string[]; payloads: readonly string[] }>;

/** Entries 1 to `count`, chained, packed and signed. */
export function makeRange(count: number): MadeRange {
  const encoder = new RangeEncoder();
  const frontier = new Frontier();
  const events: string[] = [];
  const payloads: string[] = [];
  let previous = byteText(genesis);
  let hlc = null as ReturnType<typeof nextHybridTime> | null;
  for (let seq = 1; seq <= count; seq++) {
    const texts = payloadTexts(payloadAt(seq));
    const payload = `{"coarse":${texts.coarse},"exact":${texts.exact},"text":${texts.text},"who":${texts.who}}`;
    const rec = START_MS + seq * 1_000 + (seq % 9 === 0 ? -5_000 : 0);
    hlc = nextHybridTime(hlc, rec);
    const event = eventText(
      { dev, inc, seq, pc: commit(seq, texts) },
      { type: seq % 6 === 0 ? 'kind.rare' : 'movement.posted', tv: 1, rec, hlc, payload },
    );
    previous = chainHash(previous, event);
    frontier.append(previous);
    encoder.add(packedOf(event, payload));
    events.push(event);
    payloads.push(payload);
  }
  const hash = bytesOf(previous);
  const head = { device: dev, incarnation: inc, seq: count, hash, root: frontier.root() };
  const base64url = (bytes: Buffer) => bytes.toString('base64url');
  const range = {
    ...{ dev, inc, from: 1, upto: count, prev: base64url(genesis), head: base64url(hash), root: base64url(head.root) },
    ...{ headSig: base64url(signHead(head, sign)), ck: base64url(commitmentKey) },
  };
  return { range, bytes: encoder.bytes(), events, payloads };
}

export const factsOf = (ranges: readonly BundleRange[]): HeaderFacts => ({
  id: 'A'.repeat(22),
  from: { dev, inc },
  to: [{ dev: 'f'.repeat(32), inc: 1 }],
  ranges: [...ranges],
  holds: [{ dev: 'f'.repeat(32), inc: 1, seq: 3, head: range32, root: range32, headSig: 'A'.repeat(86) }],
  log: null,
  seen: [{ dev: 'f'.repeat(32), inc: 1, size: 3, root: range32 }],
  trust: 0,
});
const range32 = 'B'.repeat(43);

export const bundleOf = (...made: readonly MadeRange[]): Buffer =>
  packBundle(factsOf(made.map(({ range }) => range)), { list: null, ranges: made.map(({ bytes }) => bytes) }, sign);

const textOf = (value: unknown): string => {
  try {
    return canonical(value as Plain);
  } catch {
    return JSON.stringify(value); // what has no canonical form: the reader is to see it all the same
  }
};

/** The signed layer around any header and any body, with a good signature and the right padding. */
export function signedLayer(header: unknown, body: Buffer, signer: Signer): Buffer {
  const bytes = Buffer.from(textOf(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const layer = Buffer.concat([Buffer.from('ADB1'), length, bytes, signer('adi/bundle/1', bytes), body]);
  return Buffer.concat([layer, Buffer.alloc(paddedSize(layer.length) - layer.length)]);
}
