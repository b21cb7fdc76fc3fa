import { rmSync } from 'node:fs';
import { z } from 'zod';
import { writeDurably } from '../durableFiles.ts';
import { besideFile, readIfThere } from './files.ts';

const schema = z.strictObject({ failed: z.number().int().min(0), notBeforeMs: z.number().int().min(0) });
export type Attempts = z.infer<typeof schema>;
const NONE: Attempts = { failed: 0, notBeforeMs: 0 };
const WAIT_SECONDS_MAX = 300;

/** 0, 0, 1, 2, 4 … 300 seconds. Slows an honest window only; the real barrier is the cost of the key derivation. */
export const waitSecondsAfter = (failed: number): number => (failed < 3 ? 0 : Math.min(WAIT_SECONDS_MAX, 2 ** (failed - 3)));

/** The counter has a small plain file of its own: a failed attempt touches neither the database nor the slots. */
export function readAttempts(file: string): Attempts {
  const text = readIfThere(besideFile(file).attempts);
  if (text === null) return NONE;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return NONE; // disposable: a damaged counter must not lock anybody out
  }
}

/** Seconds still to wait, rounded up; 0 where a try is allowed. A clock set back cannot make the wait longer than it was. */
export function secondsToWait({ failed, notBeforeMs }: Attempts, nowMs: number): number {
  return Math.min(waitSecondsAfter(failed), Math.max(0, Math.ceil((notBeforeMs - nowMs) / 1000)));
}

export function recordFailure(file: string, nowMs: number): Attempts {
  const failed = readAttempts(file).failed + 1;
  const attempts = { failed, notBeforeMs: nowMs + waitSecondsAfter(failed) * 1000 };
  writeDurably(besideFile(file).attempts, JSON.stringify(attempts));
  return attempts;
}

export const clearAttempts = (file: string): void => rmSync(besideFile(file).attempts, { force: true });
