import { hash } from 'node:crypto';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { BundleCode } from '../../../shared/contract/views.ts';
import { canonical, type Plain, parseCanonical } from '../journal/canonical.ts';
import { isSignedBy, type Signer } from '../journal/keys.ts';

/** `ADB1 | header length u32 | header | signature 64 | body | zero padding`, all of it inside age. Limits of one bundle. */
const MAGIC = Buffer.from('ADB1');
const SIGNATURE_LENGTH = 64;
const CONTEXT = 'adi/bundle/1';
export const LIMITS = {
  fileBytesMax: 72 * 1024 * 1024,
  headerBytesMax: 64 * 1024,
  entriesMax: 100_000,
  rawBytesMax: 64 * 1024 * 1024,
  entryBytesMax: 64 * 1024,
} as const;
const READER_VERSION = 1;

const deviceSchema = z.strictObject({ dev: z.string().regex(/^[0-9a-f]{32}$/), inc: z.number().int().min(1) });
const bytes32 = z.string().length(43);
const headerSchema = z.strictObject({
  t: z.literal('bundle'),
  v: z.literal(1),
  minReader: z.number().int().min(1),
  sigAlgs: z.tuple([z.literal('ed25519')]),
  id: z.string().length(22),
  kind: z.literal('journal'),
  from: deviceSchema,
  to: z.array(deviceSchema).min(1).max(20),
  ranges: z.tuple([
    z.strictObject({
      dev: deviceSchema.shape.dev,
      inc: deviceSchema.shape.inc,
      from: z.number().int().min(1),
      upto: z.number().int().min(1),
      prev: bytes32,
      head: bytes32,
      root: bytes32,
      headSig: z.string().length(86),
    }),
  ]),
  n: z.number().int().min(1).max(LIMITS.entriesMax),
  comp: z.literal('gzip'),
  raw: z.number().int().min(1).max(LIMITS.rawBytesMax),
  body: z.number().int().min(1),
  sha: bytes32,
  ck: bytes32,
});
export type BundleHeader = z.infer<typeof headerSchema>;
export type Lines = readonly string[];

/** Why a bundle is not applied, as a person and a script read it. */
export class BundleRefused extends Error {
  readonly code: BundleCode;
  constructor(code: BundleCode, message: string) {
    super(message);
    this.code = code;
  }
}

const sha256 = (bytes: Uint8Array): string => (hash('sha256', bytes, 'buffer') as Buffer).toString('base64url');

/** Padmé: sizes fall into few buckets, at most an eighth larger, so that a size tells little. */
export function paddedSize(size: number): number {
  if (size < 2) return size;
  const exponent = Math.floor(Math.log2(size));
  const mask = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1) - 1;
  return Math.ceil(size / (mask + 1)) * (mask + 1);
}

/** The signed plaintext of a bundle; the signature covers the header, which holds the hash of the body. */
export function packBundle(
  header: Omit<BundleHeader, 't' | 'v' | 'minReader' | 'sigAlgs' | 'kind' | 'comp' | 'raw' | 'body' | 'sha' | 'n'>,
  lines: Lines,
  sign: Signer,
): Buffer {
  const raw = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const body = gzipSync(raw, { level: 6 });
  const whole: BundleHeader = {
    t: 'bundle',
    v: 1,
    minReader: READER_VERSION,
    sigAlgs: ['ed25519'],
    kind: 'journal',
    comp: 'gzip',
    n: lines.length / 2,
    raw: raw.length,
    body: body.length,
    sha: sha256(body),
    ...header,
  };
  const headerBytes = Buffer.from(canonical(whole as unknown as Plain));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(headerBytes.length);
  const content = Buffer.concat([MAGIC, length, headerBytes, sign(CONTEXT, headerBytes), body]);
  return Buffer.concat([content, Buffer.alloc(paddedSize(content.length) - content.length)]);
}

export type OpenedBundle = Readonly<{ header: BundleHeader; headerBytes: Buffer; signature: Buffer; body: Buffer }>;

/** Splits a decrypted bundle; nothing of the body is parsed here. */
export function splitBundle(plain: Buffer): OpenedBundle {
  if (!plain.subarray(0, 4).equals(MAGIC)) throw new BundleRefused('E_FORMAT', 'this is no bundle of this program');
  const headerLength = plain.length >= 8 ? plain.readUInt32BE(4) : 0;
  if (headerLength > LIMITS.headerBytesMax || 8 + headerLength + SIGNATURE_LENGTH > plain.length)
    throw new BundleRefused('E_LIMIT', 'the header is too large');
  const headerBytes = plain.subarray(8, 8 + headerLength);
  const parsed = parseCanonical(headerBytes.toString('utf8'));
  const minReader = (parsed as { minReader?: unknown } | null)?.minReader;
  if (typeof minReader === 'number' && minReader > READER_VERSION)
    throw new BundleRefused('E_VERSION', 'the bundle was made by a newer version; update this program');
  const header = headerSchema.safeParse(parsed);
  if (!header.success) throw new BundleRefused('E_FORMAT', 'the header has not the expected form');
  const bodyAt = 8 + headerLength + SIGNATURE_LENGTH;
  const body = plain.subarray(bodyAt, bodyAt + header.data.body);
  if (body.length !== header.data.body || plain.subarray(bodyAt + body.length).some((byte) => byte !== 0))
    throw new BundleRefused('E_FORMAT', 'the length is not the one stated');
  return { header: header.data, headerBytes, signature: plain.subarray(8 + headerLength, bodyAt), body };
}

export function checkBundleSignature({ headerBytes, signature, header, body }: OpenedBundle, publicKey: string): void {
  if (!isSignedBy(publicKey, CONTEXT, headerBytes, signature)) throw new BundleRefused('E_SIG', 'the signature is not that of the sender');
  if (sha256(body) !== header.sha) throw new BundleRefused('E_SIG', 'the content is not the one that was signed');
}

/** The lines of the body, event and payload in turn; memory is bounded by what the signed header states. */
export function unpackLines({ header, body }: OpenedBundle): string[] {
  let raw: Buffer;
  try {
    raw = gunzipSync(body, { maxOutputLength: header.raw, finishFlush: constants.Z_FINISH });
  } catch {
    throw new BundleRefused('E_LIMIT', 'the content does not unpack to the size stated');
  }
  const lines = raw.toString('utf8').split('\n');
  if (raw.length !== header.raw || lines.pop() !== '' || lines.length !== header.n * 2)
    throw new BundleRefused('E_FORMAT', 'the number of entries is not the one stated');
  return lines;
}
