// Goal: what a partner says it holds is believed where this device signed it, never taken back where it keeps an old copy
// from writing, and enough for a site of several devices. Method: real depots, copies of their files, real bundles; only
// what a partner makes up is packed by hand.

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backupLedger, restoreBackup } from '../../electron/data/host/backup.ts';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inReceivingTransaction, type Ledger } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { listCases } from '../../electron/data/services/cases.ts';
import { listPartners } from '../../electron/data/services/partners.ts';
import { type BundleHeader, packBundle, shaOf, splitBundle } from '../../electron/data/sync/format.ts';
import { listWaiting } from '../../electron/data/sync/quarantine.ts';
import { openBytes } from '../../electron/data/sync/seal.ts';
import { readSigned, takeIn } from '../../electron/data/sync/takeIn.ts';
import { aDepot, reopen, type TestDepot } from '../support/depot.ts';
import { trustEachOther } from '../support/sites.ts';

let one: TestDepot;
let other: TestDepot;
let neighbour: TestDepot;
let authority: TestDepot;
const folder = mkdtempSync(join(tmpdir(), 'holds-'));
let files = 0;

beforeAll(async () => {
  [one, other, neighbour, authority] = [await aDepot(), await aDepot(), await aDepot('DEP2'), await aDepot('HQ', 'authority')];
  trustEachOther(one.ledger, neighbour.ledger);
  trustEachOther(one.ledger, other.ledger);
  for (const { ledger } of [one, other]) trustEachOther(ledger, authority.ledger);
}, 120_000);
afterAll(() => [one, other, neighbour, authority].map(({ ledger }) => closeLedger(ledger)));

/** The file as it is now, opened on another machine that has no mark of it. */
function copyOf(depot: TestDepot): TestDepot {
  const file = join(folder, `copy${++files}.depot`);
  backupLedger(depot.ledger, `${file}.backup`);
  restoreBackup(`${file}.backup`, file);
  const userDataDir = `${file}.machine`;
  return { ...depot, file, userDataDir, ledger: openLedger({ file, userDataDir, candidates: depot.candidates, deps: depot.deps }) };
}
const bundleOf = async ({ ledger }: TestDepot, to: string) => {
  const path = join(folder, `${++files}.adi`);
  await createBundle(ledger, to, path, () => undefined);
  return path;
};
const apply = ({ ledger }: TestDepot, path: string) => applyBundleFile(ledger, path);
const headerOf = async (path: string, { ledger }: TestDepot) =>
  splitBundle(await openBytes(readFileSync(path), ledger.device.ageIdentity)).header;
let modes = 0;
const write = ({ ledger }: TestDepot) => setPolicy(ledger, { family: 'mix', kind: 'move', mode: ++modes % 2 === 0 ? 'warn' : 'block' });
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'done';
  } catch (cause) {
    return refusalOf(cause)?.code ?? String(cause);
  }
};
const lastOf = ({ ledger }: TestDepot) => ledger.journal.last.seq;

/** What a partner that signs well makes up. */
function say(from: Ledger, to: Ledger, holds: BundleHeader['holds']): void {
  const id = 'A'.repeat(22);
  const facts = { id, from: { dev: from.device.device, inc: 1 }, to: [{ dev: to.device.device, inc: 1 }], ranges: [], holds };
  const plain = packBundle({ ...facts, log: null, seen: [], trust: 0 }, { list: null, ranges: [] }, from.device.sign);
  inReceivingTransaction(to, (tx) => takeIn(tx, readSigned(tx, plain, shaOf(plain))));
}

test('a partner that makes up what it holds freezes nobody and acknowledges nothing', () => {
  const { device, journal } = one.ledger;
  const madeUp = { dev: device.device, inc: 1, head: 'A'.repeat(43), root: 'A'.repeat(43), headSig: 'A'.repeat(86) };
  const acknowledged = () => listPartners(one.ledger).find(({ site }) => site === 'DEP2')?.acknowledgedSeq ?? 0;
  for (const seq of [journal.last.seq + 100, journal.last.seq, 1]) {
    say(neighbour.ledger, one.ledger, [{ ...madeUp, seq }]);
    expect([seq, one.ledger.readOnly, acknowledged()]).toEqual([seq, null, 0]);
  }
  expect(codeOf(() => write(one))).toBe('done');
});

