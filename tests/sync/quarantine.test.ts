// Goal: whoever can lay files on a stick cannot use up the room of partners. Method: files of a stranger and of a revoked device
// through the real pipeline; the other files of a full share are rows, since only their number and size count.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { canonical } from '../../electron/data/journal/canonical.ts';
import { fingerprintOf, readStatement } from '../../electron/data/journal/statement.ts';
import { closeLedger, inWriteTransaction, type Ledger, record } from '../../electron/data/ledger.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { LIMITS } from '../../electron/data/sync/format.ts';
import { listWaiting } from '../../electron/data/sync/quarantine.ts';
import { openBytes, sealBytes } from '../../electron/data/sync/seal.ts';
import { aDepot, type TestDepot } from '../support/depot.ts';
import { trustEachOther } from '../support/sites.ts';

let [depot, authority, stranger, stolen]: readonly [TestDepot, TestDepot, TestDepot, TestDepot] = [] as never;
let folder: string;
let made = 0;

beforeAll(async () => {
  [depot, authority, stranger, stolen] = [await aDepot(), await aDepot('HQ', 'authority'), await aDepot('DEP2'), await aDepot('DEP3')];
  for (const { ledger } of [depot, stolen]) trustEachOther(ledger, authority.ledger);
  trustPartner(stranger.ledger, authority.ledger.device.statement, fingerprintOf(authority.ledger.device.statement));
  folder = mkdtempSync(join(tmpdir(), 'quarantine-'));
}, 120_000);
afterAll(() => [depot, authority, stranger, stolen].map(({ ledger }) => closeLedger(ledger)));
afterEach(() => void authority.ledger.sqlite.exec('DELETE FROM quarantine'));

async function bundleOf({ ledger }: TestDepot): Promise<string> {
  setPolicy(ledger, { family: 'mix', kind: 'move', mode: 'warn' });
  const path = join(folder, `${++made}.adi`);
  await createBundle(ledger, 'HQ', path, () => undefined);
  return path;
}
const apply = (path: string) => applyBundleFile(authority.ledger, path);
const kept = () => listWaiting(authority.ledger).files.flatMap(({ name, isKept }) => (isKept ? [name] : []));
function fill(count: number, { device }: Ledger, more: { size?: number; code?: string } = {}): void {
  const { size = 1, code = 'E_UNKNOWN_DEV' } = more;
  const put = authority.ledger.sqlite.prepare(
    `INSERT INTO quarantine (sha, name, size, bytes, code, message, device, incarnation, received_at_ms, tried_at_ms)
     VALUES (?, ?, ?, x'00', ?, 'told', ?, 1, ?, 1)`,
  );
  for (let at = 0; at < count; at++) put.run(`${device.device} ${at}`, `${device.site} ${at}`, size, code, device.device, at);
}

test('files of strangers have a share of their own, in which the oldest make room', async () => {
  fill(16, stranger.ledger);
  const path = await bundleOf(stranger);
  const { quarantined } = await apply(path);
  expect(quarantined).toMatchObject({ code: 'E_UNKNOWN_DEV', message: expect.stringMatching(/1 older of unknown senders had to go$/) });
  expect(kept()).toHaveLength(16);
  const [oldest, next] = listWaiting(authority.ledger).files;
  expect(oldest).toMatchObject({ name: 'DEP2 0', isKept: false, message: expect.stringMatching(/^told\. Let go of, to make room/) });
  expect(next).toMatchObject({ name: 'DEP2 1', isKept: true, message: 'told' });
  // The same file again is no file more.
  expect((await apply(path)).quarantined?.message).not.toMatch(/had to go/);
  expect(kept()).toHaveLength(16);
}, 60_000);

test('their bytes are bounded too, and one file always fits', async () => {
  fill(3, stranger.ledger, { size: LIMITS.fileBytesMax / 3 });
  expect((await apply(await bundleOf(stranger))).quarantined?.message).toMatch(/1 older/);
  expect(kept()).toHaveLength(3);
}, 60_000);

