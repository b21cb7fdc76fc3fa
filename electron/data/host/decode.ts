import type { ZodType } from 'zod';
import { type ProcedureName, procedures } from '../../../shared/contract/procedures.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';

export type DecodedCall = Readonly<{ name: ProcedureName; input: unknown }>;

/** The one place where untrusted input becomes typed input. The error is for the log, not for the caller. */
export function decodeCall(name: unknown, input: unknown): Result<DecodedCall, Error> {
  if (typeof name !== 'string' || !Object.hasOwn(procedures, name)) return err(new Error('unknown procedure'));
  const known = name as ProcedureName;
  const decoded = (procedures[known].input as ZodType).safeParse(input);
  return decoded.success ? ok({ name: known, input: decoded.data }) : err(decoded.error);
}
