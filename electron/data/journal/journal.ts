import type { Entry, RecordedEntry } from '../../../shared/domain/entries.ts';
import { invariant } from '../../../shared/lib/result.ts';
import type { Sqlite, Statement } from '../db/open.ts';
import { Refused } from '../refused.ts';
import type { Plain } from './canonical.ts';
import { type Committer, committerOf } from './commitment.ts';
import { type ByteText, bytesOf, byteText } from './digest.ts';
import { type Envelope, groupsOf, PAYLOAD_LENGTH_MAX, recordedOf, type StreamKeys, sealEntry, type Who } from './envelope.ts';
import { type Head, signHead } from './head.ts';
import { type HybridTime, laterOf, nextHybridTime } from './hybridClock.ts';
import type { Signer } from './keys.ts';
import { Frontier } from './merkle.ts';

export type OwnDevice = StreamKeys &
  Readonly<{
    genesis: Buffer;
    statement: string;
    publicKey: string;
    sign: Signer;
    ageIdentity: string;
    /** Null in files that were made before there were any. */
    classicIdentity: string | null;
    /** Of the incarnations before: bundles may still be on the way to them. */
    earlierIdentities: readonly string[];
  }>;
/** Who signs a commit beside the device. */
export type CommitSigner = Readonly<{ person: string; sign: Signer | null }>;

type Position = { seq: number; hash: ByteText; hlc: HybridTime | null; frontier: Frontier; signedSeq: number; unsignedBytes: number };

/** A journal can be cut into bundles at its heads only, so a commit that is larger than this has heads inside. */
const UNSIGNED_MAX = { entries: 20_000, bytes: 16 * 1024 * 1024 };

/** Writes the own stream: every append extends the hash chain, every commit ends in a head signed by device and person. */
export class Journal {
  private readonly device: OwnDevice & Readonly<{ commit: Committer }>;
  private readonly sqlite: Sqlite;
  private readonly nowMs: () => number;
  private readonly insertEntry: Statement;
  private readonly insertHead: Statement;
  private readonly hasHead: Statement;
  private readonly saveFrontier: Statement;
  private position: Position;

