import { z } from 'zod';
import type { ApplyReply } from '../../../shared/contract/views.ts';
import { canonical, type Plain, parseCanonical } from '../journal/canonical.ts';
import { type Committer, committerOf, type Payload, payloadText, payloadTexts } from '../journal/commitment.ts';
import { bytesOf, byteText } from '../journal/digest.ts';
import { chainHash, type Envelope, recordedOf, type StreamKeys } from '../journal/envelope.ts';
import { isHeadSignedBy } from '../journal/head.ts';
import { readFrontier } from '../journal/journal.ts';
import { inWriteTransaction, type Ledger, type WriteTx } from '../ledger.ts';
import { project } from '../projections/project.ts';
import { findTrusted, type TrustedDevice } from '../services/partners.ts';
import { type BundleHeader, type BundleRange, BundleRefused, checkBundleSignature, LIMITS, splitBundle, unpackLines } from './format.ts';

const envelopeSchema = z.strictObject({
  v: z.literal(1),
  dev: z.string(),
  inc: z.number().int(),
  seq: z.number().int(),
  hlc: z.string().regex(/^[0-9]{13}-[0-9a-f]{4}$/),
  rec: z.number().int().min(0),
  type: z.string().min(1).max(64),
  tv: z.number().int().min(1),
  pc: z.string(),
});
const group = z.record(z.string(), z.unknown());
const payloadSchema = z.strictObject({
  coarse: group,
  exact: group,
  text: group,
  who: z.strictObject({
    usr: z.string().max(64),
    auth: z.array(z.strictObject({ usr: z.string().max(64), sig: z.string().max(128) })).max(4),
  }),
});

type Stream = StreamKeys & Readonly<{ genesis: Buffer; publicKey: string; commit: Committer }>;
type Range = BundleRange;
type OnProgress = (done: number, total: number) => void;

const ENTRIES_PER_REPORT = 1_000;

function senderOf(ledger: Ledger, header: BundleHeader): TrustedDevice {
  const sender = findTrusted(ledger, header.from.dev, header.from.inc);
  if (sender !== null && sender.cutOffSeq !== null)
    throw new BundleRefused('E_REVOKED', `the sender was revoked; nothing of it counts after entry ${sender.cutOffSeq}`);
  if (sender === null) throw new BundleRefused('E_UNKNOWN_DEV', 'the sender is not enrolled here; compare fingerprints and trust it first');
  return sender;
}

function streamOf(ledger: Ledger, sender: TrustedDevice, commitmentKey: Buffer): Stream {
  const row = ledger.sqlite
    .prepare('SELECT stream, genesis, commitment_key AS held FROM stream WHERE device = ? AND incarnation = ?')
    .get(sender.device, sender.incarnation) as { stream: number; genesis: Buffer; held: Buffer };
  if (row.held.length > 0 && !row.held.equals(commitmentKey))
    throw new BundleRefused('E_CHAIN', 'the commitment key is not the one that came before');
  return {
    stream: row.stream,
    genesis: row.genesis,
    commitmentKey,
    commit: committerOf(commitmentKey, sender.device, sender.incarnation),
    publicKey: sender.publicKey,
    device: sender.device,
    incarnation: sender.incarnation,
    site: sender.site,
  };
}

/** One entry from its two lines, with the commitment put back; canonical to the byte or refused. */
function readEntry(
  stream: Stream,
  eventLine: string,
  payloadLine: string,
  seq: number,
): { event: string; envelope: Envelope; payload: Payload } {
  if (eventLine.length + payloadLine.length > LIMITS.entryBytesMax) throw new BundleRefused('E_LIMIT', `entry ${seq} is too large`);
  const shortEvent = parseCanonical(eventLine) as Omit<Envelope, 'pc'> | null;
  const payload = payloadSchema.safeParse(parseCanonical(payloadLine));
  if (shortEvent === null || !payload.success) throw new BundleRefused('E_FORMAT', `entry ${seq} has not the expected form`);
  const texts = payloadTexts(payload.data as unknown as Payload);
  const pc = stream.commit(seq, texts);
  const envelope = envelopeSchema.safeParse({ ...shortEvent, pc });
  if (!envelope.success || payloadText(texts) !== payloadLine)
    throw new BundleRefused('E_FORMAT', `entry ${seq} has not the expected form`);
  const { dev, inc } = envelope.data;
  if (dev !== stream.device || inc !== stream.incarnation || envelope.data.seq !== seq)
    throw new BundleRefused('E_CHAIN', `entry ${seq} stands in a wrong place`);
  return { event: canonical(envelope.data as Plain), envelope: envelope.data, payload: payload.data as unknown as Payload };
}

const hashAt = (ledger: Ledger, stream: Stream, seq: number): Buffer | undefined =>
  seq === 0
    ? stream.genesis
    : (ledger.sqlite.prepare('SELECT hash FROM entry WHERE stream = ? AND seq = ?').pluck().get(stream.stream, seq) as Buffer | undefined);

