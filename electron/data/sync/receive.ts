import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ApplyFolderReply, ApplyReply } from '../../../shared/contract/views.ts';
import { findLocal, keepLocal } from '../db/localSettings.ts';
import { inReceivingTransaction, type Ledger } from '../ledger.ts';
import { foldAfterUpdate } from '../projections/foldForeign.ts';
import { refusalOf } from '../refused.ts';
import type { OnProgress } from './applyRange.ts';
import { keepFork } from './cases.ts';
import { refusalOfBundle } from './faults.ts';
import { BundleRefused, LIMITS, READER_VERSION, shaOf } from './format.ts';
import { keepOwnFork } from './holds.ts';
import { dropParts, hasParts, isPart, joinParts, keepPart, listComplete, missingParts, readPart } from './parts.ts';
import { type Cure, forgetRefused, type Keeping, keepRefused, noteTry, waitingBytes, waitingFor } from './quarantine.ts';
import { identitiesOf, openBytes } from './seal.ts';
import { readSigned, type SignedBundle, takeIn } from './takeIn.ts';

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

/**
 * What a bundle that was taken in may have cured. Also what waits for trust: of what was cut off, a bundle that came by another
 * way may bring the part that counts.
 */
const CURED_BY_BUNDLE: readonly Cure[] = ['bundle', 'trust'];

/** One sealed file, once: taken in whole, or kept with the reason why not. */
async function takeSealed(ledger: Ledger, sealed: Buffer, name: string, onProgress: OnProgress): Promise<ApplyReply> {
  const sha = shaOf(sealed);
  try {
    if (sealed.length > LIMITS.fileBytesMax) throw new BundleRefused('E_SIZE', 'the file is larger than any bundle');
    const signed = readSigned(ledger, await openBytes(sealed, identitiesOf(ledger.device)), sha);
    const { applied, skipped, clockAheadMs, leftOut } = takeSigned(ledger, signed, onProgress);
    if (leftOut === null) settle(ledger, sha);
    const told = { ...(clockAheadMs === null ? {} : { clockAheadMs }), ...(leftOut === null ? {} : { leftOut }) };
    return { ...NOTHING, applied, skipped, ...told };
  } catch (thrown) {
    const cause = refusalOfBundle(thrown);
    keepFork(ledger, cause);
    const isReadOnly = ledger.readOnly !== null;
    const keeping = keepRefused(ledger, { sha, name, sealed, cause });
    if (keeping.isKept) dropParts(ledger, sha);
    const message = `${cause.message}${whatBecameOfIt(keeping, hasParts(ledger, sha), isReadOnly)}`;
    keepOwnFork(ledger, cause);
    return { ...NOTHING, quarantined: cause.told(message) };
  }
}

function whatBecameOfIt({ isKept, letGo }: Keeping, hasPartsStill: boolean, isReadOnly: boolean): string {
  if (letGo > 0) return `. To keep it, ${letGo} older of unknown senders had to go`;
  if (isKept) return '';
  const why = isReadOnly ? 'this file can only be read' : 'too many files wait here already, discard some first';
  return `. ${hasPartsStill ? 'Its parts stay here' : 'It was not kept'}: ${why}`;
}

/** Nothing of a file that was taken in is needed any more, in whatever form it waited. */
function settle(ledger: Ledger, sha: string): void {
  forgetRefused(ledger, sha);
  dropParts(ledger, sha);
}

function takeSigned(ledger: Ledger, signed: SignedBundle, onProgress: OnProgress) {
  try {
    return inReceivingTransaction(ledger, (tx) => takeIn(tx, signed, onProgress));
  } catch (cause) {
    throw refusalOfBundle(cause).by(signed.opened.header.from);
  }
}

/** The bytes of what waits, one file after the other; with a bundle taken in also what lies here in parts, all of them. */
function* allWaiting(ledger: Ledger, cures: ReadonlySet<Cure>): Generator<{ name: string; bytes: Buffer }, void> {
  for (const { sha } of waitingFor(ledger, cures)) {
    const waiting = waitingBytes(ledger, sha);
    if (waiting === undefined) continue;
    noteTry(ledger, sha);
    yield waiting;
  }
  if (!cures.has('bundle')) return;
  for (const of of listComplete(ledger)) {
    const bytes = joinParts(ledger, of.whole);
    if (bytes !== null) yield { name: `${of.whole}.adi`, bytes };
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
    for (const waiting of allWaiting(ledger, cures)) {
      const reply = await takeSealed(ledger, waiting.bytes, waiting.name, () => undefined);
      if (reply.quarantined !== null || reply.leftOut !== undefined) continue;
      sum.cleared += 1;
      sum.applied += reply.applied;
      for (const cure of CURED_BY_BUNDLE) cures.add(cure);
    }
  }
  return sum;
}

/** What a file holds: a whole bundle, or one part, which is kept until the others are there: then the numbers of those. */
function wholeOf(ledger: Ledger, bytes: Buffer): Buffer | readonly number[] {
  if (!isPart(bytes)) return bytes;
  const part = readPart(bytes);
  keepPart(ledger, part);
  const missing = missingParts(ledger, part);
  if (missing.length > 0) return missing;
  const whole = joinParts(ledger, part.whole);
  if (whole === null) throw new BundleRefused('E_FORMAT', 'the parts do not make the file that they are of; copy them again');
  return whole;
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
  const { cleared } = await retryWaiting(ledger, CURED_BY_BUNDLE);
  return { ...reply, cleared };
}

function firstBytesOf(path: string): Buffer {
  const handle = openSync(path, 'r');
  try {
    const first = Buffer.alloc(AGE_MAGIC.length);
    return first.subarray(0, readSync(handle, first, 0, first.length, 0));
  } finally {
    closeSync(handle);
  }
}

/** Whether a file is a bundle or a part of one, by its first bytes. A dead link and what may not be read are neither. */
const looksLikeOurs = (path: string): boolean => {
  try {
    const stat = statSync(path);
    if (!stat.isFile() || stat.size > SIZE_MAX) return false;
    const first = firstBytesOf(path);
    return isPart(first) || first.equals(AGE_MAGIC);
  } catch {
    return false;
  }
};

/** What lies in a folder: bundles and parts, and by name what is neither; folders in it, which nobody looks into, end in a slash. */
export function lookThrough(folder: string): Readonly<{ names: readonly string[]; foreign: readonly string[] }> {
  const all = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = all.map(({ name }) => name).filter((name) => looksLikeOurs(join(folder, name)));
  const others = all.filter(({ name }) => !names.includes(name));
  return { names, foreign: others.map((one) => (one.isDirectory() ? `${one.name}/` : one.name)) };
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

/** At opening: after an update what a newer program made may be read now; what this one failed on is tried once a day. */
export async function retryAtOpening(ledger: Ledger): Promise<void> {
  if (ledger.readOnly !== null) return;
  foldAfterUpdate(ledger);
  const isUpdated = findLocal(ledger, READER_SETTING) !== String(READER_VERSION);
  if (isUpdated) inReceivingTransaction(ledger, (tx) => keepLocal(tx, READER_SETTING, String(READER_VERSION)));
  try {
    await retryWaiting(ledger, isUpdated ? ['program', 'time'] : ['time']);
  } catch (cause) {
    if (refusalOf(cause) === null) throw cause; // on a full disk the depot is opened all the same, and the files go on waiting
  }
}
