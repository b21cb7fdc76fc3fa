// Goal: what was acknowledged is in the journal after any kill -9, and the file is sound. Method: a real process on a
// real file is killed at random moments while it posts; at least fifty times in all.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { aDepot, PASSPHRASE, reopen, stockUp } from '../support/depot.ts';

const KILLS = 50;
const LONGEST_MS = 120;

/** Runs the poster, kills it `afterMs` after it is ready, and answers the ids that it acknowledged. */
function postUntilKilled(file: string, userDataDir: string, afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    join(import.meta.dirname, 'poster.ts'),
    file,
    userDataDir,
    PASSPHRASE,
  ]);
  let said = '';
  let isReady = false;
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (isReady || !said.startsWith('ready')) return;
    isReady = true;
    setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(said.split('\n').slice(1, -1)));
  });
}

test(`${KILLS} kills while posting: acknowledged and lost, 0`, async () => {
  const depot = await aDepot();
  stockUp(depot.ledger);
  closeLedger(depot.ledger);
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill++)
    acknowledged.push(...(await postUntilKilled(depot.file, depot.userDataDir, Math.floor((kill * LONGEST_MS) / KILLS))));
  const ledger = reopen(depot);
  const held = new Set(ledger.sqlite.prepare('SELECT id FROM movement').pluck().all() as string[]);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  expect(acknowledged.filter((id) => !held.has(id))).toEqual([]);
  expect(ledger.readOnly).toBeNull();
  expect(verifyLedger(ledger)).toMatchObject({ ok: true });
  closeLedger(ledger);
}, 900_000);
