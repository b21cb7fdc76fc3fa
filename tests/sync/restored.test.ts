// Goal: a file that is behind what was known of it is never written to a fork: it gets its later entries back, or the
// device goes on as a new incarnation. Method: one real depot of two people whose closed files were copied before it went
// on; each case works on a fresh copy with the mark of the machine.

import { cpSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openIncarnation } from '../../electron/data/host/incarnation.ts';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { applyBundleFile, createBundle, secondPerson } from '../../electron/data/host/operations.ts';
import { unlockWithWords } from '../../electron/data/host/people.ts';
import { fingerprintOf, readStatement } from '../../electron/data/journal/statement.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import {
  closeLedger,
  inReceivingTransaction,
  inWriteTransaction,
  type Ledger,
  lookAgain,
  record,
  type Second,
} from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { heldOf } from '../../electron/data/repositories/held.ts';
import { listPeople } from '../../electron/data/repositories/settings.ts';
import { listTrusted } from '../../electron/data/repositories/trusted.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { collectBundles } from '../../electron/data/sync/collect.ts';
import { splitBundle } from '../../electron/data/sync/format.ts';
import { aDepot, addColleague, reopen, stockUp, type TestDepot } from '../support/depot.ts';
import { deliver, deliverHead, projectionsOf, type Row, rowsOf } from '../support/ranges.ts';

const WITNESS = { user: 'witness', passphrase: 'witness of the depot' };
const CELL = { family: 'mix', kind: 'move' };

let depot: TestDepot;
let authority: TestDepot;
let before: string;
/** The entries that the copy lacks. */
let later: Row[];
let ownSeq: number;

const copyTo = (folder: string) => {
  for (const name of readdirSync(dirname(depot.file)))
    if (name.startsWith(basename(depot.file))) cpSync(join(dirname(depot.file), name), join(folder, name));
};
const aFolder = () => mkdtempSync(join(tmpdir(), 'depot-restored-'));

beforeAll(async () => {
  depot = await aDepot('DEP1');
  authority = await aDepot('HQ', 'authority');
  stockUp(depot.ledger);
  await addColleague(depot.ledger, 'witness', ['storekeeper']);
  trustPartner(depot.ledger, authority.ledger.device.statement, fingerprintOf(authority.ledger.device.statement));
  ownSeq = depot.ledger.journal.last.seq;
  closeLedger(depot.ledger);
  before = aFolder();
  copyTo(before);
  depot = { ...depot, ledger: reopen(depot) };
  for (const mode of ['warn', 'block', 'off']) setPolicy(depot.ledger, { ...CELL, mode });
  later = rowsOf(depot.ledger, ownSeq);
}, 120_000);
afterAll(() => [depot, authority].map(({ ledger }) => closeLedger(ledger)));

/** An old copy, opened on the machine that knows better, or on another one. */
let copy: Ledger;
let file: string;
let machine: string;
const openCopy = (userDataDir = machine) => {
  copy = openLedger({ file, userDataDir, candidates: depot.candidates, deps: depot.deps });
  return copy;
};
beforeEach(() => {
  const folder = aFolder();
  for (const name of readdirSync(before)) cpSync(join(before, name), join(folder, name));
  file = join(folder, basename(depot.file));
  machine = join(folder, 'machine');
  cpSync(depot.userDataDir, machine, { recursive: true });
});
afterEach(() => closeLedger(copy));

const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'done';
  } catch (cause) {
    return refusalOf(cause)?.code ?? String(cause);
  }
};
const write = () => setPolicy(copy, { ...CELL, mode: 'warn' });
const takeBack = (rows: readonly Row[]) =>
  inReceivingTransaction(copy, (tx) => {
    deliver(tx, depot.ledger, rows);
    deliverHead(tx, depot.ledger, rows.at(-1) as Row);
  });
