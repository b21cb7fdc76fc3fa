import type { BundleCode, DiscardedFile, WaitingFile, WaitingReply } from '../../../shared/contract/views.ts';
import type { EntryData } from '../../../shared/domain/entries.ts';
import { inReceivingTransaction, inWriteTransaction, type Ledger, record, type WriteTx } from '../ledger.ts';
import { DISCARDED } from '../projections/syncFolds.ts';
import { Refused } from '../refused.ts';
import { findTrusted } from '../repositories/trusted.ts';
import { requireRole } from '../services/authority.ts';
import { type BundleRefused, LIMITS } from './format.ts';
import { hasParts, missingParts } from './parts.ts';

/** What may clear the cause of a refusal. */
export type Cure = 'trust' | 'program' | 'bundle' | 'case' | 'time';

/** The table of docs/protocol.md 6; null: not a bundle that could ever be taken in here. */
export const CURE: Readonly<Record<BundleCode, Cure | null>> = {
  E_SIZE: null,
  E_FORMAT: null,
  E_LIMIT: null,
  E_SIG: null,
  E_CHAIN: null,
  E_NOT_FOR_US: null,
  E_UNKNOWN_DEV: 'trust',
  E_TRUST: 'trust',
  E_REVOKED: 'trust',
  E_VERSION: 'program',
  E_GAP: 'bundle',
  E_FORK: 'case',
  E_FAULT: 'time',
};
const DAY_MS = 86_400_000;
type Share = Readonly<{ files: number; bytes: number }>;
/** Of partners' files so many are kept; then one more is refused, and people discard. */
const OF_PARTNERS: Share = { files: 64, bytes: 256 * 1024 * 1024 };
/** Anybody can lay files on a stick: those of others have a share of their own, in which the oldest make room. */
const OF_STRANGERS: Share = { files: 16, bytes: LIMITS.fileBytesMax };
/** Of files that are not kept only what they were called and why they were refused. */
const NAMED_MAX = 100;
const LET_GO = '. Let go of, to make room for later files of unknown senders; take it in again once its sender is trusted';

export type WaitingBytes = Readonly<{ sha: string; name: string; code: BundleCode; bytes: Buffer }>;
type Refusal = Readonly<{ sha: string; name: string; sealed: Buffer; cause: BundleRefused }>;
type Kept = Readonly<{ sha: string; size: number; device: string | null; incarnation: number | null }>;
/** Whether there was room; and how many of unknown senders were let go to make it. */
export type Keeping = Readonly<{ isKept: boolean; letGo: number }>;

/**
 * Only who is enrolled and not revoked counts as known, and this device itself. A later incarnation of it than its own is
 * nobody: no signature of such a file was looked at.
 */
const isKnown = (ledger: Ledger, device: string | null, incarnation: number | null): boolean =>
  device !== null &&
  incarnation !== null &&
  ((device === ledger.device.device && incarnation <= ledger.device.incarnation) ||
    findTrusted(ledger, device, incarnation)?.cutOffSeq === null);

const fits = (others: readonly Kept[], size: number, share: Share): boolean =>
  others.length < share.files && others.reduce((sum, other) => sum + other.size, size) <= share.bytes;

/** Makes room among the files of unknown senders: the oldest go, and their names stay with what became of them. */
function letOldestGo({ sqlite }: WriteTx, others: Kept[], size: number): number {
  const letGo = sqlite.prepare('UPDATE quarantine SET bytes = NULL, message = message || ? WHERE sha = ?');
  let count = 0;
  for (; !fits(others, size, OF_STRANGERS); count++) letGo.run(LET_GO, (others.shift() as Kept).sha);
  return count;
}

