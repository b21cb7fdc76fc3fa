// Goal: where this program fails on a bundle, the bundle is not called bad and is not lost; where the disk stands in the way,
// that is told and the file lies where it lay. Method: the program's own steps, of which one fails as it would.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { applyBundleFile, createBundle, previewBundle } from '../../electron/data/host/operations.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { Refused, refusalOf } from '../../electron/data/refused.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { listWaiting } from '../../electron/data/sync/quarantine.ts';
import { retryAtOpening, retryWaiting } from '../../electron/data/sync/receive.ts';
import { aDepot, type TestDepot } from '../support/depot.ts';
import { projectionsOf } from '../support/ranges.ts';
import { trustEachOther } from '../support/sites.ts';

const HOUR_MS = 3_600_000;
let depot: TestDepot;
let authority: TestDepot;
let path: string;
let files = 0;

beforeAll(async () => {
  [depot, authority] = [await aDepot(), await aDepot('HQ', 'authority')];
  trustEachOther(depot.ledger, authority.ledger);
  path = join(mkdtempSync(join(tmpdir(), 'faults-')), 'a.adi');
}, 60_000);
afterAll(() => [depot, authority].map(({ ledger }) => closeLedger(ledger)));
beforeEach(async () => {
  setPolicy(depot.ledger, { family: 'mix', kind: 'move', mode: 'warn' });
  path = `${path}.${++files}`;
  await createBundle(depot.ledger, 'HQ', path, () => undefined);
});

/** While `work` runs, each write of a row of a projection fails. */
async function failing<T>(cause: Error, work: () => Promise<T>): Promise<{ done: T; tries: number }> {
  const { store } = authority.ledger;
  let tries = 0;
  store.put = () => {
    tries += 1;
    throw cause;
  };
  try {
    return { done: await work(), tries };
  } finally {
    Reflect.deleteProperty(store, 'put');
  }
}
const BROKEN = new TypeError('cannot read the row');
const apply = () => applyBundleFile(authority.ledger, path);
const waiting = () => listWaiting(authority.ledger).files.map(({ code, isKept, site }) => [code, isKept, site]);

test('what a service refuses in the middle of a bundle is no full disk: the bundle waits', async () => {
  const { done } = await failing(new Refused({ code: 'reasonRequired' }), apply);
  expect(done.quarantined).toMatchObject({ code: 'E_FAULT' });
  expect(waiting().at(-1)).toEqual(['E_FAULT', true, 'DEP1']);
  authority.ledger.sqlite.exec('DELETE FROM quarantine');
});

test('a fault of this program: the bundle waits under a code of its own, and is tried once a day', async () => {
  const before = projectionsOf(authority.ledger);
  const { done } = await failing(BROKEN, apply);
  expect(done).toMatchObject({
    applied: 0,
    quarantined: { code: 'E_FAULT', message: 'this program failed on it (TypeError: cannot read the row)' },
  });
  expect([projectionsOf(authority.ledger), waiting()]).toEqual([before, [['E_FAULT', true, 'DEP1']]]);
  expect((await failing(BROKEN, () => previewBundle(authority.ledger, path))).done.quarantined?.code).toBe('E_FAULT');

  await retryWaiting(authority.ledger, ['bundle', 'trust', 'program', 'case']);
  authority.deps.advance(20 * HOUR_MS);
  await retryAtOpening(authority.ledger);
  expect(waiting()).toEqual([['E_FAULT', true, 'DEP1']]);
  authority.deps.advance(5 * HOUR_MS);
  // It fails again, and the next opening of the same day is spared.
  expect((await failing(BROKEN, () => retryAtOpening(authority.ledger))).tries).toBe(1);
  expect((await failing(BROKEN, () => retryAtOpening(authority.ledger))).tries).toBe(0);
  authority.deps.advance(25 * HOUR_MS);
  await retryAtOpening(authority.ledger);
  expect(waiting()).toEqual([]);
  expect(projectionsOf(authority.ledger)).not.toEqual(before);
  expect(verifyLedger(authority.ledger).ok).toBe(true);
}, 60_000);

test('a try that ends the process is not made again at the next opening', async () => {
  await failing(BROKEN, apply);
  authority.deps.advance(25 * HOUR_MS);
  const { sqlite } = authority.ledger;
  const triedAt = () => sqlite.prepare('SELECT tried_at_ms FROM quarantine').pluck().get();
  const before = triedAt();
  // What is said before the try stands, whatever becomes of it: here the file could not be kept again either.
  const gone = Object.assign(new Error('gone'), { code: 'SQLITE_FULL' });
  expect((await failing(gone, () => retryAtOpening(authority.ledger))).tries).toBe(1);
  expect(triedAt()).not.toBe(before);
  expect((await failing(BROKEN, () => retryAtOpening(authority.ledger))).tries).toBe(0);
  expect((await apply()).quarantined).toBeNull();
  expect(waiting()).toEqual([]);
}, 60_000);

test.each([
  ['SQLITE_FULL', { code: 'diskFull' }],
  ['SQLITE_READONLY', { code: 'notWritable', detail: 'SQLITE_READONLY' }],
  ['SQLITE_IOERR_WRITE', { code: 'notWritable', detail: 'SQLITE_IOERR_WRITE' }],
])('%s is told as such, and no bundle is to blame', async (code, refusal) => {
  const told = await failing(Object.assign(new Error('disk'), { code }), () => apply().catch(refusalOf));
  expect(told.done).toEqual(refusal);
  expect(waiting()).toEqual([]);
  expect((await apply()).quarantined).toBeNull();
});

test('what the tables refuse is nonsense that the device signed', async () => {
  const twice = Object.assign(new Error('movement is append-only'), { code: 'SQLITE_CONSTRAINT_TRIGGER' });
  expect((await failing(twice, apply)).done).toMatchObject({ quarantined: { code: 'E_FORMAT' } });
  expect(waiting()).toEqual([['E_FORMAT', false, 'DEP1']]);
});
