import type { LeftOut } from '../../../shared/contract/views.ts';
import { readStatement } from '../journal/statement.ts';
import { type Ledger, lookAgain, type WriteTx } from '../ledger.ts';
import { findTrusted, type TrustedDevice } from '../repositories/trusted.ts';
import { recordAcceptance } from './acceptanceLog.ts';
import { acceptLog } from './acceptLog.ts';
import { type AppliedRange, appendRange, type OnProgress } from './applyRange.ts';
import { frozenBy, openCases } from './cases.ts';
import { type BundleRange, BundleRefused, checkBundleSignature, type OpenedBundle, senderSaid, splitBundle, unpackBody } from './format.ts';
import { noteHolds } from './holds.ts';
import { streamOfRange } from './rangeEntries.ts';
import { acceptList } from './trustList.ts';

export type SignedBundle = Readonly<{ opened: OpenedBundle; sender: TrustedDevice; isOwn: boolean; sha: string }>;
export type TakenRange = AppliedRange & Readonly<{ range: BundleRange; site: string }>;
export type TakenIn = Readonly<{
  applied: number;
  skipped: number;
  ranges: readonly TakenRange[];
  clockAheadMs: number | null;
  /** What a read-only file left out, and why it is read-only. */
  leftOut: LeftOut | null;
}>;

/** This very device, in any of its incarnations: every bundle that it made is a backup of it. */
function ownSender(ledger: Ledger, dev: string, inc: number): TrustedDevice | null {
  const statement = ledger.sqlite
    .prepare('SELECT statement FROM stream WHERE device = ? AND incarnation = ? AND is_own = 1')
    .pluck()
    .get(dev, inc) as string | undefined;
  const read = statement === undefined ? null : readStatement(statement);
  if (read === null || statement === undefined) return null;
  return { ...read, classicRecipient: read.classicRecipient ?? null, statement, source: 'pair', cutOffSeq: null, cutOffHead: null };
}

/** Splits a bundle; of one that only a newer program reads says who made it: a partner's does not wait among those of strangers. */
function splitKnown(ledger: Ledger, plain: Buffer): OpenedBundle {
  try {
    return splitBundle(plain);
  } catch (cause) {
    const said = cause instanceof BundleRefused && cause.code === 'E_VERSION' ? senderSaid(plain) : null;
    if (said === null) throw cause;
    const sender = findTrusted(ledger, said.from.dev, said.from.inc);
    throw sender !== null && said.isSignedBy(sender.publicKey) ? (cause as BundleRefused).by(said.from) : cause;
  }
}

/**
 * Who made a bundle, and that it is for this device: all that is known before anything of the body is unpacked.
 *
 * @param sha SHA-256 of the sealed file.
 */
export function readSigned(ledger: Ledger, plain: Buffer, sha: string): SignedBundle {
  const opened = splitKnown(ledger, plain);
  const { from, to } = opened.header;
  const own = ownSender(ledger, from.dev, from.inc);
  const sender = own ?? findTrusted(ledger, from.dev, from.inc);
  if (sender === null)
    throw new BundleRefused('E_UNKNOWN_DEV', 'the sender is not enrolled here; compare fingerprints and trust it first').by(from);
  try {
    checkBundleSignature(opened, sender.publicKey);
    // Its later incarnations have the earlier identities: bundles may be on the way while a device gets new keys.
    if (own === null && !to.some(({ dev, inc }) => dev === ledger.device.device && inc <= ledger.device.incarnation))
      throw new BundleRefused('E_NOT_FOR_US', 'it is addressed to somebody else');
    const open = frozenBy(ledger, from.dev, from.inc);
    if (open !== null) throw new BundleRefused('E_FORK', `case ${open} about this device is not decided`);
    if (sender.cutOffSeq !== null && opened.header.ranges.length === 0) throw new BundleRefused('E_REVOKED', 'the sender is revoked');
  } catch (cause) {
    throw cause instanceof BundleRefused ? cause.by(from) : cause;
  }
  return { opened, sender, isOwn: own !== null, sha };
}

/**
 * Takes a bundle in, within the transaction: journals, list, what the partner holds, log and cases together, or nothing.
 * Findings never refuse what another device has recorded; only a broken form, chain or signature does.
 */
export function takeIn(tx: WriteTx, { opened, sender, isOwn, sha }: SignedBundle, onProgress: OnProgress = () => undefined): TakenIn {
  const { header } = opened;
  const { list, ranges } = unpackBody(opened);
  const isTrusted = !isOwn && sender.cutOffSeq === null;
  const append = (at: number): TakenRange => {
    const range = header.ranges[at] as BundleRange;
    const stream = streamOfRange(tx, sender, range);
    // A partner may bring what a forked device of another site wrote: that alone stays out, and comes again by itself.
    if (frozenBy(tx, range.dev, range.inc) !== null)
      return { range, site: stream.site, applied: 0, skipped: range.upto - range.from + 1, types: new Map(), clockAheadMs: null };
    return { range, site: stream.site, ...appendRange(tx, { stream, range, bytes: ranges[at] as Buffer, bundleSha: sha }, onProgress) };
  };
  // What comes back of the own journal goes first: nothing new may be written before it stands.
  const isOfOwnJournal = ({ dev, inc }: BundleRange) => dev === tx.device.device && inc === tx.device.incarnation;
  const places = [...header.ranges.keys()];
  const own = places.filter((at) => isOfOwnJournal(header.ranges[at] as BundleRange)).map(append);
  const others = places.filter((at) => !isOfOwnJournal(header.ranges[at] as BundleRange));
  if (isTrusted) noteHolds(tx, sender, header);
  lookAgain(tx);
  if (tx.readOnly !== null) {
    // An older copy takes its own entries back and records nothing; the rest has to come again, and the answer says so.
    const left = others.map((at) => header.ranges[at] as BundleRange);
    const entries = left.reduce((total, { from, upto }) => total + upto - from + 1, 0);
    const isAllHere = entries === 0 && (!isTrusted || (list === null && header.log === null));
    return { ...sumOf(own), leftOut: isAllHere ? null : { entries, cause: tx.readOnly } };
  }
  if (isTrusted) acceptList(tx, sender, header, list);
  const taken = [...own, ...others.map(append)];
  const fresh = taken.filter(({ applied }) => applied > 0);
  if (isTrusted) acceptLog(tx, sender, header);
  for (const { range } of fresh) recordAcceptance(tx, range, sha);
  openCases(tx, [...new Set(fresh.map(({ site }) => site))]);
  return sumOf(taken);
}

function sumOf(taken: readonly TakenRange[]): TakenIn {
  const sum = (member: 'applied' | 'skipped') => taken.reduce((total, range) => total + range[member], 0);
  const ahead = taken.flatMap((range) => range.clockAheadMs ?? []);
  const clockAheadMs = ahead.length === 0 ? null : Math.max(...ahead);
  return { applied: sum('applied'), skipped: sum('skipped'), ranges: taken, clockAheadMs, leftOut: null };
}
