// Figures as ratios in one run against better-sqlite3 alone; absolute times mean nothing on shared machines.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDepot } from '../../electron/data/demo/generate.ts';
import { openNew } from '../../electron/data/demo/makeDemo.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { unCatalogue } from '../../electron/data/rules/books.ts';
import { recordInputs, recordPast } from '../../electron/data/services/recordInputs.ts';
import { acquaint, bundleFigures } from './bundle.ts';
import { checkFigure, importFigure, pageFigure, postFigure } from './figures.ts';
import { type Figure, say, timed } from './measure.ts';
import { siteFigures } from './site.ts';

const folder = mkdtempSync(join(tmpdir(), 'depot-bench-'));
const deps = { nowMs: Date.now, newId: () => crypto.randomUUID() };
const PASSPHRASE = 'bench passphrase';
const MOVEMENTS = Number(process.env.DEPOT_BENCH_MOVEMENTS ?? 100_000);
const MEMORY_MIB_MAX = 512;

const plan = generateDepot({ seed: 1, size: 'large', asOf: '2026-11-24', catalogue: unCatalogue() });
const options = (name: string) => ({ file: join(folder, name), passphrase: PASSPHRASE, userDataDir: join(folder, 'machine'), deps });
const open = (name: string) => openNew(options(name), { site: plan.site, name: plan.name, role: 'depot' });

async function smallDepot(): Promise<Figure[]> {
  const ledger = await open('LARGE.depot');
  const figures = [importFigure(ledger, plan.inputs, folder), postFigure(ledger, folder), pageFigure(ledger), checkFigure(ledger)];
  closeLedger(ledger);
  return figures;
}

function* firstMovements() {
  let left = MOVEMENTS;
  for (const movement of plan.movements())
    if (left-- > 0) yield movement;
    else return;
}

/** The partner holds the reference data, so that the bundle measured holds movements and nothing else. */
async function recordHistory(): Promise<Figure[]> {
  const ledger = await open('HISTORY.depot');
  const authority = await openNew(options('HQ.depot'), { site: 'HQ', name: 'Authority', role: 'authority' });
  recordInputs(ledger, plan.inputs, plan.openingAtMs, () => undefined);
  await acquaint(ledger, authority, folder);
  const after = ledger.journal.last.seq;
  const recordMs = timed(() => recordPast(ledger, firstMovements(), MOVEMENTS, () => undefined));
  say(`history: ${MOVEMENTS} movements at ${((MOVEMENTS / recordMs) * 1000).toFixed(0)} a second`);
  const figures = await bundleFigures(ledger, authority, after, folder);
  closeLedger(authority);
  closeLedger(ledger);
  return figures;
}

/** In a process of its own, since this one has held two depots. */
function readerFigures(): Figure[] {
  const args = [join(import.meta.dirname, 'reader.ts'), join(folder, 'HISTORY.depot'), join(folder, 'machine')];
  const { stdout } = spawnSync(process.execPath, [...process.execArgv, ...args], {
    encoding: 'utf8',
    input: PASSPHRASE,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const read = JSON.parse(stdout) as { memoryMiB: number; entries: number; verifyMs: number };
  const perSecond = Math.round((read.entries / read.verifyMs) * 1000);
  return [
    { name: 'verify: 40,000 entries a second over what it does', ratio: 40_000 / perSecond, limit: 1, unit: `${perSecond} entries/s` },
    { name: 'memory of the data process, MiB', ratio: read.memoryMiB, limit: MEMORY_MIB_MAX, unit: 'MiB' },
  ];
}

try {
  const figures = await smallDepot();
  figures.push(...(await recordHistory()), ...readerFigures(), ...siteFigures());
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify({ figures })}\n`
      : `${figures.map(({ name, ratio, limit, unit }) => `${name}: ${ratio.toFixed(3)} (at most ${limit})${unit ? ` – ${unit}` : ''}`).join('\n')}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
