import crypto, { type KeyObject } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Whether a signature fits a key and a message is asked once: four files hold the same heads, and each `verify` asks for all
 * of them. What was asked is remembered byte for byte, so that nothing else gets its answer.
 */

const REMEMBERED_MAX = 30_000;

/** To be called before the code under test is imported. */
export function rememberSignatures(): void {
  const { verify } = crypto;
  let count = 0;
  let known = new WeakMap<KeyObject, Map<string, boolean>>();
  const remembering = (algorithm: null, message: Buffer, key: KeyObject, signature: Buffer): boolean => {
    const ofKey = known.get(key) ?? new Map<string, boolean>();
    known.set(key, ofKey);
    const asked = `${Buffer.from(signature).toString('latin1')} ${message.toString('latin1')}`;
    const before = ofKey.get(asked);
    if (before !== undefined) return before;
    const isSound = verify(algorithm, message, key, signature);
    if (++count > REMEMBERED_MAX) [known, count] = [new WeakMap(), 0];
    ofKey.set(asked, isSound);
    return isSound;
  };
  crypto.verify = remembering as typeof verify;
  syncBuiltinESMExports();
}
