import type { SignedSide } from '../../../shared/domain/cases.ts';
import { isSignedBy } from '../journal/keys.ts';
import { isExtension, isIncluded } from '../journal/merkleProofs.ts';
import { readStatement } from '../journal/statement.ts';
import type { Ledger, WriteTx } from '../ledger.ts';
import { hashHeld } from '../repositories/held.ts';
import type { TrustedDevice } from '../repositories/trusted.ts';
import { acceptanceLeaf, CHECKPOINT_CONTEXT, checkpointMessage, type LogPart, ownLog } from './acceptanceLog.ts';
import { ForkFound } from './fork.ts';
import { type BundleHeader, BundleRefused } from './format.ts';

type Sender = Pick<TrustedDevice, 'device' | 'incarnation' | 'site' | 'publicKey' | 'statement'>;
type Addressee = Pick<TrustedDevice, 'device' | 'incarnation'>;
type Verified = Readonly<{ size: number; root: string; signature: string }>;

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

/** The last checkpoint of the sender's log that was verified here. */
function verifiedOf(ledger: Ledger, { device, incarnation }: Addressee): Verified | null {
  const row = ledger.sqlite
    .prepare(
      'SELECT checkpoint_size AS size, checkpoint_root AS root, checkpoint_signature AS signature FROM partner_state WHERE device = ? AND incarnation = ?',
    )
    .get(device, incarnation) as Verified | { size: null } | undefined;
  return row === undefined || row.size === null ? null : row;
}

/** The addressees' checkpoints that were verified here: from these they prove that their logs only grew. */
export const seenFor = (ledger: Ledger, addressees: readonly Addressee[]): BundleHeader['seen'] =>
  addressees.flatMap(({ device, incarnation }) => {
    const verified = verifiedOf(ledger, { device, incarnation });
    return verified === null ? [] : [{ dev: device, inc: incarnation, size: verified.size, root: verified.root }];
  });

function evidence(sender: Sender, of: 'log' | 'receipt', held: SignedSide | null, other: SignedSide, seq: number) {
  const { device, incarnation, site } = sender;
  return { kind: 'fork', of, device, incarnation, site, seq, held, other, bundle: '', says: [], omitted: 0 } as const;
}
const sideOf = (log: Pick<LogPart, 'size' | 'root' | 'sig'>): SignedSide => ({
  seq: log.size,
  hash: log.root,
  root: log.root,
  signature: log.sig,
});
const heldSideOf = ({ size, root, signature }: Verified): SignedSide => ({ seq: size, hash: root, root, signature });

/**
 * Whether the authority says in the same bundle that it holds another history of a journal than the one here. Then its
 * receipt is true: the journal has two histories, which its entries or the own copy show, and the log has not.
 */
function isOnAnotherBranch(ledger: Ledger, holds: BundleHeader['holds'], dev: string, inc: number): boolean {
  const said = holds.find((one) => one.dev === dev && one.inc === inc);
  if (said === undefined) return false;
  return hashHeld(ledger, dev, inc, said.seq)?.toString('base64url') !== said.head;
}

/** Each receipt lies in the tree that was signed, and names the entry that we hold. */
function checkReceipts(ledger: Ledger, sender: Sender, log: LogPart, holds: BundleHeader['holds']): void {
  const held = ledger.sqlite
    .prepare(
      'SELECT e.hash FROM stream s JOIN entry e USING (stream) WHERE s.device = ? AND s.incarnation = ? AND s.site = ? AND e.seq = ?',
    )
    .pluck();
  for (const { dev, inc, from, upto, head, bundle, at, path } of log.receipts) {
    const leaf = acceptanceLeaf({ device: dev, incarnation: inc, from, upto, head, bundle });
    if (!isIncluded(leaf, at, log.size, path.map(bytes), bytes(log.root)))
      throw new BundleRefused('E_SIG', 'a receipt does not lie in the log that was signed');
    const ours = held.get(dev, inc, ledger.site, upto) as Buffer | undefined;
    if (ours === undefined || ours.equals(bytes(head)) || isOnAnotherBranch(ledger, holds, dev, inc)) continue;
    const side = { seq: upto, hash: ours.toString('base64url'), root: '', signature: '' };
    throw new ForkFound(
      `the authority has accepted another entry ${upto} than the one that is held here`,
      evidence(sender, 'receipt', side, { seq: upto, hash: head, root: log.root, signature: log.sig }, upto),
    );
  }
}

