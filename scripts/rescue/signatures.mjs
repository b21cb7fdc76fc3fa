// Who signed what (docs/protocol.md 1 and 2), read a second time from the document.
import { createHash, createPublicKey, verify } from 'node:crypto';

const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex'); // SubjectPublicKeyInfo of Ed25519, RFC 8410

export function isSigned(publicKey, context, message, signature) {
  try {
    const der = Buffer.concat([PUBLIC_PREFIX, Buffer.from(publicKey, 'base64url')]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return verify(null, Buffer.concat([Buffer.from(`${context}\0`), Buffer.from(message)]), key, signature);
  } catch {
    return false;
  }
}

/** A signed statement; null where it is none or its signature is not that of the key it names. */
export function readStatement(text) {
  try {
    const line = text.trim();
    const { statement, signature } = JSON.parse(line);
    const said = line.slice('{"signature":"","statement":'.length + signature.length, -1);
    if (!isSigned(statement.publicKey, 'adi/device/1', said, Buffer.from(signature, 'base64url'))) return null;
    return { ...statement, genesis: createHash('sha256').update(`adi/genesis/1\0${line}`).digest() };
  } catch {
    return null;
  }
}

/** `head` with `hash` and `root` in base64url. */
export const isHeadSigned = (publicKey, { dev, inc, seq, hash, root }, signature) =>
  isSigned(publicKey, 'adi/head/1', `{"dev":"${dev}","h":"${hash}","inc":${inc},"root":"${root}","seq":${seq}}`, signature);
