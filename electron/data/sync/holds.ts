import { isHeadSignedBy } from '../journal/head.ts';
import { readStatement } from '../journal/statement.ts';
import { inReceivingTransaction, type Ledger, type WriteTx } from '../ledger.ts';
import { heldOf } from '../repositories/held.ts';
import type { TrustedDevice } from '../repositories/trusted.ts';
import { isOfOwnJournal } from './cases.ts';
import { ForkFound } from './fork.ts';
import { type BundleHeader, HOLDS_MAX } from './format.ts';

/** What each side holds of a journal: the acknowledgement, and what shows an old copy that it is one. */

type Hold = BundleHeader['holds'][number];
type Signed = Readonly<{ seq: number; head: string; root: string; signature: string }>;
type StoredHead = Readonly<{ seq: number; hash: Buffer; root: Buffer; signature: Buffer }>;
type Journal = Readonly<{ stream: number; device: string; incarnation: number; last: number | null }>;

const base64url = (bytes: Buffer) => bytes.toString('base64url');

/**
 * What this file holds of the own journal, of the addressee's site and of the own site, in this order where there are more
 * than a bundle may say. Each with the signed head of its device there: nobody has to believe it unproved.
 */
export function holdsOf(ledger: Ledger, site: string): Hold[] {
  const streams = ledger.sqlite
    .prepare(
      `SELECT stream, device AS dev, incarnation AS inc, genesis FROM stream WHERE site IN (?, ?)
       ORDER BY stream = ? DESC, site = ? DESC, incarnation DESC, stream DESC LIMIT ${HOLDS_MAX}`,
    )
    .all(site, ledger.site, ledger.device.stream, site) as { stream: number; dev: string; inc: number; genesis: Buffer }[];
  const headOf = ledger.sqlite.prepare(
    'SELECT seq, hash, root, device_signature AS signature FROM head WHERE stream = ? ORDER BY seq DESC LIMIT 1',
  );
  return streams.map(({ stream, dev, inc, genesis }) => {
    const head = headOf.get(stream) as StoredHead | undefined;
    if (head === undefined) return { dev, inc, seq: 0, head: base64url(genesis), root: null, headSig: null };
    return { dev, inc, seq: head.seq, head: base64url(head.hash), root: base64url(head.root), headSig: base64url(head.signature) };
  });
}

/**
 * Up to where a device is known to hold a journal: what it said, where that is the history held here. Before its first
 * word it holds its own journal and no other.
 */
export function heldBy(ledger: Ledger, { device, incarnation }: Pick<TrustedDevice, 'device' | 'incarnation'>, of: Journal): number {
  const row = ledger.sqlite
    .prepare(
      `SELECT h.seq, h.head, e.hash FROM held_there h LEFT JOIN entry e ON e.stream = ? AND e.seq = h.seq
       WHERE h.device = ? AND h.incarnation = ? AND h.of_device = ? AND h.of_incarnation = ?`,
    )
    .get(of.stream, device, incarnation, of.device, of.incarnation) as { seq: number; head: string; hash: Buffer | null } | undefined;
  const last = of.last ?? 0;
  if (row === undefined) return of.device === device && of.incarnation === incarnation ? last : 0;
  if (row.seq > last) return of.stream === ledger.device.stream ? 0 : last; // more than is held here: nothing to bring
  // Where the hash is another one everything goes, so that both histories can be told apart there.
  return row.hash === null || base64url(row.hash) !== row.head ? 0 : row.seq;
}

/** What the sender shows of a journal of this file: only with the head that this device signed can it hold it. */
function provedOf({ dev, inc, seq, head, root, headSig }: Hold, statement: string): Signed | null {
  const publicKey = readStatement(statement)?.publicKey;
  if (publicKey === undefined || root === null || headSig === null) return null;
  const said = { device: dev, incarnation: inc, seq, hash: Buffer.from(head, 'base64url'), root: Buffer.from(root, 'base64url') };
  return isHeadSignedBy(publicKey, said, Buffer.from(headSig, 'base64url')) ? { seq, head, root, signature: headSig } : null;
}