/**
 * Whether the log goes on from what was seen of it. An older one, delivered late, says nothing new; one that does not
 * show how it goes on has to be asked for again; one that contradicts what was seen is a fork.
 *
 * @returns whether the checkpoint is the newest.
 */
function extendsWhatWasSeen(ledger: Ledger, sender: Sender, log: LogPart): boolean {
  const seen = verifiedOf(ledger, sender);
  if (seen === null) return true;
  if (log.size < seen.size) return false;
  const proof = log.since.find(
    ({ dev, inc, size }) => dev === ledger.device.device && inc === ledger.device.incarnation && size === seen.size,
  );
  if (log.size > seen.size && proof === undefined)
    throw new BundleRefused(
      'E_GAP',
      "the authority's log does not show how it goes on from what this device has seen; send a bundle there and ask for a new one",
    );
  const trees = [seen, log].map(({ size, root }) => ({ size, root: bytes(root) })) as [Tree, Tree];
  if (isExtension(...trees, (proof?.path ?? []).map(bytes))) return log.size > seen.size;
  throw new ForkFound(
    `the authority's log of ${log.size} does not go on from the log of ${seen.size} that it signed before`,
    evidence(sender, 'log', heldSideOf(seen), sideOf(log), seen.size),
  );
}
type Tree = Parameters<typeof isExtension>[0];

function checkLog(tx: WriteTx, sender: Sender, log: LogPart, holds: BundleHeader['holds']): void {
  const { device: dev, incarnation: inc } = sender;
  if (readStatement(sender.statement)?.role !== 'authority') throw new BundleRefused('E_FORMAT', 'only an authority keeps a log');
  if (!isSignedBy(sender.publicKey, CHECKPOINT_CONTEXT, checkpointMessage({ dev, inc, size: log.size, root: log.root }), bytes(log.sig)))
    throw new BundleRefused('E_SIG', 'the log is not signed by the sender');
  const isNewest = extendsWhatWasSeen(tx, sender, log);
  checkReceipts(tx, sender, log, holds);
  if (!isNewest) return;
  tx.sqlite
    .prepare(
      `INSERT INTO partner_state (device, incarnation, checkpoint_size, checkpoint_root, checkpoint_signature) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (device, incarnation) DO UPDATE SET checkpoint_size = excluded.checkpoint_size,
         checkpoint_root = excluded.checkpoint_root, checkpoint_signature = excluded.checkpoint_signature`,
    )
    .run(dev, inc, log.size, log.root, log.sig);
}

/** How far the sender has verified our log. What is not a state of our log proves nothing and is left alone. */
function keepSeen(tx: WriteTx, sender: Sender, seen: BundleHeader['seen']): void {
  const { device, incarnation } = tx.device;
  for (const { dev, inc, size, root } of seen) {
    if (dev !== device || inc !== incarnation) continue;
    const { tree } = ownLog(tx);
    if (size > tree.size || tree.root(size).toString('base64url') !== root) continue;
    tx.sqlite
      .prepare(
        `INSERT INTO partner_state (device, incarnation, seen_size, seen_root) VALUES (?, ?, ?, ?)
         ON CONFLICT (device, incarnation) DO UPDATE SET seen_size = excluded.seen_size, seen_root = excluded.seen_root
         WHERE coalesce(seen_size, 0) < excluded.seen_size`,
      )
      .run(sender.device, sender.incarnation, size, root);
  }
}

/**
 * Verifies what a bundle says of the sender's log, and takes note of what the sender has seen of ours. Neither ever
 * goes back.
 *
 * @throws ForkFound where the log, or a receipt in it, contradicts what is held; BundleRefused: `E_SIG`, `E_GAP`, `E_FORMAT`.
 */
export function acceptLog(tx: WriteTx, sender: Sender, { log, seen, holds }: Pick<BundleHeader, 'log' | 'seen' | 'holds'>): void {
  if (log !== null) checkLog(tx, sender, log, holds);
  keepSeen(tx, sender, seen);
}
