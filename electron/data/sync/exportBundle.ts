import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BundleReply } from '../../../shared/contract/views.ts';
import { systemRefusalOf } from '../../../shared/lib/systemErrors.ts';
import { Refused } from '../refused.ts';
import type { CollectedBundle } from './collect.ts';
import { checkBundleSignature, splitBundle, unpackBody } from './format.ts';
import { isPart, readPart, splitIntoParts } from './parts.ts';
import { openBytes, sealBytes } from './seal.ts';

export type Target = Readonly<{
  /** A file, or a folder that is there: in it every file gets a name that says nothing. */
  path: string;
  recipients: readonly string[];
  isClassic: boolean;
  publicKey: string;
  /** Each file is cut into parts of at most so many bytes; null: not at all. */
  partBytes: number | null;
  onPart: (entries: number) => void;
}>;

const UNFINISHED = '.unfinished';
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** A name that says nothing. */
export const opaqueName = (): string => `${[...randomBytes(8)].map((byte) => BASE32[byte % 32]).join('')}.adi`;
const OPAQUE_UNFINISHED = /^[a-z2-7]{8}\.adi\.unfinished$/;
const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

function writeAndSync(path: string, bytes: Buffer): void {
  const handle = openSync(path, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The names must last too; where a system cannot make sure of a folder, the files are whole all the same. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes((cause as { code?: string }).code ?? '')) throw cause;
  }
}

function namesFor(path: string, count: number): string[] {
  if (isFolder(path)) return Array.from({ length: count }, () => join(path, opaqueName()));
  return count === 1 ? [path] : Array.from({ length: count }, (_, at) => `${path}.${at + 1}of${count}`);
}

/** What the medium gives back is joined, opened and verified before any file gets its name. */
async function checkWritten(paths: readonly string[], identity: string, publicKey: string): Promise<void> {
  const read = paths.map((path) => readFileSync(path));
  const sealed = Buffer.concat(read.map((bytes) => (isPart(bytes) ? readPart(bytes).slice : bytes)));
  const opened = splitBundle(await openBytes(sealed, identity));
  checkBundleSignature(opened, publicKey);
  unpackBody(opened);
}

/** Writes one bundle, in one file or in parts: all of it or nothing. */
async function writeBundle(base: string, plain: Buffer, target: Target): Promise<{ paths: string[]; bytes: number }> {
  const { bytes: sealed, checkIdentity } = await sealBytes(plain, target.recipients, target.isClassic);
  const files = target.partBytes === null || sealed.length <= target.partBytes ? [sealed] : splitIntoParts(sealed, target.partBytes);
  const paths = namesFor(base, files.length);
  const unfinished = paths.map((path) => `${path}${UNFINISHED}`);
  const named: string[] = [];
  try {
    for (const [at, bytes] of files.entries()) writeAndSync(unfinished[at] as string, bytes);
    await checkWritten(unfinished, checkIdentity, target.publicKey);
    for (const [at, path] of paths.entries()) {
      renameSync(unfinished[at] as string, path);
      named.push(path);
    }
    syncFolder(dirname(paths[0] as string));
    return { paths, bytes: files.reduce((sum, { length }) => sum + length, 0) };
  } catch (cause) {
    for (const path of [...unfinished, ...named]) removeQuietly(path);
    throw cause;
  }
}

/** The medium may be gone: then there is nothing left to remove, and the first error is the one to tell. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // told by the error that led here
  }
}

/** What an export that was killed left behind in a folder. */
function removeLeftovers(path: string): void {
  if (isFolder(path)) for (const name of readdirSync(path)) if (OPAQUE_UNFINISHED.test(name)) removeQuietly(join(path, name));
}

/**
 * A series becomes `PATH`, `PATH.2`, …, or files without telling names in a folder. Where it is cancelled or fails, none of
 * them stays.
 *
 * @throws Refused: diskFull, notWritable.
 */
export async function exportBundle(bundles: Iterable<CollectedBundle>, target: Target): Promise<BundleReply> {
  const parts: BundleReply['parts'][number][] = [];
  try {
    removeLeftovers(target.path);
    let number = 0;
    for (const { plain, ...facts } of bundles) {
      number += 1;
      const base = number === 1 || isFolder(target.path) ? target.path : `${target.path}.${number}`;
      const { paths, bytes } = await writeBundle(base, plain, target);
      parts.push({ path: paths[0] as string, bytes, ...facts, files: paths });
      target.onPart(facts.upto);
    }
    return { parts };
  } catch (cause) {
    for (const { files } of parts) for (const path of files) removeQuietly(path);
    const refusal = systemRefusalOf(String((cause as { code?: unknown } | null)?.code), 'write');
    throw refusal === null ? cause : new Refused(refusal);
  }
}
