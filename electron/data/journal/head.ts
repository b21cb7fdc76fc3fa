import type { Plain } from './canonical.ts';
import { canonical } from './canonical.ts';
import { isSignedBy, type Signer } from './keys.ts';

/** The state of a stream in one signature: the last hash and the root of the tree over all hashes. */
export type Head = Readonly<{ device: string; incarnation: number; seq: number; hash: Buffer; root: Buffer }>;

const CONTEXT = 'adi/head/1';
const messageOf = ({ device, incarnation, seq, hash, root }: Head): Buffer =>
  Buffer.from(
    canonical({ dev: device, inc: incarnation, seq, h: hash.toString('base64url'), root: root.toString('base64url') } satisfies Plain),
  );

export const signHead = (head: Head, sign: Signer): Buffer => sign(CONTEXT, messageOf(head));
export const isHeadSignedBy = (publicKey: string, head: Head, signature: Buffer): boolean =>
  isSignedBy(publicKey, CONTEXT, messageOf(head), signature);

/** The head as people read and print it: the first 16 hex digits. */
export const headCode = (hash: Buffer): string => hash.toString('hex').slice(0, 16);