test('a partner has room however many files of strangers there are, and strangers make no room among those of partners', async () => {
  fill(16, stranger.ledger);
  fill(63, depot.ledger, { code: 'E_GAP' });
  const bundle = await bundleOf(depot);
  const gap = { device: depot.ledger.device.device, seq: depot.ledger.journal.last.seq };
  depot.ledger.sqlite
    .prepare('INSERT OR REPLACE INTO held_there (device, incarnation, of_device, of_incarnation, seq, head) VALUES (?, 1, ?, 1, ?, ?)')
    .run(authority.ledger.device.device, gap.device, gap.seq, depot.ledger.journal.last.hash.toString('base64url'));
  const [early, another] = [await bundleOf(depot), await bundleOf(depot)];
  expect((await apply(early)).quarantined).toMatchObject({ code: 'E_GAP', message: expect.not.stringMatching(/kept|had to go/) });
  expect((await apply(another)).quarantined).toMatchObject({ code: 'E_GAP', message: expect.stringMatching(/It was not kept: too many/) });
  expect((await apply(await bundleOf(stranger))).quarantined?.message).toMatch(/1 older/);
  expect([kept().length, kept().filter((name) => name.startsWith('DEP1'))]).toEqual([80, expect.any(Array)]);
  authority.ledger.sqlite.exec("DELETE FROM quarantine WHERE message = 'told'");
  expect(await apply(bundle)).toMatchObject({ cleared: 1 });
}, 60_000);

test('what a newer program of a partner made is the partner’s, and of nobody else where the signature is not', async () => {
  fill(16, stranger.ledger);
  const plain = await openBytes(readFileSync(await bundleOf(depot)), authority.ledger.device.ageIdentity);
  const length = plain.readUInt32BE(4);
  const header = { ...JSON.parse(plain.subarray(8, 8 + length).toString()), minReader: 2, later: 1 };
  const send = async (by: Ledger) => {
    const bytes = Buffer.from(canonical(header));
    const size = Buffer.alloc(4);
    size.writeUInt32BE(bytes.length);
    const newer = Buffer.concat([Buffer.from('ADB1'), size, bytes, by.device.sign('adi/bundle/1', bytes), Buffer.from('another body')]);
    const path = join(folder, `${++made}.adi`);
    const recipient = readStatement(authority.ledger.device.statement)?.recipient as string;
    writeFileSync(path, (await sealBytes(newer, [recipient])).bytes);
    return (await apply(path)).quarantined;
  };
  expect(await send(depot.ledger)).toEqual({ code: 'E_VERSION', message: 'the bundle was made by a newer version; update this program' });
  expect(listWaiting(authority.ledger).files.at(-1)).toMatchObject({ site: 'DEP1', isKept: true });
  expect(await send(stranger.ledger)).toMatchObject({ code: 'E_VERSION', message: expect.stringMatching(/1 older/) });
  expect(listWaiting(authority.ledger).files.at(-1)).toMatchObject({ site: null, isKept: true });
}, 60_000);

test('a revoked device is no partner any more', async () => {
  const path = await bundleOf(stolen);
  inWriteTransaction(authority.ledger, (tx) => {
    const { device } = stolen.ledger.device;
    record(tx, { type: 'device.revoked', data: { device, incarnation: 1, seq: 0, head: null, reason: 'stolen' } });
  });
  fill(16, stranger.ledger);
  expect((await apply(path)).quarantined).toMatchObject({ code: 'E_REVOKED', message: expect.stringMatching(/1 older/) });
}, 60_000);

test("a file that names a later incarnation of the reader is a stranger's: nobody looked at its signature", async () => {
  const { device } = authority.ledger;
  const put = authority.ledger.sqlite.prepare(
    `INSERT INTO quarantine (sha, name, size, bytes, code, message, device, incarnation, received_at_ms, tried_at_ms)
     VALUES (?, 'forged', 1, x'00', 'E_UNKNOWN_DEV', 'told', ?, 99, ?, 1)`,
  );
  for (let at = 0; at < 16; at++) put.run(`forged ${at}`, device.device, at);
  expect((await apply(await bundleOf(stranger))).quarantined?.message).toMatch(/1 older of unknown senders had to go/);
}, 60_000);

test('what is kept stays when its sender becomes a partner and the share of partners is full', async () => {
  const path = await bundleOf(stranger);
  await apply(path);
  fill(64, depot.ledger, { code: 'E_GAP' });
  expect(kept()).toHaveLength(65);
  const isTold = (await apply(path)).quarantined?.message;
  expect([isTold?.includes('not kept'), kept().length]).toEqual([false, 65]);
}, 60_000);
