// Goal: a process that makes or takes in a bundle may end at any moment, in the middle of SQLite's own writes too: nothing of the
// journal is lost, all of a bundle is taken in or nothing, and no unfinished file bears the name of a bundle. Method: real
// processes on real files, killed by SIGKILL at moments spread over the time that the work takes; where the system has it, a
// limit on the size of files and a real small disk.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, type Ledger, record } from '../../electron/data/ledger.ts';
import { isPart, readPart } from '../../electron/data/sync/parts.ts';
import { openBytes } from '../../electron/data/sync/seal.ts';
import { slotsForChild } from '../support/child.ts';
import { aDepot, stockUp, type TestDepot } from '../support/depot.ts';
import { projectionsOf } from '../support/ranges.ts';
import { trustEachOther } from '../support/sites.ts';
import { copyOf, open, type Target } from './kills.ts';

const KILLS = 30;
const ENTRIES = 1_500;
let depot: TestDepot;
let authority: TestDepot;
let folder: string;
let bundle: string;
/** The rows of an authority before the bundle and after it. */
let states: readonly string[];

const stateOf = (ledger: Ledger): string => JSON.stringify(projectionsOf(ledger)).replace(/\b1[0-9]{12}\b/g, 'time');

beforeAll(async () => {
  [depot, authority] = [await aDepot(), await aDepot('HQ', 'authority')];
  trustEachOther(depot.ledger, authority.ledger);
  stockUp(depot.ledger);
  inWriteTransaction(depot.ledger, (tx) => {
    for (let at = 0; at < ENTRIES; at++)
      record(tx, { type: 'policy.set', data: { family: `family ${at}`, kind: crypto.randomUUID(), mode: 'warn' } });
  });
  folder = mkdtempSync(join(tmpdir(), 'any-moment-'));
  bundle = join(folder, 'a.adi');
  await createBundle(depot.ledger, 'HQ', bundle, () => undefined);
  for (const { ledger } of [depot, authority]) closeLedger(ledger);
  const whole = open(copyOf(authority, join(folder, 'whole')));
  const before = stateOf(whole);
  await applyBundleFile(whole, bundle);
  states = [before, stateOf(whole)];
  closeLedger(whole);
}, 240_000);

type Outcome = Readonly<{ said: string; tookMs: number }>;
type Limits = Readonly<{ killAfterMs?: number; meanwhile?: () => void; fileKib?: number }>;
/** Runs `worker.ts`; with `fileKib` no file that it writes may become larger. */
function work(what: 'export' | 'import', target: Target, path: string, { killAfterMs, meanwhile, fileKib }: Limits = {}): Promise<Outcome> {
  const args = [
    '--disable-warning=ExperimentalWarning',
    join(import.meta.dirname, 'worker.ts'),
    what,
    target.file,
    target.userDataDir,
    path,
  ];
  const env = { ...process.env, ...slotsForChild(target.of.candidates) };
  const child =
    fileKib === undefined
      ? spawn(process.execPath, args, { env })
      : spawn('bash', ['-c', `ulimit -f ${fileKib}; exec "$0" "$@"`, process.execPath, ...args], { env });
  let said = '';
  let beganMs = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (beganMs > 0 || !said.startsWith('ready')) return;
    beganMs = performance.now();
    meanwhile?.();
    if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve({ said: said.split('\n')[1] ?? '', tookMs: performance.now() - beganMs }));
  });
}

/** Kills at moments spread evenly over what the work took when nobody disturbed it; two processes at a time. */
async function killAll(tookMs: number, attempt: (at: number, killAfterMs: number) => Promise<void>): Promise<void> {
  const moments = Array.from({ length: KILLS }, (_, at) => ((at + 0.5) * tookMs) / KILLS);
  for (let at = 0; at < KILLS; at += 2) await Promise.all([at, at + 1].map((one) => attempt(one, moments[one] as number)));
}

test(`${KILLS} kills while taking in: all of the bundle or nothing, and the second try brings the rest`, async () => {
  const { said, tookMs } = await work('import', copyOf(authority, join(folder, 'undisturbed')), bundle);
  expect(said).toBe('done');
  const found = { nothing: 0, all: 0 };
  await killAll(tookMs, async (at, killAfterMs) => {
    const target = copyOf(authority, join(folder, `import-${at}`));
    const outcome = await work('import', target, bundle, { killAfterMs });
    const ledger = open(target);
    const state = states.indexOf(stateOf(ledger));
    expect([at, state >= 0, verifyLedger(ledger).ok, ledger.readOnly]).toEqual([at, true, true, null]);
    if (outcome.said === 'done') expect([at, state]).toEqual([at, 1]);
    found[state === 0 ? 'nothing' : 'all'] += 1;
    if (at % 5 === 0) {
      expect((await applyBundleFile(ledger, bundle)).quarantined).toBeNull();
      expect([at, states.indexOf(stateOf(ledger))]).toEqual([at, 1]);
    }
    closeLedger(ledger);
    rmSync(join(folder, `import-${at}`), { recursive: true });
  });
  console.info(`taking in: ${KILLS} kills over ${Math.round(tookMs)} ms; nothing ${found.nothing}, all ${found.all}, half 0`);
}, 600_000);

