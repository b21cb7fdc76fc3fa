// Goal: what `verify` would refuse of a second signature is refused when it comes, before anything of the bundle stays: else
// the proof of the reader's own file would fail for good. Method: a device that is trusted and signs well, and whose entries
// bear another second signature than they say.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openIncarnation } from '../../electron/data/host/incarnation.ts';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, type Ledger, record, type Second } from '../../electron/data/ledger.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { listWaiting } from '../../electron/data/sync/quarantine.ts';
import type { Entry } from '../../shared/domain/entries.ts';
import { aDepot, addColleague, reopen, type TestDepot } from '../support/depot.ts';
import { trustEachOther } from '../support/sites.ts';

const WARN = { type: 'policy.set', data: { family: 'mix', kind: 'move', mode: 'warn' } } as const satisfies Entry;
let good: TestDepot;
let bad: TestDepot;
let authority: TestDepot;
let colleague: Second;
let folder: string;
let files = 0;

beforeAll(async () => {
  [good, bad, authority] = [await aDepot('DEP1'), await aDepot('DEP2'), await aDepot('HQ', 'authority')];
  folder = mkdtempSync(join(tmpdir(), 'second-'));
  for (const depot of [good, bad]) trustEachOther(depot.ledger, authority.ledger);
}, 120_000);
afterAll(() => [good, bad, authority].filter(({ ledger }) => ledger.sqlite.open).map(({ ledger }) => closeLedger(ledger)));

const write = ({ ledger }: Pick<TestDepot, 'ledger'>, entry: Entry, second: Second | undefined): void =>
  inWriteTransaction(ledger, (tx) => void record(tx, entry, { second }));
async function send({ ledger }: Pick<TestDepot, 'ledger'>) {
  const path = join(folder, `${++files}.adi`);
  await createBundle(ledger, 'HQ', path, () => undefined);
  return applyBundleFile(authority.ledger, path);
}
const rowsOf = ({ sqlite }: Ledger) =>
  ['entry', 'head', 'person', 'setting', 'held_there', 'acceptance'].map((table) =>
    sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  );
async function expectRefused(depot: Pick<TestDepot, 'ledger'>, seq: number): Promise<void> {
  const before = rowsOf(authority.ledger);
  const { quarantined } = await send(depot);
  expect(quarantined).toEqual({ code: 'E_SIG', message: `the second signature of entry ${seq} is not that of a person whom it names` });
  expect(rowsOf(authority.ledger)).toEqual(before);
  expect(listWaiting(authority.ledger).files.find(({ message }) => message === quarantined?.message)).toMatchObject({ isKept: false });
  expect(verifyLedger(authority.ledger).ok).toBe(true);
}

test('people who come in the same range sign what follows; people held already sign what comes later', async () => {
  colleague = await addColleague(good.ledger, 'colleague', ['storekeeper']);
  write(good, WARN, colleague);
  expect((await send(good)).quarantined).toBeNull();
  write(good, WARN, colleague);
  expect((await send(good)).quarantined).toBeNull();
  expect(verifyLedger(authority.ledger).ok).toBe(true);
}, 60_000);

test('a signature of another, of a key that was replaced, of nobody whom the journal names: refused, and nothing stays', async () => {
  const other = await addColleague(bad.ledger, 'colleague', ['storekeeper']);
  expect((await send(bad)).quarantined).toBeNull();
  const { seq } = bad.ledger.journal.last;
  const { sqlite } = bad.ledger;
  const attempt = async (work: () => void) => {
    sqlite.exec('SAVEPOINT before');
    const undo = bad.ledger.journal.mark();
    work();
    await expectRefused(bad, bad.ledger.journal.last.seq);
    sqlite.exec('ROLLBACK TO before; RELEASE before');
    undo();
    bad.ledger.store.forget();
    expect(bad.ledger.journal.last.seq).toBe(seq);
  };
  await attempt(() => write(bad, WARN, { person: 'colleague', sign: bad.ledger.device.sign }));
  await attempt(() => write(bad, WARN, { ...other, person: 'somebody' }));
  await attempt(() => {
    const key = { publicKey: bad.ledger.device.publicKey, slot: 'x', roles: ['storekeeper'], isActive: true };
    write(bad, { type: 'person.put', data: { person: 'colleague', ...key } }, other);
    write(bad, WARN, other);
  });
  // A type that a later program knows: what it says is not understood here, who signed it is.
  await attempt(() => write(bad, { type: 'kind.new', data: {} } as never, { person: 'colleague', sign: bad.ledger.device.sign }));
}, 120_000);

test('the entry that opens an incarnation is proved by the key under which its person is named first', async () => {
  expect((await send(good)).quarantined).toBeNull();
  await openIncarnation(good.ledger, 'disk lost', colleague);
  closeLedger(good.ledger);
  const ledger = reopen(good);
  trustPartner(authority.ledger, ledger.device.statement, fingerprintOf(ledger.device.statement));
  // The key changes before the reader hears anything: its first signed head lies behind the change.
  const key = { publicKey: ledger.device.publicKey, slot: 'x', roles: ['storekeeper'], isActive: true };
  write({ ledger }, { type: 'person.put', data: { person: 'colleague', ...key } }, colleague);
  expect((await send({ ledger })).quarantined).toBeNull();
  expect([verifyLedger(ledger).ok, verifyLedger(authority.ledger).ok]).toEqual([true, true]);
  closeLedger(ledger);

  await openIncarnation(bad.ledger, 'disk lost', { person: 'colleague', sign: bad.ledger.device.sign });
  closeLedger(bad.ledger);
  const forged = reopen(bad);
  trustPartner(authority.ledger, forged.device.statement, fingerprintOf(forged.device.statement));
  await expectRefused({ ledger: forged }, 1);
  closeLedger(forged);
}, 120_000);

test('after an entry of a later program, which may name people, the bundle waits for the update; in one file it is no fault', async () => {
  const later = await aDepot('DEP3');
  trustEachOther(later.ledger, authority.ledger);
  const newcomer = { person: 'newcomer', sign: later.ledger.device.sign };
  write(later, { type: 'kind.new', data: {} } as never, undefined);
  write(later, WARN, newcomer);
  const { seq } = later.ledger.journal.last;
  expect((await send(later)).quarantined).toMatchObject({
    code: 'E_VERSION',
    message: expect.stringContaining(`entry ${seq} is signed by`),
  });
  expect(listWaiting(authority.ledger).files.at(-1)).toMatchObject({ code: 'E_VERSION', isKept: true });
  expect([verifyLedger(authority.ledger).ok, verifyLedger(later.ledger).ok]).toEqual([true, true]);
  closeLedger(later.ledger);
}, 60_000);