test('a bundle that comes late frees no old copy, and what a read-only file leaves out it says', async () => {
  await apply(neighbour, await bundleOf(one, 'DEP2'));
  const early = await bundleOf(neighbour, 'DEP1');
  const copy = copyOf(one);
  const seq = lastOf(one);
  for (const _ of [1, 2, 3]) write(one);
  await apply(neighbour, await bundleOf(one, 'DEP2'));
  const late = await bundleOf(neighbour, 'DEP1');
  expect((await headerOf(late, one)).holds).toContainEqual(expect.objectContaining({ dev: one.ledger.device.device, seq: seq + 3 }));
  const why = { code: 'partnerHoldsMore', site: 'DEP2', ownSeq: seq, partnerSeq: seq + 3 };

  const brought = lastOf(neighbour);
  expect(await apply(copy, late)).toMatchObject({ applied: 0, quarantined: null, leftOut: { entries: brought, cause: why } });
  expect(await apply(copy, early)).toMatchObject({ leftOut: { entries: brought, cause: why } });
  expect([copy.ledger.readOnly, codeOf(() => write(copy))]).toEqual([why, 'partnerHoldsMore']);
  // What waits goes on waiting: nothing of it was taken in.
  copy.ledger.sqlite
    .prepare("INSERT INTO quarantine VALUES (?, 'late', 1, x'00', 'E_GAP', '', NULL, NULL, 0, 0)")
    .run(shaOf(readFileSync(late)));
  await apply(copy, late);
  expect(listWaiting(copy.ledger).files).toHaveLength(1);

  // Its own later bundle brings it up to date: then it is written again, and the rest is taken in.
  await apply(copy, await bundleOf(one, 'HQ'));
  expect([copy.ledger.readOnly, lastOf(copy)]).toEqual([null, seq + 3]);
  expect(await apply(copy, late)).toMatchObject({ applied: brought, quarantined: null });
  closeLedger(copy.ledger);

  await apply(one, late);
  const acknowledged = () => listPartners(one.ledger).find(({ site }) => site === 'DEP2')?.acknowledgedSeq;
  expect(acknowledged()).toBe(seq + 3);
  await apply(one, early);
  expect([acknowledged(), one.ledger.readOnly]).toEqual([seq + 3, null]);
}, 120_000);

test('a site of two devices gets each journal once, and an old copy gets its entries back from a partner', async () => {
  for (const depot of [one, other]) expect(await apply(authority, await bundleOf(depot, 'HQ'))).toMatchObject({ quarantined: null });
  const whole = await bundleOf(authority, 'DEP1');
  const devicesOf = async (path: string) => (await headerOf(path, one)).ranges.map(({ dev }) => dev);
  expect((await devicesOf(whole)).sort()).toEqual([one, other, authority].map(({ ledger }) => ledger.device.device).sort());
  for (const depot of [one, other]) expect(await apply(depot, whole)).toMatchObject({ quarantined: null });
  for (const depot of [one, other]) expect(await apply(authority, await bundleOf(depot, 'HQ'))).toMatchObject({ quarantined: null });
  const stays = copyOf(other);
  const before = lastOf(other);
  expect(await devicesOf(await bundleOf(authority, 'DEP1'))).not.toContain(one.ledger.device.device);
  expect(await devicesOf(await bundleOf(authority, 'DEP1'))).not.toContain(other.ledger.device.device);

  for (const _ of [1, 2, 3]) write(other);
  expect(await apply(authority, await bundleOf(other, 'HQ'))).toMatchObject({ quarantined: null });
  expect(await apply(authority, await bundleOf(stays, 'HQ'))).toMatchObject({ quarantined: null });
  const back = await bundleOf(authority, 'DEP1');
  const { ranges } = await headerOf(back, one);
  expect(ranges.find(({ dev }) => dev === other.ledger.device.device)).toMatchObject({ from: before + 1, upto: before + 3 });
  expect(await apply(stays, back)).toMatchObject({ quarantined: null });
  expect([stays.ledger.readOnly, stays.ledger.journal.last]).toEqual([null, other.ledger.journal.last]);
  expect(verifyLedger(stays.ledger)).toMatchObject({ ok: true });
  closeLedger(stays.ledger);
}, 180_000);

test('a file that meets another branch of its own journal is read-only for good, and opens no case on its branch', async () => {
  const copy = copyOf(one);
  const { seq } = one.ledger.journal.last;
  write(copy);
  one.deps.advance(1_000);
  for (const _ of [1, 2, 3]) write(one);
  const branch = await bundleOf(one, 'HQ');
  expect(await apply(copy, branch)).toMatchObject({ applied: 0, quarantined: { code: 'E_FORK' } });
  const why = { code: 'partnerHoldsOther', site: 'DEP1', seq: seq + 1 };
  expect([copy.ledger.readOnly, lastOf(copy), listCases(copy.ledger, { isOpenOnly: false })]).toEqual([why, seq + 1, []]);
  expect(codeOf(() => write(copy))).toBe('partnerHoldsOther');
  closeLedger(copy.ledger);
  const again = reopen(copy);
  expect([again.readOnly, listWaiting(again).files]).toMatchObject([why, [{ code: 'E_FORK', isKept: true }]]);
  closeLedger(again);
}, 120_000);