  constructor(sqlite: Sqlite, device: OwnDevice, nowMs: () => number) {
    this.device = { ...device, commit: committerOf(device.commitmentKey, device.device, device.incarnation) };
    this.sqlite = sqlite;
    this.nowMs = nowMs;
    this.insertEntry = sqlite.prepare('INSERT INTO entry (stream, seq, event, payload, hash) VALUES (?, ?, ?, ?, ?)');
    this.insertHead = sqlite.prepare(
      'INSERT INTO head (stream, seq, hash, root, device_signature, person, person_signature) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.hasHead = sqlite.prepare('SELECT 1 FROM head WHERE stream = ? AND seq = ?');
    this.saveFrontier = sqlite.prepare('INSERT OR REPLACE INTO frontier (stream, seq, nodes) VALUES (?, ?, ?)');
    this.position = readPosition(sqlite, device);
  }

  /** Seq and hash of the last entry; seq 0 is the genesis. */
  get last(): Readonly<{ seq: number; hash: Buffer }> {
    return { seq: this.position.seq, hash: bytesOf(this.position.hash) };
  }

  append(entry: Entry, who: Who, coarse: Readonly<Record<string, Plain>> = {}): RecordedEntry {
    const wallMs = this.nowMs();
    const seq = this.position.seq + 1;
    const hlc = nextHybridTime(this.position.hlc, wallMs);
    const payload = groupsOf(entry, who, coarse);
    const at = { seq, hlc, rec: wallMs, type: entry.type, tv: 1 } as const;
    const sealed = sealEntry(this.device, at, payload, this.position.hash);
    if (sealed.payload.length > PAYLOAD_LENGTH_MAX) throw new Refused({ code: 'entryTooLarge', lengthMax: PAYLOAD_LENGTH_MAX });
    this.insertEntry.run(this.device.stream, seq, sealed.event, sealed.payload, bytesOf(sealed.hash));
    this.position.frontier.append(sealed.hash);
    const unsignedBytes = this.position.unsignedBytes + Buffer.byteLength(sealed.payload);
    this.position = { ...this.position, seq, hlc, hash: sealed.hash, unsignedBytes };
    return recordedOf(this.device, { v: 1, dev: this.device.device, inc: this.device.incarnation, pc: '', ...at }, payload);
  }

  /** Whether a head is needed before the commit ends: without one no bundle could hold what was appended since the last. */
  get isHeadDue(): boolean {
    const { seq, signedSeq, unsignedBytes } = this.position;
    return seq - signedSeq >= UNSIGNED_MAX.entries || unsignedBytes >= UNSIGNED_MAX.bytes;
  }

  /** Signs the state reached, if anything was appended since the last head. Called before each commit. */
  signHead({ person, sign }: CommitSigner): void {
    const { seq, frontier, signedSeq } = this.position;
    if (seq === signedSeq || this.hasHead.get(this.device.stream, seq) !== undefined) return; // the head may have come with the entries
    const hash = bytesOf(this.position.hash);
    const head: Head = { device: this.device.device, incarnation: this.device.incarnation, seq, hash, root: frontier.root() };
    this.insertHead.run(
      this.device.stream,
      seq,
      hash,
      head.root,
      signHead(head, this.device.sign),
      person,
      sign === null ? Buffer.alloc(0) : signHead(head, sign),
    );
    this.saveFrontier.run(this.device.stream, seq, frontier.bytes());
    this.position.signedSeq = seq;
    this.position.unsignedBytes = 0;
  }

  /** Moves the clock past an entry of another device of the site, so that what is recorded here from now on folds after it. */
  observe(stamp: HybridTime): void {
    this.position.hlc = laterOf(this.position.hlc, stamp);
  }

  /** Looks again where the journal ends, after entries of the own stream came back from outside. */
  refresh(): void {
    this.position = readPosition(this.sqlite, this.device);
  }

  /** Remembers where the chain stands; the answer puts it back after a rollback. */
  mark(): () => void {
    const saved = { ...this.position, frontier: this.position.frontier.copy() };
    return () => {
      this.position = saved;
    };
  }
}

/** The cached frontier where it fits the last entry, else the tree is built again from the hashes. */
export function readFrontier(sqlite: Sqlite, stream: number, seq: number): Frontier {
  const cached = sqlite.prepare('SELECT seq, nodes FROM frontier WHERE stream = ?').get(stream) as
    | { seq: number; nodes: Buffer }
    | undefined;
  if (cached?.seq === seq) return Frontier.restore(seq, cached.nodes);
  const frontier = new Frontier();
  for (const hash of sqlite.prepare('SELECT hash FROM entry WHERE stream = ? ORDER BY seq').pluck().iterate(stream) as Iterable<Buffer>)
    frontier.append(byteText(hash));
  return frontier;
}

/** The latest stamp in the journals of the site: the own clock never falls behind it. */
function latestStamp(sqlite: Sqlite, site: string): HybridTime | null {
  const last = sqlite.prepare('SELECT event FROM entry WHERE stream = ? ORDER BY seq DESC LIMIT 1').pluck();
  const streams = sqlite.prepare('SELECT stream FROM stream WHERE site = ?').pluck().all(site) as number[];
  return streams
    .flatMap((stream) => (last.get(stream) as string | undefined) ?? [])
    .map((event) => (JSON.parse(event) as Envelope).hlc)
    .reduce<HybridTime | null>(laterOf, null);
}

function readPosition(sqlite: Sqlite, device: OwnDevice): Position {
  const row = sqlite.prepare('SELECT seq, hash FROM entry WHERE stream = ? ORDER BY seq DESC LIMIT 1').get(device.stream) as
    | { seq: number; hash: Buffer }
    | undefined;
  const hlc = latestStamp(sqlite, device.site);
  if (row === undefined) return { seq: 0, hash: byteText(device.genesis), hlc, frontier: new Frontier(), signedSeq: 0, unsignedBytes: 0 };
  const frontier = readFrontier(sqlite, device.stream, row.seq);
  invariant(frontier.size === row.seq, 'the journal has a gap');
  const signedSeq = (sqlite.prepare('SELECT max(seq) FROM head WHERE stream = ?').pluck().get(device.stream) as number | null) ?? 0;
  return { seq: row.seq, hash: byteText(row.hash), hlc, frontier, signedSeq, unsignedBytes: 0 };
}