/** What a bundle of the authority proves it holds of this device. */
const hearOf = (seq: number, head: Buffer) =>
  inReceivingTransaction(copy, (tx) => {
    const { device, incarnation } = authority.ledger.device;
    tx.sqlite
      .prepare(
        'INSERT INTO held_there (device, incarnation, of_device, of_incarnation, seq, head, proved_seq, proved_head) VALUES (?, ?, ?, 1, ?, ?, ?, ?)',
      )
      .run(device, incarnation, copy.device.device, seq, head.toString('base64url'), seq, head.toString('base64url'));
  });
const witness = async () => (await secondPerson(copy, WITNESS)) as Second;

test('an old copy takes its later entries back and is written again; what fails on the way changes nothing', () => {
  openCopy();
  expect([copy.readOnly, codeOf(write)]).toEqual([{ code: 'readOnlyCopy', ownSeq, markSeq: ownSeq + 3 }, 'readOnlyCopy']);
  takeBack(later.slice(0, 1));
  expect([copy.readOnly?.code, copy.journal.last.seq]).toEqual(['readOnlyCopy', ownSeq + 1]);
  const broken = () =>
    inReceivingTransaction(copy, (tx) => {
      deliver(tx, depot.ledger, later.slice(1));
      throw new Error('torn');
    });
  expect([codeOf(broken), copy.readOnly?.code, copy.journal.last.seq]).toEqual(['Error: torn', 'readOnlyCopy', ownSeq + 1]);
  takeBack(later.slice(1));
  expect([copy.readOnly, copy.journal.last]).toEqual([null, depot.ledger.journal.last]);
  expect(projectionsOf(copy)).toEqual(projectionsOf(depot.ledger));
  expect([codeOf(write), verifyLedger(copy)]).toEqual(['done', expect.objectContaining({ ok: true, entries: ownSeq + 4 })]);
});

test('a partner that holds more makes the file read-only wherever it is opened, until it has the entries too', () => {
  openCopy(aFolder());
  expect(copy.readOnly).toBeNull();
  hearOf(ownSeq + 2, (later[1] as Row).hash);
  const held = { code: 'partnerHoldsMore', site: 'HQ', ownSeq, partnerSeq: ownSeq + 2 };
  expect([copy.readOnly, codeOf(write)]).toEqual([held, 'partnerHoldsMore']);
  closeLedger(copy);
  expect(openCopy(aFolder()).readOnly).toEqual(held);
  takeBack(later.slice(0, 2));
  expect([copy.readOnly, codeOf(write)]).toEqual([null, 'done']);
});

test('a partner that holds another entry makes the file read-only for good: no incarnation goes on from a branch', async () => {
  openCopy(aFolder());
  write();
  hearOf(ownSeq + 1, (later[0] as Row).hash);
  expect([copy.readOnly, codeOf(write)]).toEqual([{ code: 'partnerHoldsOther', site: 'HQ', seq: ownSeq + 1 }, 'partnerHoldsOther']);
  await expect(openIncarnation(copy, 'two copies', await witness())).rejects.toMatchObject({ refusal: { code: 'partnerHoldsOther' } });
});

test('a new incarnation: a second person signs, all that counts in the own journal stands again, and no entry known is cut off', async () => {
  openCopy();
  await expect(openIncarnation(copy, 'disk lost', undefined)).rejects.toMatchObject({ refusal: { code: 'secondPersonRequired' } });
  await expect(openIncarnation(copy, ' ', await witness())).rejects.toMatchObject({ refusal: { code: 'reasonRequired' } });
  const people = listPeople(copy).map(({ person, slot, roles }) => [person, slot, roles]);
  const opened = await openIncarnation(copy, 'disk lost', await witness());
  const head = (later[2] as Row).hash.toString('base64url');
  expect(opened.lacks).toEqual({ from: ownSeq + 1, upto: ownSeq + 3 });
  expect(opened.previous).toEqual({ device: depot.ledger.device.device, incarnation: 1, seq: ownSeq + 3, head });
  expect(codeOf(write)).toBe('incarnationOpened');
  closeLedger(copy);

  openCopy();
  expect([copy.readOnly, copy.device.incarnation, copy.device.statement]).toEqual([null, 2, opened.statement]);
  expect(readStatement(opened.statement)).toMatchObject({ incarnation: 2, site: 'DEP1', previous: opened.previous });
  expect(copy.device.publicKey).not.toBe(depot.ledger.device.publicKey);
  expect(copy.device.earlierIdentities).toEqual([depot.ledger.device.ageIdentity, depot.ledger.device.classicIdentity]);
  expect(listPeople(copy).map(({ person, slot, roles }) => [person, slot, roles])).toEqual(people);
  expect(listTrusted(copy).map(({ site }) => site)).toEqual(['HQ']);
  expect(codeOf(write)).toBe('done');

  // The journal before is taken in like that of any device of the site, and comes before what the new one says.
  const said = projectionsOf(copy).setting;
  takeBack(later);
  expect(copy.journal.last.seq).toBeLessThan(ownSeq);
  expect(projectionsOf(copy).setting).toEqual(said);
  expect(verifyLedger(copy)).toMatchObject({ ok: true });
  closeLedger(copy);

  const candidates = [unlockWithWords(file, depot.recoveryWords.join(' '))];
  copy = openLedger({ file, candidates, recovering: 'admin', userDataDir: machine, deps: depot.deps });
  expect(copy.session).toMatchObject({ person: 'admin', roles: [] });
});

