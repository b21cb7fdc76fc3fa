import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import type { Ledger } from '../../electron/data/ledger.ts';
import { slotsForChild } from '../support/child.ts';
import type { TestDepot } from '../support/depot.ts';

/** A copy of a closed depot and of what its machine remembers, to be broken. */
export type Target = Readonly<{ file: string; userDataDir: string; of: TestDepot }>;
export const open = ({ file, userDataDir, of }: Target): Ledger => openLedger({ ...of, file, userDataDir });

export function copyOf(of: TestDepot, to: string): Target {
  mkdirSync(to);
  for (const one of readdirSync(dirname(of.file)))
    if (one.startsWith(basename(of.file))) cpSync(join(dirname(of.file), one), join(to, one));
  cpSync(of.userDataDir, join(to, 'machine'), { recursive: true });
  return { file: join(to, basename(of.file)), userDataDir: join(to, 'machine'), of };
}

/** Runs `killAtWrite.ts`. True where the process came through, false where it was killed. */
export function runUntil(
  n: number,
  what: 'export' | 'import' | 'rekey',
  { file, userDataDir, of }: Target,
  argument: string,
): Promise<boolean> {
  const script = join(import.meta.dirname, 'killAtWrite.ts');
  const args = ['--disable-warning=ExperimentalWarning', script, what, file, userDataDir, argument, String(n)];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...slotsForChild(of.candidates) } });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(code === 0);
      else reject(new Error(`write ${n}: ${said}`));
    });
  });
}

/** Kills at 1, 2, 3 … until one comes through; two processes at a time. Answers how many were killed. */
export async function atEveryWrite(attempt: (n: number) => Promise<boolean>): Promise<number> {
  for (let n = 1; ; n += 2) {
    const [one, two] = await Promise.all([attempt(n), attempt(n + 1)]);
    if (one || two) return one ? n - 1 : n;
  }
}
