import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { BundleRefused } from './format.ts';

const STANZAS_MULTIPLE_OF = 4;
const HYBRID_RECIPIENT = 'age1pq1';

/**
 * Encrypts to hybrid recipients only: one classic recipient among them would give the whole file to a later attack on
 * classic keys. Stanzas are filled up with throw-away keys, so that their number tells nothing.
 *
 * @returns the file, and an identity held only for reading it back once.
 */
export async function sealBytes(plain: Buffer, recipients: readonly string[]): Promise<{ bytes: Buffer; checkIdentity: string }> {
  if (recipients.some((recipient) => !recipient.startsWith(HYBRID_RECIPIENT))) throw new Error('bundles go to hybrid recipients only');
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const checkIdentity = await generateHybridIdentity();
  encrypter.addRecipient(await identityToRecipient(checkIdentity));
  for (let count = recipients.length + 1; count % STANZAS_MULTIPLE_OF !== 0; count++)
    encrypter.addRecipient(await identityToRecipient(await generateHybridIdentity()));
  return { bytes: Buffer.from(await encrypter.encrypt(plain)), checkIdentity };
}

/** Decrypts to the very end; a cut or altered file is refused before anything in it is looked at. */
export async function openBytes(sealed: Uint8Array, identity: string): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return Buffer.from(await decrypter.decrypt(sealed));
  } catch {
    throw new BundleRefused('E_NOT_FOR_US', 'it cannot be opened here: it is for somebody else, or it was altered or cut on the way');
  }
}
