import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { BundleReply } from '../../../shared/contract/views.ts';
import type { CollectedPart } from './collect.ts';
import { BundleRefused, checkBundleSignature, LIMITS, splitBundle } from './format.ts';
import { openBytes, sealBytes } from './seal.ts';

type Target = Readonly<{
  path: string;
  recipients: readonly string[];
  isClassic?: boolean;
  publicKey: string;
  onPart: (entries: number) => void;
}>;

function writeAndSync(path: string, bytes: Buffer): void {
  const handle = openSync(path, 'w', 0o600);
  try {
    writeSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes, reads back from the medium, opens and verifies, and only then gives the file its name. */
async function writePart(path: string, part: CollectedPart, { recipients, isClassic, publicKey }: Target): Promise<number> {
  const { bytes, checkIdentity } = await sealBytes(part.plain, recipients, isClassic);
  const unfinished = `${path}.part`;
  try {
    writeAndSync(unfinished, bytes);
    const read = splitBundle(await openBytes(readFileSync(unfinished), checkIdentity));
    checkBundleSignature(read, publicKey);
    renameSync(unfinished, path);
    return bytes.length;
  } catch (cause) {
    rmSync(unfinished, { force: true });
    throw cause;
  }
}

/** A long range becomes `PATH`, `PATH.2`, … Where it is cancelled or fails, none of them stays. */
export async function exportBundle(parts: Iterable<CollectedPart>, target: Target): Promise<BundleReply> {
  const written: BundleReply['parts'][number][] = [];
  try {
    await writeParts(parts, target, written);
    return { parts: written };
  } catch (cause) {
    for (const { path } of written) rmSync(path, { force: true });
    throw cause;
  }
}

async function writeParts(parts: Iterable<CollectedPart>, target: Target, written: BundleReply['parts'][number][]): Promise<void> {
  for (const part of parts) {
    const path = written.length === 0 ? target.path : `${target.path}.${written.length + 1}`;
    const bytes = await writePart(path, part, target);
    written.push({ path, bytes, entries: part.entries, from: part.from, upto: part.upto });
    target.onPart(part.upto);
  }
}

/** Reads a bundle file within the size that any bundle may have, and opens it with the own identity. */
export async function openBundleFile(path: string, identity: string | readonly string[]): Promise<Buffer> {
  const sealed = readFileSync(path);
  if (sealed.length > LIMITS.fileBytesMax) throw new BundleRefused('E_SIZE', 'the file is larger than any bundle');
  return openBytes(sealed, identity);
}
