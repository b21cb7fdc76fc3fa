import { resolve } from 'node:path';
import { openLedger } from '../data/host/openLedger.ts';
import { unlockSlots } from '../data/host/unlock.ts';
import { defaultUserDataDir } from '../data/host/userData.ts';
import { closeLedger, type Ledger } from '../data/ledger.ts';
import { retryAtOpening } from '../data/sync/receive.ts';
import { Tail, tailFolderOf } from '../data/sync/tail.ts';
import { secret } from './io.ts';
import { describeTail } from './tailWording.ts';

export const deps = { nowMs: Date.now, newId: () => crypto.randomUUID() } as const;

/** Opens the depot for one command and closes it again, whatever happens. */
export async function withLedger<T>(file: string, work: (ledger: Ledger) => T | Promise<T>): Promise<T> {
  const path = resolve(file);
  const candidates = await unlockSlots(path, await secret('DEPOT_PASSPHRASE', 'Passphrase'), deps.nowMs);
  const ledger = openLedger({ file: path, candidates, userDataDir: defaultUserDataDir(), deps });
  try {
    await retryAtOpening(ledger);
    return await work(ledger);
  } finally {
    if (ledger.readOnly === null && tailFolderOf(ledger) !== null) await followUp(ledger);
    closeLedger(ledger);
  }
}

/** A progress line on standard error, where a person watches. */
export function showProgress(label: string): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (done, total) => process.stderr.write(`\r${label} ${done} / ${total}${done >= total ? '\n' : ''}`);
}

/** The copy on the second medium follows each command. That it is away is said, and nothing else comes of it. */
async function followUp(ledger: Ledger): Promise<void> {
  const tail = new Tail(ledger);
  if (tail.view.lastSeq === ledger.journal.last.seq) return;
  await tail.flush();
  if (tail.view.state === 'away') process.stderr.write(`${describeTail(tail.view)}\n`);
}
