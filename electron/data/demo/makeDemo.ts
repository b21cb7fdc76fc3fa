import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createDepot } from '../host/createDepot.ts';
import { openLedger } from '../host/openLedger.ts';
import { readImportFiles } from '../host/operations.ts';
import { unlockSlots } from '../host/unlock.ts';
import type { ImportKind } from '../import/rows.ts';
import { closeLedger, type Ledger, type LedgerDeps } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { unCatalogue } from '../rules/books.ts';
import { importFiles } from '../services/importFiles.ts';
import { type OnProgress, recordPast } from '../services/recordInputs.ts';
import { importSitePlan } from '../services/siteRecords.ts';
import { csvFiles } from './csv.ts';
import { type DemoPlan, generateDepot } from './generate.ts';
import { recordRounds } from './rounds.ts';

export const DEMO_SEED = 20_261;
export const DEMO_PASSPHRASE = 'demo';

export type DemoOptions = Readonly<{
  file: string;
  passphrase: string;
  userDataDir: string;
  deps: Pick<LedgerDeps, 'nowMs' | 'newId'>;
  onProgress?: (label: string) => OnProgress;
}>;

/** Creates and opens a depot file with the demo's name; the first person is `admin`. */
export async function openNew(options: DemoOptions, depot: { site: string; name: string; role: 'depot' | 'authority' }): Promise<Ledger> {
  const { file, passphrase, userDataDir, deps } = options;
  mkdirSync(dirname(file), { recursive: true });
  await createDepot({ ...depot, file, user: 'admin', passphrase }, { ...deps, onCommitted: () => undefined });
  return openLedger({ file, candidates: await unlockSlots(file, passphrase, deps.nowMs), userDataDir, deps });
}

/** Writes the CSV files beside the depot, as a person would find them. */
export function writeCsvFiles(plan: DemoPlan, folder: string): Record<ImportKind, string> {
  mkdirSync(folder, { recursive: true });
  const files = Object.entries(csvFiles(plan.inputs)).map(([kind, content]) => {
    const path = join(folder, `${kind}.csv`);
    writeFileSync(path, content);
    return [kind, path] as const;
  });
  return Object.fromEntries(files) as Record<ImportKind, string>;
}

/** The demo depot: its spreadsheets through the real import, then ten years of movements through the real journal. */
export async function makeDemo(options: DemoOptions): Promise<{ ledger: Ledger; plan: DemoPlan }> {
  const asOf = new Date(options.deps.nowMs()).toISOString().slice(0, 10);
  const plan = generateDepot({ seed: DEMO_SEED, size: 'demo', asOf, catalogue: unCatalogue() });
  const onProgress = options.onProgress ?? (() => () => undefined);
  const ledger = await openNew(options, { site: plan.site, name: plan.name, role: 'depot' });
  try {
    fillDemo(ledger, plan, dirname(options.file), onProgress);
    return { ledger, plan };
  } catch (cause) {
    closeLedger(ledger);
    throw cause;
  }
}

function fillDemo(ledger: Ledger, plan: DemoPlan, folder: string, onProgress: (label: string) => OnProgress): void {
  const lists = readImportFiles(writeCsvFiles(plan, join(folder, 'csv')), {});
  const imported = importFiles(ledger, { files: lists, atMs: plan.openingAtMs, isDryRun: false, onProgress: onProgress('import') });
  if (imported.imported === null) throw new Refused({ code: 'importRefused', errors: imported.errors });
  const { structures, exposed } = plan.sitePlan;
  writeFileSync(join(folder, 'csv', 'structures.csv'), structures);
  writeFileSync(join(folder, 'csv', 'exposed.csv'), exposed);
  const files = { structures: { name: 'structures.csv', content: structures }, exposed: { name: 'exposed.csv', content: exposed } };
  const around = importSitePlan(ledger, files, false);
  if (around.imported === null) throw new Refused({ code: 'importRefused', errors: around.errors });
  recordPast(ledger, plan.movements(), plan.movementCount, onProgress('history'));
  recordRounds(ledger, plan.rounds, new Date(ledger.deps.nowMs()).toISOString().slice(0, 10));
}

/** A demo depot as a file that is ready to be opened. */
export async function writeDemo(
  file: string,
  userDataDir: string,
  deps: DemoOptions['deps'],
  onProgress: (label: string) => OnProgress,
): Promise<void> {
  const { ledger } = await makeDemo({ file, passphrase: DEMO_PASSPHRASE, userDataDir, deps, onProgress });
  closeLedger(ledger);
}
