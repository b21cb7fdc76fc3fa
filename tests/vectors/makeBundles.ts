import { join } from 'node:path';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { createBundle } from '../../electron/data/host/operations.ts';
import { committerOf, type Payload } from '../../electron/data/journal/commitment.ts';
import { bytesOf, byteText } from '../../electron/data/journal/digest.ts';
import { sealEntry } from '../../electron/data/journal/envelope.ts';
import { signHead } from '../../electron/data/journal/head.ts';
import type { HybridTime } from '../../electron/data/journal/hybridClock.ts';
import { readFrontier } from '../../electron/data/journal/journal.ts';
import { fileText, type ListFile } from '../../electron/data/journal/trustListForm.ts';
import type { Ledger } from '../../electron/data/ledger.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { packedOf, RangeEncoder } from '../../electron/data/sync/codec.ts';
import { type BundleHeader, type BundleRange, type HeaderFacts, packBundle, splitBundle } from '../../electron/data/sync/format.ts';
import { splitIntoParts } from '../../electron/data/sync/parts.ts';
import { sealBytes } from '../../electron/data/sync/seal.ts';
import { StreamReader } from '../../electron/data/sync/streamReader.ts';
import { signedLayer } from '../fuzz/bundleParts.ts';
import type { TestDepot } from '../support/depot.ts';
import { signed } from '../support/trust.ts';
import { TOO_LARGE } from './run.ts';

export type Cast = Readonly<Record<'hq' | 'main' | 'second' | 'forked' | 'copy' | 'revoked' | 'stranger', TestDepot>>;
type Out = Readonly<{ folder: string; put: (name: string, content: Buffer) => void; issue: (quantity: string) => void }>;

/** In the order in which the reader gets them. */
export const FILES: readonly (readonly [file: string, what: string])[] = [
  ['first.adi', 'the first bundle of a depot: the whole journal, the stock in it'],
  ['first.adi', 'the same again: nothing is new'],
  ['series-2.adi', 'the second of a series before the first: it waits'],
  ['series-1.adi', 'the first of the series: what waited follows'],
  ['later.adi', 'a later bundle, made after what the reader has of that journal'],
  ['acknowledgement.adi', 'nothing but what the sender holds'],
  ['classic.adi', 'sealed to a classic recipient'],
  ['parts-2of3.part', 'one part of three'],
  ['parts-3of3.part', 'the last part, before the first'],
  ['parts-1of3.part', 'the first part, after which the whole is taken in'],
  ['second-device.adi', 'of another device of the same site, whose entries belong between those of the first'],
  [TOO_LARGE, 'larger than any bundle'],
  ['bad-format.adi', 'sealed well, and no bundle'],
  ['bad-limit.adi', 'a header that would be larger than any'],
  ['bad-signature.adi', 'one bit of the signature is another'],
  ['bad-chain.adi', 'signed well, and its entries do not end in the head that it names'],
  ['bad-seal.adi', 'one bit of the sealed file is another'],
  ['bad-cut.adi', 'the end is missing'],
  ['bad-part.part', 'one bit of a part is another'],
  ['not-for-us.adi', 'sealed to somebody else'],
  ['not-addressed.adi', 'sealed to the reader, and addressed to somebody else'],
  ['unknown-device.adi', 'of a device that nobody enrolled'],
  ['bad-list.adi', 'brings a trust list that the roots did not sign'],
  ['revoked.adi', 'of a device that was cut off before what it brings'],
  ['newer-program.adi', 'asks for a newer program'],
  ['skew.adi', 'an entry of a type and one of a version that this program does not know'],
  ['branch-1.adi', 'of a device before it was copied, and after'],
  ['branch-2.adi', 'of the copy, which went on otherwise'],
];

const text = (bytes: Buffer): string => bytes.toString('base64url');
const recipientOf = ({ device }: Ledger): string => JSON.parse(device.statement).statement.recipient as string;

