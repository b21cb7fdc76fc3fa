import type { VerifyReply } from '../../../shared/contract/views.ts';
import type { Sqlite } from '../db/open.ts';
import { firstForgedPage } from '../db/pageAuthentication.ts';
import type { Ledger } from '../ledger.ts';
import { project } from '../projections/project.ts';
import { ReplayStore } from '../projections/replayStore.ts';
import { type Committer, committerOf, type Payload, textsOf } from './commitment.ts';
import { type ByteText, bytesOf, byteText, byteTextOfHex } from './digest.ts';
import { chainHash, type Envelope, recordedOf, type StreamKeys } from './envelope.ts';
import { type Head, isHeadSignedBy } from './head.ts';
import type { HybridTime } from './hybridClock.ts';
import { Frontier } from './merkle.ts';
import { type EntryKey, runInOrder } from './order.ts';
import { SecondSignatures } from './secondSignatures.ts';
import { genesisOf, readStatement } from './statement.ts';

export type VerifyProgress = (label: 'pages' | 'entries', done: number, total: number) => void;
type Bad = Readonly<{ seq: number | null; reason: string }>;
type StoredEntry = Readonly<{ seq: number; event: string; payload: string; hash: ByteText }>;
/** The hash as hex: a small Buffer for each entry would cost more than reading it. */
type EntryCells = readonly [seq: number, event: string, payload: string, hash: string];
type StoredHead = Readonly<{ seq: number; hash: Buffer; root: Buffer; device_signature: Buffer; person: string; person_signature: Buffer }>;
type StoredStream = StreamKeys & Readonly<{ genesis: Buffer; statement: string; publicKey: string; commit: Committer }>;

/** What an entry goes on from. */
type Before = Readonly<{ hash: ByteText; hlc: HybridTime | '' }>;
type Opened = Readonly<{ envelope: Envelope; payload: Payload }>;

const PROGRESS_EVERY = 2_000;

function readStreams(sqlite: Sqlite): StoredStream[] {
  const rows = sqlite
    .prepare('SELECT stream, site, device, incarnation, commitment_key AS commitmentKey, genesis, statement FROM stream ORDER BY stream')
    .all() as Omit<StoredStream, 'publicKey' | 'commit'>[];
  return rows.map((row) => ({
    ...row,
    publicKey: readStatement(row.statement)?.publicKey ?? '',
    commit: committerOf(row.commitmentKey, row.device, row.incarnation),
  }));
}

function parsed<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

/** Checks one stored entry against the chain; the answer is its parsed form, or what is wrong. */
function openEntry(keys: StoredStream, stored: StoredEntry, previous: Before): Opened | string {
  // The chain binds the bytes of the event and the commitment those of the payload; both were canonical when accepted.
  if (chainHash(previous.hash, stored.event) !== stored.hash) return 'the hash chain breaks here';
  const envelope = parsed<Envelope>(stored.event);
  const payload = parsed<Payload>(stored.payload);
  if (envelope === null || payload === null) return 'the entry cannot be read';
  if (envelope.seq !== stored.seq || envelope.dev !== keys.device || envelope.inc !== keys.incarnation)
    return 'the entry stands in a wrong place';
  if (envelope.hlc <= previous.hlc) return 'the time stamp does not grow';
  const texts = textsOf(payload, stored.payload);
  return texts !== null && keys.commit(stored.seq, texts) === envelope.pc
    ? { envelope, payload }
    : 'the payload is not the one that was recorded';
}

function hasBadHead(keys: StoredStream, store: ReplayStore, stored: StoredHead, hash: Buffer, frontier: Frontier): boolean {
  const head: Head = { device: keys.device, incarnation: keys.incarnation, seq: stored.seq, hash, root: frontier.root() };
  if (!stored.hash.equals(hash) || !stored.root.equals(head.root) || !isHeadSignedBy(keys.publicKey, head, stored.device_signature))
    return true;
  const person = store.get('person', { stream: keys.stream, person: stored.person });
  return stored.person_signature.length > 0 && (person === undefined || !isHeadSignedBy(person.publicKey, head, stored.person_signature));
}

function foldEntry(keys: StoredStream, store: ReplayStore, { envelope, payload }: Opened): void {
  store.begin(envelope.seq);
  project(store, recordedOf(keys, envelope, payload), envelope.tv);
}

/**
 * One stream, an entry at a time: yields where the entry stands once its bytes are proved, and folds it when resumed, so
 * that the streams of a site can be folded in their common order. Entries and heads run side by side; neither needs to
 * lie in memory. Returns the first bad entry.
 */
