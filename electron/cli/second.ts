import type { SaidSecond } from '../data/host/operations.ts';
import { optional, type Parsed } from './arguments.ts';
import { isSecretGiven, secret } from './io.ts';

/** `--second` names the person; without a passphrase of that person it does not count, and the refusal says where it is looked for. */
export async function secondOf(parsed: Parsed): Promise<SaidSecond | undefined> {
  const user = optional(parsed, 'second');
  if (user === undefined) return undefined;
  if (!isSecretGiven('DEPOT_SECOND_PASSPHRASE') && !process.stdin.isTTY) return { user, passphrase: null };
  return { user, passphrase: await secret('DEPOT_SECOND_PASSPHRASE', `Passphrase of ${user}`) };
}
