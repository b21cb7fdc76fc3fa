import { createHmac, timingSafeEqual } from 'node:crypto';
import { identityToRecipient } from 'age-encryption';
import { BundleRefused, shaOf } from '../../electron/data/sync/format.ts';
import * as real from '../../electron/data/sync/seal.ts';

/**
 * What stands in the place of `seal.ts` in a run: age itself in some runs, and else the same promises for a hundredth of
 * the time. Anybody may seal to a recipient, only who is named can open, and no bit can be changed. It hides nothing; what
 * hides is proved in tests/vectors and tests/sync.
 */

const MAGIC = 'SIM-SEALED';
const TAG_LENGTH = 32;
const CHECK = 'check-identity';
let isReal = false;
export const setRealSeal = (wanted: boolean): void => {
  isReal = wanted;
};

const recipients = new Map<string, string>([[CHECK, CHECK]]);
async function recipientOf(identity: string): Promise<string> {
  const known = recipients.get(identity);
  if (known !== undefined) return known;
  const recipient = await identityToRecipient(identity);
  recipients.set(identity, recipient);
  return recipient;
}

const nameOf = (recipient: string): string => shaOf(Buffer.from(recipient));
const tagOf = (bytes: Buffer): Buffer => createHmac('sha256', MAGIC).update(bytes).digest();

export { identitiesOf } from '../../electron/data/sync/seal.ts';

export async function sealBytes(
  plain: Buffer,
  to: readonly string[],
  isClassic = false,
): Promise<{ bytes: Buffer; checkIdentity: string }> {
  if (isReal) return real.sealBytes(plain, to, isClassic);
  const head = Buffer.from(`${[MAGIC, ...[...to, CHECK].map(nameOf)].join(' ')}\n`);
  const content = Buffer.concat([head, plain]);
  return { bytes: Buffer.concat([content, tagOf(content)]), checkIdentity: CHECK };
}

export async function openBytes(sealed: Uint8Array, identities: string | readonly string[]): Promise<Buffer> {
  if (isReal) return real.openBytes(sealed, identities);
  const own = await Promise.all((typeof identities === 'string' ? [identities] : identities).map(recipientOf));
  const bytes = Buffer.from(sealed);
  const content = bytes.subarray(0, Math.max(0, bytes.length - TAG_LENGTH));
  const tag = bytes.subarray(content.length);
  const lineEnd = content.indexOf('\n');
  const [magic, ...names] = content.subarray(0, Math.max(0, lineEnd)).toString('latin1').split(' ');
  const isWhole = magic === MAGIC && tag.length === TAG_LENGTH && timingSafeEqual(tag, tagOf(content));
  if (!isWhole || !own.some((recipient) => names.includes(nameOf(recipient))))
    throw new BundleRefused('E_NOT_FOR_US', 'it cannot be opened here');
  return content.subarray(lineEnd + 1);
}
