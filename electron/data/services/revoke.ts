import type { RevokeReply } from '../../../shared/contract/views.ts';
import { inWriteTransaction, type Ledger, type Second } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { heldOf } from '../repositories/held.ts';
import { listEnrolled, type TrustedDevice } from '../repositories/trusted.ts';
import { listActive, requireApproval, requireRole } from './authority.ts';
import { cutOffDevice } from './enrol.ts';

export type RevokeInput = Readonly<{
  /** Its id, the beginning of it, or its site where that has no other device. */
  device: string;
  reason: string;
  /** The last entry that is to count; the last one held where nothing is said. */
  at?: number | undefined;
}>;

/** The one device that is meant, in its newest incarnation. */
function deviceMeant(ledger: Ledger, said: string): TrustedDevice {
  const enrolled = listEnrolled(ledger);
  const meant = enrolled.filter(({ device, site }) => device.startsWith(said.toLowerCase()) || site === said);
  const newest = meant.toSorted((a, b) => b.incarnation - a.incarnation)[0];
  if (newest === undefined || meant.some(({ device }) => device !== newest.device))
    throw new Refused({ code: 'unknownDevice', device: said, known: enrolled.map(({ device, site }) => `${site} ${device}`) });
  return newest;
}

/**
 * Takes nothing more of a device after its cut-off, for good. The cut-off is a signed head, so that what counts can still be
 * proved to others; entries that were taken in beyond it stay in the books, and people correct what is wrong among them.
 *
 * @throws Refused: notAllowed, unknownDevice, badValue (entries that are not held), deviceRevoked (no earlier than it is cut off already),
 *   reasonRequired, secondPersonRequired.
 */
export function revokeDevice(ledger: Ledger, { device: said, reason, at }: RevokeInput, second: Second | undefined): RevokeReply {
  requireRole(ledger, 'trust');
  const meant = deviceMeant(ledger, said);
  const { device, incarnation, site } = meant;
  const { held, seq, head } = heldOf(ledger, device, incarnation, at);
  if (at !== undefined && at > held) throw new Refused({ code: 'badValue', field: 'at', value: String(at), expected: `0 … ${held}` });
  if (meant.cutOffSeq !== null && seq >= meant.cutOffSeq) throw new Refused({ code: 'deviceRevoked', device, seq: meant.cutOffSeq });
  if (reason.trim() === '') throw new Refused({ code: 'reasonRequired' });
  if (listActive(ledger).length > 1) requireApproval(ledger, 'revoke', second);
  inWriteTransaction(ledger, (tx) => cutOffDevice(tx, meant.statement, { dev: device, inc: incarnation, seq, head, reason }, second));
  return { device, incarnation, site, seq, head, heldBeyond: held - seq };
}