function* verifyStream(sqlite: Sqlite, keys: StoredStream, store: ReplayStore, onEntry: () => void): Generator<EntryKey, Bad | null> {
  if (!genesisOf(keys.statement).equals(keys.genesis) || keys.publicKey === '')
    return { seq: 0, reason: 'the device statement was changed' };
  const heads = sqlite.prepare('SELECT * FROM head WHERE stream = ? ORDER BY seq').iterate(keys.stream) as IterableIterator<StoredHead>;
  try {
    return yield* verifyEntries(sqlite, keys, heads, store, onEntry);
  } finally {
    heads.return?.(); // an open query would keep the file from closing
  }
}

function* verifyEntries(
  sqlite: Sqlite,
  keys: StoredStream,
  heads: IterableIterator<StoredHead>,
  store: ReplayStore,
  onEntry: () => void,
): Generator<EntryKey, Bad | null> {
  const entries = sqlite.prepare('SELECT seq, event, payload, hex(hash) FROM entry WHERE stream = ? ORDER BY seq').raw();
  const frontier = new Frontier();
  let head = heads.next();
  let previous = { hash: byteText(keys.genesis), hlc: '' };
  let seq = 0;
  let signedSeq = 0;
  const second = new SecondSignatures(keys.device);
  for (const [storedSeq, event, payload, hex] of entries.iterate(keys.stream) as Iterable<EntryCells>) {
    seq += 1;
    if (storedSeq !== seq) return { seq, reason: 'an entry is missing' };
    const hash = byteTextOfHex(hex);
    const opened = openEntry(keys, { seq, event, payload, hash }, previous);
    if (typeof opened === 'string') return { seq, reason: opened };
    yield opened.envelope;
    const unproved = second.take(opened);
    if (unproved !== null && !second.mayBeProvedLater) return { seq: unproved, reason: 'a second signature is not valid' };
    foldEntry(keys, store, opened);
    frontier.append(hash);
    previous = { hash, hlc: opened.envelope.hlc };
    if (!head.done && head.value.seq === seq) {
      if (!second.isComplete && !second.mayBeProvedLater) return { seq: 1, reason: 'a second signature is not valid' };
      if (hasBadHead(keys, store, head.value, bytesOf(hash), frontier)) return { seq, reason: 'a signature over the journal is not valid' };
      signedSeq = seq;
      head = heads.next();
    }
    onEntry();
  }
  if (!head.done) return { seq: seq + 1, reason: 'an entry is missing' };
  return seq === signedSeq ? null : { seq, reason: 'the last entries are not signed' };
}

/** The number of entries, or the first bad one. */
function verifyJournal(sqlite: Sqlite, onProgress: VerifyProgress): Bad | number {
  const streams = readStreams(sqlite);
  const lastSeq = sqlite.prepare('SELECT max(seq) FROM entry WHERE stream = ?').pluck(); // counting would read every page
  const total = streams.reduce((sum, { stream }) => sum + ((lastSeq.get(stream) as number | null) ?? 0), 0);
  const store = new ReplayStore(sqlite);
  let done = 0;
  const onEntry = () => {
    done += 1;
    if (done % PROGRESS_EVERY === 0) onProgress('entries', done, total);
  };
  try {
    for (const ofSite of Map.groupBy(streams, ({ site }) => site).values()) {
      const bad = runInOrder(ofSite.map((keys) => verifyStream(sqlite, keys, store, onEntry)));
      if (bad !== null) return bad;
    }
    return store.compare() ?? done;
  } finally {
    store.close();
  }
}

/**
 * The whole proof: every page of the file authentic, every chain, commitment and signature, and every projection row
 * equal to a replay. Names the first bad entry; `seq` null where the file itself was changed.
 */
export function verifyLedger(ledger: Ledger, onProgress: VerifyProgress = () => undefined): VerifyReply {
  ledger.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  const page = firstForgedPage(ledger.rawHandle, ledger.dataKey, (done, total) => onProgress('pages', done, total));
  if (page !== null) return { ok: false, firstBad: { seq: null, reason: `page ${page} of the file was changed` } };
  const verified = verifyJournal(ledger.sqlite, onProgress);
  if (typeof verified !== 'number') return { ok: false, firstBad: verified };
  return { ok: true, entries: verified, head: ledger.journal.last.hash.toString('hex') };
}
