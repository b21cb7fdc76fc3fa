import { hash } from 'node:crypto';
import { z } from 'zod';
import type { ListFault } from '../../../shared/domain/errors.ts';
import { spokenWords } from '../keys/words.ts';
import { canonical, type Plain, parseCanonical } from './canonical.ts';
import { isSignedBy, type Signer } from './keys.ts';
import { genesisOf } from './statement.ts';

/** The trust list as text: its form, its signatures, and what may follow upon what. No file, no clock, no ledger. */

const CONTEXT = 'adi/trust/1';
/** The protocol that this program reads. */
export const LIST_READER = 1;
/** An entry holds 64 KiB, and a list is recorded in one. */
export const LIST_BYTES_MAX = 60_000;
/** A leap to the greatest number there is would let no later list follow, even from new roots. */
export const VERSION_STEP_MAX = 1_000;

const bytes32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const isSorted = (texts: readonly string[]) => texts.every((text, at) => at === 0 || (texts[at - 1] as string) < text);
const keyOfRevoked = ({ dev, inc }: { dev: string; inc: number }) => `${dev} ${String(inc).padStart(16, '0')}`;
const revokedSchema = z.strictObject({
  dev: z.string().regex(/^[0-9a-f]{32}$/),
  inc: z.number().int().min(1),
  /** The last entry that counts; 0 for none. */
  seq: z.number().int().min(0),
  head: bytes32.nullable(),
});
const isKind = (recipient: string, kind: 'hybrid' | 'classic') => recipient.startsWith('age1pq1') === (kind === 'hybrid');

const listSchema = z
  .strictObject({
    v: z.literal(1),
    minReader: z.number().int().min(1),
    version: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
    /** The last day on which it counts as fresh. */
    expiresOn: z.iso.date(),
    previous: bytes32.nullable(),
    roots: z.array(bytes32).min(2).max(9).refine(isSorted),
    threshold: z.number().int().min(2),
    /** Hash 0 of each device's journal: it covers the whole signed statement, which travels beside the list. */
    devices: z.array(bytes32).max(1000).refine(isSorted),
    revoked: z
      .array(revokedSchema)
      .max(1000)
      .refine((rows) => isSorted(rows.map(keyOfRevoked))),
    recipients: z.enum(['hybrid', 'classic']),
    recovery: z
      .array(
        z
          .string()
          .regex(/^age1[0-9a-z]+$/)
          .max(4000),
      )
      .max(4)
      .refine(isSorted),
  })
  // Two groups of roots that have no key in common must never both be enough.
  .refine(({ roots, threshold }) => threshold <= roots.length && threshold * 2 > roots.length)
  .refine(({ recovery, recipients }) => recovery.every((recipient) => isKind(recipient, recipients)));
export type TrustList = z.infer<typeof listSchema>;
export type Revoked = TrustList['revoked'][number];

const signaturesSchema = z
  .array(z.strictObject({ key: bytes32, sig: z.string().length(86) }))
  .max(18)
  .refine((rows) => isSorted(rows.map(({ key }) => key)));
/** What the journal keeps: everything that the roots signed, and their signatures. */
const signedSchema = z.strictObject({ list: listSchema, signatures: signaturesSchema });
export type SignedList = z.infer<typeof signedSchema>;
/** What travels: the same, with the statements of devices that it names. */
const fileSchema = z.strictObject({ ...signedSchema.shape, statements: z.array(z.string().max(8000)).max(1000) });
export type ListFile = z.infer<typeof fileSchema>;

const asPlain = (value: object): Plain => value as unknown as Plain;
const sha256 = (text: string): Buffer => hash('sha256', Buffer.from(text), 'buffer');

/** What the roots sign, and what the next list names as the one before. */
export const listDigest = (list: TrustList): Buffer => sha256(canonical(asPlain(list)));
export const hashOfList = (list: TrustList): string => listDigest(list).toString('base64url');
export const hashOfStatement = (statement: string): string => genesisOf(statement).toString('base64url');

/** Members in the one order that the form allows, each once. */
export function tidyList(list: TrustList): TrustList {
  const sorted = (texts: readonly string[]) => [...new Set(texts)].sort();
  return {
    ...list,
    roots: sorted(list.roots),
    devices: sorted(list.devices),
    recovery: sorted(list.recovery),
    revoked: [...list.revoked].sort((a, b) => (keyOfRevoked(a) < keyOfRevoked(b) ? -1 : 1)),
  };
}

