import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyBundleFile, createBundle, previewBundle } from '../../electron/data/host/operations.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, type Ledger } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { listAllStock } from '../../electron/data/repositories/stock.ts';
import { listPartners, trustPartner } from '../../electron/data/services/partners.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { BundleRefused, splitBundle } from '../../electron/data/sync/format.ts';
import { discardWaiting, listWaiting } from '../../electron/data/sync/quarantine.ts';
import { retryWaiting } from '../../electron/data/sync/receive.ts';
import { openBytes } from '../../electron/data/sync/seal.ts';
import { readSigned, takeIn } from '../../electron/data/sync/takeIn.ts';
import { aDepot, aRequest, reopen, stockUp, type TestDepot } from '../support/depot.ts';

/** One depot and one authority through a long exchange: each test goes on from where the one before ended. */
let depot: TestDepot;
let authority: TestDepot;
let stranger: TestDepot;
let folder: string;
let made = 0;
const trust = (one: Ledger, other: Ledger) => trustPartner(one, other.device.statement, fingerprintOf(other.device.statement));

beforeAll(async () => {
  [depot, authority, stranger] = [await aDepot(), await aDepot('HQ', 'authority'), await aDepot('DEP2')];
  stockUp(depot.ledger);
  trust(depot.ledger, authority.ledger);
  trust(authority.ledger, depot.ledger);
  folder = mkdtempSync(join(tmpdir(), 'exchange-'));
}, 120_000);
afterAll(() => [depot, authority, stranger].map(({ ledger }) => closeLedger(ledger)));

const create = async (from: Ledger, to: string) => {
  const path = join(folder, `${++made}.adi`);
  const { parts } = await createBundle(from, to, path, () => undefined);
  return parts[0] as (typeof parts)[number];
};
const apply = (ledger: Ledger, { path }: { path: string }) => applyBundleFile(ledger, path);
const issue = (quantity: string) =>
  postMovement(depot.ledger, aRequest(depot.deps, { kind: 'issue', item: 'BALL', lot: 'LC-19A001', from: 'S1', to: 'RANGE', quantity }));
const partnerOf = (ledger: Ledger, site: string) => listPartners(ledger).find((partner) => partner.site === site);
const lastSeq = () => depot.ledger.journal.last.seq;
const TABLES = ['entry', 'head', 'holding', 'movement', 'held_there', 'partner', 'conflict_case'];
const stateOf = ({ sqlite, journal }: Ledger) => [
  journal.last.seq,
  ...TABLES.map((table) => sqlite.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()),
];
const stockOf = (ledger: Ledger, site: string) =>
  listAllStock(ledger)
    .filter((row) => row.site === site)
    .map((row) => [row.item, row.lotId, row.place, row.quantity].join('|'));
const plainOf = async ({ path }: { path: string }, ledger: Ledger) => openBytes(readFileSync(path), ledger.device.ageIdentity);

test('nothing known: everything; what the other side says it holds is not sent again', async () => {
  const first = await create(depot.ledger, 'HQ');
  expect(first).toMatchObject({ from: 1, upto: lastSeq(), entries: lastSeq() });
  expect(await apply(authority.ledger, first)).toMatchObject({ applied: lastSeq(), quarantined: null });
  expect(partnerOf(depot.ledger, 'HQ')).toMatchObject({ acknowledgedSeq: null, onlyHere: lastSeq(), lastHeardAtMs: null });
  expect((await create(depot.ledger, 'HQ')).entries, 'a lost stick costs nothing').toBe(lastSeq());

  const back = await create(authority.ledger, 'DEP1');
  const { header } = splitBundle(await plainOf(back, depot.ledger));
  expect(header.holds).toMatchObject([
    { dev: authority.ledger.device.device, inc: 1, seq: authority.ledger.journal.last.seq },
    { dev: depot.ledger.device.device, inc: 1, seq: lastSeq() },
  ]);
  expect(header.ranges.map(({ dev }) => dev)).toEqual([authority.ledger.device.device]);
  expect(await apply(depot.ledger, back)).toMatchObject({ quarantined: null });
  expect(partnerOf(depot.ledger, 'HQ')).toMatchObject({ acknowledgedSeq: lastSeq(), onlyHere: 0 });
  expect(partnerOf(depot.ledger, 'HQ')?.lastHeardAtMs).not.toBeNull();

  const nothing = await create(depot.ledger, 'HQ');
  expect(nothing).toMatchObject({ entries: 0, from: lastSeq() + 1, upto: lastSeq() });
  expect(splitBundle(await plainOf(nothing, authority.ledger)).header.kind).toBe('ack');
  expect(await apply(authority.ledger, nothing)).toMatchObject({ applied: 0, skipped: 0, quarantined: null });
}, 120_000);

