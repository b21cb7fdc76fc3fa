/** The roles of life-cycle 7.2, and no others. */
export const ROLES = [
  'storekeeper',
  'accountant',
  'ato',
  'commander',
  'stocktaker',
  'auditor',
  'authority',
  'assessor',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** What the first person of a new depot holds until others are added; reports say that control is weakened. */
export const SMALL_SITE_ROLES: readonly Role[] = ['storekeeper', 'accountant', 'ato', 'commander', 'authority', 'administrator'];
/** With fewer active people the rules below are kept by a countersignature on paper from the next level up. */
const STAFF_MIN = 3;

export type Action =
  | 'movement'
  | 'restriction'
  | 'condition'
  | 'licence'
  | 'policy'
  | 'reference'
  | 'people'
  | 'bundle'
  | 'discard'
  | 'trust'
  | 'override'
  | 'inspection'
  | 'climate'
  | 'checklist'
  | 'case';
/** What a second person approves, never the one who enters it. */
export type Approval = 'override' | 'backdated' | 'role' | 'enrol' | 'revoke' | 'case';

/** Who may do what, from the table in life-cycle 7.2. */
const ALLOWED: Readonly<Record<Action, readonly Role[]>> = {
  movement: ['storekeeper', 'accountant'],
  restriction: ['ato', 'authority'],
  condition: ['ato'],
  licence: ['ato', 'authority'],
  policy: ['authority'],
  reference: ['accountant', 'authority'],
  people: ['administrator', 'authority'],
  bundle: ['storekeeper', 'accountant', 'commander', 'authority'],
  discard: ['commander', 'authority'],
  trust: ['administrator', 'authority'],
  override: ['ato', 'commander', 'authority'],
  inspection: ['ato'],
  climate: ['storekeeper', 'ato'],
  checklist: ['storekeeper', 'ato', 'commander', 'assessor'],
  case: ['commander', 'authority'],
};

/** Who may be the second person. A depot may have one administrator only, so anybody else witnesses a change of roles, and whom the depot trusts. */
const APPROVERS: Readonly<Record<Approval, readonly Role[]>> = {
  override: ALLOWED.override,
  backdated: ['accountant', 'commander', 'authority'],
  role: ROLES,
  enrol: ROLES,
  revoke: ROLES,
  case: ['accountant', 'commander', 'authority'],
};

/**
 * Roles that one person may not hold for the same account, and what such a person may not do: 7.2, "storekeeper,
 * accountant and stocktaker are three people", "the administrator of users posts no movements".
 */
const CONFLICTS: readonly Readonly<{ roles: readonly [Role, Role]; bars: readonly Action[] }>[] = [
  { roles: ['storekeeper', 'accountant'], bars: ['movement'] },
  { roles: ['storekeeper', 'stocktaker'], bars: ['movement'] },
  { roles: ['accountant', 'stocktaker'], bars: ['movement'] },
  { roles: ['administrator', 'storekeeper'], bars: ['movement'] },
  { roles: ['administrator', 'accountant'], bars: ['movement'] },
];

export const allowedRoles = (action: Action): readonly Role[] => ALLOWED[action];
export const mayDo = (roles: readonly string[], action: Action): boolean => ALLOWED[action].some((role) => roles.includes(role));

export const approvingRoles = (approval: Approval): readonly Role[] => APPROVERS[approval];
export const mayApprove = (roles: readonly string[], approval: Approval): boolean =>
  APPROVERS[approval].some((role) => roles.includes(role));

/** The first two roles that do not go together, or only where they bar this action; undefined where there are none. */
export const conflictIn = (roles: readonly string[], action?: Action): readonly [Role, Role] | undefined =>
  CONFLICTS.find(
    (conflict) => conflict.roles.every((role) => roles.includes(role)) && (action === undefined || conflict.bars.includes(action)),
  )?.roles;

/** @param staff active people of the depot. */
export const isSmallSite = (staff: number): boolean => staff < STAFF_MIN;

/** Whether somebody's work is checked by nobody else: said on every report. @param people the active ones. */
export const isControlWeakened = (people: readonly Readonly<{ roles: readonly string[] }>[]): boolean =>
  isSmallSite(people.length) || people.some(({ roles }) => conflictIn(roles) !== undefined);