export const signedText = ({ list, signatures }: SignedList): string => canonical(asPlain({ list, signatures }));
export const fileText = (file: ListFile): string => canonical(asPlain(file));

/** Null unless canonical and of the right form. What signed it is not looked at here. */
export function readSigned(text: string): SignedList | null {
  if (Buffer.byteLength(text) > LIST_BYTES_MAX) return null;
  const parsed = signedSchema.safeParse(parseCanonical(text));
  return parsed.success ? parsed.data : null;
}

export function readListFile(text: string): ListFile | null {
  const parsed = fileSchema.safeParse(parseCanonical(text));
  return parsed.success && Buffer.byteLength(signedText(parsed.data)) <= LIST_BYTES_MAX ? parsed.data : null;
}

/** The program that a text asks for at least, whatever else stands in it: a newer form is no damage. Null where it says none. */
export function minReaderOf(text: string): number | null {
  const parsed = parseCanonical(text) as { list?: { minReader?: unknown } } | null;
  const said = parsed?.list?.minReader;
  return typeof said === 'number' ? said : null;
}

/** Eight words over the root keys and how many of them must sign, for reading out over a second channel. */
export const rootsFingerprint = ({ roots, threshold }: Pick<TrustList, 'roots' | 'threshold'>): string =>
  spokenWords(sha256(`adi/roots/1\0${canonical({ roots: [...roots].sort(), threshold })}`));

/** The list with one signature more; a key that signed before signs in its place. */
export function signList<T extends SignedList>(file: T, key: string, sign: Signer): T {
  const sig = sign(CONTEXT, listDigest(file.list)).toString('base64url');
  const others = file.signatures.filter((each) => each.key !== key);
  return { ...file, signatures: [...others, { key, sig }].sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

/** Which of the roots have signed: each counts once, whatever it signed twice. */
export function signersOf({ list, signatures }: SignedList, roots: readonly string[]): ReadonlySet<string> {
  const digest = listDigest(list);
  const isGood = ({ key, sig }: SignedList['signatures'][number]) =>
    roots.includes(key) && isSignedBy(key, CONTEXT, digest, Buffer.from(sig, 'base64url'));
  return new Set(signatures.filter(isGood).map(({ key }) => key));
}

export const isExpired = ({ expiresOn }: Pick<TrustList, 'expiresOn'>, today: string): boolean => today > expiresOn;

const isSigned = (next: SignedList, by: Pick<TrustList, 'roots' | 'threshold'>): boolean => signersOf(next, by.roots).size >= by.threshold;

/** Why one revocation is not kept by the next list: it is gone, or reaches further than before. */
const isLoosened = (held: Revoked, next: TrustList): boolean =>
  !next.revoked.some(({ dev, inc, seq }) => dev === held.dev && inc === held.inc && seq <= held.seq);

/**
 * Why `next` may not take the place of the list in force; null where it may. Order: program, version, signatures of the
 * roots in force, signatures of its own roots, the list before, what it may not take back. `held` null: the first list,
 * whose roots a person has to compare.
 */
export function listFault(next: SignedList, held: SignedList | null): ListFault | null {
  const { list } = next;
  if (list.minReader > LIST_READER) return { fault: 'newerProgram' };
  if (held !== null) {
    const { version, roots, threshold } = held.list;
    if (list.version <= version) return { fault: 'inForce', version };
    if (list.version > version + VERSION_STEP_MAX) return { fault: 'tooFarAhead', version: list.version, held: version };
    if (!isSigned(next, { roots, threshold })) return { fault: 'unsignedByRootsInForce', threshold };
  }
  if (!isSigned(next, list)) return { fault: 'unsignedByOwnRoots', threshold: list.threshold };
  return held === null ? null : successionFault(list, held.list);
}

function successionFault(next: TrustList, held: TrustList): ListFault | null {
  if (next.version === held.version + 1 && next.previous !== hashOfList(held)) return { fault: 'doesNotFollow' };
  if (held.devices.some((device) => !next.devices.includes(device))) return { fault: 'deviceMissing' };
  if (held.revoked.some((row) => isLoosened(row, next))) return { fault: 'revocationTakenBack' };
  return null;
}
