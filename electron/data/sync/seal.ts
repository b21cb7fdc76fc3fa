import { Decrypter, Encrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { OwnDevice } from '../journal/journal.ts';
import { BundleRefused } from './format.ts';

const STANZAS_MULTIPLE_OF = 4;
/** The two kinds of recipients, and no other: a passphrase or a plug-in has no place in a bundle. */
const KINDS = {
  hybrid: { form: /^age1pq1[0-9a-z]+$/, make: generateHybridIdentity },
  classic: { form: /^age1[02-9ac-hj-np-z]{58}$/, make: generateX25519Identity },
} as const;

/**
 * Encrypts to hybrid recipients only, or to classic ones only where the trust list says so: one classic recipient among
 * hybrid ones would give the whole file to a later attack on classic keys. Stanzas are filled up with throw-away keys of the
 * same kind, so that their number tells nothing.
 *
 * @returns the file, and an identity held only for reading it back once.
 */
export async function sealBytes(
  plain: Buffer,
  recipients: readonly string[],
  isClassic = false,
): Promise<{ bytes: Buffer; checkIdentity: string }> {
  const kind = isClassic ? 'classic' : 'hybrid';
  const { form, make } = KINDS[kind];
  if (recipients.some((recipient) => !form.test(recipient))) throw new Error(`bundles go to ${kind} recipients only`);
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const checkIdentity = await make();
  encrypter.addRecipient(await identityToRecipient(checkIdentity));
  for (let count = recipients.length + 1; count % STANZAS_MULTIPLE_OF !== 0; count++)
    encrypter.addRecipient(await identityToRecipient(await make()));
  return { bytes: Buffer.from(await encrypter.encrypt(plain)), checkIdentity };
}

type Keys = Pick<OwnDevice, 'ageIdentity' | 'classicIdentity' | 'earlierIdentities'>;
/** What a device opens bundles with: the keys of its earlier incarnations too, and classic ones where the file has any. */
export const identitiesOf = ({ ageIdentity, classicIdentity, earlierIdentities }: Keys): readonly string[] => [
  ageIdentity,
  ...(classicIdentity === null ? [] : [classicIdentity]),
  ...earlierIdentities,
];

/** Decrypts to the very end with any of the identities; a cut or altered file is refused before anything in it is looked at. */
export async function openBytes(sealed: Uint8Array, identities: string | readonly string[]): Promise<Buffer> {
  const decrypter = new Decrypter();
  for (const identity of typeof identities === 'string' ? [identities] : identities) decrypter.addIdentity(identity);
  try {
    return Buffer.from(await decrypter.decrypt(sealed));
  } catch {
    throw new BundleRefused('E_NOT_FOR_US', 'it cannot be opened here: it is for somebody else, or it was altered or cut on the way');
  }
}