type Key = readonly [device: string, incarnation: number, ofDevice: string, ofIncarnation: number];

/** The highest that was ever proved; it is never lowered, so that no earlier bundle makes an old copy look like the newest. */
function keepProved({ sqlite }: Ledger, key: Key, { seq, head, root, signature }: Signed): void {
  sqlite
    .prepare(
      `UPDATE held_there SET proved_seq = ?, proved_head = ?, proved_root = ?, proved_signature = ?
       WHERE device = ? AND incarnation = ? AND of_device = ? AND of_incarnation = ? AND coalesce(proved_seq, 0) < ?`,
    )
    .run(seq, head, root, signature, ...key, seq);
}

/**
 * What the sender says it holds. An earlier bundle that comes late takes nothing back; a newer one may, since a partner
 * that lost entries must get them again. Of journals of its own site the last word counts, whatever came before: an old
 * copy says less than it said, and at worst something is sent twice.
 */
export function noteHolds(tx: WriteTx, sender: TrustedDevice, header: BundleHeader): void {
  const { device, incarnation } = sender;
  const own = header.ranges.find(({ dev, inc }) => dev === device && inc === incarnation);
  const isNewer = own !== undefined && own.upto > heldOf(tx, device, incarnation).held;
  const streamOf = tx.sqlite.prepare('SELECT site, statement, is_own AS isOwn FROM stream WHERE device = ? AND incarnation = ?');
  const put = tx.sqlite.prepare(
    `INSERT INTO held_there (device, incarnation, of_device, of_incarnation, seq, head) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (device, incarnation, of_device, of_incarnation) DO UPDATE SET seq = excluded.seq, head = excluded.head
     WHERE excluded.seq > seq OR ?`,
  );
  for (const hold of header.holds) {
    const stream = streamOf.get(hold.dev, hold.inc) as { site: string; statement: string; isOwn: 0 | 1 } | undefined;
    if (stream === undefined) continue; // a journal that is not known here
    const key: Key = [device, incarnation, hold.dev, hold.inc];
    const proved = stream.isOwn === 1 ? provedOf(hold, stream.statement) : null;
    const seq = stream.isOwn === 1 && proved === null ? 0 : hold.seq;
    put.run(...key, seq, hold.head, isNewer || (stream.isOwn === 0 && stream.site === sender.site) ? 1 : 0);
    if (proved !== null) keepProved(tx, key, proved);
  }
  tx.sqlite
    .prepare(
      `INSERT INTO partner_state (device, incarnation, heard_at_ms) VALUES (?, ?, ?)
       ON CONFLICT (device, incarnation) DO UPDATE SET heard_at_ms = excluded.heard_at_ms`,
    )
    .run(device, incarnation, tx.deps.nowMs());
}

/**
 * Keeps that another branch of the own journal exists, after the bundle that brought it was refused: this file is
 * read-only from now on. A case about it would be one more entry on a branch that nobody takes over.
 */
export function keepOwnFork(ledger: Ledger, cause: unknown): void {
  if (!(cause instanceof ForkFound) || cause.sender === null || !isOfOwnJournal(ledger, cause.evidence)) return;
  const { device, incarnation, seq, other } = cause.evidence;
  const key: Key = [cause.sender.dev, cause.sender.inc, device, incarnation];
  inReceivingTransaction(ledger, (tx) => {
    tx.sqlite
      .prepare(
        `INSERT INTO held_there (device, incarnation, of_device, of_incarnation, seq, head, parted_at) VALUES (?, ?, ?, ?, 0, ?, ?)
         ON CONFLICT (device, incarnation, of_device, of_incarnation) DO UPDATE SET parted_at = excluded.parted_at`,
      )
      .run(...key, other.hash, seq);
    keepProved(tx, key, { seq: other.seq, head: other.hash, root: other.root, signature: other.signature });
  });
}
