import { bytesOf, byteText } from '../journal/digest.ts';
import { chainHash, type Envelope } from '../journal/envelope.ts';
import { isHeadSignedBy } from '../journal/head.ts';
import { aheadMs, type HybridTime, isImpossible } from '../journal/hybridClock.ts';
import { readFrontier } from '../journal/journal.ts';
import { SecondSignatures } from '../journal/secondSignatures.ts';
import type { Ledger, WriteTx } from '../ledger.ts';
import { foldRange, type NewEntry } from '../projections/foldForeign.ts';
import { listNotUnderstood } from '../repositories/notUnderstood.ts';
import { saysWhatCannotBe } from './faults.ts';
import { forkFound } from './fork.ts';
import { type BundleRange, BundleRefused } from './format.ts';
import { entriesOfRange, type RangeEntry, type RangeStream } from './rangeEntries.ts';

export type OnProgress = (done: number, total: number) => void;
export type AppliedRange = Readonly<{ applied: number; skipped: number; types: ReadonlyMap<string, number>; clockAheadMs: number | null }>;
type Source = Readonly<{ stream: RangeStream; range: BundleRange; bytes: Buffer; bundleSha: string }>;
type Held = Readonly<{ hash: Buffer; hlc: HybridTime | '' }>;

const ENTRIES_PER_FOLD = 1_000;

/** What is held of a journal at an entry; entry 0 is its genesis. */
function heldAt(ledger: Ledger, stream: RangeStream, seq: number): Held | undefined {
  if (seq === 0) return { hash: stream.genesis, hlc: '' };
  const row = ledger.sqlite.prepare('SELECT hash, event FROM entry WHERE stream = ? AND seq = ?').get(stream.stream, seq) as
    | { hash: Buffer; event: string }
    | undefined;
  return row === undefined ? undefined : { hash: row.hash, hlc: (JSON.parse(row.event) as Envelope).hlc };
}

const forkAt = (ledger: Ledger, { stream, range, bytes, bundleSha }: Source, seq: number): BundleRefused =>
  forkFound(ledger, stream, range, { seq, entries: [...entriesOfRange(stream, range, bytes)], bundle: bundleSha });

/** Where the range meets what is held: a gap waits, another past is a fork. */
function checkStart(ledger: Ledger, source: Source, heldSeq: number): Held {
  const { stream, range } = source;
  if (range.from > heldSeq + 1)
    throw new BundleRefused('E_GAP', `entries ${heldSeq + 1} to ${range.from - 1} are missing; apply the earlier bundle first`);
  const held = heldAt(ledger, stream, range.from - 1);
  if (held === undefined || held.hash.toString('base64url') !== range.prev) throw forkAt(ledger, source, Math.max(1, range.from - 1));
  return held;
}

/** A device of this site alone folds as it reads; where there are several, the order of all of them counts. */
const hasCompany = (ledger: Ledger, { stream, site }: RangeStream): boolean =>
  ledger.sqlite
    .prepare('SELECT 1 FROM stream s WHERE site = ? AND stream <> ? AND EXISTS (SELECT 1 FROM entry e WHERE e.stream = s.stream)')
    .get(site, stream) !== undefined;

function fold(tx: WriteTx, stream: RangeStream, entries: readonly NewEntry[]): void {
  try {
    foldRange(tx, stream, entries);
  } catch (cause) {
    if (!saysWhatCannotBe(cause)) throw cause;
    throw new BundleRefused('E_FORMAT', `entries ${entries[0]?.envelope.seq} to ${entries.at(-1)?.envelope.seq} say what cannot be`);
  }
}

/** The people whom a journal names, as far as it is held: what follows may be signed by them. */
const keysOf = ({ sqlite }: Ledger, { stream }: RangeStream): ReadonlyMap<string, string> =>
  new Map(sqlite.prepare('SELECT person, public_key FROM person WHERE stream = ?').raw().all(stream) as [string, string][]);
/** After an entry of a later program its journal may name people whom this one does not know: the bundle waits for the update. */
const badSecond = (seq: number, { mayBeProvedLater }: SecondSignatures): BundleRefused =>
  mayBeProvedLater
    ? new BundleRefused('E_VERSION', `entry ${seq} is signed by a person whom only a later version of this program may know`)
    : new BundleRefused('E_SIG', `the second signature of entry ${seq} is not that of a person whom it names`);
const isPartial = (ledger: Ledger, { device, incarnation }: RangeStream): boolean =>
  listNotUnderstood(ledger).some((each) => each.device === device && each.incarnation === incarnation);

