import { z } from 'zod';
import { canonical, parseCanonical } from '../journal/canonical.ts';
import { inReceivingTransaction, type Ledger } from '../ledger.ts';
import { BundleRefused, LIMITS, shaOf } from './format.ts';

/** `ADIP | header length u32 | header | slice of the sealed file`: for mail, small sticks and discs (docs/protocol.md 8). */
const MAGIC = Buffer.from('ADIP');
const HEADER_BYTES_MAX = 1_024;
const PARTS_MAX = 9_999;
/** What may lie in the file while its other parts are on their way. */
const WAITING_BYTES_MAX = 256 * 1024 * 1024;

const sha = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const headerSchema = z
  .strictObject({
    v: z.literal(1),
    whole: sha,
    part: z.number().int().min(1),
    parts: z.number().int().min(1).max(PARTS_MAX),
    sha,
    bytes: z.number().int().min(1).max(LIMITS.fileBytesMax),
  })
  .refine(({ part, parts }) => part <= parts);
export type BundlePart = Readonly<z.infer<typeof headerSchema> & { slice: Buffer }>;

export const isPart = (bytes: Buffer): boolean => bytes.subarray(0, MAGIC.length).equals(MAGIC);

/** The sealed file in pieces of at most `size` bytes each. */
export function splitIntoParts(sealed: Buffer, size: number): Buffer[] {
  const parts = Math.ceil(sealed.length / size);
  const whole = shaOf(sealed);
  return Array.from({ length: parts }, (_, at) => {
    const slice = sealed.subarray(at * size, (at + 1) * size);
    const header = Buffer.from(canonical({ v: 1, whole, part: at + 1, parts, sha: shaOf(slice), bytes: slice.length }));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(header.length);
    return Buffer.concat([MAGIC, length, header, slice]);
  });
}

/** One part; what is cut, altered or of another form is refused. */
export function readPart(bytes: Buffer): BundlePart {
  const length = bytes.length >= 8 ? bytes.readUInt32BE(4) : 0;
  const header = headerSchema.safeParse(length > HEADER_BYTES_MAX ? null : parseCanonical(bytes.subarray(8, 8 + length).toString('utf8')));
  const slice = bytes.subarray(8 + length);
  if (!isPart(bytes) || !header.success || slice.length !== header.data.bytes || shaOf(slice) !== header.data.sha)
    throw new BundleRefused('E_FORMAT', 'this part of a bundle was cut or altered; copy it again');
  return { ...header.data, slice };
}

/** Keeps a part until the others are there. What is here already is ignored; parts that cannot be of one file are refused. */
export function keepPart(ledger: Ledger, { whole, part, parts, slice }: BundlePart): void {
  inReceivingTransaction(ledger, ({ sqlite, deps }) => {
    if (sqlite.prepare('SELECT 1 FROM bundle_part WHERE whole = ? AND part = ?').get(whole, part) !== undefined) return;
    const held = sqlite.prepare('SELECT parts, length(bytes) AS size FROM bundle_part WHERE whole = ?').all(whole) as {
      parts: number;
      size: number;
    }[];
    if (held.some((other) => other.parts !== parts))
      throw new BundleRefused('E_FORMAT', 'this part is not of the file whose others are here');
    if (held.reduce((sum, { size }) => sum + size, slice.length) > LIMITS.fileBytesMax)
      throw new BundleRefused('E_SIZE', 'the parts together are larger than any bundle');
    const waiting = sqlite.prepare('SELECT coalesce(sum(length(bytes)), 0) FROM bundle_part').pluck().get() as number;
    if (waiting + slice.length > WAITING_BYTES_MAX)
      throw new BundleRefused('E_SIZE', 'too many parts of unfinished bundles are kept; discard those whose other parts are lost');
    sqlite
      .prepare('INSERT INTO bundle_part (whole, part, parts, bytes, received_at_ms) VALUES (?, ?, ?, ?, ?)')
      .run(whole, part, parts, slice, deps.nowMs());
  });
}

/** The numbers of the parts that are still missing. */
export function missingParts({ sqlite }: Pick<Ledger, 'sqlite'>, { whole, parts }: Pick<BundlePart, 'whole' | 'parts'>): number[] {
  const held = new Set(sqlite.prepare('SELECT part FROM bundle_part WHERE whole = ?').pluck().all(whole) as number[]);
  return Array.from({ length: parts }, (_, at) => at + 1).filter((part) => !held.has(part));
}

/**
 * The sealed file again, of which all parts are here. They stay until it is known what became of the file: it may have been taken
 * in by then, or keep a place among the files that wait. Null: they make another file, and are let go at once.
 */
export function joinParts(ledger: Ledger, whole: string): Buffer | null {
  const slices = ledger.sqlite.prepare('SELECT bytes FROM bundle_part WHERE whole = ? ORDER BY part').pluck().all(whole) as Buffer[];
  const sealed = Buffer.concat(slices);
  if (shaOf(sealed) === whole) return sealed;
  dropParts(ledger, whole);
  return null;
}

/** Files of which every part is here and which nobody could take in or keep so far. */
export const listComplete = ({ sqlite }: Pick<Ledger, 'sqlite'>): Pick<BundlePart, 'whole'>[] =>
  sqlite
    .prepare('SELECT whole FROM bundle_part GROUP BY whole HAVING count(*) = max(parts) ORDER BY min(received_at_ms), whole')
    .all() as Pick<BundlePart, 'whole'>[];

export const hasParts = ({ sqlite }: Pick<Ledger, 'sqlite'>, whole: string): boolean =>
  sqlite.prepare('SELECT 1 FROM bundle_part WHERE whole = ?').get(whole) !== undefined;

export function dropParts(ledger: Ledger, whole: string): void {
  if (hasParts(ledger, whole))
    inReceivingTransaction(ledger, ({ sqlite }) => void sqlite.prepare('DELETE FROM bundle_part WHERE whole = ?').run(whole));
}