/** Entries of the own journal after `after`, at most so many, as a range. */
function piece({ ledger }: TestDepot, after: number, entries: number): { range: BundleRange; bytes: Buffer } {
  const reader = new StreamReader(ledger, { ...ledger.device, after, upto: ledger.journal.last.seq });
  const found = reader.next({ entries, text: 1_000_000, bytes: 1_000_000 }, () => undefined);
  if (found === null) throw new Error('there are no such entries');
  return found;
}

const factsOf = ({ ledger }: TestDepot, { ledger: reader }: TestDepot, ranges: readonly BundleRange[], id: string): HeaderFacts => ({
  id: id.padEnd(22, 'A'),
  from: { dev: ledger.device.device, inc: ledger.device.incarnation },
  to: [{ dev: reader.device.device, inc: reader.device.incarnation }],
  ranges: [...ranges],
  holds: [],
  log: null,
  seen: [],
  trust: 1,
});

/** Two entries after the last, of a kind and of a version that are not known, chained and signed as by a later program. */
function laterEntries({ ledger: { device, journal, sqlite } }: TestDepot): { range: BundleRange; bytes: Buffer } {
  const said: Payload = {
    coarse: {},
    exact: { item: 'HE', of: ['a', 1, null] },
    text: { note: 'Ünïcödé' },
    who: { usr: 'admin', auth: [] },
  };
  const keys = { ...device, commit: committerOf(device.commitmentKey, device.device, device.incarnation) };
  const frontier = readFrontier(sqlite, device.stream, journal.last.seq);
  const encoder = new RangeEncoder();
  let { hash, seq } = journal.last;
  const prev = hash;
  for (const [type, tv] of [['kind.of.later', 1] as const, ['item.put', 2] as const]) {
    seq += 1;
    const rec = 1_790_000_000_000 + seq;
    const sealed = sealEntry(keys, { seq, hlc: `${rec}-0000` as HybridTime, rec, type, tv }, said, byteText(hash));
    hash = bytesOf(sealed.hash);
    frontier.append(sealed.hash);
    encoder.add(packedOf(sealed.event, sealed.payload));
  }
  const head = { ...device, seq, hash, root: frontier.root() };
  const range = {
    dev: device.device,
    inc: device.incarnation,
    from: seq - 1,
    upto: seq,
    prev: text(prev),
    head: text(hash),
    root: text(head.root),
  };
  return {
    range: { ...range, headSig: text(signHead(head, device.sign)), ck: text(device.commitmentKey) },
    bytes: Buffer.from(encoder.bytes()),
  };
}

const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
};

type Piece = Readonly<{ range: BundleRange; bytes: Buffer }>;
type More = Readonly<{ facts?: Partial<HeaderFacts>; list?: string }>;
const lastOf = ({ ledger }: TestDepot): number => ledger.journal.last.seq;

/** What the main sender packs for the reader, and how it is sealed. */
function packerOf({ hq, main }: Cast) {
  const seal = async (plain: Buffer, recipient = recipientOf(hq.ledger), isClassic = false): Promise<Buffer> =>
    (await sealBytes(plain, [recipient], isClassic)).bytes;
  const pack = (id: string, pieces: readonly Piece[], { facts = {}, list }: More = {}): Buffer => {
    const ranges = pieces.map(({ range }) => range);
    const content = { list: list ?? null, ranges: pieces.map(({ bytes }) => bytes) };
    return packBundle({ ...factsOf(main, hq, ranges, id), ...facts }, content, main.ledger.device.sign);
  };
  return { seal, pack };
}

/** Made by the program's own export, with everything that a header holds. */
async function makeWhole(cast: Cast, { folder }: Out, ...names: readonly (readonly [keyof Cast, string])[]): Promise<void> {
  for (const [who, name] of names) await createBundle(cast[who].ledger, 'HQ', join(folder, name), () => undefined);
}