/** Whether a file gets a place among those of its kind. */
function placeFor(tx: WriteTx, { sha, sealed, cause }: Refusal): Keeping {
  const isHereAlready = tx.sqlite.prepare('SELECT 1 FROM quarantine WHERE sha = ? AND bytes IS NOT NULL').get(sha) !== undefined;
  if (isHereAlready) return { isKept: true, letGo: 0 };
  const { dev = null, inc = null } = cause.sender ?? {};
  const isOfPartner = isKnown(tx, dev, inc);
  const kept = tx.sqlite
    .prepare('SELECT sha, size, device, incarnation FROM quarantine WHERE bytes IS NOT NULL ORDER BY received_at_ms, sha')
    .all() as Kept[];
  const others = kept.filter(({ device, incarnation }) => isKnown(tx, device, incarnation) === isOfPartner);
  if (isOfPartner) return { isKept: fits(others, sealed.length, OF_PARTNERS), letGo: 0 };
  return { isKept: true, letGo: letOldestGo(tx, others, sealed.length) };
}

/**
 * Keeps what was refused: the sealed file where its cause may clear, else its name only. A file that was here already
 * keeps its place.
 */
export function keepRefused(ledger: Ledger, refusal: Refusal): Keeping {
  if (ledger.readOnly !== null) return { isKept: false, letGo: 0 };
  return inReceivingTransaction(ledger, (tx) => {
    const isWorthKeeping = CURE[refusal.cause.code] !== null;
    const place = isWorthKeeping ? placeFor(tx, refusal) : { isKept: true, letGo: 0 };
    putRow(tx, refusal, isWorthKeeping && place.isKept);
    tx.sqlite
      .prepare(
        'DELETE FROM quarantine WHERE bytes IS NULL AND sha NOT IN (SELECT sha FROM quarantine WHERE bytes IS NULL ORDER BY tried_at_ms DESC LIMIT ?)',
      )
      .run(NAMED_MAX);
    return place;
  });
}

function putRow({ sqlite, deps }: WriteTx, { sha, name, sealed, cause }: Refusal, isKept: boolean): void {
  const { dev = null, inc = null } = cause.sender ?? {};
  const nowMs = deps.nowMs();
  sqlite
    .prepare(
      `INSERT INTO quarantine (sha, name, size, bytes, code, message, device, incarnation, received_at_ms, tried_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (sha) DO UPDATE SET bytes = excluded.bytes, code = excluded.code, message = excluded.message,
         device = excluded.device, incarnation = excluded.incarnation, tried_at_ms = excluded.tried_at_ms`,
    )
    .run(sha, name.slice(0, 200), sealed.length, isKept ? sealed : null, cause.code, cause.message.slice(0, 500), dev, inc, nowMs, nowMs);
}

export function forgetRefused(ledger: Ledger, sha: string): void {
  if (ledger.sqlite.prepare('SELECT 1 FROM quarantine WHERE sha = ?').get(sha) !== undefined)
    inReceivingTransaction(ledger, ({ sqlite }) => void sqlite.prepare('DELETE FROM quarantine WHERE sha = ?').run(sha));
}

/** The files that wait for one of these cures, the first that came first; their bytes one at a time. */
export function waitingFor(
  { sqlite, deps }: Pick<Ledger, 'sqlite' | 'deps'>,
  cures: ReadonlySet<Cure>,
): { sha: string; code: BundleCode }[] {
  const rows = sqlite
    .prepare('SELECT sha, code, tried_at_ms AS triedAtMs FROM quarantine WHERE bytes IS NOT NULL ORDER BY received_at_ms, sha')
    .all() as { sha: string; code: BundleCode; triedAtMs: number }[];
  const isDue = (triedAtMs: number) => Math.abs(deps.nowMs() - triedAtMs) >= DAY_MS;
  return rows.filter(({ code, triedAtMs }) => cures.has(CURE[code] as Cure) && (CURE[code] !== 'time' || isDue(triedAtMs)));
}

/** Said before the try: one that ends this program must not do so at every opening. */
export const noteTry = ({ sqlite, deps }: Pick<Ledger, 'sqlite' | 'deps'>, sha: string): void =>
  void sqlite.prepare('UPDATE quarantine SET tried_at_ms = ? WHERE sha = ?').run(deps.nowMs(), sha);

