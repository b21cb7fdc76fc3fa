import { createCipheriv, createDecipheriv, hash, hkdfSync, sign, verify } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { bytesOf, byteText, hmacSha256, sha256 } from '../../electron/data/journal/digest.ts';
import { isSignedBy, privateKeyOf, publicKeyOf, signerOf } from '../../electron/data/journal/keys.ts';
import { stretch } from '../../electron/data/keys/slots.ts';
import {
  type BundleHeader,
  checkBundleSignature,
  type HeaderFacts,
  packBundle,
  splitBundle,
  unpackBody,
} from '../../electron/data/sync/format.ts';
import { openBytes, sealBytes } from '../../electron/data/sync/seal.ts';

/** Known answers of everything that bundles, journals and key slots rest on: [what, what it must be, what it is here]. */
type Probe = readonly [what: string, wanted: string, got: () => string | Promise<string>];

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const failsOr = (work: () => string): string => {
  try {
    return work();
  } catch {
    return 'refused';
  }
};

// RFC 8032, 7.1, test 2.
const SEED = hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
const PUBLIC_KEY = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';
const SIGNATURE =
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';
const MESSAGE = hex('72');

function gcm(sealed: string): string {
  const bytes = hex(sealed);
  const decipher = createDecipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12)).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('hex');
}

function gcmSeal(): string {
  const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12));
  return Buffer.concat([cipher.update(Buffer.alloc(16)), cipher.final(), cipher.getAuthTag()]).toString('hex');
}
// The test cases that came with the mode: key, nonce and plaintext of zeros.
const GCM_SEALED = 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919';

/** `hello world`, packed by other programs. */
const BROTLI = '0b058068656c6c6f20776f726c6403';
const GZIP = '1f8b08000000000000ffcb48cdc9c95728cf2fca49010085114a0d0b000000';

const FACTS: HeaderFacts = {
  id: 'A'.repeat(22),
  from: { dev: '0'.repeat(32), inc: 1 },
  to: [{ dev: '1'.repeat(32), inc: 1 }],
  ranges: [],
  holds: [],
  log: null,
  seen: [],
  trust: 1,
};

/** One bundle all the way: signed, compressed, sealed, opened, checked, unpacked. */
async function bundleThereAndBack(): Promise<string> {
  const identity = await generateHybridIdentity();
  const plain = packBundle(FACTS, { list: 'a line', ranges: [] }, signerOf(SEED));
  const { bytes } = await sealBytes(plain, [await identityToRecipient(identity)]);
  const opened = splitBundle(await openBytes(bytes, identity));
  checkBundleSignature(opened, hex(PUBLIC_KEY).toString('base64url'));
  return unpackBody(opened).list ?? '';
}

const gzipBody = (raw: number): string => {
  const header = { comp: 'gzip', raw, list: 0, ranges: [] } as unknown as BundleHeader;
  return unpackBody({ header, headerBytes: Buffer.alloc(0), signature: Buffer.alloc(0), body: hex(GZIP) }).ranges.join();
};

export const CRYPTO_PROBES: readonly Probe[] = [
  ['Ed25519: public key', PUBLIC_KEY, () => Buffer.from(publicKeyOf(SEED), 'base64url').toString('hex')],
  ['Ed25519: signature', SIGNATURE, () => sign(null, MESSAGE, privateKeyOf(SEED)).toString('hex')],
  ['Ed25519: good', 'true', () => String(verify(null, MESSAGE, privateKeyOf(SEED), hex(SIGNATURE)))],
  ['Ed25519: another message', 'false', () => String(verify(null, hex('73'), privateKeyOf(SEED), hex(SIGNATURE)))],
  [
    'Ed25519: another context',
    'true false',
    () => {
      const signature = signerOf(SEED)('adi/head/1', MESSAGE);
      return ['adi/head/1', 'adi/bundle/1']
        .map((context) => isSignedBy(hex(PUBLIC_KEY).toString('base64url'), context, MESSAGE, signature))
        .join(' ');
    },
  ],
  [
    'SHA-256',
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    () => hash('sha256', Buffer.from('abc'), 'hex') satisfies string,
  ],
  [
    'SHA-256 of the journal',
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    () => bytesOf(sha256(byteText(Buffer.from('a')), 'bc')).toString('hex'),
  ],
  [
    'HMAC-SHA-256', // RFC 4231, case 2
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    () => bytesOf(hmacSha256(Buffer.from('Jefe'))('what do ya want for nothing?')).toString('hex'),
  ],
  [
    'HKDF-SHA-256', // RFC 5869, case 1
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    () =>
      Buffer.from(hkdfSync('sha256', Buffer.alloc(22, 0x0b), hex('000102030405060708090a0b0c'), hex('f0f1f2f3f4f5f6f7f8f9'), 42)).toString(
        'hex',
      ),
  ],
  ['AES-256-GCM: sealed', GCM_SEALED, gcmSeal],
  ['AES-256-GCM: opened', '0'.repeat(32), () => gcm(GCM_SEALED)],
  ['AES-256-GCM: altered', 'refused', () => failsOr(() => gcm(GCM_SEALED.replace('ce', 'cf')))],
  [
    'Argon2id', // from the tests of its reference implementation: 64 MiB, two passes
    '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7',
    async () => {
      const salt = Buffer.from('somesalt').toString('base64url');
      return Buffer.from(await stretch('password', { name: 'argon2id', memoryKib: 65_536, passes: 2, salt })).toString('hex');
    },
  ],
  ['brotli', 'hello world', () => brotliDecompressSync(hex(BROTLI)).toString()],
  ['brotli: more than stated', 'refused', () => failsOr(() => brotliDecompressSync(hex(BROTLI), { maxOutputLength: 10 }).toString())],
  ['gzip', 'hello world', () => gunzipSync(hex(GZIP)).toString()],
  ['gzip: more than a header states', 'refused', () => failsOr(() => gzipBody(10))],
  ['a bundle there and back', 'a line', bundleThereAndBack],
];

/** What this runtime answers otherwise than it must; nothing is right. */
export async function checkCrypto(): Promise<string[]> {
  const faults: string[] = [];
  for (const [what, wanted, got] of CRYPTO_PROBES) {
    const answer = await Promise.resolve()
      .then(got)
      .catch((cause: unknown) => `failed: ${cause}`);
    if (answer !== wanted) faults.push(`${what}: ${answer} and not ${wanted}`);
  }
  return faults;
}
