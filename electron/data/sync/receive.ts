import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ApplyFolderReply, ApplyReply } from '../../../shared/contract/views.ts';
import { findLocal, keepLocal } from '../db/localSettings.ts';
import { inReceivingTransaction, type Ledger } from '../ledger.ts';
import { foldAfterUpdate } from '../projections/foldForeign.ts';
import type { OnProgress } from './applyRange.ts';
import { keepFork } from './cases.ts';
import { BundleRefused, LIMITS, READER_VERSION, shaOf } from './format.ts';
import { keepOwnFork } from './holds.ts';
import { isPart, joinParts, keepPart, missingParts, readPart } from './parts.ts';
import { type Cure, forgetRefused, keepRefused, waitingBytes, waitingFor } from './quarantine.ts';
import { identitiesOf, openBytes } from './seal.ts';
import { readSigned, takeIn } from './takeIn.ts';

/** The way of a file into the journal, step by step as in docs/protocol.md 6. */

const NOTHING: ApplyReply = { applied: 0, skipped: 0, quarantined: null, cleared: 0, missingParts: [] };
const AGE_MAGIC = Buffer.from('age-encryption.org/v1');
/** A part has a short header before what a whole file may be. */
const SIZE_MAX = LIMITS.fileBytesMax + 2_048;

/** The bytes of a file within the size that any bundle may have. */
export function readSealed(path: string): Buffer {
  if (statSync(path).size > SIZE_MAX) throw new BundleRefused('E_SIZE', 'the file is larger than any bundle');
  return readFileSync(path);
}

/** One sealed file, once: taken in whole, or kept with the reason why not. */
async function takeSealed(ledger: Ledger, sealed: Buffer, name: string, onProgress: OnProgress): Promise<ApplyReply> {
  const sha = shaOf(sealed);
  try {
    if (sealed.length > LIMITS.fileBytesMax) throw new BundleRefused('E_SIZE', 'the file is larger than any bundle');
    const signed = readSigned(ledger, await openBytes(sealed, identitiesOf(ledger.device)), sha);
    const { applied, skipped, clockAheadMs, leftOut } = takeSigned(ledger, signed, onProgress);
    if (leftOut === null) forgetRefused(ledger, sha);
    return { ...NOTHING, applied, skipped, ...(clockAheadMs === null ? {} : { clockAheadMs }), ...(leftOut === null ? {} : { leftOut }) };
  } catch (cause) {
    if (!(cause instanceof BundleRefused)) throw cause;
    keepFork(ledger, cause);
    const isReadOnly = ledger.readOnly !== null;
    const isKept = keepRefused(ledger, { sha, name, sealed, cause });
    const why = isReadOnly ? 'this file can only be read' : 'too many files wait here already, discard some first';
    const message = isKept ? cause.message : `${cause.message}. It was not kept: ${why}`;
    keepOwnFork(ledger, cause);
    return { ...NOTHING, quarantined: cause.told(message) };
  }
}

function takeSigned(ledger: Ledger, signed: ReturnType<typeof readSigned>, onProgress: OnProgress) {
  try {
    return inReceivingTransaction(ledger, (tx) => takeIn(tx, signed, onProgress));
  } catch (cause) {
    throw cause instanceof BundleRefused ? cause.by(signed.opened.header.from) : cause;
  }
}

/**
 * Tries what waits again, now that something happened that may have cleared its cause; and as long as one of them is
 * taken in, those that waited for it.
 */
export async function retryWaiting(ledger: Ledger, causes: readonly Cure[]): Promise<{ cleared: number; applied: number }> {
  const sum = { cleared: 0, applied: 0 };
  if (ledger.readOnly !== null) return sum;
  const cures = new Set(causes);
  for (let before = -1; before < sum.cleared; ) {
    before = sum.cleared;
    for (const { sha } of waitingFor(ledger, cures)) {
      const waiting = waitingBytes(ledger, sha);
      if (waiting === undefined) continue;
      const reply = await takeSealed(ledger, waiting.bytes, waiting.name, () => undefined);
      if (reply.quarantined !== null || reply.leftOut !== undefined) continue;
      sum.cleared += 1;
      sum.applied += reply.applied;
      cures.add('bundle');
    }
  }
  return sum;
}

