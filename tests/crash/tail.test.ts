// Goal: with an older backup and the copy on the second medium nothing is lost that the copy said it held, and nothing at all
// once it had a moment to follow. Method: a real process that posts is killed at random moments; the backup from before
// takes the folder in.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { backupLedger, restoreBackup } from '../../electron/data/host/backup.ts';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { applyBundleFile } from '../../electron/data/host/operations.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { openBytes } from '../../electron/data/sync/seal.ts';
import { Tail } from '../../electron/data/sync/tail.ts';
import { slotsForChild } from '../support/child.ts';
import { aDepot, reopen, stockUp, type TestDepot } from '../support/depot.ts';

const KILLS = 8;
const LONGEST_MS = 1_200;

let depot: TestDepot;
let media: string;
let medium: string;
let backup: string;
const posted = new Map<number, string>();
let copied = 0;

beforeAll(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
  media = mkdtempSync(join(tmpdir(), 'tail-kill-'));
  medium = join(media, 'stick');
  mkdirSync(medium);
  backup = join(media, 'a.backup');
  backupLedger(depot.ledger, backup);
  closeLedger(depot.ledger);
}, 60_000);

function postUntilKilled(afterMs: number): Promise<void> {
  const script = join(import.meta.dirname, 'tailPoster.ts');
  const args = ['--disable-warning=ExperimentalWarning', script, depot.file, depot.userDataDir, medium];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...slotsForChild(depot.candidates) } });
  let said = '';
  let isReady = false;
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (isReady || !said.startsWith('ready')) return;
    isReady = true;
    setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  child.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      for (const line of said.split('\n').slice(1, -1)) {
        const [kind, seq = '0', hash = ''] = line.split(' ');
        if (kind === 'posted') posted.set(Number(seq), hash);
        else copied = Math.max(copied, Number(seq));
      }
      resolve();
    });
  });
}

/** The backup from before, laid out anew on a machine, after it took in what lies on the medium. */
async function recover(name: string, machine: string): Promise<{ copy: Ledger; wasReadOnly: boolean }> {
  const file = join(media, `${name}.depot`);
  restoreBackup(backup, file);
  const copy = openLedger({ file, userDataDir: machine, candidates: depot.candidates, deps: depot.deps });
  const wasReadOnly = copy.readOnly !== null;
  expect((await applyBundleFile(copy, medium)).quarantined).toBeNull();
  expect(verifyLedger(copy)).toMatchObject({ ok: true });
  return { copy, wasReadOnly };
}
const lost = (copy: Ledger, upto: number) => {
  const hashOf = copy.sqlite.prepare('SELECT hash FROM entry WHERE stream = ? AND seq = ?').pluck();
  const isHeld = (seq: number, hash: string) => (hashOf.get(copy.device.stream, seq) as Buffer | undefined)?.toString('hex') === hash;
  return [...posted].filter(([seq, hash]) => seq <= upto && !isHeld(seq, hash));
};

test(`${KILLS} kills with a second medium: held there and lost, 0; acknowledged and lost once it followed, 0`, async () => {
  for (let kill = 0; kill < KILLS; kill++) await postUntilKilled(Math.floor(((kill + 1) * LONGEST_MS) / KILLS));
  const last = Math.max(...posted.keys());
  expect(posted.size).toBeGreaterThan(KILLS);
  expect(copied).toBeGreaterThan(last - posted.size);
  for (const name of readdirSync(medium).filter((one) => one.endsWith('.adi')))
    await openBytes(readFileSync(join(medium, name)), depot.ledger.device.ageIdentity); // whole, or it throws

  const early = await recover('early', join(media, 'another machine'));
  expect(lost(early.copy, copied)).toEqual([]);
  closeLedger(early.copy);

  const ledger = reopen(depot);
  const tail = new Tail(ledger);
  await tail.flush();
  expect(tail.view).toMatchObject({ state: 'ok', lastSeq: ledger.journal.last.seq });
  await tail.close();
  closeLedger(ledger);
  cpSync(depot.userDataDir, join(media, 'machine'), { recursive: true });
  const late = await recover('late', join(media, 'machine'));
  expect([late.wasReadOnly, lost(late.copy, last)]).toEqual([true, []]);

  // The restored file goes on: it is written again, and its copy follows in the same folder.
  setPolicy(late.copy, { family: 'mix', kind: 'move', mode: 'block' });
  const again = new Tail(late.copy);
  await again.set(medium);
  expect(again.view).toMatchObject({ state: 'ok', lastSeq: late.copy.journal.last.seq });
  expect(readdirSync(medium).length).toBeLessThan(20);
  await again.close();
  closeLedger(late.copy);
  console.info(`${posted.size} acknowledged, ${KILLS} kills, copy at ${copied} of ${last} when last heard of`);
}, 240_000);