test('a later bundle waits for the earlier one by itself; a preview says what is missing and changes nothing', async () => {
  issue('1');
  const earlier = await create(depot.ledger, 'HQ');
  expect(earlier).toMatchObject({ entries: 1, from: lastSeq() });
  const { seq, hash } = depot.ledger.journal.last;
  depot.ledger.sqlite
    .prepare('UPDATE held_there SET seq = ?, head = ? WHERE of_device = ?')
    .run(seq, hash.toString('base64url'), depot.ledger.device.device);
  issue('2');
  const later = await create(depot.ledger, 'HQ');

  const state = stateOf(authority.ledger);
  const seen = await previewBundle(authority.ledger, later.path);
  expect(seen).toMatchObject({ quarantined: { code: 'E_GAP' }, missing: [{ from: seq, upto: seq }], from: { site: 'DEP1' } });
  expect(listWaiting(authority.ledger).files).toEqual([]);
  expect(await apply(authority.ledger, later)).toMatchObject({ applied: 0, quarantined: { code: 'E_GAP' } });
  expect(listWaiting(authority.ledger).files).toMatchObject([{ code: 'E_GAP', site: 'DEP1', name: basename(later.path), isKept: true }]);
  expect(partnerOf(authority.ledger, 'DEP1')?.waiting).toBe(1);
  expect(await previewBundle(authority.ledger, earlier.path)).toMatchObject({
    applied: 1,
    entries: [{ type: 'movement.posted', count: 1 }],
    quarantined: null,
  });
  expect(stateOf(authority.ledger)).toEqual(state);

  expect(await apply(authority.ledger, earlier)).toMatchObject({ applied: 1, cleared: 1 });
  expect(listWaiting(authority.ledger).files).toEqual([]);
  expect(stockOf(authority.ledger, 'DEP1')).toEqual(stockOf(depot.ledger, 'DEP1'));
  const after = stateOf(authority.ledger);
  for (const bundle of [later, earlier, later])
    expect(await apply(authority.ledger, bundle)).toMatchObject({ applied: 0, quarantined: null });
  expect(stateOf(authority.ledger)).toEqual(after);
}, 120_000);

test('who is not enrolled waits until trusted; what waits can be let go of', async () => {
  trust(stranger.ledger, authority.ledger);
  const bundle = await create(stranger.ledger, 'HQ');
  expect(await apply(authority.ledger, bundle)).toMatchObject({ quarantined: { code: 'E_UNKNOWN_DEV' } });
  const [waiting] = listWaiting(authority.ledger).files;
  const id = waiting?.id ?? '';
  const before = authority.ledger.journal.last.seq;
  expect(() => discardWaiting(authority.ledger, { id, reason: ' ' })).toThrow('reasonRequired');
  expect([listWaiting(authority.ledger).files.length, authority.ledger.journal.last.seq]).toEqual([1, before]);
  discardWaiting(authority.ledger, { id, reason: 'not one of ours' });
  expect(listWaiting(authority.ledger)).toMatchObject({
    files: [],
    discarded: [
      {
        id,
        name: basename(bundle.path),
        code: 'E_UNKNOWN_DEV',
        person: 'admin',
        reason: 'not one of ours',
        device: stranger.ledger.device.device,
      },
    ],
  });
  expect([authority.ledger.journal.last.seq, verifyLedger(authority.ledger).ok]).toEqual([before + 1, true]);
  expect(() => discardWaiting(authority.ledger, { id, reason: 'again' })).toThrow('notWaiting');
  await apply(authority.ledger, bundle);
  expect(await retryWaiting(authority.ledger, ['bundle', 'program', 'case'])).toMatchObject({ cleared: 0 });
  trust(authority.ledger, stranger.ledger);
  expect(await retryWaiting(authority.ledger, ['trust'])).toEqual({ cleared: 1, applied: bundle.entries });
}, 120_000);

test('parts on several media, in any order, twice, beside foreign files; names in a folder say nothing', async () => {
  issue('3');
  const out = join(folder, 'stick');
  mkdirSync(out);
  writeFileSync(join(out, 'aaaaaaaa.adi.unfinished'), 'what an export that was killed left behind');
  const { parts } = await createBundle(depot.ledger, 'HQ', out, () => undefined, 2_000);
  const files = parts.flatMap((part) => part.files);
  expect(files.length).toBeGreaterThan(2);
  expect(readdirSync(out).sort()).toEqual(files.map((file) => basename(file)).sort());
  expect(readdirSync(out).every((name) => /^[a-z2-7]{8}\.adi$/.test(name))).toBe(true);
  const [first, ...others] = files as [string, ...string[]];
  expect(await applyBundleFile(authority.ledger, first)).toMatchObject({
    applied: 0,
    quarantined: null,
    missingParts: files.slice(1).map((_, at) => at + 2),
  });
  expect(listWaiting(authority.ledger).parts).toMatchObject([{ parts: files.length }]);
  const second = join(folder, 'second');
  mkdirSync(second);
  others.reverse().map((file) => renameSync(file, join(second, basename(file))));
  copyFileSync(first, join(second, 'again.adi'));
  writeFileSync(join(second, 'letter.txt'), 'not ours');
  mkdirSync(join(second, 'older'));
  const reply = await applyBundleFile(authority.ledger, second);
  expect(reply).toMatchObject({ applied: 1, quarantined: null, foreign: ['letter.txt', 'older/'] });
  expect(listWaiting(authority.ledger)).toMatchObject({ files: [], parts: [] });
  expect(stockOf(authority.ledger, 'DEP1')).toEqual(stockOf(depot.ledger, 'DEP1'));
}, 120_000);

