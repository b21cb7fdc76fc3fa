import { z } from 'zod';
import { policyKinds, policyModes, ruleFamilies } from '../rules/policy.ts';
import { code, date, passphrase, text } from './inputs.ts';

/** What an authority decides about rules. */
export const packOf = z.strictObject({ pack: code });
export const policyCell = z.strictObject({ family: z.enum(ruleFamilies), kind: z.enum(policyKinds), mode: z.enum(policyModes) });

const second = z.strictObject({ user: code, passphrase }).optional();
export const grantApproval = z.strictObject({
  approval: z.strictObject({
    rule: code,
    place: code,
    conditions: z.array(code).max(20),
    authority: text(200),
    until: date,
    reason: text(1000),
  }),
  second,
});
export const grantWaiver = z.strictObject({
  waiver: z.strictObject({
    rule: code,
    place: code,
    division: z.enum(['1.1', '1.2', '1.3', '1.4']).optional(),
    quantityMaxG: z.number().int().min(1).max(10_000_000_000).optional(),
    until: date,
    reason: text(1000),
  }),
  second,
});
export const withdrawal = z.strictObject({ id: z.uuid(), reason: text(1000) });
