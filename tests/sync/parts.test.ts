// Goal: what came in parts is not lost between the last part and the answer: it is taken in, keeps a place among the files that
// wait, or lies here in parts as before. Method: one bundle in parts whose taking in fails or cannot be kept, and then can.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { readPart } from '../../electron/data/sync/parts.ts';
import { listWaiting } from '../../electron/data/sync/quarantine.ts';
import { aDepot, stockUp, type TestDepot } from '../support/depot.ts';
import { trustEachOther } from '../support/sites.ts';

let depot: TestDepot;
let authority: TestDepot;
let folder: string;
let made = 0;
/** The parts of a bundle with one entry, and the whole bundle before it, which brings another. */
let parts: readonly string[];
let earlier: string;

beforeAll(async () => {
  [depot, authority] = [await aDepot(), await aDepot('HQ', 'authority')];
  trustEachOther(depot.ledger, authority.ledger);
  stockUp(depot.ledger);
  folder = mkdtempSync(join(tmpdir(), 'parts-'));
}, 60_000);
afterAll(() => [depot, authority].map(({ ledger }) => closeLedger(ledger)));

const warn = ({ ledger }: TestDepot) => setPolicy(ledger, { family: 'mix', kind: 'move', mode: 'warn' });
/** As if the partner had said that it holds everything so far. */
const sayHeld = ({ sqlite, device, journal }: Ledger) => {
  const { device: dev } = authority.ledger.device;
  sqlite
    .prepare('INSERT OR REPLACE INTO held_there (device, incarnation, of_device, of_incarnation, seq, head) VALUES (?, 1, ?, 1, ?, ?)')
    .run(dev, device.device, journal.last.seq, journal.last.hash.toString('base64url'));
};
beforeEach(async () => {
  warn(depot);
  earlier = join(folder, `${++made}.adi`);
  await createBundle(depot.ledger, 'HQ', earlier, () => undefined);
  sayHeld(depot.ledger);
  warn(depot);
  const stick = join(folder, `stick ${made}`);
  mkdirSync(stick);
  await createBundle(depot.ledger, 'HQ', stick, () => undefined, 3_000);
  sayHeld(depot.ledger);
  parts = readdirSync(stick).map((name) => join(stick, name));
  expect(parts.length).toBeGreaterThan(2);
}, 60_000);

const apply = (path: string) => applyBundleFile(authority.ledger, path);
async function applyParts() {
  for (const path of parts.slice(1)) expect((await apply(path)).missingParts).not.toEqual([]);
  return apply(parts[0] as string);
}
const waiting = () => {
  const { files, parts: sets } = listWaiting(authority.ledger);
  return [files.map(({ code, isKept }) => [code, isKept]), sets.map(({ missing }) => missing)];
};

test('a full disk, or a kill, after the last part: the parts are here still, and any of them again takes them in', async () => {
  await apply(earlier);
  const { store } = authority.ledger;
  store.put = () => {
    throw Object.assign(new Error('disk'), { code: 'SQLITE_FULL' });
  };
  expect(await applyParts().catch(refusalOf)).toEqual({ code: 'diskFull' });
  Reflect.deleteProperty(store, 'put');
  expect(waiting()).toEqual([[], [[]]]);
  expect(await apply(parts[1] as string)).toMatchObject({ applied: 1, quarantined: null });
  expect(waiting()).toEqual([[], []]);
}, 60_000);

test('what comes too early keeps a place as a whole file, and its parts are let go', async () => {
  expect((await applyParts()).quarantined?.code).toBe('E_GAP');
  expect(waiting()).toEqual([[['E_GAP', true]], []]);
  expect(await apply(earlier)).toMatchObject({ applied: 1, cleared: 1 });
  expect(waiting()).toEqual([[], []]);
}, 60_000);

test('where there is no room for it the parts stay, and are taken in by themselves once what they lack is here', async () => {
  const { sqlite } = authority.ledger;
  const fill = sqlite.prepare(
    `INSERT INTO quarantine (sha, name, size, bytes, code, message, device, incarnation, received_at_ms, tried_at_ms)
     VALUES (?, 'full', 1, x'00', 'E_TRUST', '', ?, 1, 1, 1)`,
  );
  for (let at = 0; at < 64; at++) fill.run(`full ${at}`, depot.ledger.device.device);
  const { quarantined } = await applyParts();
  expect(quarantined).toMatchObject({ code: 'E_GAP', message: expect.stringMatching(/Its parts stay here: too many files wait/) });
  expect(waiting()[1]).toEqual([[]]);
  expect(await apply(earlier)).toMatchObject({ applied: 1, cleared: 1 });
  expect(waiting()[1]).toEqual([]);
  sqlite.prepare("DELETE FROM quarantine WHERE name = 'full'").run();
  expect(sqlite.prepare('SELECT count(*) FROM quarantine WHERE bytes IS NOT NULL').pluck().get()).toBe(0);
}, 60_000);

test('the whole file makes the parts of it needless', async () => {
  await apply(earlier);
  await apply(parts[0] as string);
  expect(waiting()[1]).toHaveLength(1);
  const slices = parts.map((path) => readPart(readFileSync(path))).sort((one, other) => one.part - other.part);
  const whole = join(folder, 'whole.adi');
  writeFileSync(whole, Buffer.concat(slices.map(({ slice }) => slice)));
  expect(await apply(whole)).toMatchObject({ applied: 1, quarantined: null });
  expect(waiting()).toEqual([[], []]);
}, 60_000);
