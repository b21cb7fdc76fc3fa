import { type Committer, committerOf, type Payload, payloadText, payloadTextsOf } from '../journal/commitment.ts';
import type { Envelope, StreamKeys } from '../journal/envelope.ts';
import { readStatement } from '../journal/statement.ts';
import type { Ledger } from '../ledger.ts';
import { heldOf } from '../repositories/held.ts';
import { cutOffOf, findTrusted, isBeyondCutOff, type TrustedDevice } from '../repositories/trusted.ts';
import { eventText } from './codec.ts';
import { decodeRange } from './decodeRange.ts';
import { hasItsForm } from './entryForms.ts';
import { type BundleRange, BundleRefused } from './format.ts';

/** A journal that a range belongs to, as far as this file knows it. */
export type RangeStream = StreamKeys & Readonly<{ genesis: Buffer; publicKey: string; commit: Committer }>;
export type RangeEntry = Readonly<{ event: string; payloadLine: string; envelope: Envelope; payload: Payload }>;
type Row = Readonly<{ stream: number; site: string; genesis: Buffer; held: Buffer; statement: string; isOwn: 0 | 1 }>;

const DEPTH_MAX = 16;
const NOT_ASCII = /[^\x20-\x7e]/;

/**
 * The journal of a range. A device may bring its own, in all its incarnations, and those of the addressee's site; each
 * must be of a device that is enrolled here, and end before its cut-off.
 */
export function streamOfRange(ledger: Ledger, sender: TrustedDevice, range: BundleRange): RangeStream {
  const row = ledger.sqlite
    .prepare(
      'SELECT stream, site, genesis, commitment_key AS held, statement, is_own AS isOwn FROM stream WHERE device = ? AND incarnation = ?',
    )
    .get(range.dev, range.inc) as Row | undefined;
  const enrolled = row === undefined || row.isOwn === 1 ? null : findTrusted(ledger, range.dev, range.inc);
  const publicKey = row === undefined ? undefined : readStatement(row.statement)?.publicKey;
  if (row === undefined || publicKey === undefined || (row.isOwn === 0 && enrolled === null))
    throw new BundleRefused('E_UNKNOWN_DEV', `it holds entries of device ${range.dev.slice(0, 8)}, which is not enrolled here`);
  if (range.dev !== sender.device && row.site !== ledger.site)
    throw new BundleRefused('E_FORMAT', 'it holds entries that its sender has no business to bring');
  refuseCutOff(ledger, sender, range);
  const commitmentKey = Buffer.from(range.ck, 'base64url');
  if (row.held.length > 0 && !row.held.equals(commitmentKey))
    throw new BundleRefused('E_CHAIN', 'the commitment key is not the one that came before');
  return {
    stream: row.stream,
    site: row.site,
    genesis: row.genesis,
    commitmentKey,
    commit: committerOf(commitmentKey, range.dev, range.inc),
    publicKey,
    device: range.dev,
    incarnation: range.inc,
  };
}

/** Nothing of a journal counts after its cut-off, and its own device, once cut off, brings nothing that ends before it. */
function refuseCutOff(ledger: Ledger, sender: TrustedDevice, range: BundleRange): void {
  const cut = cutOffOf(ledger, range.dev, range.inc);
  const openUpto = sender.cutOffSeq === null ? Number.POSITIVE_INFINITY : heldOf(ledger, range.dev, range.inc).held;
  if (!isBeyondCutOff(cut, range, openUpto)) return;
  const what =
    range.dev === ledger.device.device ? `incarnation ${range.inc} of this device has ended` : `device ${range.dev.slice(0, 8)} is revoked`;
  throw new BundleRefused('E_REVOKED', `${what}: of it only entries up to ${cut.cutOffSeq} count, with the history that was named`);
}

/** Whole numbers, texts and what is made of them, not too deep: nothing else stands in a journal. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= DEPTH_MAX) return false;
  for (const name in value) if (!isPlain((value as Record<string, unknown>)[name], depth + 1)) return false;
  return true;
}

const isGroup = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown, lengthMax: number): boolean => typeof value === 'string' && value.length <= lengthMax;
const APPROVALS_MAX = 4;

function isPayload(value: unknown): value is Payload {
  if (!isGroup(value) || !isPlain(value, 0)) return false;
  const { coarse, exact, text, who } = value as Record<string, Record<string, unknown>>;
  if (![coarse, exact, text, who].every(isGroup)) return false;
  const { usr, auth, ...others } = who as Record<string, unknown>;
  if (!isText(usr, 64) || !Array.isArray(auth) || auth.length > APPROVALS_MAX || Object.keys(others).length > 0) return false;
  return auth.every((one) => isGroup(one) && isText(one.usr, 64) && isText(one.sig, 128) && Object.keys(one).length === 2);
}

/** The payload and the texts of its groups; canonical to the byte or refused. */
function readPayload(line: string, seq: number) {
  try {
    const payload: unknown = JSON.parse(line);
    if (isPayload(payload) && (!NOT_ASCII.test(line) || line.normalize('NFC') === line)) {
      const texts = payloadTextsOf(payload, line);
      if (payloadText(texts) === line) return { payload, texts };
    }
  } catch {
    // refused below, as what has another form
  }
  throw new BundleRefused('E_FORMAT', `entry ${seq} has not the expected form`);
}

/** The entries of a range one by one, their commitments put back. Chain and signature are for the caller to check. */
export function* entriesOfRange(stream: RangeStream, range: BundleRange, bytes: Buffer): Generator<RangeEntry, void> {
  const { device: dev, incarnation: inc } = stream;
  let seq = range.from;
  for (const packed of decodeRange(bytes, range.upto - range.from + 1)) {
    const { payload, texts } = readPayload(packed.payload, seq);
    const at = { dev, inc, seq, pc: stream.commit(seq, texts) };
    const { hlc, rec, type, tv } = packed;
    if (!hasItsForm(type, tv, { ...(payload.exact as object), ...(payload.text as object) }))
      throw new BundleRefused('E_FORMAT', `entry ${seq} says what cannot be`);
    yield { event: eventText(at, packed), payloadLine: packed.payload, envelope: { v: 1, ...at, hlc, rec, type, tv }, payload };
    seq += 1;
  }
}