test('the second signature under a new incarnation is proved by the people that its journal names', async () => {
  openCopy();
  await openIncarnation(copy, 'disk lost', { ...(await witness()), sign: depot.ledger.device.sign });
  expect(verifyLedger(copy)).toEqual({ ok: false, firstBad: { seq: 1, reason: 'a second signature is not valid' } });
});

test('nothing is recorded while the file is found to be behind', () => {
  openCopy(aFolder());
  const heard = () =>
    inWriteTransaction(copy, (tx) => {
      const { device, incarnation } = authority.ledger.device;
      tx.sqlite
        .prepare(
          `INSERT INTO held_there (device, incarnation, of_device, of_incarnation, seq, head, proved_seq, proved_head)
           VALUES (?, ?, ?, 1, 9999, 'x', 9999, 'x')`,
        )
        .run(device, incarnation, copy.device.device);
      lookAgain(tx);
      record(tx, { type: 'access.failed', data: { count: 1 } });
    });
  expect([codeOf(heard), copy.readOnly]).toEqual(['partnerHoldsMore', null]);
});

test('under a new incarnation a found stick of the one before does not bring what that one cut off', async () => {
  const path = join(aFolder(), 'found.adi');
  await createBundle(depot.ledger, 'HQ', path, () => undefined);
  openCopy(aFolder()); // on a machine that does not know better
  const { previous, lacks } = await openIncarnation(copy, 'disk lost', await witness());
  expect([previous.seq, lacks]).toEqual([ownSeq, null]);
  closeLedger(copy);
  openCopy();
  expect((await applyBundleFile(copy, path)).quarantined?.code).toBe('E_REVOKED');
  expect([heldOf(copy, depot.ledger.device.device, 1).held, verifyLedger(copy)]).toMatchObject([ownSeq, { ok: true }]);
  // What is on the file already goes out to its end, and not beyond: an earlier program took such sticks in.
  inReceivingTransaction(copy, (tx) => deliver(tx, depot.ledger, later));
  const sent = [...collectBundles(copy, 'HQ')].flatMap(({ plain }) => splitBundle(plain).header.ranges);
  expect(sent.map(({ inc, upto }) => [inc, upto])).toEqual([
    [1, ownSeq],
    [2, copy.journal.last.seq],
  ]);
});

test('an own later bundle brings an old copy up to date by the way of any bundle', async () => {
  const path = join(aFolder(), 'own.adi');
  await createBundle(depot.ledger, 'HQ', path, () => undefined);
  openCopy();
  expect(copy.readOnly?.code).toBe('readOnlyCopy');
  expect(await applyBundleFile(copy, path)).toMatchObject({ applied: 3, quarantined: null });
  expect([copy.readOnly, codeOf(write), copy.journal.last.seq]).toEqual([null, 'done', ownSeq + 4]);
  expect(verifyLedger(copy)).toMatchObject({ ok: true });
});
