import type { SiteRole } from '../../../shared/domain/model.ts';
import { readStatement } from '../journal/statement.ts';
import { readSigned, type SignedList } from '../journal/trustListForm.ts';
import type { Ledger } from '../ledger.ts';

/** What the own journal says about other devices, in whichever incarnation of this device it was said. */

export type TrustedDevice = Readonly<{
  device: string;
  incarnation: number;
  site: string;
  name: string;
  role: SiteRole;
  publicKey: string;
  recipient: string;
  classicRecipient: string | null;
  statement: string;
  /** Compared word by word here, or named by the trust list. */
  source: 'pair' | 'list';
  /** Null: not revoked. Else the last entry that counts, and the hash there; null where nothing was ever accepted. */
  cutOffSeq: number | null;
  cutOffHead: string | null;
}>;
type Row = Readonly<{
  device: string;
  incarnation: number;
  statement: string;
  source: 'pair' | 'list';
  cutOffSeq: number | null;
  cutOffHead: string | null;
}>;
type Reader = Pick<Ledger, 'sqlite' | 'device'>;

/** What a partner's journal trusts is the partner's affair: only the own streams are asked. */
const OWN_ROWS = `SELECT device, incarnation, statement, source, cut_off_seq AS cutOffSeq, cut_off_head AS cutOffHead FROM partner
  WHERE stream IN (SELECT stream FROM stream WHERE device = ?) AND device <> ?`;
const OWN_ROW = `${OWN_ROWS} AND device = ? AND incarnation = ?`;

function trustedOf(row: Row): TrustedDevice[] {
  const statement = readStatement(row.statement);
  if (statement === null) return [];
  const { device, incarnation, site, name, role, publicKey, recipient, classicRecipient } = statement;
  const { source, cutOffSeq, cutOffHead } = row;
  const said = { device, incarnation, site, name, role, publicKey, recipient, classicRecipient: classicRecipient ?? null };
  return [{ ...said, statement: row.statement, source, cutOffSeq, cutOffHead }];
}

/** Several incarnations of this device may name the same one: the earliest cut-off counts. */
function joined(devices: readonly TrustedDevice[]): TrustedDevice[] {
  const byKey = new Map<string, TrustedDevice>();
  for (const device of devices) {
    const key = `${device.device} ${device.incarnation}`;
    const known = byKey.get(key);
    const cut = known !== undefined && known.cutOffSeq !== null && known.cutOffSeq <= (device.cutOffSeq ?? Number.POSITIVE_INFINITY);
    byKey.set(key, cut ? { ...device, cutOffSeq: known.cutOffSeq, cutOffHead: known.cutOffHead } : device);
  }
  return [...byKey.values()];
}

/** Every device that was ever enrolled here, revoked ones too. */
export const listEnrolled = ({ sqlite, device: { device } }: Reader): TrustedDevice[] =>
  joined((sqlite.prepare(`${OWN_ROWS} ORDER BY stream, device, incarnation`).all(device, device) as Row[]).flatMap(trustedOf));

/** The devices whose bundles are accepted and which bundles may be sent to. */
export const listTrusted = (ledger: Reader): TrustedDevice[] => listEnrolled(ledger).filter(({ cutOffSeq }) => cutOffSeq === null);

/** A device that was enrolled here, with its cut-off where it is revoked; null where nobody enrolled it. */
export const findTrusted = ({ sqlite, device: own }: Reader, device: string, incarnation: number): TrustedDevice | null =>
  joined((sqlite.prepare(`${OWN_ROW} ORDER BY stream`).all(own.device, own.device, device, incarnation) as Row[]).flatMap(trustedOf))[0] ??
  null;

export type CutOffAt = Pick<TrustedDevice, 'cutOffSeq' | 'cutOffHead'>;
const UNCUT: CutOffAt = { cutOffSeq: null, cutOffHead: null };

/** Where an earlier incarnation of this device ends: where the next one says that it goes on from. */
function ownCutOff(ledger: Reader, incarnation: number): CutOffAt {
  const next = ownStatements(ledger)
    .map(readStatement)
    .find((statement) => statement !== null && statement.incarnation > incarnation)?.previous;
  return next?.incarnation === incarnation ? { cutOffSeq: next.seq, cutOffHead: next.head } : UNCUT;
}

/** Where the journal of a device ends for this file, be it the device's own or another's. */
export const cutOffOf = (ledger: Reader, device: string, incarnation: number): CutOffAt =>
  device === ledger.device.device ? ownCutOff(ledger, incarnation) : (findTrusted(ledger, device, incarnation) ?? UNCUT);

/**
 * Whether a range of a journal that was cut off must not be taken in (`E_REVOKED`). At the cut-off the hash that was named
 * there counts. A range that crosses it is refused whole: whoever holds the right history sends it again up to the cut-off.
 *
 * @param openUpto up to where a range may end before the cut-off: whoever keeps a key that was revoked could fill what lies
 *   between what is held and the cut-off, so of such a sender only what is held already; anybody else may send a history in pieces.
 */
export function isBeyondCutOff(
  { cutOffSeq, cutOffHead }: CutOffAt,
  range: Readonly<{ upto: number; head: string }>,
  openUpto: number,
): boolean {
  if (cutOffSeq === null) return false;
  if (range.upto < cutOffSeq) return range.upto > openUpto;
  return range.upto > cutOffSeq || range.head !== cutOffHead;
}

/** The role of this device, as its own statement says; what other devices record about the site does not change it. */
export const ownRole = ({ sqlite, device: { stream } }: Reader): SiteRole =>
  sqlite.prepare('SELECT role FROM stream WHERE stream = ?').pluck().get(stream) as SiteRole;

/** The list in force, as it was accepted last; null where devices are trusted pair by pair only. */
export function listInForce({ sqlite, device: { device } }: Reader): SignedList | null {
  const text = sqlite
    .prepare(
      'SELECT list FROM trust_list WHERE stream IN (SELECT stream FROM stream WHERE device = ?) ORDER BY version DESC, stream DESC LIMIT 1',
    )
    .pluck()
    .get(device) as string | undefined;
  return text === undefined ? null : readSigned(text);
}

/** The statements of this device itself, of every incarnation. */
export const ownStatements = ({ sqlite, device: { device } }: Reader): string[] =>
  sqlite.prepare('SELECT statement FROM stream WHERE device = ? ORDER BY incarnation').pluck().all(device) as string[];