/** @returns the entries of `later.adi`, and the parts. */
async function makeGood(cast: Cast, out: Out): Promise<{ later: Piece; parts: readonly Buffer[] }> {
  const { hq, main } = cast;
  const { seal, pack } = packerOf(cast);
  const issued = (...quantities: readonly string[]): number => {
    const before = lastOf(main);
    for (const quantity of quantities) out.issue(quantity);
    return before;
  };
  await makeWhole(cast, out, ['main', 'first.adi']);
  const held = issued('10', '20', '30', '40');
  const half = held + Math.floor((lastOf(main) - held) / 2);
  out.put('series-1.adi', await seal(pack('series1', [piece(main, held, half - held)])));
  out.put('series-2.adi', await seal(pack('series2', [piece(main, half, 1_000)])));
  const later = piece(main, issued('7'), 1_000);
  out.put('later.adi', await seal(pack('later', [later])));
  out.put('acknowledgement.adi', await seal(pack('ack', [])));
  const classic = await identityToRecipient(hq.ledger.device.classicIdentity ?? '');
  out.put('classic.adi', await seal(pack('classic', [piece(main, issued('5'), 1_000)]), classic, true));
  const whole = await seal(pack('parts', [piece(main, issued('3'), 1_000)]));
  const parts = splitIntoParts(whole, Math.ceil(whole.length / 3));
  for (const [at, bytes] of parts.entries()) out.put(`parts-${at + 1}of3.part`, bytes);
  out.put('skew.adi', await seal(pack('skew', [laterEntries(main)])));
  return { later, parts };
}

async function makeBad(cast: Cast, nextList: ListFile, { later, parts }: Awaited<ReturnType<typeof makeGood>>, out: Out): Promise<void> {
  const { seal, pack } = packerOf(cast);
  const good = pack('bad', [later]);
  const sealed = await seal(good);
  const { header, body } = splitBundle(good);
  const signedAs = (more: Partial<Record<keyof BundleHeader, unknown>>): Buffer =>
    signedLayer({ ...header, ...more }, body, cast.main.ledger.device.sign);
  const list = fileText(signed({ ...nextList, signatures: [] }, 'root d', 'root e'));
  const nobody = await identityToRecipient(await generateHybridIdentity());
  out.put('bad-format.adi', await seal(Buffer.concat([Buffer.from('XXXX'), good.subarray(4)])));
  out.put('bad-limit.adi', await seal(Buffer.concat([good.subarray(0, 4), Buffer.from('7fffffff', 'hex'), good.subarray(8)])));
  out.put('bad-signature.adi', await seal(flipped(good, 8 + good.readUInt32BE(4))));
  out.put('bad-chain.adi', await seal(signedAs({ ranges: [{ ...later.range, head: 'A'.repeat(43) }] })));
  out.put('bad-seal.adi', flipped(sealed, sealed.length - 200));
  out.put('bad-cut.adi', sealed.subarray(0, -50));
  out.put('bad-part.part', flipped(parts[1] as Buffer, 400));
  out.put('not-for-us.adi', await seal(good, nobody));
  out.put('not-addressed.adi', await seal(pack('other', [later], { facts: { to: [{ dev: 'a'.repeat(32), inc: 1 }] } })));
  out.put('bad-list.adi', await seal(pack('list', [later], { facts: { trust: 2 }, list })));
  out.put('newer-program.adi', await seal(signedAs({ minReader: 2 })));
}

/** Writes every file of `FILES` that is one. */
export async function makeBundles(cast: Cast, nextList: ListFile, out: Out): Promise<void> {
  await makeBad(cast, nextList, await makeGood(cast, out), out);
  await makeWhole(cast, out, ['second', 'second-device.adi'], ['revoked', 'revoked.adi'], ['stranger', 'unknown-device.adi']);
  setPolicy(cast.forked.ledger, { family: 'mix', kind: 'move', mode: 'warn' });
  setPolicy(cast.copy.ledger, { family: 'mix', kind: 'move', mode: 'off' });
  await makeWhole(cast, out, ['forked', 'branch-1.adi'], ['copy', 'branch-2.adi']);
}
