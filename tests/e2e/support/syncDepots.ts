import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupLedger, restoreBackup } from '../../../electron/data/host/backup.ts';
import { openLedger } from '../../../electron/data/host/openLedger.ts';
import { applyBundleFile, createBundle } from '../../../electron/data/host/operations.ts';
import { fingerprintOf } from '../../../electron/data/journal/statement.ts';
import { closeLedger, inWriteTransaction, record } from '../../../electron/data/ledger.ts';
import { trustPartner } from '../../../electron/data/services/partners.ts';
import { type Entry, TEXT_FIELDS } from '../../../shared/domain/entries.ts';
import { aDepot, addColleague, PASSPHRASE, stockUp, type TestDepot } from '../../support/depot.ts';
import { bring, post, putLot, putOutside, trustEachOther } from '../../support/sites.ts';
import type { RunningApp } from './app.ts';

/** The second person of the authority. */
export const second = { user: 'berta', passphrase: 'berta of the depot' } as const;

export type SyncDepots = Readonly<{
  /** The files of the authority, of a depot, and of an older copy of that depot. */
  authority: string;
  depot: string;
  olderCopy: string;
  /** A later bundle of the depot for the authority, and the same cut into parts in a folder. */
  bundle: string;
  parts: string;
  /** A depot that nobody at the authority trusts yet: its identity file and the words of it. */
  identity: string;
  words: string;
}>;

const HE = { item: 'HE', lot: 'АБВ-12-83' } as const;
const heap = { condition: 'A1', owner: 'ARMY', holder: 'DEPOT' } as const;

/** The same device a second time, as a copied disk is. */
function copyOf(depot: TestDepot, folder: string, name: string): TestDepot {
  const file = join(folder, name);
  const path = `${file}.backup`;
  backupLedger(depot.ledger, path);
  restoreBackup(path, file);
  const userDataDir = `${file}.machine`;
  return { ...depot, file, userDataDir, ledger: openLedger({ file, userDataDir, candidates: depot.candidates, deps: depot.deps }) };
}

/** Issues of one depot that the other receives short, and one that is on its way. */
function exchange(one: TestDepot, two: TestDepot): void {
  const issue = (quantity: string): string => {
    const outcome = post(one, { kind: 'issue', ...HE, from: 'S1', consignTo: 'DEP2', quantity });
    return outcome.posted ? (outcome.consignment ?? '') : '';
  };
  post(two, { kind: 'receipt', ...HE, ...heap, from: 'DEP1', to: 'S1', consignment: issue('50'), quantity: '48' });
  post(two, { kind: 'receipt', ...HE, ...heap, from: 'DEP1', to: 'S1', consignment: issue('25'), quantity: '25' });
  issue('120');
  putLot(one, { lotId: '20000000-0000-4000-8000-000000000001', item: 'HE', text: 'X-1', lifeUntil: '2030-01-01' });
  putLot(two, { lotId: '20000000-0000-4000-8000-000000000002', item: 'HE', text: 'X-1', lifeUntil: '2035-01-01' });
}

/** Two copies of a depot go on by themselves, and both reach the authority. */
async function fork(authority: TestDepot, folder: string): Promise<void> {
  const one = await aDepot('DEP4');
  stockUp(one.ledger);
  trustEachOther(one.ledger, authority.ledger);
  const other = copyOf(one, folder, 'copied.depot');
  post(one, { kind: 'issue', ...HE, from: 'S1', to: 'RANGE', quantity: '5' });
  post(other, { kind: 'issue', ...HE, from: 'S1', to: 'RANGE', quantity: '11', reason: 'range day' });
  await bring(one, authority);
  const path = join(folder, 'dep4-again.adi');
  await createBundle(other.ledger, 'HQ', path, () => undefined);
  await applyBundleFile(authority.ledger, path);
  for (const { ledger } of [one, other]) closeLedger(ledger);
}

/** Somebody sends before anybody here trusts it: its file waits. */
async function stranger(authority: TestDepot, folder: string): Promise<Pick<SyncDepots, 'identity' | 'words'>> {
  const three = await aDepot('DEP3');
  stockUp(three.ledger);
  trustPartner(three.ledger, authority.ledger.device.statement, fingerprintOf(authority.ledger.device.statement));
  const path = join(folder, 'dep3.adi');
  await createBundle(three.ledger, 'HQ', path, () => undefined);
  await applyBundleFile(authority.ledger, path);
  const identity = join(folder, 'dep3.id');
  writeFileSync(identity, `${three.ledger.device.statement}\n`);
  const words = fingerprintOf(three.ledger.device.statement);
  closeLedger(three.ledger);
  return { identity, words };
}

/** A device whose program is later than ours records what ours does not know. */
function writeLater({ ledger }: TestDepot): void {
  Object.assign(TEXT_FIELDS, { 'holding.weighed': [] });
  const entry = { type: 'holding.weighed', data: { place: 'S1' } } as unknown as Entry;
  inWriteTransaction(ledger, (tx) => record(tx, entry));
}

/** An authority and four depots with everything between them that people have to look at. */
export async function writeSyncDepots(): Promise<SyncDepots> {
  const folder = mkdtempSync(join(process.env.DEPOT_E2E_FOLDER ?? tmpdir(), 'sync-'));
  const authority = await aDepot('HQ', 'authority');
  const [one, two] = [await aDepot('DEP1'), await aDepot('DEP2')];
  for (const depot of [one, two]) {
    stockUp(depot.ledger);
    putOutside(depot, 'DEP1', 'DEP2');
    trustEachOther(depot.ledger, authority.ledger);
  }
  exchange(one, two);
  writeLater(two);
  for (const depot of [one, two, one]) await bring(depot, authority);
  await fork(authority, folder);
  const known = await stranger(authority, folder);
  await addColleague(authority.ledger, second.user, ['commander']);
  const older = copyOf(one, folder, 'older.depot');
  closeLedger(older.ledger);
  for (const quantity of ['3', '4', '7']) post(one, { kind: 'move', ...HE, from: 'S1', to: 'S3', quantity });
  const bundle = join(folder, 'dep1-later.adi');
  await createBundle(one.ledger, 'HQ', bundle, () => undefined);
  const parts = join(folder, 'stick');
  mkdirSync(parts);
  await createBundle(one.ledger, 'HQ', join(parts, 'later.adi'), () => undefined, 3_000);
  writeFileSync(join(parts, 'holiday.txt'), 'not ours\n');
  for (const { ledger } of [one, two, authority]) closeLedger(ledger);
  return { authority: authority.file, depot: one.file, olderCopy: older.file, bundle, parts, ...known };
}

/** From the first page into the depot, by its file and passphrase. */
export async function openFile(app: RunningApp, file: string): Promise<void> {
  const { page } = app;
  await app.answerOpenDialog(file);
  await page.getByRole('button', { name: 'Open a depot file' }).click();
  await page.getByLabel('Your passphrase').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Screens' }).waitFor({ timeout: 60_000 });
}
