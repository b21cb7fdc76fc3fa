import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { findLocal, keepLocal } from '../db/localSettings.ts';
import type { Ledger } from '../ledger.ts';
import { checkBundleSignature, type OpenedBundle, splitBundle } from './format.ts';
import { openBytes } from './seal.ts';
import type { Listing } from './tailFiles.ts';

/** One file of the tail: entries `from`-`upto` of the own journal. */
const segmentSchema = z.strictObject({
  name: z.string(),
  bytes: z.number().int(),
  from: z.number().int().min(1),
  upto: z.number().int().min(1),
});
export type Segment = Readonly<z.infer<typeof segmentSchema>>;
/** What lies in the folder: the tail without a gap from entry 1, and files that are not of it. */
const indexSchema = z.strictObject({ segments: z.array(segmentSchema), others: z.record(z.string(), z.number()) });
export type TailIndex = Readonly<z.infer<typeof indexSchema>>;

/** Entries of one file; more are not put together again. */
export const SEGMENT_ENTRIES_MAX = 4_096;
const INDEX = 'tailIndex';

const sizeOf = ({ from, upto }: Pick<Segment, 'from' | 'upto'>) => upto - from + 1;
export const coveredBy = ({ segments }: TailIndex): number => segments.at(-1)?.upto ?? 0;

/**
 * The files that the next one takes the place of: each is at most twice as large as what follows it, so that a journal of n
 * entries needs about log n small files beside the full ones, and every entry is written about log n times.
 */
export function toMerge(segments: readonly Segment[], lastSeq: number): readonly Segment[] {
  let at = segments.length;
  for (; at > 0; at--) {
    const before = segments[at - 1] as Segment;
    const after = lastSeq - before.upto;
    if (sizeOf(before) >= 2 * after || sizeOf(before) + after > SEGMENT_ENTRIES_MAX) break;
  }
  return segments.slice(at);
}

export function readIndex(ledger: Ledger): TailIndex | null {
  const text = findLocal(ledger, INDEX);
  const parsed = text === null ? null : indexSchema.safeParse(JSON.parse(text));
  return parsed?.success ? parsed.data : null;
}
export const writeIndex = (ledger: Ledger, index: TailIndex | null): void =>
  keepLocal(ledger, INDEX, index === null ? null : JSON.stringify(index));

/** Whether the folder is as it was left. */
export function isAsLeft({ segments, others }: TailIndex, listing: Listing): boolean {
  const known = new Map<string, number>([...segments.map(({ name, bytes }) => [name, bytes] as const), ...Object.entries(others)]);
  return known.size === listing.size && [...known].every(([name, bytes]) => listing.get(name) === bytes);
}

/** The entries of a file of this tail; null for anything else, a later entry than those held here among it. */
function readSegment(ledger: Ledger, opened: OpenedBundle): Pick<Segment, 'from' | 'upto'> | null {
  const { device, incarnation, stream, publicKey } = ledger.device;
  const { from: sender, to, ranges } = opened.header;
  const isOwn = (one: { dev: string; inc: number } | undefined) => one?.dev === device && one.inc === incarnation;
  const [range] = ranges;
  if (!isOwn(sender) || !isOwn(to[0]) || to.length !== 1 || ranges.length !== 1 || range === undefined || !isOwn(range)) return null;
  checkBundleSignature(opened, publicKey);
  const held = ledger.sqlite.prepare('SELECT hash FROM entry WHERE stream = ? AND seq = ?').pluck().get(stream, range.upto);
  return (held as Buffer | undefined)?.toString('base64url') === range.head ? { from: range.from, upto: range.upto } : null;
}

/**
 * Looks into every file of a folder that is not as it was left: on a new medium, after a kill, after a restored backup.
 *
 * @returns the tail, and files of it that others cover. What holds entries that are not held here is neither.
 */
export async function scanFolder(ledger: Ledger, folder: string, listing: Listing): Promise<{ index: TailIndex; redundant: string[] }> {
  const found: Segment[] = [];
  const others: Record<string, number> = {};
  for (const [name, bytes] of listing) {
    const sealed = await readFile(join(folder, name));
    try {
      const range = readSegment(ledger, splitBundle(await openBytes(sealed, ledger.device.ageIdentity)));
      if (range === null) others[name] = bytes;
      else found.push({ name, bytes, ...range });
    } catch {
      others[name] = bytes; // for somebody else, or damaged
    }
  }
  return chainOf(found, others);
}

/** Greedy from entry 1: the file that reaches furthest comes next. */
export function chainOf(found: readonly Segment[], others: Readonly<Record<string, number>>): { index: TailIndex; redundant: string[] } {
  const segments: Segment[] = [];
  const nextOf = (covered: number) =>
    found
      .filter(({ from }) => from === covered + 1)
      .reduce<Segment | null>((best, one) => (one.upto > (best?.upto ?? 0) ? one : best), null);
  for (let next = nextOf(0); next !== null; next = nextOf(next.upto)) segments.push(next);
  const covered = segments.at(-1)?.upto ?? 0;
  const left = found.filter((one) => !segments.includes(one));
  const redundant = left.filter(({ upto }) => upto <= covered).map(({ name }) => name);
  const beyond = left.filter(({ upto }) => upto > covered).map(({ name, bytes }) => [name, bytes] as const);
  return { index: { segments, others: { ...others, ...Object.fromEntries(beyond) } }, redundant };
}
