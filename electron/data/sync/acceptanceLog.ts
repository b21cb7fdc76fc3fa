import type { Sqlite } from '../db/open.ts';
import { canonical, type Plain } from '../journal/canonical.ts';
import type { Signer } from '../journal/keys.ts';
import { ProofTree } from '../journal/merkleProofs.ts';
import { type Ledger, record, type WriteTx } from '../ledger.ts';
import { ownRole, type TrustedDevice } from '../repositories/trusted.ts';
import { type BundleHeader, type BundleRange, PROOFS_MAX, RECEIPTS_MAX } from './format.ts';

/**
 * The log of what an authority has accepted. Its leaves are the entries `range.accepted` of the own journal in their
 * order; nothing else is stored, so that there is no second truth.
 */

export type LogPart = NonNullable<BundleHeader['log']>;
type Receipt = LogPart['receipts'][number];
type Accepted = Readonly<{ seq: number; device: string; incarnation: number; from: number; upto: number; head: string; bundle: string }>;
/** The leaf of one acceptance: the canonical data of its entry. */
export const acceptanceLeaf = ({ device, incarnation, from, upto, head, bundle }: Omit<Accepted, 'seq'>): Buffer =>
  Buffer.from(canonical({ device, incarnation, from, upto, head, bundle }));

export const CHECKPOINT_CONTEXT = 'adi/checkpoint/1';
export type Checkpoint = Readonly<{ dev: string; inc: number; size: number; root: string }>;
export const checkpointMessage = ({ dev, inc, size, root }: Checkpoint): Buffer =>
  Buffer.from(canonical({ dev, inc, size, root } satisfies Plain));
export const signCheckpoint = (checkpoint: Checkpoint, sign: Signer): string =>
  sign(CHECKPOINT_CONTEXT, checkpointMessage(checkpoint)).toString('base64url');

export const isAuthority = (ledger: Ledger): boolean => ownRole(ledger) === 'authority';

const COLUMNS = 'seq, device, incarnation, from_seq AS "from", upto, head, bundle';
const newestOf = (ledger: Ledger, device: string, incarnation: number): Accepted | undefined =>
  ledger.sqlite
    .prepare(`SELECT ${COLUMNS} FROM acceptance WHERE stream = ? AND device = ? AND incarnation = ? ORDER BY upto DESC, seq DESC LIMIT 1`)
    .get(ledger.device.stream, device, incarnation) as Accepted | undefined;

/**
 * Records that a range was taken over: a leaf of the log. Only what is new since the last acceptance of the device; so
 * the same bundle twice, and a range that overlaps, leave one leaf for each entry.
 *
 * @param bundleSha SHA-256 of the sealed file, base64url.
 */
export function recordAcceptance(tx: WriteTx, range: Pick<BundleRange, 'dev' | 'inc' | 'from' | 'upto' | 'head'>, bundleSha: string): void {
  if (!isAuthority(tx) || range.dev === tx.device.device) return;
  const from = Math.max(range.from, (newestOf(tx, range.dev, range.inc)?.upto ?? 0) + 1);
  if (from > range.upto) return;
  record(tx, {
    type: 'range.accepted',
    data: { device: range.dev, incarnation: range.inc, from, upto: range.upto, head: range.head, bundle: bundleSha },
  });
}

/** The tree, and the entry of each of its leaves. */
type OwnLog = Readonly<{ tree: ProofTree; seqs: number[] }>;
const logs = new WeakMap<Sqlite, Map<number, OwnLog>>();

/**
 * The own log as it is committed: each leaf is hashed once in the life of the connection. What an open transaction
 * added is not in it, since it may be taken back: no signed head covers it yet.
 */
