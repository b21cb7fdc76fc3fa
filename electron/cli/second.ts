import { optional, type Parsed } from './arguments.ts';
import { isSecretGiven, secret } from './io.ts';

/** `--second` names the person; without a passphrase of that person it does not count. */
export async function secondOf(parsed: Parsed): Promise<{ user: string; passphrase: string } | undefined> {
  const user = optional(parsed, 'second');
  if (user === undefined) return undefined;
  if (!isSecretGiven('DEPOT_SECOND_PASSPHRASE') && !process.stdin.isTTY) return undefined;
  return { user, passphrase: await secret('DEPOT_SECOND_PASSPHRASE', `Passphrase of ${user}`) };
}
