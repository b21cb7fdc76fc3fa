import type { StreamKeys } from '../journal/envelope.ts';
import { readStatement } from '../journal/statement.ts';
import type { Ledger, WriteTx } from '../ledger.ts';
import type { NewEntry } from '../projections/foldForeign.ts';
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

/** Who may open everything that is sealed here, kept in a safe for the day on which no device can. */
export function recoveryRecipients({ sqlite }: Ledger): readonly string[] {
  const kept = sqlite.prepare("SELECT value FROM local_setting WHERE name = 'recoveryRecipients'").pluck().get() as string | undefined;
  return JSON.parse(kept ?? '[]') as string[];
}

export function recipientsFor(ledger: Ledger, site: string): { recipients: string[]; isClassic: boolean } {
  const devices = listTrusted(ledger).filter((device) => device.site === site);
  const own = readStatement(ledger.device.statement);
  if (devices.length === 0 || own === null) throw new Refused({ code: 'unknownPartner', site });
  return {
    recipients: [...new Set([...[...devices, own].map(({ recipient }) => recipient), ...recoveryRecipients(ledger)])],
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

/** The refusal of a range that contradicts what is held from entry `seq` on. */
export function forkFound(
  _ledger: Ledger,
  _device: StreamKeys & Readonly<{ publicKey: string }>,
  _range: BundleRange,
  { seq }: Readonly<{ seq: number; entries: readonly (NewEntry & Readonly<{ event: string }>)[]; bundle: string }>,
): BundleRefused {
  return new BundleRefused('E_FORK', `another entry ${seq} is held; both histories cannot be true`);
}
/** Keeps what proves a fork, once the transaction that found it was taken back. */
export const keepFork = (_ledger: Ledger, _cause: BundleRefused): void => undefined;
export const frozenBy = (_ledger: Ledger, _device: string, _incarnation: number): string | null => null;
export const openCases = (_tx: WriteTx, _sites: readonly string[]): void => undefined;

type Addressee = Pick<TrustedDevice, 'device' | 'incarnation' | 'site'>;
export const logFor = (_ledger: Ledger, _addressees: readonly Addressee[]): BundleHeader['log'] => null;
export const seenFor = (_ledger: Ledger, _addressees: readonly Addressee[]): BundleHeader['seen'] => [];
export const acceptLog = (_tx: WriteTx, _sender: TrustedDevice, _header: BundleHeader): void => undefined;
export const recordAcceptance = (_tx: WriteTx, _range: BundleRange, _bundleSha: string): void => undefined;