/** Whatever bears the name of a bundle is one, or a whole part of one. */
async function checkNamed(out: string): Promise<void> {
  for (const name of readdirSync(out).filter((one) => one.endsWith('.adi'))) {
    const bytes = readFileSync(join(out, name));
    if (isPart(bytes)) expect(readPart(bytes).parts).toBeGreaterThan(1);
    else await openBytes(bytes, authority.ledger.device.ageIdentity);
  }
}

test(`${KILLS} kills while making a bundle: what has its name is whole, and the ledger is as it was`, async () => {
  const outOf = (name: string) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const { said, tookMs } = await work('export', copyOf(depot, join(folder, 'undisturbed export')), outOf('out'));
  expect(said).toBe('done');
  const { seq } = depot.ledger.journal.last;
  await killAll(tookMs, async (at, killAfterMs) => {
    const target = copyOf(depot, join(folder, `export-${at}`));
    const out = outOf(`out-${at}`);
    await work('export', target, out, { killAfterMs });
    await checkNamed(out);
    const ledger = open(target);
    expect([at, ledger.journal.last.seq, verifyLedger(ledger).ok, ledger.readOnly]).toEqual([at, seq, true, null]);
    if (at % 5 === 0) {
      expect((await createBundle(ledger, 'HQ', out, () => undefined)).parts).toHaveLength(1);
      expect(readdirSync(out).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
    }
    closeLedger(ledger);
    rmSync(join(folder, `export-${at}`), { recursive: true });
  });
  console.info(`making: ${KILLS} kills over ${Math.round(tookMs)} ms`);
}, 600_000);

test('a folder that is taken away while a bundle is written into it: refused, or done before', async () => {
  const seen = new Set<string>();
  for (const afterMs of [0, 20, 60]) {
    const target = copyOf(depot, join(folder, `away-${afterMs}`));
    const out = join(folder, `gone-${afterMs}`);
    mkdirSync(out);
    const meanwhile = () => void pause(afterMs).then(() => rmSync(out, { recursive: true, force: true }));
    const { said } = await work('export', target, out, { meanwhile });
    seen.add(said);
    const ledger = open(target);
    expect([afterMs, verifyLedger(ledger).ok]).toEqual([afterMs, true]);
    closeLedger(ledger);
  }
  expect([...seen].filter((said) => said !== 'notWritable' && said !== 'done')).toEqual([]);
}, 120_000);

/** Refused in words of the disk, nothing changed, and the next try with room succeeds. */
async function expectNoRoom(target: Target, said: string): Promise<void> {
  expect(['diskFull', 'notWritable']).toContain(said);
  const ledger = open(target);
  expect([states.indexOf(stateOf(ledger)), verifyLedger(ledger).ok]).toEqual([0, true]);
  expect(ledger.sqlite.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(0);
  expect((await applyBundleFile(ledger, bundle)).quarantined).toBeNull();
  expect([states.indexOf(stateOf(ledger)), verifyLedger(ledger).ok]).toEqual([1, true]);
  closeLedger(ledger);
}

test('files that may not grow, as a quota does it: refused, and nothing is half taken in', async () => {
  if (process.platform === 'win32') return;
  const target = copyOf(authority, join(folder, 'quota'));
  const { said } = await work('import', target, bundle, { fileKib: 600 });
  await expectNoRoom(target, said);
}, 120_000);

test('a real small disk, where one can be mounted: taking in', async () => {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]).status === 0;
  console.info(isMounted ? 'seen on a real full disk' : 'no disk could be mounted here: seen with a limit on files only');
  if (!isMounted) return;
  try {
    const target = copyOf(authority, join(disk, 'depot'));
    // What lies there, and too little more for the entries.
    const usedKib = Math.ceil((statfsSync(disk).blocks - statfsSync(disk).bfree) * (statfsSync(disk).bsize / 1024));
    expect(spawnSync('mount', ['-o', `remount,size=${usedKib + 200}k`, disk]).status).toBe(0);
    const { said } = await work('import', target, bundle);
    expect(said).toBe('diskFull');
    expect(spawnSync('mount', ['-o', 'remount,size=64m', disk]).status).toBe(0);
    await expectNoRoom(target, said);
  } finally {
    spawnSync('umount', [disk]);
  }
}, 120_000);