export const waitingBytes = ({ sqlite }: Pick<Ledger, 'sqlite'>, sha: string): WaitingBytes | undefined =>
  sqlite.prepare('SELECT sha, name, code, bytes FROM quarantine WHERE sha = ? AND bytes IS NOT NULL').get(sha) as WaitingBytes | undefined;

/** What waits, what was refused for good, and what people let go of. */
export function listWaiting(ledger: Ledger): WaitingReply {
  const files = ledger.sqlite
    .prepare(
      `SELECT q.sha AS id, q.name, q.size AS bytes, q.code, q.message, q.device, q.received_at_ms AS receivedAtMs,
         q.tried_at_ms AS triedAtMs, q.bytes IS NOT NULL AS isKept, s.site
       FROM quarantine q LEFT JOIN stream s ON s.device = q.device AND s.incarnation = q.incarnation ORDER BY q.received_at_ms, q.sha`,
    )
    .all() as (Omit<WaitingFile, 'isKept'> & { isKept: 0 | 1 })[];
  const parts = ledger.sqlite
    .prepare('SELECT whole AS id, max(parts) AS parts, min(received_at_ms) AS receivedAtMs FROM bundle_part GROUP BY whole ORDER BY 3, 1')
    .all() as { id: string; parts: number; receivedAtMs: number }[];
  return {
    discarded: listDiscarded(ledger),
    files: files.map((file) => ({ ...file, isKept: file.isKept === 1 })),
    parts: parts.map((one) => ({ ...one, missing: missingParts(ledger, { whole: one.id, parts: one.parts }) })),
  };
}

/** What a person let go of, the newest first; a file that came again afterwards stands among those that wait too. */
export function listDiscarded(ledger: Ledger): DiscardedFile[] {
  const rows = ledger.sqlite
    .prepare('SELECT value FROM setting WHERE site = ? AND substr(name, 1, ?) = ?')
    .pluck()
    .all(ledger.site, DISCARDED.length, DISCARDED) as string[];
  const siteOf = ledger.sqlite.prepare('SELECT site FROM stream WHERE device = ? AND incarnation = ?').pluck();
  return rows
    .map((text) => JSON.parse(text) as Omit<DiscardedFile, 'site'>)
    .map((row) => ({ ...row, site: (siteOf.get(row.device, row.incarnation) as string | undefined) ?? null }))
    .sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1));
}

type Found = Omit<EntryData['bundle.discarded'], 'reason'>;
/** A file that waits or was named, or parts of one that wait for others. */
function findWaiting(ledger: Ledger, id: string): Found | undefined {
  const file = ledger.sqlite.prepare('SELECT sha, name, code, device, incarnation FROM quarantine WHERE sha = ?').get(id);
  if (file !== undefined) return file as Found;
  return hasParts(ledger, id) ? { sha: id, name: '', code: null, device: null, incarnation: null } : undefined;
}

/**
 * Lets go of a file or of the parts of one, and writes down who did and why. What its sender recorded is with the sender
 * still; only this copy goes.
 *
 * @throws Refused: notAllowed, notWaiting, reasonRequired, readOnly codes.
 */
export function discardWaiting(ledger: Ledger, { id, reason }: Readonly<{ id: string; reason: string }>): { discarded: string } {
  requireRole(ledger, 'discard');
  const found = findWaiting(ledger, id);
  if (found === undefined) throw new Refused({ code: 'notWaiting', id });
  if (reason.trim() === '') throw new Refused({ code: 'reasonRequired' });
  inWriteTransaction(ledger, (tx) => {
    record(tx, { type: 'bundle.discarded', data: { ...found, reason: reason.trim() } });
    tx.sqlite.prepare('DELETE FROM quarantine WHERE sha = ?').run(id);
    tx.sqlite.prepare('DELETE FROM bundle_part WHERE whole = ?').run(id);
  });
  return { discarded: id };
}
