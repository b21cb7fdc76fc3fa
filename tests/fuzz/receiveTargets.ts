import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { committerOf, type Payload, payloadText, payloadTexts } from '../../electron/data/journal/commitment.ts';
import { bytesOf, byteText } from '../../electron/data/journal/digest.ts';
import { chainHash, type Envelope, groupsOf } from '../../electron/data/journal/envelope.ts';
import { signHead } from '../../electron/data/journal/head.ts';
import type { HybridTime } from '../../electron/data/journal/hybridClock.ts';
import { Frontier } from '../../electron/data/journal/merkle.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inReceivingTransaction, type Ledger } from '../../electron/data/ledger.ts';
import { listAllStock } from '../../electron/data/repositories/stock.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { eventText, packedOf, RangeEncoder } from '../../electron/data/sync/codec.ts';
import {
  type BundleHeader,
  type BundleRange,
  BundleRefused,
  type OpenedBundle,
  shaOf,
  splitBundle,
  unpackBody,
} from '../../electron/data/sync/format.ts';
import { openBytes } from '../../electron/data/sync/seal.ts';
import { readSigned, takeIn } from '../../electron/data/sync/takeIn.ts';
import type { EntryData, EntryType, Entry as RealEntry } from '../../shared/domain/entries.ts';
import { aDepot, aRequest, stockUp, type TestDepot } from '../support/depot.ts';
import { ENTRY_EXAMPLES } from '../support/entryExamples.ts';
import { signedLayer } from './bundleParts.ts';
import { hostileBytes, hostileJson } from './mutate.ts';
import { type AnyTarget, mustBeKnown, target } from './target.ts';

/** A real file that takes in what a partner, who has the right keys, may have put together. */
export type Receiver = Readonly<{ targets: readonly AnyTarget[]; close: () => void }>;

class TakenBack extends Error {}
const TABLES = [
  'entry',
  'head',
  'holding',
  'movement',
  'lot',
  'item',
  'place',
  'held_there',
  'quarantine',
  'bundle_part',
  'stream',
  'partner',
];
const stateOf = ({ sqlite }: Ledger): string =>
  TABLES.map((table) => `${table} ${sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()}`).join(', ');

/** Body and header that fit each other, whatever lies in the ranges. */
function withRanges(
  { header }: OpenedBundle,
  ranges: readonly Buffer[],
  facts: Partial<BundleHeader> = {},
): { header: BundleHeader; body: Buffer } {
  const lengths = ranges.map((range) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(range.length);
    return Buffer.concat([length, range]);
  });
  const raw = Buffer.concat(lengths);
  const body = brotliCompressSync(raw);
  return { header: { ...header, comp: 'brotli', list: 0, raw: raw.length, body: body.length, sha: shaOf(body), ...facts }, body };
}

type Entry = Readonly<{ envelope: Envelope; payload: Payload }>;
const entriesHeld = ({ sqlite, device }: Ledger): Entry[] =>
  (
    sqlite.prepare('SELECT event, payload FROM entry WHERE stream = ? ORDER BY seq').all(device.stream) as {
      event: string;
      payload: string;
    }[]
  ).map(({ event, payload }) => ({ envelope: JSON.parse(event), payload: JSON.parse(payload) }));

/** The journal of a device as its owner could have forged it: whatever it says is chained and signed. */
function forged({ device }: Ledger, header: BundleHeader, entries: readonly Entry[]): { range: BundleRange; bytes: Buffer } {
  const [first] = header.ranges;
  if (first === undefined) throw new Error('the bundle has no range');
  const encoder = new RangeEncoder();
  const frontier = new Frontier();
  const commit = committerOf(device.commitmentKey, device.device, device.incarnation);
  let previous = byteText(device.genesis);
  for (const [at, { envelope, payload }] of entries.entries()) {
    const texts = payloadTexts(payload);
    const line = payloadText(texts);
    const packed = { type: envelope.type, tv: envelope.tv, rec: envelope.rec, hlc: envelope.hlc, payload: line };
    const event = eventText({ dev: device.device, inc: device.incarnation, seq: at + 1, pc: commit(at + 1, texts) }, packed);
    previous = chainHash(previous, event);
    frontier.append(previous);
    encoder.add(packedOf(event, line));
  }
  const head = { ...device, seq: entries.length, hash: bytesOf(previous), root: frontier.root() };
  const base64url = (bytes: Buffer) => bytes.toString('base64url');
  const range = { ...first, from: 1, upto: entries.length, head: base64url(head.hash), root: base64url(head.root) };
  return { range: { ...range, headSig: base64url(signHead(head, device.sign)) }, bytes: encoder.bytes() };
}

/** After the entries of a journal one of each type that there is, and one of a type that there is not. */
function withExamples(entries: readonly Entry[]): Entry[] {
  const last = entries.at(-1) as Entry;
  const types = Object.entries(ENTRY_EXAMPLES) as [EntryType, EntryData[EntryType]][];
  const examples = types.map(([type, data], at): Entry => {
    const rec = last.envelope.rec + 1_000 * (at + 1);
    const payload = groupsOf({ type, data } as RealEntry, { usr: 'admin', auth: [] }, {});
    return { envelope: { ...last.envelope, type, rec, hlc: `${String(rec).padStart(13, '0')}-0000` as HybridTime }, payload };
  });
  return [...entries, ...examples];
}

