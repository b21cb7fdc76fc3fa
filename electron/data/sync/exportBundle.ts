import { existsSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BundleReply } from '../../../shared/contract/views.ts';
import { systemRefusalOf } from '../../../shared/lib/systemErrors.ts';
import { removeQuietly, syncFolderIfPossible, writeAndSync } from '../durableFiles.ts';
import { Refused } from '../refused.ts';
import type { CollectedBundle } from './collect.ts';
import { checkBundleSignature, splitBundle, unpackBody } from './format.ts';
import { isLeftOver, opaqueName, UNFINISHED } from './opaqueNames.ts';
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

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

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
    syncFolderIfPossible(dirname(paths[0] as string));
    return { paths, bytes: files.reduce((sum, { length }) => sum + length, 0) };
  } catch (cause) {
    for (const path of [...unfinished, ...named]) removeQuietly(path);
    throw cause;
  }
}

/** What an export that was killed left behind in a folder. */
function removeLeftovers(path: string): void {
  if (isFolder(path)) for (const name of readdirSync(path)) if (isLeftOver(name)) removeQuietly(join(path, name));
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
