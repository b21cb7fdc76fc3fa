import { readStatement } from '../journal/statement.ts';
import type { Ledger, WriteTx } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { listTrusted, type TrustedDevice } from '../services/partners.ts';
import { type BundleHeader, type BundleRange, BundleRefused } from './format.ts';

/** Where the way of a bundle meets trust, order and log. Each stands in a file of its own. */

export { foldRange, type NewEntry } from '../projections/foldForeign.ts';
export type Enrolled = TrustedDevice & Readonly<{ cutOffSeq: number | null; cutOffHead: string | null }>;

export function findTrusted(ledger: Ledger, device: string, incarnation: number): Enrolled | null {
  const found = listTrusted(ledger).find((one) => one.device === device && one.incarnation === incarnation);
  if (found === undefined) return null;
  const cut = ledger.sqlite
    .prepare('SELECT cut_off_seq AS cutOffSeq, cut_off_head AS cutOffHead FROM partner WHERE stream = ? AND device = ? AND incarnation = ?')
    .get(ledger.device.stream, device, incarnation) as Pick<Enrolled, 'cutOffSeq' | 'cutOffHead'>;
  return { ...found, ...cut };
}

export function isBeyondCutOff(
  { cutOffSeq, cutOffHead }: Pick<Enrolled, 'cutOffSeq' | 'cutOffHead'>,
  range: Pick<BundleRange, 'upto' | 'head'>,
) {
  if (cutOffSeq === null || range.upto < cutOffSeq) return false;
  return range.upto > cutOffSeq || range.head !== cutOffHead;
}

export function recipientsFor(ledger: Ledger, site: string): { recipients: string[]; isClassic: boolean } {
  const devices = listTrusted(ledger).filter((device) => device.site === site);
  const own = readStatement(ledger.device.statement);
  if (devices.length === 0 || own === null) throw new Refused({ code: 'unknownPartner', site });
  const kept = ledger.sqlite.prepare("SELECT value FROM local_setting WHERE name = 'recoveryRecipients'").pluck().get() as
    | string
    | undefined;
  return {
    recipients: [...new Set([...[...devices, own].map(({ recipient }) => recipient), ...(JSON.parse(kept ?? '[]') as string[])])],
    isClassic: false,
  };
}

export const listToSend = (_ledger: Ledger, _to: string): { version: number; line: string | null } => ({ version: 0, line: null });
export function acceptList(
  _tx: WriteTx,
  _sender: Pick<TrustedDevice, 'device' | 'incarnation'>,
  _header: BundleHeader,
  line: string | null,
): void {
  if (line !== null) throw new BundleRefused('E_TRUST', 'this program reads no trust lists');
}

export { acceptLog, logFor, recordAcceptance, seenFor } from './acceptance.ts';
export { frozenBy, keepFork, openCases } from './cases.ts';
export { forkFound } from './fork.ts';