/** Where the range meets what is held: a gap waits, another past is a fork. */
function checkStart(ledger: Ledger, stream: Stream, range: Range, heldSeq: number): Buffer {
  if (range.from > heldSeq + 1)
    throw new BundleRefused('E_GAP', `entries ${heldSeq + 1} to ${range.from - 1} are missing; apply the earlier bundle first`);
  const held = hashAt(ledger, stream, range.from - 1);
  if (held === undefined || held.toString('base64url') !== range.prev)
    throw new BundleRefused('E_FORK', `another history is held before entry ${range.from}`);
  return held;
}

/** Verifies and appends the range byte for byte; entries held already are compared hash by hash. */
function appendRange(
  tx: WriteTx,
  stream: Stream,
  range: Range,
  lines: readonly string[],
  onProgress: OnProgress,
): { applied: number; skipped: number } {
  const heldSeq = (tx.sqlite.prepare('SELECT max(seq) FROM entry WHERE stream = ?').pluck().get(stream.stream) as number | null) ?? 0;
  const insert = tx.sqlite.prepare('INSERT INTO entry (stream, seq, event, payload, hash) VALUES (?, ?, ?, ?, ?)');
  const frontier = readFrontier(tx.sqlite, stream.stream, heldSeq);
  let previous = byteText(checkStart(tx, stream, range, heldSeq));
  for (let at = 0, seq = range.from; seq <= range.upto; at += 2, seq++) {
    const { event, envelope, payload } = readEntry(stream, lines[at] as string, lines[at + 1] as string, seq);
    previous = chainHash(previous, event);
    if (seq % ENTRIES_PER_REPORT === 0) onProgress(seq - range.from, range.upto - range.from + 1);
    if (seq <= heldSeq) {
      if (!hashAt(tx, stream, seq)?.equals(bytesOf(previous)))
        throw new BundleRefused('E_FORK', `another entry ${seq} is held; both histories cannot be true`);
      continue;
    }
    insert.run(stream.stream, seq, event, lines[at + 1], bytesOf(previous));
    frontier.append(previous);
    project(tx.store, recordedOf(stream, envelope, payload));
  }
  const head = bytesOf(previous);
  if (head.toString('base64url') !== range.head) throw new BundleRefused('E_CHAIN', 'the entries do not end in the head that was signed');
  const applied = Math.max(0, range.upto - Math.max(heldSeq, range.from - 1));
  if (applied > 0) acceptHead(tx, stream, range, head, frontier.root());
  return { applied, skipped: range.upto - range.from + 1 - applied };
}

function acceptHead(tx: WriteTx, stream: Stream, range: Range, hash: Buffer, root: Buffer): void {
  const signature = Buffer.from(range.headSig, 'base64url');
  const isSound =
    root.toString('base64url') === range.root && isHeadSignedBy(stream.publicKey, { ...stream, seq: range.upto, hash, root }, signature);
  if (!isSound) throw new BundleRefused('E_SIG', 'the head of the journal is not signed by its device');
  tx.sqlite
    .prepare('INSERT INTO head (stream, seq, hash, root, device_signature, person, person_signature) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(stream.stream, range.upto, hash, root, signature, '', Buffer.alloc(0));
  tx.sqlite
    .prepare('UPDATE stream SET commitment_key = ? WHERE stream = ? AND length(commitment_key) = 0')
    .run(stream.commitmentKey, stream.stream);
}

/**
 * Applies a decrypted bundle in one transaction: whole or not at all. Findings never refuse what another device has
 * recorded; only a broken form, chain or signature does. What `onProgress` throws takes everything back.
 */
export function applyBundle(ledger: Ledger, plain: Buffer, onProgress: OnProgress = () => undefined): ApplyReply {
  try {
    const bundle = splitBundle(plain);
    const sender = senderOf(ledger, bundle.header);
    checkBundleSignature(bundle, sender.publicKey);
    const [range, ...others] = bundle.header.ranges;
    if (range === undefined || others.length > 0) throw new BundleRefused('E_FORMAT', 'the bundle holds another number of ranges than one');
    if (!bundle.header.to.some(({ dev, inc }) => dev === ledger.device.device && inc === ledger.device.incarnation))
      throw new BundleRefused('E_NOT_FOR_US', 'it is addressed to somebody else');
    if (range.dev !== sender.device || range.inc !== sender.incarnation)
      throw new BundleRefused('E_FORMAT', "the range is not the sender's own");
    const stream = streamOf(ledger, sender, Buffer.from(range.ck, 'base64url'));
    const lines = unpackLines(bundle);
    return { ...inWriteTransaction(ledger, (tx) => appendRange(tx, stream, range, lines, onProgress)), quarantined: null };
  } catch (cause) {
    if (!(cause instanceof BundleRefused)) throw cause;
    return { applied: 0, skipped: 0, quarantined: { code: cause.code, message: cause.message } };
  }
}
