import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Ed25519 keys as 32 raw bytes outside, wrapped into the forms that node:crypto reads inside. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex'); // PKCS #8, RFC 8410
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex'); // SubjectPublicKeyInfo, RFC 8410

export const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });
export const publicKeyOf = (seed: Uint8Array): string =>
  createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length).toString('base64url');

/** Private keys lie in the file under their name; those of a later incarnation beside the earlier ones. */
export const secretName = (name: string, incarnation: number): string => (incarnation === 1 ? name : `${name}.${incarnation}`);

export type Signer = (context: string, message: Buffer) => Buffer;

/** Every signature names what it is for, so that none can be shown as another. */
export function signerOf(seed: Uint8Array): Signer {
  const key = privateKeyOf(seed);
  return (context, message) => sign(null, Buffer.concat([Buffer.from(`${context}\0`), message]), key);
}

const publicKeys = new Map<string, KeyObject>();
function publicKeyObject(publicKey: string): KeyObject {
  const known = publicKeys.get(publicKey);
  if (known !== undefined) return known;
  const made = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, Buffer.from(publicKey, 'base64url')]), format: 'der', type: 'spki' });
  if (publicKeys.size < 10_000) publicKeys.set(publicKey, made);
  return made;
}

/** False for a bad signature and for a key that is none. */
export function isSignedBy(publicKey: string, context: string, message: Buffer, signature: Uint8Array): boolean {
  try {
    return verify(null, Buffer.concat([Buffer.from(`${context}\0`), message]), publicKeyObject(publicKey), signature);
  } catch {
    return false;
  }
}