export function ownLog(ledger: Ledger): OwnLog {
  const { sqlite, device } = ledger;
  const ofFile = logs.get(sqlite) ?? new Map<number, OwnLog>();
  logs.set(sqlite, ofFile);
  const log = ofFile.get(device.stream) ?? { tree: new ProofTree(), seqs: [] };
  ofFile.set(device.stream, log);
  const signedSeq = (sqlite.prepare('SELECT max(seq) FROM head WHERE stream = ?').pluck().get(device.stream) as number | null) ?? 0;
  const rows = sqlite
    .prepare(`SELECT ${COLUMNS} FROM acceptance WHERE stream = ? AND seq > ? AND seq <= ? ORDER BY seq`)
    .iterate(device.stream, log.seqs.at(-1) ?? 0, signedSeq) as Iterable<Accepted>;
  for (const row of rows) {
    log.tree.append(acceptanceLeaf(row));
    log.seqs.push(row.seq);
  }
  return log;
}

const texts = (path: readonly Buffer[]): string[] => path.map((node) => node.toString('base64url'));

/** The newest acceptance of each stream of the addressees' sites; the newest incarnations first. */
function receiptsFor(ledger: Ledger, { tree, seqs }: OwnLog, sites: readonly string[]): Receipt[] {
  const streams = ledger.sqlite
    .prepare('SELECT device, incarnation FROM stream WHERE site IN (SELECT value FROM json_each(?)) ORDER BY incarnation DESC, stream')
    .all(JSON.stringify(sites)) as { device: string; incarnation: number }[];
  return streams
    .flatMap(({ device, incarnation }) => {
      const row = newestOf(ledger, device, incarnation);
      if (row === undefined) return [];
      const at = sizeAt(seqs, row.seq) - 1;
      if (seqs[at] !== row.seq) return []; // of a transaction that is still open
      const { from, upto, head, bundle } = row;
      return [{ dev: device, inc: incarnation, from, upto, head, bundle, at, path: texts(tree.inclusion(at)) }];
    })
    .slice(0, RECEIPTS_MAX);
}

/** How many leaves the log had after the entry `seq`. */
function sizeAt(seqs: readonly number[], seq: number): number {
  let [low, high] = [0, seqs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seqs[middle] as number) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How large the log was in what was sent to a site; a device may have verified any of these and not have said so yet. */
function sizesSent(ledger: Ledger, { seqs }: OwnLog, site: string): number[] {
  const sent = ledger.sqlite
    .prepare(`SELECT seq FROM export WHERE site = ? ORDER BY seq DESC LIMIT ${PROOFS_MAX}`)
    .pluck()
    .all(site) as number[];
  return sent.map((seq) => sizeAt(seqs, seq));
}

type Addressee = Pick<TrustedDevice, 'device' | 'incarnation' | 'site'>;

function proofsFor(ledger: Ledger, log: OwnLog, addressees: readonly Addressee[]): LogPart['since'] {
  const seenOf = ledger.sqlite.prepare('SELECT seen_size FROM partner_state WHERE device = ? AND incarnation = ?').pluck();
  const each = Math.max(1, Math.floor(PROOFS_MAX / Math.max(1, addressees.length)));
  return addressees
    .flatMap(({ device, incarnation, site }) => {
      const seen = (seenOf.get(device, incarnation) as number | null | undefined) ?? 0;
      const later = sizesSent(ledger, log, site).filter((size) => size > seen);
      const sizes = [...new Set([seen, ...later])].filter((size) => size > 0 && size < log.tree.size);
      return sizes.slice(0, each).map((size) => ({ dev: device, inc: incarnation, size, path: texts(log.tree.consistency(size)) }));
    })
    .slice(0, PROOFS_MAX);
}

/** What an authority says of its log in a bundle; null for anybody else, and as long as it accepted nothing. */
export function logFor(ledger: Ledger, addressees: readonly Addressee[]): LogPart | null {
  if (!isAuthority(ledger)) return null;
  const log = ownLog(ledger);
  const { size } = log.tree;
  if (size === 0) return null;
  const { device, incarnation: inc, sign } = ledger.device;
  const root = log.tree.root().toString('base64url');
  return {
    size,
    root,
    sig: signCheckpoint({ dev: device, inc, size, root }, sign),
    receipts: receiptsFor(ledger, log, [...new Set(addressees.map(({ site }) => site))]),
    since: proofsFor(ledger, log, addressees),
  };
}
