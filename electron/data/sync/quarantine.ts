import type { BundleCode, DiscardedFile, WaitingFile, WaitingReply } from '../../../shared/contract/views.ts';
import type { EntryData } from '../../../shared/domain/entries.ts';
import { inReceivingTransaction, inWriteTransaction, type Ledger, record } from '../ledger.ts';
import { DISCARDED } from '../projections/syncFolds.ts';
import { Refused } from '../refused.ts';
import { requireRole } from '../services/authority.ts';
import type { BundleRefused } from './format.ts';
import { missingParts } from './parts.ts';

/** What may clear the cause of a refusal. */
export type Cure = 'trust' | 'program' | 'bundle' | 'case';

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
};
const KEPT_MAX = 64;
const KEPT_BYTES_MAX = 256 * 1024 * 1024;
/** Of files that are not kept only what they were called and why they were refused. */
const NAMED_MAX = 100;

export type WaitingBytes = Readonly<{ sha: string; name: string; code: BundleCode; bytes: Buffer }>;
type Refusal = Readonly<{ sha: string; name: string; sealed: Buffer; cause: BundleRefused }>;

/**
 * Keeps what was refused: the sealed file where its cause may clear, else its name only. A file that was here already
 * keeps its place.
 *
 * @returns whether there was room for it.
 */
export function keepRefused(ledger: Ledger, { sha, name, sealed, cause }: Refusal): boolean {
  if (ledger.readOnly !== null) return false;
  return inReceivingTransaction(ledger, ({ sqlite, deps }) => {
    const isWorthKeeping = CURE[cause.code] !== null;
    const others = sqlite
      .prepare('SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM quarantine WHERE bytes IS NOT NULL AND sha <> ?')
      .get(sha) as { files: number; bytes: number };
    const hasRoom = others.files < KEPT_MAX && others.bytes + sealed.length <= KEPT_BYTES_MAX;
    sqlite
      .prepare(
        `INSERT INTO quarantine (sha, name, size, bytes, code, message, device, incarnation, received_at_ms, tried_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (sha) DO UPDATE SET bytes = excluded.bytes, code = excluded.code, message = excluded.message,
           device = excluded.device, incarnation = excluded.incarnation, tried_at_ms = excluded.tried_at_ms`,
      )
      .run(
        sha,
        name.slice(0, 200),
        sealed.length,
        isWorthKeeping && hasRoom ? sealed : null,
        cause.code,
        cause.message.slice(0, 500),
        cause.sender?.dev ?? null,
        cause.sender?.inc ?? null,
        deps.nowMs(),
        deps.nowMs(),
      );
    sqlite
      .prepare(
        'DELETE FROM quarantine WHERE bytes IS NULL AND sha NOT IN (SELECT sha FROM quarantine WHERE bytes IS NULL ORDER BY tried_at_ms DESC LIMIT ?)',
      )
      .run(NAMED_MAX);
    return hasRoom || !isWorthKeeping;
  });
}

export function forgetRefused(ledger: Ledger, sha: string): boolean {
  if (ledger.sqlite.prepare('SELECT 1 FROM quarantine WHERE sha = ?').get(sha) === undefined) return false;
  return inReceivingTransaction(ledger, ({ sqlite }) => sqlite.prepare('DELETE FROM quarantine WHERE sha = ?').run(sha).changes > 0);
}

/** The files that wait for one of these cures, the first that came first; their bytes one at a time. */
export function waitingFor({ sqlite }: Pick<Ledger, 'sqlite'>, cures: ReadonlySet<Cure>): { sha: string; code: BundleCode }[] {
  const rows = sqlite.prepare('SELECT sha, code FROM quarantine WHERE bytes IS NOT NULL ORDER BY received_at_ms, sha').all();
  return (rows as { sha: string; code: BundleCode }[]).filter(({ code }) => cures.has(CURE[code] as Cure));
}
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
function findWaiting({ sqlite }: Ledger, id: string): Found | undefined {
  const file = sqlite.prepare('SELECT sha, name, code, device, incarnation FROM quarantine WHERE sha = ?').get(id) as Found | undefined;
  if (file !== undefined) return file;
  const isPart = sqlite.prepare('SELECT 1 FROM bundle_part WHERE whole = ?').get(id) !== undefined;
  return isPart ? { sha: id, name: '', code: null, device: null, incarnation: null } : undefined;
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
