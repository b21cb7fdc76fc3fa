import { eq } from 'drizzle-orm';
import type { PartnerView } from '../../../shared/contract/views.ts';
import type { SiteRole } from '../../../shared/domain/model.ts';
import { exported, partner } from '../db/schema.ts';
import { fingerprintOf, genesisOf, readStatement } from '../journal/statement.ts';
import { inWriteTransaction, type Ledger, record, type WriteTx } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { requireRole } from './authority.ts';

const tidy = (words: string) => words.normalize('NFKD').trim().toLowerCase().split(/\s+/).join(' ');

function addStream(tx: WriteTx, text: string): void {
  const statement = readStatement(text);
  if (statement === null) return;
  const known = tx.sqlite.prepare('SELECT 1 FROM stream WHERE device = ? AND incarnation = ?').get(statement.device, statement.incarnation);
  if (known !== undefined) return;
  const next = (tx.sqlite.prepare('SELECT max(stream) FROM stream').pluck().get() as number) + 1;
  tx.sqlite
    .prepare(
      'INSERT INTO stream (stream, device, incarnation, site, role, statement, genesis, commitment_key, is_own) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)',
    )
    .run(next, statement.device, statement.incarnation, statement.site, statement.role, text, genesisOf(text), Buffer.alloc(0));
}

/**
 * Accepts a partner's device after the eight words were compared over a second channel.
 *
 * @throws Refused: badIdentity, fingerprintRequired (with the words to compare), fingerprintMismatch, notAllowed.
 */
export function trustPartner(
  ledger: Ledger,
  identity: string,
  fingerprint: string | undefined,
): { trusted: string; role: SiteRole; fingerprint: string } {
  requireRole(ledger, 'trust');
  const statement = readStatement(identity.trim());
  if (statement === null) throw new Refused({ code: 'badIdentity', detail: 'the file holds no signed identity' });
  if (statement.device === ledger.device.device)
    throw new Refused({ code: 'badIdentity', detail: 'this is the identity of this device itself' });
  const words = fingerprintOf(identity.trim());
  if (fingerprint === undefined) throw new Refused({ code: 'fingerprintRequired', fingerprint: words });
  if (tidy(fingerprint) !== words) throw new Refused({ code: 'fingerprintMismatch' });
  inWriteTransaction(ledger, (tx) => {
    addStream(tx, identity.trim());
    record(tx, { type: 'partner.trusted', data: { statement: identity.trim() } });
  });
  return { trusted: statement.site, role: statement.role, fingerprint: words };
}

export type TrustedDevice = Readonly<{
  device: string;
  incarnation: number;
  site: string;
  name: string;
  publicKey: string;
  recipient: string;
  statement: string;
}>;

/** The devices whose bundles are accepted and which bundles may be sent to. */
export function listTrusted(ledger: Ledger): TrustedDevice[] {
  return ledger.db
    .select()
    .from(partner)
    .where(eq(partner.stream, ledger.device.stream)) // what a partner's journal trusts is the partner's affair
    .all()
    .flatMap((row) => {
      const statement = readStatement(row.statement);
      return statement === null ? [] : [{ ...statement, statement: row.statement }];
    });
}

export function listPartners(ledger: Ledger): PartnerView[] {
  const sent = new Map(
    ledger.db
      .select()
      .from(exported)
      .all()
      .sort((a, b) => a.seq - b.seq)
      .map((row) => [row.site, row]),
  );
  const last = ledger.journal.last.seq;
  const acknowledged = ledger.sqlite
    .prepare('SELECT min(seq, ?) FROM held_there WHERE device = ? AND incarnation = ? AND of_device = ? AND of_incarnation = ?')
    .pluck();
  const heardAt = ledger.sqlite.prepare('SELECT heard_at_ms FROM partner_state WHERE device = ? AND incarnation = ?').pluck();
  const waiting = ledger.sqlite.prepare('SELECT count(*) FROM quarantine WHERE device = ? AND bytes IS NOT NULL').pluck();
  const heard = ledger.sqlite
    .prepare('SELECT max(e.seq) FROM stream s JOIN entry e USING (stream) WHERE s.device = ? AND s.incarnation = ?')
    .pluck();
  return ledger.db
    .select()
    .from(partner)
    .where(eq(partner.stream, ledger.device.stream))
    .all()
    .map((row) => {
      const { device: own, incarnation } = ledger.device;
      const acknowledgedSeq = (acknowledged.get(last, row.device, row.incarnation, own, incarnation) as number | undefined) ?? null;
      return {
        site: row.site,
        name: row.name,
        role: row.role as SiteRole,
        device: row.device,
        fingerprint: fingerprintOf(row.statement),
        lastSentSeq: sent.get(row.site)?.seq ?? null,
        lastSentAtMs: sent.get(row.site)?.atMs ?? null,
        entriesHeard: (heard.get(row.device, row.incarnation) as number | null) ?? 0,
        lastHeardAtMs: (heardAt.get(row.device, row.incarnation) as number | null | undefined) ?? null,
        acknowledgedSeq,
        onlyHere: last - (acknowledgedSeq ?? 0),
        waiting: waiting.get(row.device) as number,
      };
    });
}
