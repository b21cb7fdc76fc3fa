import { existsSync } from 'node:fs';
import { refusePlainFile } from '../db/open.ts';
import { readAttempts, recordFailure, secondsToWait, waitSecondsAfter } from '../keys/attempts.ts';
import { openSlots, readSlotFile, stretch, type Unwrapped } from '../keys/slots.ts';
import { Refused } from '../refused.ts';

/**
 * Passphrase → the slots it opens. A wrong one is counted beside the file and makes the next try wait; database and
 * slots are not touched.
 *
 * @throws Refused: fileMissing, fileNotEncrypted, fileDamaged (no readable slot file), waitBeforeNextTry, wrongPassphrase.
 */
export async function unlockSlots(file: string, passphrase: string, nowMs: () => number): Promise<readonly Unwrapped[]> {
  if (!existsSync(file)) throw new Refused({ code: 'fileMissing', file });
  refusePlainFile(file);
  const slots = readSlotFile(file);
  const waitSeconds = secondsToWait(readAttempts(file), nowMs());
  if (waitSeconds > 0) throw new Refused({ code: 'waitBeforeNextTry', waitSeconds });
  const opened = openSlots(slots, 'person', await stretch(passphrase, slots.kdf));
  if (opened.length === 0)
    throw new Refused({ code: 'wrongPassphrase', waitSeconds: waitSecondsAfter(recordFailure(file, nowMs()).failed) });
  return opened;
}

/** The second person's slots; empty where the passphrase opens none. Counted like any other failed try. */
export async function unlockSecond(file: string, passphrase: string, nowMs: () => number): Promise<readonly Unwrapped[]> {
  const slots = readSlotFile(file);
  if (secondsToWait(readAttempts(file), nowMs()) > 0) return [];
  const opened = openSlots(slots, 'person', await stretch(passphrase, slots.kdf));
  if (opened.length === 0) recordFailure(file, nowMs());
  return opened;
}
