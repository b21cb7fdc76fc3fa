import type { VerifyReply } from '../../../shared/contract/views.ts';
import type { Entry } from '../../../shared/domain/entries.ts';
import type { Sqlite } from '../db/open.ts';
import { firstForgedPage } from '../db/pageAuthentication.ts';
import type { Ledger } from '../ledger.ts';
import { project } from '../projections/project.ts';
import { ReplayStore } from '../projections/replayStore.ts';
import { commitment, type Payload, parsedTexts, payloadText } from './commitment.ts';
import { approvalMessage, chainHash, type Envelope, recordedOf, type StreamKeys, type Who } from './envelope.ts';
import { type Head, isHeadSignedBy } from './head.ts';
import { isSignedBy } from './keys.ts';
import { Frontier } from './merkle.ts';
import { genesisOf, readStatement } from './statement.ts';

export type VerifyProgress = (label: 'pages' | 'entries', done: number, total: number) => void;
type Bad = Readonly<{ seq: number | null; reason: string }>;
type StoredEntry = Readonly<{ seq: number; event: string; payload: string; hash: Buffer }>;
type StoredHead = Readonly<{ seq: number; hash: Buffer; root: Buffer; device_signature: Buffer; person: string; person_signature: Buffer }>;
type StoredStream = StreamKeys & Readonly<{ genesis: Buffer; statement: string; publicKey: string; isOwn: boolean }>;

const PROGRESS_EVERY = 2_000;

function readStreams(sqlite: Sqlite): StoredStream[] {
  const rows = sqlite.prepare('SELECT * FROM stream ORDER BY stream').all() as Record<string, never>[];
  return rows.map((row) => ({
    stream: row.stream,
    site: row.site,
    device: row.device,
    incarnation: row.incarnation,
    commitmentKey: row.commitment_key,
    genesis: row.genesis,
    statement: row.statement,
    publicKey: readStatement(row.statement as unknown as string)?.publicKey ?? '',
    isOwn: row.is_own === 1,
  })) as unknown as StoredStream[];
}

function parsed<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

/** Checks one stored entry against the chain; the answer is its parsed form, or what is wrong. */
function openEntry(keys: StoredStream, stored: StoredEntry, previous: Buffer): { envelope: Envelope; payload: Payload } | string {
  // The chain binds the bytes of the event and the commitment those of the payload; both were canonical when accepted.
  if (!chainHash(previous, stored.event).equals(stored.hash)) return 'the hash chain breaks here';
  const envelope = parsed<Envelope>(stored.event);
  const payload = parsed<Payload>(stored.payload);
  if (envelope === null || payload === null) return 'the entry cannot be read';
  if (envelope.seq !== stored.seq || envelope.dev !== keys.device || envelope.inc !== keys.incarnation)
    return 'the entry stands in a wrong place';
  const texts = parsedTexts(payload);
  if (payloadText(texts) !== stored.payload) return 'the payload is not the one that was recorded';
  const committed = commitment(keys.commitmentKey, keys.device, keys.incarnation, stored.seq, texts).toString('base64url');
  return committed === envelope.pc ? { envelope, payload } : 'the payload is not the one that was recorded';
}

/** The second person's signature over the content; the person's key is the one that the journal held at that point. */
function hasBadApproval(keys: StoredStream, store: ReplayStore, entry: Entry, who: Who): boolean {
  return who.auth.some(({ usr, sig }) => {
    const person = store.get('person', { site: keys.site, person: usr });
    return (
      person === undefined ||
      !isSignedBy(person.publicKey, 'adi/approve/1', approvalMessage(keys.device, entry), Buffer.from(sig, 'base64url'))
    );
  });
}

function hasBadHead(keys: StoredStream, store: ReplayStore, stored: StoredHead, hash: Buffer, frontier: Frontier): boolean {
  const head: Head = { device: keys.device, incarnation: keys.incarnation, seq: stored.seq, hash, root: frontier.root() };
  if (!stored.hash.equals(hash) || !stored.root.equals(head.root) || !isHeadSignedBy(keys.publicKey, head, stored.device_signature))
    return true;
  const person = store.get('person', { site: keys.site, person: stored.person });
  return stored.person_signature.length > 0 && (person === undefined || !isHeadSignedBy(person.publicKey, head, stored.person_signature));
}

function verifyStream(sqlite: Sqlite, keys: StoredStream, store: ReplayStore, onEntry: () => void): Bad | null {
  if (!genesisOf(keys.statement).equals(keys.genesis) || keys.publicKey === '')
    return { seq: 0, reason: 'the device statement was changed' };
  const heads = new Map(
    (sqlite.prepare('SELECT * FROM head WHERE stream = ? ORDER BY seq').all(keys.stream) as StoredHead[]).map((head) => [head.seq, head]),
  );
  const frontier = new Frontier();
  let previous = keys.genesis;
  let seq = 0;
  for (const stored of sqlite
    .prepare('SELECT seq, event, payload, hash FROM entry WHERE stream = ? ORDER BY seq')
    .iterate(keys.stream) as Iterable<StoredEntry>) {
    seq += 1;
    if (stored.seq !== seq) return { seq, reason: 'an entry is missing' };
    const opened = openEntry(keys, stored, previous);
    if (typeof opened === 'string') return { seq, reason: opened };
    const entry = recordedOf(keys, opened.envelope, opened.payload);
    const who = opened.payload.who as unknown as Who;
    if (who.auth.length > 0 && hasBadApproval(keys, store, { type: entry.type, data: entry.data } as Entry, who))
      return { seq, reason: 'a second signature is not valid' };
    store.begin(keys.stream, seq);
    project(store, entry);
    frontier.append(stored.hash);
    previous = stored.hash;
    const head = heads.get(seq);
    if (head !== undefined && hasBadHead(keys, store, head, previous, frontier))
      return { seq, reason: 'a signature over the journal is not valid' };
    onEntry();
  }
  return seq === 0 || heads.has(seq) ? null : { seq, reason: 'the last entries are not signed' };
}

function verifyJournal(sqlite: Sqlite, onProgress: VerifyProgress): Bad | null {
  const total = sqlite.prepare('SELECT count(*) FROM entry').pluck().get() as number;
  const store = new ReplayStore(sqlite);
  let done = 0;
  const onEntry = () => {
    done += 1;
    if (done % PROGRESS_EVERY === 0) onProgress('entries', done, total);
  };
  try {
    for (const keys of readStreams(sqlite)) {
      const bad = verifyStream(sqlite, keys, store, onEntry);
      if (bad !== null) return bad;
    }
    return store.compare();
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
  const bad = verifyJournal(ledger.sqlite, onProgress);
  if (bad !== null) return { ok: false, firstBad: bad };
  const entries = ledger.sqlite.prepare('SELECT count(*) FROM entry').pluck().get() as number;
  return { ok: true, entries, head: ledger.journal.last.hash.toString('hex') };
}
