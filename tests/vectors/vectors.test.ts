import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreBackup } from '../../electron/data/host/backup.ts';
import { applyBundleFile } from '../../electron/data/host/operations.ts';
import { unlockWithWords } from '../../electron/data/host/people.ts';
import { unlockSlots } from '../../electron/data/host/unlock.ts';
import { fingerprintOf, readStatement } from '../../electron/data/journal/statement.ts';
import { hashOfList, listFault, readListFile } from '../../electron/data/journal/trustListForm.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { besideFile } from '../../electron/data/keys/files.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { foldAfterUpdate } from '../../electron/data/projections/foldForeign.ts';
import { type Manifest, openReader, type Results, runVectors, TOO_LARGE } from './run.ts';

// Goal: what a released program wrote is read for ever, and comes to the same. Method: files made once and never again
// (README.md), taken in by today's program in their order; what came of it was recorded when they were made.

const folder = join(import.meta.dirname, 'frozen');
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const json = <T>(name: string): T => JSON.parse(text(name)) as T;
const manifest = json<Manifest>('manifest.json');
const keys = json<{ passphrase: string; recoveryWords: string; fingerprint: string }>('keys.json');

test('the files are those that were made', () => {
  const names = readdirSync(folder).filter((name) => !['manifest.json', 'results.json'].includes(name));
  const found = Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
  expect(found).toEqual(manifest.sha256);
  const used = manifest.steps.map(({ file }) => file).filter((file) => file !== TOO_LARGE);
  expect(names.filter((name) => /\.(adi|part)$/.test(name)).sort()).toEqual([...new Set(used)].sort());
});

test('each bundle comes to what it came to, and the books are the same', async () => {
  const found = await runVectors(folder, manifest);
  expect(found).toEqual(json<Results>('results.json'));
  expect(found.verified).toBe(true);
});

test('every reason for a refusal is among them', () => {
  const codes = new Set(json<Results>('results.json').steps.map(({ code }) => code));
  const wanted = [
    'E_SIZE',
    'E_FORMAT',
    'E_LIMIT',
    'E_SIG',
    'E_CHAIN',
    'E_NOT_FOR_US',
    'E_UNKNOWN_DEV',
    'E_TRUST',
    'E_REVOKED',
    'E_VERSION',
    'E_GAP',
    'E_FORK',
  ];
  expect(wanted.filter((code) => !codes.has(code))).toEqual([]);
});

test('the key slots open by the passphrase and by the recovery words', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'slots-')), 'HQ.depot');
  restoreBackup(join(folder, 'reader.backup'), file);
  for (const path of [besideFile(file).keys, besideFile(file).keysCopy]) copyFileSync(join(folder, 'reader.slots.json'), path);
  const [byPassphrase] = await unlockSlots(file, keys.passphrase, Date.now);
  const byWords = unlockWithWords(file, keys.recoveryWords);
  expect(byPassphrase?.dataKey.length).toBe(32);
  expect(byWords.dataKey.equals(byPassphrase?.dataKey as Buffer)).toBe(true);
});

test('the identity and the trust lists are read, and the second list follows the first', () => {
  const statement = text('identity.json');
  expect(readStatement(statement)).toMatchObject({ site: 'DEP1', role: 'depot' });
  expect(fingerprintOf(statement)).toBe(keys.fingerprint);
  const [first, second] = [readListFile(text('trust-list-1.json')), readListFile(text('trust-list-2.json'))];
  if (first === null || second === null) throw new Error('a list is not read');
  expect([listFault(first, null), listFault(second, first), second.list.previous]).toEqual([null, null, hashOfList(first.list)]);
});

test('a program that knows more types folds a site anew of which the one before did not know all, once', async () => {
  const { ledger } = await openReader(folder, keys.passphrase);
  const files = ['first', 'series-1', 'series-2', 'later', 'classic'].map((name) => `${name}.adi`);
  for (const file of [...files, 'parts-1of3.part', 'parts-2of3.part', 'parts-3of3.part', 'skew.adi'])
    await applyBundleFile(ledger, join(folder, file));
  const natures = () => ledger.sqlite.prepare("SELECT count(*) FROM item WHERE site = 'DEP1'").pluck().get();
  // What the program before did not know is not in its rows.
  const forget = () => ledger.sqlite.prepare("DELETE FROM item WHERE site = 'DEP1' AND item = 'HE'").run();
  forget();
  expect(natures()).toBe(2);
  foldAfterUpdate(ledger);
  expect([natures(), verifyLedger(ledger).ok]).toEqual([3, true]);
  forget();
  foldAfterUpdate(ledger);
  expect(natures()).toBe(2);
  closeLedger(ledger);
});
