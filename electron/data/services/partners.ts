import type { PartnerView } from '../../../shared/contract/views.ts';
import type { SiteRole } from '../../../shared/domain/model.ts';
import { exported } from '../db/schema.ts';
import { type DeviceStatement, fingerprintOf, readStatement } from '../journal/statement.ts';
import { isExpired, type SignedList } from '../journal/trustListForm.ts';
import { inWriteTransaction, type Ledger, type Second } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { heldOf } from '../repositories/held.ts';
import { listNotUnderstood } from '../repositories/notUnderstood.ts';
import { ownRecoveryRecipients } from '../repositories/recovery.ts';
import { findTrusted, listEnrolled, listInForce, listTrusted, ownRole } from '../repositories/trusted.ts';
import { acknowledgedBy } from './acknowledged.ts';
import { listActive, requireApproval, requireRole } from './authority.ts';
import { dateOf } from './checking.ts';
import { cutOffDevice, nameDevice } from './enrol.ts';
import { cutOffsByNext } from './incarnations.ts';

const tidy = (words: string) => words.normalize('NFKD').trim().toLowerCase().split(/\s+/).join(' ');

/**
 * Whether the words that the other side read out are these.
 *
 * @throws Refused: fingerprintRequired (with the words to compare), fingerprintMismatch.
 */
export function compareWords(said: string | undefined, words: string): void {
  if (said === undefined) throw new Refused({ code: 'fingerprintRequired', fingerprint: words });
  if (tidy(said) !== words) throw new Refused({ code: 'fingerprintMismatch' });
}

/** Whoever holds an expired list may not know who was revoked since: nobody new until there is a fresh one. */
function refuseExpired(ledger: Ledger, signed: SignedList | null): void {
  if (signed !== null && isExpired(signed.list, dateOf(ledger.deps.nowMs())))
    throw new Refused({ code: 'listExpired', expiresOn: signed.list.expiresOn });
}

function refuseRevoked(ledger: Ledger, { device, incarnation }: DeviceStatement, signed: SignedList | null): void {
  const byList = signed?.list.revoked.find(({ dev, inc }) => dev === device && inc === incarnation);
  const seq = byList?.seq ?? findTrusted(ledger, device, incarnation)?.cutOffSeq ?? null;
  if (seq !== null) throw new Refused({ code: 'deviceRevoked', device, seq });
}

/** Two people enrol a device at an authority, as soon as there are two. */
function requireWitness(ledger: Ledger, second: Second | undefined): void {
  if (ownRole(ledger) === 'authority' && listActive(ledger).length > 1) requireApproval(ledger, 'enrol', second);
}

/**
 * Accepts a partner's device after the eight words were compared over a second channel.
 *
 * @throws Refused: notAllowed, badIdentity, listExpired, deviceRevoked, fingerprintRequired (with the words to compare),
 *   fingerprintMismatch, incarnationMissing, copyBehind, historyDiffers, secondPersonRequired.
 */
export function trustPartner(
  ledger: Ledger,
  identity: string,
  fingerprint: string | undefined,
  second?: Second,
): { trusted: string; role: SiteRole; fingerprint: string } {
  requireRole(ledger, 'trust');
  const text = identity.trim();
  const statement = readStatement(text);
  if (statement === null) throw new Refused({ code: 'badIdentity', detail: 'the file holds no signed identity' });
  if (statement.device === ledger.device.device)
    throw new Refused({ code: 'badIdentity', detail: 'this is the identity of this device itself' });
  const signed = listInForce(ledger);
  refuseExpired(ledger, signed);
  refuseRevoked(ledger, statement, signed);
  const words = fingerprintOf(text);
  compareWords(fingerprint, words);
  const cutOffs = cutOffsByNext(ledger, text, statement);
  requireWitness(ledger, second);
  inWriteTransaction(ledger, (tx) => {
    nameDevice(tx, text, 'pair', second);
    for (const { statement: ended, ...cutOff } of cutOffs) cutOffDevice(tx, ended, cutOff, second);
  });
  return { trusted: statement.site, role: statement.role, fingerprint: words };
}

/** Keys in a safe that every bundle is readable with: of the list in force, else of the own setting. */
export function recoveryRecipients(ledger: Ledger): readonly string[] {
  const signed = listInForce(ledger);
  if (signed !== null) return signed.list.recovery;
  return ownRecoveryRecipients(ledger) ?? [];
}

/**
 * Everybody who may read a bundle for a site: its trusted devices, this device itself, and the recovery recipients. All of
 * one kind: hybrid, or classic where the trust list says so.
 *
 * @throws Refused: unknownPartner, noClassicRecipient.
 */
export function recipientsFor(ledger: Ledger, site: string): { recipients: string[]; isClassic: boolean } {
  const devices = listTrusted(ledger).filter((device) => device.site === site);
  const own = readStatement(ledger.device.statement);
  if (devices.length === 0 || own === null) throw new Refused({ code: 'unknownPartner', site });
  const isClassic = listInForce(ledger)?.list.recipients === 'classic';
  const recipientOf = (reader: { device: string; site: string; recipient: string; classicRecipient?: string | null | undefined }) => {
    const recipient = isClassic ? reader.classicRecipient : reader.recipient;
    if (recipient == null) throw new Refused({ code: 'noClassicRecipient', site: reader.site, device: reader.device });
    return recipient;
  };
  return { recipients: [...new Set([...[...devices, own].map(recipientOf), ...recoveryRecipients(ledger)])], isClassic };
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
  const heardAt = ledger.sqlite.prepare('SELECT heard_at_ms FROM partner_state WHERE device = ? AND incarnation = ?').pluck();
  const waiting = ledger.sqlite.prepare('SELECT count(*) FROM quarantine WHERE device = ? AND bytes IS NOT NULL').pluck();
  const unknown = new Map(listNotUnderstood(ledger).map(({ device, incarnation, entries }) => [`${device} ${incarnation}`, entries]));
  return listEnrolled(ledger).map((partner) => {
    const key = [partner.device, partner.incarnation] as const;
    const acknowledgedSeq = acknowledgedBy(ledger, partner);
    return {
      site: partner.site,
      name: partner.name,
      role: partner.role,
      device: partner.device,
      incarnation: partner.incarnation,
      fingerprint: fingerprintOf(partner.statement),
      source: partner.source,
      cutOffSeq: partner.cutOffSeq,
      lastSentSeq: sent.get(partner.site)?.seq ?? null,
      lastSentAtMs: sent.get(partner.site)?.atMs ?? null,
      entriesHeard: heldOf(ledger, ...key).held,
      lastHeardAtMs: (heardAt.get(...key) as number | null | undefined) ?? null,
      acknowledgedSeq,
      onlyHere: last - (acknowledgedSeq ?? 0),
      waiting: waiting.get(partner.device) as number,
      notUnderstood: unknown.get(`${partner.device} ${partner.incarnation}`) ?? 0,
    };
  });
}