/** Verifies and appends a range byte for byte; entries held already are compared hash by hash. */
export const appendRange = (tx: WriteTx, source: Source, onProgress: OnProgress): AppliedRange =>
  tx.store.together(() => appendEntries(tx, source, onProgress));

function appendEntries(tx: WriteTx, source: Source, onProgress: OnProgress): AppliedRange {
  const { stream, range, bytes } = source;
  const heldSeq = (tx.sqlite.prepare('SELECT max(seq) FROM entry WHERE stream = ?').pluck().get(stream.stream) as number | null) ?? 0;
  const start = checkStart(tx, source, heldSeq);
  const insert = tx.sqlite.prepare('INSERT INTO entry (stream, seq, event, payload, hash) VALUES (?, ?, ?, ?, ?)');
  const hashAt = tx.sqlite.prepare('SELECT hash FROM entry WHERE stream = ? AND seq = ?').pluck();
  const frontier = readFrontier(tx.sqlite, stream.stream, heldSeq);
  const batch = hasCompany(tx, stream) || stream.stream === tx.device.stream ? Number.POSITIVE_INFINITY : ENTRIES_PER_FOLD;
  const types = new Map<string, number>();
  const nowMs = tx.deps.nowMs();
  let previous = byteText(start.hash);
  let { hlc } = start;
  let fresh: RangeEntry[] = [];
  const second = new SecondSignatures(stream.device, keysOf(tx, stream), isPartial(tx, stream));
  for (const entry of entriesOfRange(stream, range, bytes)) {
    const { seq, type } = entry.envelope;
    previous = chainHash(previous, entry.event);
    if (entry.envelope.hlc <= hlc) throw new BundleRefused('E_CHAIN', `entry ${seq} is not later than the one before it`);
    if (isImpossible(entry.envelope.hlc, nowMs)) throw new BundleRefused('E_CHAIN', `entry ${seq} has an impossible time`);
    hlc = entry.envelope.hlc;
    if (seq % ENTRIES_PER_FOLD === 0) onProgress(seq - range.from, range.upto - range.from + 1);
    if (seq <= heldSeq) {
      if (!(hashAt.get(stream.stream, seq) as Buffer).equals(bytesOf(previous))) throw forkAt(tx, source, seq);
      continue;
    }
    const unproved = second.take(entry);
    if (unproved !== null) throw badSecond(unproved, second);
    insert.run(stream.stream, seq, entry.event, entry.payloadLine, bytesOf(previous));
    frontier.append(previous);
    types.set(type, (types.get(type) ?? 0) + 1);
    fresh.push(entry);
    if (fresh.length < batch) continue;
    fold(tx, stream, fresh);
    fresh = [];
  }
  const head = bytesOf(previous);
  if (head.toString('base64url') !== range.head) throw new BundleRefused('E_CHAIN', 'the entries do not end in the head that was signed');
  if (!second.isComplete) throw badSecond(1, second);
  const applied = Math.max(0, range.upto - Math.max(heldSeq, range.from - 1));
  if (applied > 0) acceptHead(tx, stream, range, head, frontier.root(), frontier.bytes());
  fold(tx, stream, fresh);
  const clockAheadMs = applied > 0 && hlc !== '' ? aheadMs(hlc, nowMs) : null;
  return { applied, skipped: range.upto - range.from + 1 - applied, types, clockAheadMs };
}

function acceptHead(tx: WriteTx, stream: RangeStream, range: BundleRange, hash: Buffer, root: Buffer, nodes: Buffer): void {
  const signature = Buffer.from(range.headSig, 'base64url');
  const isSound =
    root.toString('base64url') === range.root && isHeadSignedBy(stream.publicKey, { ...stream, seq: range.upto, hash, root }, signature);
  if (!isSound) throw new BundleRefused('E_SIG', 'the head of the journal is not signed by its device');
  tx.sqlite
    .prepare('INSERT INTO head (stream, seq, hash, root, device_signature, person, person_signature) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(stream.stream, range.upto, hash, root, signature, '', Buffer.alloc(0));
  tx.sqlite.prepare('INSERT OR REPLACE INTO frontier (stream, seq, nodes) VALUES (?, ?, ?)').run(stream.stream, range.upto, nodes);
  tx.sqlite
    .prepare('UPDATE stream SET commitment_key = ? WHERE stream = ? AND length(commitment_key) = 0')
    .run(stream.commitmentKey, stream.stream);
}
