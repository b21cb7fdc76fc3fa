import { byteText } from '../journal/digest.ts';
import { signHead } from '../journal/head.ts';
import { Frontier } from '../journal/merkle.ts';
import type { Ledger } from '../ledger.ts';
import { packedOf, RangeEncoder } from './codec.ts';
import { type BundleRange, LIMITS } from './format.ts';

/** What of a journal goes to a partner: its entries after `after`. */
export type StreamToSend = Readonly<{
  stream: number;
  device: string;
  incarnation: number;
  genesis: Buffer;
  commitmentKey: Buffer;
  after: number;
  upto: number;
}>;
/** `bytes`: of payloads, in UTF-8: nearly all of what is packed. */
export type Room = { entries: number; text: number; bytes: number };
type Row = Readonly<{ seq: number; event: string; payload: string; isSigned: boolean }>;
/** Rows that are taken together or not at all, and what they fill of the room. */
type Rows = { rows: Row[]; text: number; bytes: number };
const noRows = (): Rows => ({ rows: [], text: 0, bytes: 0 });
type StoredHead = Readonly<{ hash: Buffer; root: Buffer; signature: Buffer }>;

const ENTRIES_PER_READ = 1_000;
const base64url = (bytes: Buffer) => bytes.toString('base64url');

/**
 * Reads one journal range by range. A range ends where its device signed: at a head that is stored, or, in the own
 * journal, at any entry. No query stays open between two ranges, since other work may come in between.
 */
export class StreamReader {
  private readonly ledger: Ledger;
  private readonly of: StreamToSend;
  private after: number;

  constructor(ledger: Ledger, of: StreamToSend) {
    this.ledger = ledger;
    this.of = of;
    this.after = of.after;
  }

  get isDone(): boolean {
    return this.after >= this.of.upto;
  }

  private get mayEndAnywhere(): boolean {
    return this.of.stream === this.ledger.device.stream;
  }

  /** The next entries that fit, as a range and its bytes; null where not even one piece fits into the room that is left. */
  next(room: Room, onEntries: (count: number) => void): { range: BundleRange; bytes: Buffer } | null {
    const encoder = new RangeEncoder();
    const from = this.after + 1;
    let pending = noRows();
    for (const row of this.rows()) {
      const text = pending.text + row.event.length + row.payload.length;
      const bytes = pending.bytes + Buffer.byteLength(row.payload);
      const isFull = pending.rows.length >= room.entries || text > room.text || bytes > room.bytes;
      if (isFull && this.mayEndAnywhere && pending.rows.length > 0) this.take(encoder, pending, room);
      if (isFull) break;
      pending.rows.push(row);
      pending.text = text;
      pending.bytes = bytes;
      if (!row.isSigned) continue;
      this.take(encoder, pending, room);
      pending = noRows();
      onEntries(row.seq);
    }
    return this.after < from ? null : { range: this.rangeFrom(from), bytes: encoder.bytes() };
  }

  private take(encoder: RangeEncoder, { rows, text, bytes }: Rows, room: Room): void {
    for (const { event, payload } of rows) encoder.add(packedOf(event, payload));
    room.text -= text;
    room.bytes -= bytes;
    room.entries -= rows.length;
    this.after += rows.length;
  }

  private *rows(): Generator<Row, void> {
    const { sqlite } = this.ledger;
    const page = sqlite.prepare(
      `SELECT seq, event, payload FROM entry WHERE stream = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ${ENTRIES_PER_READ}`,
    );
    const signed = sqlite.prepare('SELECT seq FROM head WHERE stream = ? AND seq > ? AND seq <= ?').pluck();
    for (let after = this.after; after < this.of.upto; ) {
      const cells = page.raw().all(this.of.stream, after, this.of.upto) as [number, string, string][];
      const heads = new Set(signed.all(this.of.stream, after, after + cells.length));
      if (cells.length === 0) return;
      for (const [seq, event, payload] of cells) yield { seq, event, payload, isSigned: heads.has(seq) };
      after += cells.length;
    }
  }

  private rangeFrom(from: number): BundleRange {
    const { device: dev, incarnation: inc, commitmentKey } = this.of;
    const { hash, root, signature } = this.headAt(this.after);
    return {
      dev,
      inc,
      from,
      upto: this.after,
      prev: base64url(from === 1 ? this.of.genesis : this.hashAt(from - 1)),
      head: base64url(hash),
      root: base64url(root),
      headSig: base64url(signature),
      ck: base64url(commitmentKey),
    };
  }

  private hashAt(seq: number): Buffer {
    return this.ledger.sqlite.prepare('SELECT hash FROM entry WHERE stream = ? AND seq = ?').pluck().get(this.of.stream, seq) as Buffer;
  }

  private headAt(seq: number): StoredHead {
    const stored = this.ledger.sqlite
      .prepare('SELECT hash, root, device_signature AS signature FROM head WHERE stream = ? AND seq = ?')
      .get(this.of.stream, seq) as StoredHead | undefined;
    if (stored !== undefined) return stored;
    const frontier = new Frontier();
    const hashes = this.ledger.sqlite.prepare('SELECT hash FROM entry WHERE stream = ? AND seq <= ? ORDER BY seq').pluck();
    for (const hash of hashes.iterate(this.of.stream, seq) as Iterable<Buffer>) frontier.append(byteText(hash));
    const head = { ...this.ledger.device, seq, hash: this.hashAt(seq), root: frontier.root() };
    return { hash: head.hash, root: head.root, signature: signHead(head, this.ledger.device.sign) };
  }
}

/** The room of one bundle: what its reader unpacks within its limits. */
export const roomOfBundle = (): Room => ({
  entries: LIMITS.entriesMax,
  text: LIMITS.bundleTextMax,
  bytes: LIMITS.bundleBytesMax,
});