/** What a file holds: a whole bundle, or one part, which is kept until the others are there. Null: others are missing. */
function wholeOf(ledger: Ledger, bytes: Buffer): Buffer | readonly number[] {
  if (!isPart(bytes)) return bytes;
  const part = readPart(bytes);
  keepPart(ledger, part);
  return joinParts(ledger, part) ?? missingParts(ledger, part);
}

/** Takes in one file: a bundle or a part of one. What waited for it follows. */
export async function receiveFile(ledger: Ledger, path: string, onProgress: OnProgress = () => undefined): Promise<ApplyReply> {
  let whole: ReturnType<typeof wholeOf>;
  try {
    whole = wholeOf(ledger, readSealed(path));
  } catch (cause) {
    if (!(cause instanceof BundleRefused)) throw cause;
    return { ...NOTHING, quarantined: cause.told() };
  }
  if (!Buffer.isBuffer(whole)) return { ...NOTHING, missingParts: whole as readonly number[] };
  const reply = await takeSealed(ledger, whole, basename(path), onProgress);
  if (reply.quarantined !== null) return reply;
  const { cleared } = await retryWaiting(ledger, ['bundle', 'trust']);
  return { ...reply, cleared };
}

/** Whether a file is a bundle or a part of one, by its first bytes. */
const looksLikeOurs = (path: string): boolean => {
  if (!statSync(path).isFile() || statSync(path).size > SIZE_MAX) return false;
  const bytes = readFileSync(path);
  return isPart(bytes) || bytes.subarray(0, AGE_MAGIC.length).equals(AGE_MAGIC);
};

/** What lies in a folder: bundles and parts, and by name what is neither; folders in it, which nobody looks into, end in a slash. */
export function lookThrough(folder: string): Readonly<{ names: readonly string[]; foreign: readonly string[] }> {
  const all = readdirSync(folder).sort();
  const names = all.filter((name) => looksLikeOurs(join(folder, name)));
  const others = all.filter((name) => !names.includes(name));
  return { names, foreign: others.map((name) => (statSync(join(folder, name)).isDirectory() ? `${name}/` : name)) };
}

/** Takes in every bundle and every part in a folder, in whatever order. Foreign files are named and left alone. */
export async function receiveFolder(ledger: Ledger, folder: string, onProgress: OnProgress = () => undefined): Promise<ApplyFolderReply> {
  const { names, foreign } = lookThrough(folder);
  const replies = new Map<string, ApplyReply>();
  // What came too early is read again as long as something before it was taken in: an older copy keeps nothing that waits.
  for (let waiting = names, hasGrown = true; hasGrown && waiting.length > 0; ) {
    hasGrown = false;
    for (const name of waiting) {
      const reply = await receiveFile(ledger, join(folder, name), onProgress);
      replies.set(name, reply);
      hasGrown ||= reply.applied > 0;
    }
    waiting = waiting.filter((name) => replies.get(name)?.quarantined?.code === 'E_GAP');
  }
  const files = names.map((name) => ({ name, ...(replies.get(name) as ApplyReply) }));
  const sum = (member: 'applied' | 'skipped' | 'cleared') => files.reduce((total, file) => total + file[member], 0);
  const refused = files.every(({ quarantined }) => quarantined !== null) ? files[0]?.quarantined : null;
  const leftOut = files.flatMap((file) => file.leftOut ?? []);
  const [first] = leftOut;
  return {
    ...NOTHING,
    applied: sum('applied'),
    skipped: sum('skipped'),
    cleared: sum('cleared'),
    quarantined: refused ?? null,
    ...(first === undefined ? {} : { leftOut: { ...first, entries: leftOut.reduce((total, { entries }) => total + entries, 0) } }),
    files,
    foreign,
  };
}

const READER_SETTING = 'bundleReader';

/** At opening: after an update of the program, what was made by a newer one may be read now. */
export async function retryAfterUpdate(ledger: Ledger): Promise<void> {
  if (ledger.readOnly !== null) return;
  foldAfterUpdate(ledger);
  if (findLocal(ledger, READER_SETTING) === String(READER_VERSION)) return;
  inReceivingTransaction(ledger, (tx) => keepLocal(tx, READER_SETTING, String(READER_VERSION)));
  await retryWaiting(ledger, ['program']);
}
