import type { MovementRequest } from '../../../shared/contract/inputs.ts';
import type { DomainError, SecondCause } from '../../../shared/domain/errors.ts';
import {
  type Action,
  type Approval,
  allowedRoles,
  approvingRoles,
  conflictIn,
  isSmallSite,
  mayApprove,
  mayDo,
} from '../../../shared/domain/roles.ts';
import type { Ledger, Second } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { findMovement } from '../repositories/movements.ts';
import { listPeople, type Person } from '../repositories/settings.ts';

/** Roles are looked at here, in the data process, on each command; never only in a screen. */

export const listActive = (ledger: Ledger): readonly Person[] => listPeople(ledger).filter((person) => person.isActive);

export function requireRole(ledger: Ledger, action: Action): void {
  const { person, roles } = ledger.session;
  if (!mayDo(roles, action)) throw new Refused({ code: 'notAllowed', action, roles: allowedRoles(action) });
  const conflict = conflictIn(roles, action);
  if (conflict !== undefined && !isSmallSite(listActive(ledger).length))
    throw new Refused({ code: 'rolesConflict', person, roles: conflict });
}

/** Stock is the storekeeper's and the accountant's; a change of condition, and the undoing of one, the technical officer's. */
export function requireMovementRole(ledger: Ledger, { kind, reverses }: Pick<MovementRequest, 'kind' | 'reverses'>): void {
  const actual = kind === 'reverse' ? findMovement(ledger, ledger.site, reverses ?? '')?.kind : kind;
  requireRole(ledger, actual === 'condition' ? 'condition' : 'movement');
}

/** Why a second person does not count; null where one does. Whether the roles approve is told of somebody who signed only. */
function secondCause(ledger: Ledger, why: Approval, second: Second | undefined): SecondCause | null {
  if (second === undefined) return 'nobody';
  if (second.sign === null) return second.cause;
  if (second.person === ledger.session.person) return 'self';
  const people = listActive(ledger);
  const approver = people.find(({ person }) => person === second.person);
  if (approver === undefined) return 'notRecognised';
  return isSmallSite(people.length) || mayApprove(approver.roles, why) ? null : 'role';
}

export function approvalRefusal(ledger: Ledger, why: Approval, second: Second | undefined): DomainError | null {
  const cause = secondCause(ledger, why, second);
  return cause === null ? null : { code: 'secondPersonRequired', why, cause, roles: approvingRoles(why) };
}

export function requireApproval(ledger: Ledger, why: Approval, second: Second | undefined): void {
  const refusal = approvalRefusal(ledger, why, second);
  if (refusal !== null) throw new Refused(refusal);
}
