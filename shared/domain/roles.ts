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

export type Action =
  | 'movement'
  | 'restriction'
  | 'condition'
  | 'licence'
  | 'policy'
  | 'reference'
  | 'people'
  | 'bundle'
  | 'trust'
  | 'override';

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
  trust: ['administrator', 'authority'],
  override: ['ato', 'commander', 'authority'],
};

export const allowedRoles = (action: Action): readonly Role[] => ALLOWED[action];
export const mayDo = (roles: readonly string[], action: Action): boolean => ALLOWED[action].some((role) => roles.includes(role));
