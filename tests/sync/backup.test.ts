// Goal: a backup holds everything that the file holds: other depots' journals, what waits, the setting of the tail; and a
// restore that was killed can be asked for again. Method: an authority with a foreign journal and a file that waits.

import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backupLedger, restoreBackup } from '../../electron/data/host/backup.ts';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { listWaiting } from '../../electron/data/sync/quarantine.ts';
import { Tail } from '../../electron/data/sync/tail.ts';
import { aDepot, stockUp, type TestDepot } from '../support/depot.ts';
import { projectionsOf } from '../support/ranges.ts';
import { trustEachOther } from '../support/sites.ts';

let depot: TestDepot;
let stranger: TestDepot;
let authority: TestDepot;
let folder: string;

beforeAll(async () => {
  depot = await aDepot();
  stranger = await aDepot('DEP2');
  authority = await aDepot('HQ', 'authority');
  folder = mkdtempSync(join(tmpdir(), 'backup-'));
  stockUp(depot.ledger);
  trustEachOther(depot.ledger, authority.ledger);
  trustPartner(stranger.ledger, authority.ledger.device.statement, fingerprintOf(authority.ledger.device.statement));
  for (const { ledger } of [depot, stranger]) {
    await createBundle(ledger, 'HQ', join(folder, `${ledger.site}.adi`), () => undefined);
    await applyBundleFile(authority.ledger, join(folder, `${ledger.site}.adi`));
  }
}, 90_000);
afterAll(() => [depot, stranger, authority].map(({ ledger }) => closeLedger(ledger)));

test('foreign journals, what waits and the tail are in it, and a restore cut off by a kill is asked for again', async () => {
  const tail = new Tail(authority.ledger);
  await tail.set(mkdtempSync(join(tmpdir(), 'backup-tail-')));
  await tail.close();
  expect(listWaiting(authority.ledger).files).toMatchObject([{ code: 'E_UNKNOWN_DEV', isKept: true }]);
  const backup = join(folder, 'a.backup');
  backupLedger(authority.ledger, backup);
  const file = join(folder, 'restored.depot');
  const bytes = readFileSync(backup);
  writeFileSync(`${file}.keys`, bytes.subarray(8, 8 + bytes.readUInt32BE(4))); // as a kill after the first step leaves it
  writeFileSync(`${file}.new`, 'cut');
  restoreBackup(backup, file);
  const copy = openLedger({ ...authority, file, userDataDir: join(folder, 'machine') });
  expect(verifyLedger(copy).ok).toBe(true);
  expect(projectionsOf(copy)).toEqual(projectionsOf(authority.ledger));
  expect(listWaiting(copy)).toEqual(listWaiting(authority.ledger));
  const again = new Tail(copy);
  await again.flush();
  expect(again.view).toMatchObject({ state: 'ok', lastSeq: copy.journal.last.seq });
  await again.close();
  closeLedger(copy);
}, 60_000);

test('never over what lies there: a file, or the slots of another one', () => {
  const backup = join(folder, 'a.backup');
  const codeOf = (file: string) => {
    try {
      restoreBackup(backup, file);
      return null;
    } catch (cause) {
      return refusalOf(cause)?.code;
    }
  };
  writeFileSync(join(folder, 'there.depot'), 'x');
  writeFileSync(join(folder, 'slots.depot.keys'), 'slots of another depot');
  expect(['there.depot', 'slots.depot'].map((name) => codeOf(join(folder, name)))).toEqual(['fileExists', 'fileExists']);
  expect(existsSync(join(folder, 'slots.depot'))).toBe(false);
});
