import type { DeviceStatement } from '../journal/statement.ts';
import { readStatement } from '../journal/statement.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { hashHeld, heldOf } from '../repositories/held.ts';
import { listEnrolled } from '../repositories/trusted.ts';
import type { CutOff } from './enrol.ts';

/** Of the incarnations of one device at most the newest is open: each ends where the next one goes on from. */

type Ended = CutOff & Readonly<{ statement: string }>;

const bad = (detail: string) => new Refused({ code: 'badIdentity', detail });

/**
 * What is held of a journal must not go beyond where the next one goes on from, and not differ there: the device would not
 * know of entries that count here.
 */
function checkHeld(ledger: Ledger, { device, incarnation, seq, head }: NonNullable<DeviceStatement['previous']>): void {
  const { held } = heldOf(ledger, device, incarnation);
  if (held > seq) throw new Refused({ code: 'copyBehind', device, held, seq });
  const hash = hashHeld(ledger, device, incarnation, seq);
  if (hash !== undefined && hash.toString('base64url') !== head) throw new Refused({ code: 'historyDiffers', device, seq });
}

/** The cut-off of `ended` as the statement of the next incarnation names it. */
function cutOffBy(ledger: Ledger, next: DeviceStatement, ended: string): Ended[] {
  const { previous } = next;
  if (previous === undefined) return [];
  checkHeld(ledger, previous);
  const { device: dev, incarnation: inc, seq, head } = previous;
  return [{ dev, inc, seq, head, reason: `goes on as incarnation ${next.incarnation}`, statement: ended }];
}

/**
 * The cut-offs that follow from enrolling a statement: of the incarnation that it goes on from, and its own where a later one
 * that goes on from it is enrolled already. One between that is not enrolled must come first, since only its statement says
 * where the one before it ends.
 *
 * @throws Refused: badIdentity, incarnationMissing, copyBehind, historyDiffers.
 */
export function cutOffsByNext(ledger: Ledger, text: string, statement: DeviceStatement): Ended[] {
  const { device, incarnation, previous } = statement;
  if (previous !== undefined && (previous.device !== device || previous.incarnation >= incarnation))
    throw bad('it goes on from a journal that is not its own');
  const enrolled = listEnrolled(ledger)
    .filter((each) => each.device === device)
    .toSorted((a, b) => a.incarnation - b.incarnation);
  const before = enrolled.findLast((each) => each.incarnation < incarnation);
  const after = enrolled.find((each) => each.incarnation > incarnation);
  if (before !== undefined && previous === undefined) throw bad('it does not say where its journal before this one ends');
  if (before !== undefined && previous !== undefined && previous.incarnation > before.incarnation)
    throw new Refused({ code: 'incarnationMissing', device, incarnation: previous.incarnation });
  if (before !== undefined && previous !== undefined && previous.incarnation < before.incarnation)
    throw bad(`it goes on from incarnation ${previous.incarnation}, but incarnation ${before.incarnation} is enrolled here`);
  const next = after === undefined ? null : readStatement(after.statement);
  if (next !== null && next.previous?.incarnation !== incarnation)
    throw bad(`incarnation ${next.incarnation} is enrolled here, and goes on from another one`);
  return [
    ...(before === undefined ? [] : cutOffBy(ledger, statement, before.statement)),
    ...(next === null ? [] : cutOffBy(ledger, next, text)),
  ];
}
