import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { secondPerson } from '../../electron/data/host/operations.ts';
import { addPerson, changePassphrase, changePerson, recoverPerson, unlockWithWords } from '../../electron/data/host/people.ts';
import { unlockSlots } from '../../electron/data/host/unlock.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { waitSecondsAfter } from '../../electron/data/keys/attempts.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { aDepot, addColleague, PASSPHRASE, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
beforeEach(async () => {
  depot = await aDepot();
});
afterEach(() => {
  if (depot.ledger.sqlite.open) closeLedger(depot.ledger);
});

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'done';
  } catch (cause) {
    return refusalOf(cause)?.code ?? String(cause);
  }
};
const openWith = async (passphrase: string): Promise<Ledger> =>
  openLedger({
    file: depot.file,
    candidates: await unlockSlots(depot.file, passphrase, depot.deps.nowMs),
    userDataDir: depot.userDataDir,
    deps: depot.deps,
  });

test('the wait after failed tries is 0, 0, 1, 2, 4 … 300 seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map(waitSecondsAfter)).toEqual([0, 0, 1, 2, 4, 8, 300]);
});

test('a wrong passphrase touches nothing but its counter, which outlives a restart; the next unlock journals the count', async () => {
  closeLedger(depot.ledger);
  const before = [depot.file, `${depot.file}.keys`, `${depot.file}.keys2`].map((path) => readFileSync(path).toString('hex'));
  for (let at = 0; at < 3; at++) expect(await codeOf(() => openWith('wrong'))).toBe('wrongPassphrase');
  expect(await codeOf(() => openWith(PASSPHRASE))).toBe('waitBeforeNextTry');
  expect([depot.file, `${depot.file}.keys`, `${depot.file}.keys2`].map((path) => readFileSync(path).toString('hex'))).toEqual(before);
  depot.deps.advance(1_000);
  const ledger = await openWith(PASSPHRASE);
  const last = ledger.sqlite.prepare('SELECT event FROM entry ORDER BY seq DESC LIMIT 1').pluck().get();
  expect(last).toContain('access.failed');
  expect(existsSync(`${depot.file}.attempts`)).toBe(false);
  closeLedger(ledger);
});

test('one damaged slot file does not cost the depot; both do, by name', async () => {
  closeLedger(depot.ledger);
  writeFileSync(`${depot.file}.keys`, 'rubbish');
  closeLedger(await openWith(PASSPHRASE));
  writeFileSync(`${depot.file}.keys2`, '{}');
  expect(await codeOf(() => openWith(PASSPHRASE))).toBe('fileDamaged');
});

test('one damaged slot keeps none of the others shut', async () => {
  const second = await addColleague(depot.ledger, 'berta', ['storekeeper']);
  closeLedger(depot.ledger);
  const slots = JSON.parse(readFileSync(`${depot.file}.keys`, 'utf8')) as { slots: { dataKey: { iv: string } }[] };
  const damaged = { ...slots, slots: slots.slots.map((slot, at) => (at === 0 ? { ...slot, dataKey: { ...slot.dataKey, iv: '' } } : slot)) };
  for (const path of [`${depot.file}.keys`, `${depot.file}.keys2`]) writeFileSync(path, JSON.stringify(damaged));
  const opened = await openWith(`${second.person} of the depot`);
  expect(opened.session.person).toBe('berta');
  closeLedger(opened);
  expect(await codeOf(() => openWith(PASSPHRASE))).toBe('wrongPassphrase');
});

test('a plain SQLite file in the place of the depot is refused', async () => {
  closeLedger(depot.ledger);
  writeFileSync(depot.file, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080)]));
  expect(await codeOf(() => openWith(PASSPHRASE))).toBe('fileNotEncrypted');
});

describe('people', () => {
  test('a second person signs with the own passphrase only', async () => {
    await addPerson(depot.ledger, 'amina', ['storekeeper', 'ato'], 'second passphrase', undefined);
    expect(await secondPerson(depot.ledger, { user: 'amina', passphrase: 'second passphrase' })).toMatchObject({ person: 'amina' });
    const nobody = (user: string) => secondPerson(depot.ledger, { user, passphrase: PASSPHRASE });
    expect(await nobody('amina')).toEqual({ person: 'amina', sign: null, cause: 'notRecognised' });
    expect(await nobody('admin')).toEqual({ person: 'admin', sign: null, cause: 'self' });
    expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
  });
  test('a passphrase that opens another slot is not taken twice', async () => {
    expect(await codeOf(() => addPerson(depot.ledger, 'amina', ['storekeeper'], PASSPHRASE, undefined))).toBe('passphraseTaken');
  });
  test('a changed passphrase revokes the old slot, though it still lies in the slot file', async () => {
    await changePassphrase(depot.ledger, 'another passphrase');
    closeLedger(depot.ledger);
    expect(await codeOf(() => openWith(PASSPHRASE))).toBe('slotRevoked');
    closeLedger(await openWith('another passphrase'));
  });
  test('the last administrator stays', async () => {
    expect(await codeOf(() => changePerson(depot.ledger, 'admin', { isActive: false }, undefined))).toBe('lastAdministrator');
  });
  test('the 24 words open the depot and set a new passphrase; wrong words do not', async () => {
    closeLedger(depot.ledger);
    expect(await codeOf(() => unlockWithWords(depot.file, depot.recoveryWords.toReversed().join(' ')))).toBe('recoveryWordsWrong');
    const opened = unlockWithWords(depot.file, depot.recoveryWords.join(' '));
    const ledger = openLedger({
      file: depot.file,
      candidates: [opened],
      recovering: 'admin',
      userDataDir: depot.userDataDir,
      deps: depot.deps,
    });
    await recoverPerson(ledger, 'admin', 'recovered passphrase');
    closeLedger(ledger);
    const again = await openWith('recovered passphrase');
    expect(verifyLedger(again)).toMatchObject({ ok: true });
    closeLedger(again);
  });
});

test('no item, lot or person can be read in any file of the depot folder', () => {
  stockUp(depot.ledger);
  const folder = dirname(depot.file);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map((entry) => entry.name)).toContain('DEP1.depot-wal');
  for (const entry of files) {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    for (const canary of ['Nature HE', 'LC-19A001', 'АБВ-12-83', 'admin']) {
      expect([entry.name, bytes.includes(Buffer.from(canary)), bytes.includes(Buffer.from(canary, 'utf16le'))]).toEqual([
        entry.name,
        false,
        false,
      ]);
    }
  }
});
