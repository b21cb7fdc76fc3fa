import { hash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { BundleCode, Quarantine } from '../../../shared/contract/views.ts';
import type { ListFault } from '../../../shared/domain/errors.ts';
import { invariant } from '../../../shared/lib/result.ts';
import { canonical, type Plain, parseCanonical } from '../journal/canonical.ts';
import { PAYLOAD_LENGTH_MAX } from '../journal/envelope.ts';
import { isSignedBy, type Signer } from '../journal/keys.ts';

/** `ADB1 | header length u32 | header | signature 64 | body | zero padding`, all of it inside age. Limits of one bundle. */
const MAGIC = Buffer.from('ADB1');
const SIGNATURE_LENGTH = 64;
const CONTEXT = 'adi/bundle/1';
export const LIMITS = {
  fileBytesMax: 72 * 1024 * 1024,
  headerBytesMax: 128 * 1024,
  entriesMax: 100_000,
  rawBytesMax: 64 * 1024 * 1024,
  payloadLengthMax: PAYLOAD_LENGTH_MAX,
  /** Characters of all entries that one bundle is filled with. */
  bundleTextMax: 128 * 1024 * 1024,
  /** UTF-8 bytes of all payloads that one bundle is filled with; packed, the worst of them take a third more. */
  bundleBytesMax: 48 * 1024 * 1024,
  /** Characters of all payloads of a bundle that are unpacked, one at a time. */
  textMax: 256 * 1024 * 1024,
} as const;
export const READER_VERSION = 1;

const bytesText = (length: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`));
const bytes16 = bytesText(22);
const bytes32 = bytesText(43);
const signature = bytesText(86);
const count = z.number().int().min(0);
const position = z.number().int().min(1);
const device = { dev: z.string().regex(/^[0-9a-f]{32}$/), inc: z.number().int().min(1) };
export const DEVICES_MAX = 20;
export const RANGES_MAX = 16;
export const HOLDS_MAX = 64;
export const RECEIPTS_MAX = 16;
export const PROOFS_MAX = 20;
/** A proof in a tree of 2^32 leaves has 64 hashes at most. */
const path = z.array(bytes32).max(64);

const rangeSchema = z.strictObject({
  ...device,
  from: position,
  upto: position,
  prev: bytes32,
  head: bytes32,
  root: bytes32,
  headSig: signature,
  ck: bytes32,
});
/** Root and signature of the head that the device of the journal signed there; none before its first entry. */
const holdSchema = z
  .strictObject({ ...device, seq: count, head: bytes32, root: bytes32.nullable(), headSig: signature.nullable() })
  .refine(({ seq, root, headSig }) => (seq === 0) === (root === null) && (root === null) === (headSig === null));
const receiptSchema = z.strictObject({
  ...device,
  from: position,
  upto: position,
  head: bytes32,
  bundle: bytes32,
  at: count,
  path,
});
const logSchema = z.strictObject({
  size: count,
  root: bytes32,
  sig: signature,
  receipts: z.array(receiptSchema).max(RECEIPTS_MAX),
  since: z.array(z.strictObject({ ...device, size: count, path })).max(PROOFS_MAX),
});
/** The whole of docs/protocol.md 4: unknown members are refused, and every list and text has a limit. */
const headerSchema = z
  .strictObject({
    t: z.literal('bundle'),
    v: z.literal(1),
    minReader: z.number().int().min(1),
    sigAlgs: z.tuple([z.literal('ed25519')]),
    id: bytes16,
    kind: z.enum(['journal', 'ack']),
    from: z.strictObject(device),
    to: z.array(z.strictObject(device)).min(1).max(DEVICES_MAX),
    ranges: z.array(rangeSchema).max(RANGES_MAX),
    holds: z.array(holdSchema).max(HOLDS_MAX),
    log: logSchema.nullable(),
    seen: z.array(z.strictObject({ ...device, size: count, root: bytes32 })).max(DEVICES_MAX),
    trust: count,
    list: z.union([z.literal(0), z.literal(1)]),
    n: z.number().int().min(0).max(LIMITS.entriesMax),
    comp: z.enum(['brotli', 'gzip']),
    raw: z.number().int().min(0).max(LIMITS.rawBytesMax),
    body: z.number().int().min(0).max(LIMITS.fileBytesMax),
    sha: bytes32,
  })
  .refine(({ kind, ranges }) => (kind === 'ack') === (ranges.length === 0))
  .refine(
    ({ ranges, n }) => ranges.every(({ from, upto }) => upto >= from) && n === ranges.reduce((sum, r) => sum + r.upto - r.from + 1, 0),
  );
export type BundleHeader = z.infer<typeof headerSchema>;
export type BundleRange = BundleHeader['ranges'][number];
/** What the maker of a bundle says of it; the rest follows from the body. */
export type HeaderFacts = Omit<BundleHeader, 't' | 'v' | 'minReader' | 'sigAlgs' | 'kind' | 'comp' | 'list' | 'raw' | 'body' | 'sha' | 'n'>;

/** Why a bundle is not applied, as a person and a script read it. */
export class BundleRefused extends Error {
  readonly code: BundleCode;
  /** Who sent it, as far as that could be read; proved only where the code is none of form and signature. */
  sender: BundleHeader['from'] | null = null;
  /** Why the trust list in it is not accepted; undefined where that is not the cause. */
  readonly listFault: ListFault | undefined;
  constructor(code: BundleCode, message: string, listFault?: ListFault) {
    super(message);
    this.code = code;
    this.listFault = listFault;
  }

  /** What whoever took the file in is told. @param message Where more is to be said than that. */
  told(message = this.message): Quarantine {
    const { code, listFault } = this;
    return { code, message, ...(listFault === undefined ? {} : { listFault }) };
  }

  /** The same, naming the sender. */
  by(sender: BundleHeader['from']): this {
    this.sender ??= sender;
    return this;
  }
}

/** SHA-256 as it stands in headers and tables. */
export const shaOf = (bytes: Uint8Array): string => (hash('sha256', bytes, 'buffer') as Buffer).toString('base64url');

/** Padmé: sizes fall into few buckets, at most an eighth larger, so that a size tells little. */
export function paddedSize(size: number): number {
  if (size < 2) return size;
  const exponent = Math.floor(Math.log2(size));
  const mask = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1) - 1;
  return Math.ceil(size / (mask + 1)) * (mask + 1);
}

/** What lies in the body: the trust list as a line, and each range as `RangeEncoder` packed it. */
export type BundleBody = Readonly<{ list: string | null; ranges: readonly Buffer[] }>;
const QUALITY = 5; // more takes three times as long for a hundredth less
const WINDOW_BITS = 20; // a larger one takes half as long again and finds nothing more

function rawOf({ list, ranges }: BundleBody): Buffer {
  const lengths = ranges.map((range) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(range.length);
    return Buffer.concat([length, range]);
  });
  return Buffer.concat([Buffer.from(list === null ? '' : `${list}\n`), ...lengths]);
}

/** The signed plaintext of a bundle; the signature covers the header, which holds the hash of the body. */
export function packBundle(facts: HeaderFacts, content: BundleBody, sign: Signer): Buffer {
  const raw = rawOf(content);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  const body = brotliCompressSync(raw, {
    params: { [BROTLI_PARAM_QUALITY]: QUALITY, [BROTLI_PARAM_LGWIN]: WINDOW_BITS, [BROTLI_PARAM_SIZE_HINT]: raw.length },
  });
  const whole: BundleHeader = {
    t: 'bundle',
    v: 1,
    minReader: READER_VERSION,
    sigAlgs: ['ed25519'],
    kind: facts.ranges.length === 0 ? 'ack' : 'journal',
    comp: 'brotli',
    list: content.list === null ? 0 : 1,
    n: facts.ranges.reduce((sum, { from, upto }) => sum + upto - from + 1, 0),
    raw: raw.length,
    body: body.length,
    sha: shaOf(body),
    ...facts,
  };
  const headerBytes = Buffer.from(canonical(whole as unknown as Plain));
  invariant(headerBytes.length <= LIMITS.headerBytesMax && headerSchema.safeParse(whole).success, 'a header that nobody would read');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(headerBytes.length);
  const bundle = Buffer.concat([MAGIC, length, headerBytes, sign(CONTEXT, headerBytes), body]);
  return Buffer.concat([bundle, Buffer.alloc(paddedSize(bundle.length) - bundle.length)]);
}

export type OpenedBundle = Readonly<{ header: BundleHeader; headerBytes: Buffer; signature: Buffer; body: Buffer }>;

type Frame = Pick<OpenedBundle, 'headerBytes' | 'signature'> & Readonly<{ bodyAt: number }>;
/** What stands at the same place in every version: the header, and the signature over it. */
function frameOf(plain: Buffer): Frame {
  if (!plain.subarray(0, 4).equals(MAGIC)) throw new BundleRefused('E_FORMAT', 'this is no bundle of this program');
  const headerLength = plain.length >= 8 ? plain.readUInt32BE(4) : 0;
  const bodyAt = 8 + headerLength + SIGNATURE_LENGTH;
  if (headerLength > LIMITS.headerBytesMax || bodyAt > plain.length) throw new BundleRefused('E_LIMIT', 'the header is too large');
  return { headerBytes: plain.subarray(8, 8 + headerLength), signature: plain.subarray(8 + headerLength, bodyAt), bodyAt };
}

const fromSchema = z.object({ from: z.strictObject(device) });
/** Who a bundle says made it, and how to prove that, whichever version it is of; null where it says nobody. */
export function senderSaid(plain: Buffer): { from: BundleHeader['from']; isSignedBy: (publicKey: string) => boolean } | null {
  const { headerBytes, signature } = frameOf(plain);
  const said = fromSchema.safeParse(parseCanonical(headerBytes.toString('utf8')));
  if (!said.success) return null;
  return { from: said.data.from, isSignedBy: (publicKey) => isSignedBy(publicKey, CONTEXT, headerBytes, signature) };
}

/** Splits a decrypted bundle; nothing of the body is parsed here. */
export function splitBundle(plain: Buffer): OpenedBundle {
  const { headerBytes, signature, bodyAt } = frameOf(plain);
  const parsed = parseCanonical(headerBytes.toString('utf8'));
  const minReader = (parsed as { minReader?: unknown } | null)?.minReader;
  if (typeof minReader === 'number' && minReader > READER_VERSION)
    throw new BundleRefused('E_VERSION', 'the bundle was made by a newer version; update this program');
  const header = headerSchema.safeParse(parsed);
  if (!header.success) throw new BundleRefused('E_FORMAT', 'the header has not the expected form');
  const body = plain.subarray(bodyAt, bodyAt + header.data.body);
  const isPadded =
    plain.length === paddedSize(bodyAt + header.data.body) && !plain.subarray(bodyAt + body.length).some((byte) => byte !== 0);
  if (body.length !== header.data.body || !isPadded) throw new BundleRefused('E_FORMAT', 'the length is not the one stated');
  return { header: header.data, headerBytes, signature, body };
}

export function checkBundleSignature({ headerBytes, signature, header, body }: OpenedBundle, publicKey: string): void {
  if (!isSignedBy(publicKey, CONTEXT, headerBytes, signature)) throw new BundleRefused('E_SIG', 'the signature is not that of the sender');
  if (shaOf(body) !== header.sha) throw new BundleRefused('E_SIG', 'the content is not the one that was signed');
}

/** What the body holds; memory is bounded by what the signed header states. */
export function unpackBody({ header, body }: OpenedBundle): BundleBody {
  let raw: Buffer;
  try {
    const options = { maxOutputLength: Math.max(1, header.raw) };
    raw = header.comp === 'brotli' ? brotliDecompressSync(body, options) : gunzipSync(body, options);
  } catch {
    throw new BundleRefused('E_LIMIT', 'the content does not unpack to the size stated');
  }
  if (raw.length !== header.raw) throw new BundleRefused('E_FORMAT', 'the content has not the size stated');
  const lineEnd = header.list === 0 ? -1 : raw.indexOf('\n');
  if (header.list === 1 && lineEnd < 0) throw new BundleRefused('E_FORMAT', 'the trust list is missing');
  let at = lineEnd + 1;
  const ranges = header.ranges.map(() => {
    const length = raw.length - at >= 4 ? raw.readUInt32BE(at) : raw.length;
    if (length > raw.length - at - 4) throw new BundleRefused('E_FORMAT', 'a range is cut off');
    at += 4 + length;
    return raw.subarray(at - length, at);
  });
  if (at !== raw.length) throw new BundleRefused('E_FORMAT', 'something lies behind the last range');
  return { list: header.list === 0 ? null : raw.subarray(0, lineEnd).toString('utf8'), ranges };
}