test('an export to where nothing can be written leaves nothing and says so', async () => {
  const code = async (path: string) =>
    createBundle(depot.ledger, 'HQ', path, () => undefined).then(
      () => 'written',
      (cause) => refusalOf(cause)?.code,
    );
  expect(await code(join(folder, 'no such folder', 'a.adi'))).toBe('notWritable');
  const before = readdirSync(folder);
  const stopped = createBundle(depot.ledger, 'HQ', join(folder, 'stopped.adi'), () => {
    throw new Error('stopped');
  });
  await expect(stopped).rejects.toThrow('stopped');
  expect(readdirSync(folder)).toEqual(before);
}, 60_000);

test('every byte and every length of a bundle: nothing is accepted, nothing changes', async () => {
  issue('4');
  const plain = await plainOf(await create(depot.ledger, 'HQ'), authority.ledger);
  const state = stateOf(authority.ledger);
  const accepts = (bytes: Buffer) => {
    try {
      inWriteTransaction(authority.ledger, (tx) => takeIn(tx, readSigned(tx, bytes, 'sha')));
      return true;
    } catch (cause) {
      if (!(cause instanceof BundleRefused)) throw cause;
      return false;
    }
  };
  for (let at = 0; at < plain.length; at++) {
    const flipped = Buffer.from(plain);
    flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
    expect([at, accepts(flipped), accepts(plain.subarray(0, at))]).toEqual([at, false, false]);
  }
  expect(stateOf(authority.ledger)).toEqual(state);
  expect(accepts(plain)).toBe(true);
}, 120_000);

test('a bundle is a backup of the device that made it: an older copy takes its own entries back and goes on', async () => {
  closeLedger(depot.ledger);
  const copy = { ...depot, file: join(folder, 'copy', basename(depot.file)), userDataDir: join(folder, 'copy', 'machine') };
  mkdirSync(dirname(copy.file));
  for (const name of readdirSync(dirname(depot.file)).filter((one) => one.startsWith(basename(depot.file))))
    copyFileSync(join(dirname(depot.file), name), join(dirname(copy.file), name));
  depot = { ...depot, ledger: reopen(depot) };
  issue('5');
  const bundle = await create(depot.ledger, 'HQ');
  const older = reopen(copy);
  try {
    expect(await apply(older, bundle)).toMatchObject({ quarantined: null });
    expect(older.journal.last).toEqual(depot.ledger.journal.last);
    expect(stockOf(older, 'DEP1')).toEqual(stockOf(depot.ledger, 'DEP1'));
    postMovement(older, aRequest(depot.deps, { kind: 'issue', item: 'BALL', lot: 'LC-19A001', from: 'S1', to: 'RANGE', quantity: '6' }));
    expect(older.journal.last.seq).toBe(lastSeq() + 1);
    expect(verifyLedger(older)).toMatchObject({ ok: true });
  } finally {
    closeLedger(older);
  }
}, 120_000);

test('after the cut-off of a revoked device nothing counts, and the file waits', async () => {
  await apply(authority.ledger, await create(depot.ledger, 'HQ'));
  const { seq, hash } = depot.ledger.journal.last;
  const cut = authority.ledger.sqlite.prepare('UPDATE partner SET cut_off_seq = ?, cut_off_head = ? WHERE device = ?');
  cut.run(seq, hash.toString('base64url'), depot.ledger.device.device);
  issue('7');
  const bundle = await create(depot.ledger, 'HQ');
  expect(await apply(authority.ledger, bundle)).toMatchObject({ applied: 0, quarantined: { code: 'E_REVOKED' } });
  cut.run(null, null, depot.ledger.device.device);
  expect(await retryWaiting(authority.ledger, ['trust'])).toMatchObject({ cleared: 1 });
}, 120_000);

test('entries that say what cannot be are a bad bundle, not a fault, and nothing of it is applied', async () => {
  expect(verifyLedger(authority.ledger)).toMatchObject({ ok: true });
  inWriteTransaction(depot.ledger, (tx) => {
    const data = { id: {}, kind: 'move', quantity: -1, from: ['S1'], to: null, lotId: 7 };
    tx.journal.append({ type: 'movement.posted', data } as never, { usr: 'admin', auth: [] });
  });
  const state = stateOf(authority.ledger);
  expect(await apply(authority.ledger, await create(depot.ledger, 'HQ'))).toMatchObject({ applied: 0, quarantined: { code: 'E_FORMAT' } });
  expect(stateOf(authority.ledger)).toEqual(state);
  expect(listWaiting(authority.ledger).files).toMatchObject([{ code: 'E_FORMAT', isKept: false }]);
}, 120_000);