function forgedBundle(sender: Ledger, opened: OpenedBundle, entries: readonly Entry[]): Buffer {
  const { range, bytes } = forged(sender, opened.header, entries);
  const { header, body } = withRanges(opened, [bytes], { ranges: [range], n: entries.length });
  return signedLayer(header, body, sender.device.sign);
}

/** Takes a plain bundle in, looks at everything that it brought, and takes all of it back. */
function tryIn(ledger: Ledger, plain: Buffer): 'accepted' | 'refused' {
  const before = stateOf(ledger);
  try {
    const signed = readSigned(ledger, plain, 'A'.repeat(43));
    inReceivingTransaction(ledger, (tx) => {
      takeIn(tx, signed);
      listAllStock(tx);
      checkDepot(tx);
      throw new TakenBack();
    });
  } catch (cause) {
    if (stateOf(ledger) !== before) throw new Error(`a bundle left something behind: ${before} became ${stateOf(ledger)}`, { cause });
    if (cause instanceof TakenBack) return 'accepted';
    if (cause instanceof BundleRefused) return 'refused';
    throw cause;
  }
  throw new Error('unreachable');
}

function postSome({ ledger, deps }: TestDepot): void {
  const move = { item: 'BALL', lot: 'LC-19A001', condition: 'A1', owner: 'ARMY', holder: 'DEPOT' };
  for (const quantity of ['9', '11', '200'])
    postMovement(ledger, aRequest(deps, { ...move, kind: 'issue', from: 'S1', to: 'RANGE', quantity }));
}

/** Two depots and a bundle between them; the receiver holds nothing of it. */
export async function openReceiver(): Promise<Receiver> {
  const [depot, authority] = await Promise.all([aDepot(), aDepot('HQ', 'authority')]);
  const [sender, receiver] = [depot.ledger, authority.ledger];
  for (const [one, other] of [[sender, receiver] as const, [receiver, sender] as const])
    trustPartner(one, other.device.statement, fingerprintOf(other.device.statement));
  stockUp(sender);
  postSome(depot);
  const path = join(mkdtempSync(join(tmpdir(), 'fuzz-')), 'a.adi');
  await createBundle(sender, 'HQ', path, () => undefined);
  const sealed = readFileSync(path);
  const opened = splitBundle(await openBytes(sealed, receiver.device.ageIdentity));
  return {
    targets: [...insideTargets(sender, receiver, opened), sealedTarget(receiver, path, sealed)],
    close: () => {
      verifyLedger(receiver);
      closeLedger(sender);
      closeLedger(receiver);
    },
  };
}

function insideTargets(sender: Ledger, receiver: Ledger, opened: OpenedBundle): AnyTarget[] {
  const { ranges } = unpackBody(opened);
  const entries = withExamples(entriesHeld(sender));
  const whole = forgedBundle(sender, opened, entries);
  if (tryIn(receiver, whole) !== 'accepted') throw new Error('one entry of each type is refused');
  if (tryIn(receiver, signedLayer(opened.header, opened.body, sender.device.sign)) !== 'accepted')
    throw new Error('the bundle itself is refused');
  const header = target({
    name: 'a header that a partner signed, in a real file',
    hostile: hostileJson([opened.header]),
    runs: 150,
    check: (changed) => void tryIn(receiver, signedLayer(changed, opened.body, sender.device.sign)),
  });
  const packed = target({
    name: 'packed entries of a partner, in a real file',
    hostile: hostileBytes(ranges),
    runs: 150,
    check: (range) => {
      const bundle = withRanges(opened, [range]);
      // The chain binds every byte of an entry: what else is packed makes other entries, or the same ones.
      if (tryIn(receiver, signedLayer(bundle.header, bundle.body, sender.device.sign)) === 'accepted')
        mustBeKnown('a journal', bundle.header.ranges[0]?.head === opened.header.ranges[0]?.head);
    },
  });
  const said = target({
    name: 'what a partner says in its entries, in a real file',
    hostile: fc.nat(entries.length - 1).chain((at) => {
      const { envelope, payload } = entries[at] as Entry;
      return hostileJson([payload]).map((changed) => ({ at, envelope, payload: changed as Payload }));
    }),
    runs: 250,
    check: ({ at, envelope, payload }) => {
      let plain: Buffer;
      try {
        plain = forgedBundle(sender, opened, entries.with(at, { envelope, payload }));
      } catch {
        return; // no canonical form: it cannot even be packed
      }
      tryIn(receiver, plain);
    },
  });
  return [header, packed, said];
}

const sealedTarget = (receiver: Ledger, path: string, sealed: Buffer): AnyTarget =>
  target({
    name: 'a sealed file, in a real file',
    hostile: hostileBytes([sealed]),
    runs: 25,
    check: async (bytes) => {
      if (bytes.equals(sealed)) return;
      const file = `${path}.${randomBytes(4).toString('hex')}`;
      writeFileSync(file, bytes);
      const { quarantined, applied } = await applyBundleFile(receiver, file);
      mustBeKnown('a sealed file', quarantined !== null && applied === 0);
    },
  });
