import { existsSync, writeFileSync } from 'node:fs';
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Refused } from '../refused.ts';

/**
 * An age identity in a plain file, for the safe, and beside it what others seal to.
 *
 * @returns the recipient.
 */
export async function makeRecoveryKey(path: string, isClassic: boolean): Promise<string> {
  const taken = [path, `${path}.recipient`].find((each) => existsSync(each));
  if (taken !== undefined) throw new Refused({ code: 'fileExists', file: taken });
  const identity = isClassic ? await generateX25519Identity() : await generateHybridIdentity();
  const recipient = await identityToRecipient(identity);
  writeFileSync(path, `${identity}\n`, { flag: 'wx', mode: 0o600 });
  writeFileSync(`${path}.recipient`, `${recipient}\n`, { flag: 'wx' });
  return recipient;
}
