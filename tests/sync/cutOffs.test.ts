// Goal: where a journal was cut off, nothing beyond it goes out or comes in, whoever carries it. Method: an authority and two
// devices of one depot; the first one is revoked before the last entry that is held of it.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction } from '../../electron/data/ledger.ts';
import { heldOf } from '../../electron/data/repositories/held.ts';
import { findTrusted, listTrusted, ownRole, type TrustedDevice } from '../../electron/data/repositories/trusted.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { cutOffDevice } from '../../electron/data/services/enrol.ts';
import { revokeDevice } from '../../electron/data/services/revoke.ts';
import { isAuthority } from '../../electron/data/sync/acceptanceLog.ts';
import { collectBundles } from '../../electron/data/sync/collect.ts';
import { DEVICES_MAX } from '../../electron/data/sync/format.ts';
import { streamOfRange } from '../../electron/data/sync/rangeEntries.ts';
import { aDepot, reopen, type TestDepot } from '../support/depot.ts';
import { projectionsOf } from '../support/ranges.ts';
import { aStatement, codeOf, enrol, seedOf, trust } from '../support/trust.ts';
import { BACK_TO_VERSION_9 } from '../support/versions.ts';

const folder = mkdtempSync(join(tmpdir(), 'cut-offs-'));
let files = 0;
let hq: TestDepot;
let lost: TestDepot;
let other: TestDepot;
const carry = async (from: TestDepot, to: TestDepot, site: string) => {
  const path = join(folder, `${++files}.adi`);
  await createBundle(from.ledger, site, path, () => undefined);
  return applyBundleFile(to.ledger, path);
};

beforeAll(async () => {
  [hq, lost, other] = [await aDepot('HQ', 'authority'), await aDepot('DEP1'), await aDepot('DEP1')];
  for (const depot of [lost, other]) {
    trust(hq.ledger, depot.ledger);
    trust(depot.ledger, hq.ledger);
  }
  trust(other.ledger, lost.ledger);
}, 240_000);
afterAll(() => [hq, lost, other].map(({ ledger }) => closeLedger(ledger)));

test('a file of the version before knows for each journal whom that one trusts, and verifies', async () => {
  await carry(lost, hq, 'HQ');
  await carry(hq, lost, 'DEP1');
  for (const depot of [hq, lost]) {
    const [trusted, { partner }] = [listTrusted(depot.ledger), projectionsOf(depot.ledger)];
    expect(partner?.length).toBeGreaterThan(1);
    // Files of that version hold no log yet; these do, so that is put back.
    const log = depot.ledger.sqlite.prepare('SELECT * FROM acceptance').raw().all() as unknown[][];
    depot.ledger.sqlite.exec(BACK_TO_VERSION_9);
    closeLedger(depot.ledger);
    const ledger = reopen(depot);
    const put = ledger.sqlite.prepare('INSERT INTO acceptance VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    for (const row of log) put.run(...row);
    if (depot === hq) hq = { ...hq, ledger };
    else lost = { ...lost, ledger };
    expect(listTrusted(ledger)).toEqual(trusted);
    expect(projectionsOf(ledger).partner).toEqual(partner);
    expect(verifyLedger(ledger)).toMatchObject({ ok: true });
  }
}, 120_000);

test('a journal goes out up to its cut-off, so that a device which knows the cut-off takes the bundle in', async () => {
  const { device, statement, commitmentKey } = lost.ledger.device;
  const ck = Buffer.from(commitmentKey).toString('base64url');
  const { seq, head } = heldOf(hq.ledger, device, 1);
  setPolicy(lost.ledger, { family: 'mix', kind: 'move', mode: 'warn' });
  setPolicy(lost.ledger, { family: 'mix', kind: 'move', mode: 'off' });
  expect(await carry(lost, hq, 'HQ')).toMatchObject({ quarantined: null });
  expect(revokeDevice(hq.ledger, { device, reason: 'stolen', at: seq + 1 }, undefined)).toMatchObject({ seq, head });
  inWriteTransaction(other.ledger, (tx) => cutOffDevice(tx, statement, { dev: device, inc: 1, seq, head, reason: 'stolen' }));

  const [thief, authority] = [lost, hq].map((by) => findTrusted(other.ledger, by.ledger.device.device, 1) as TrustedDevice);
  const offered = (sender: TrustedDevice | undefined, upto: number, hash: string | null) => {
    const range = { dev: device, inc: 1, from: 1, upto, prev: '', head: hash as string, root: '', headSig: '', ck };
    return codeOf(() => streamOfRange(other.ledger, sender as TrustedDevice, range));
  };
  const wrong = seedOf('wrong').toString('base64url');
  expect([offered(thief, seq - 1, wrong), offered(thief, seq, wrong), offered(thief, seq + 1, wrong)]).toEqual(Array(3).fill('E_REVOKED'));
  expect([offered(thief, seq, head), offered(authority, seq - 1, wrong), offered(authority, seq, wrong)]).toEqual([
    'done',
    'done',
    'E_REVOKED',
  ]);

  expect(await carry(hq, other, 'DEP1')).toMatchObject({ quarantined: null });
  expect(heldOf(other.ledger, device, 1)).toEqual({ held: seq, seq, head });
  expect([offered(thief, seq - 1, wrong)]).toEqual(['done']); // held already: compared hash by hash, and changes nothing
}, 120_000);

test('what another device records of the site does not change the role of this one', () => {
  const { sqlite } = other.ledger;
  sqlite.prepare("UPDATE site SET role = 'authority' WHERE site = 'DEP1'").run();
  expect([ownRole(other.ledger), isAuthority(other.ledger)]).toEqual(['depot', false]);
  sqlite.prepare("UPDATE site SET role = 'depot' WHERE site = 'DEP1'").run();
});

test('each incarnation ends where the next one goes on from, in whatever order their identities come', () => {
  const { ledger } = hq;
  const first = aStatement('DEP3');
  const device = seedOf('DEP3').toString('hex').slice(0, 32);
  const head = seedOf('end').toString('base64url');
  const goingOn = (incarnation: number, from: number, name = 'DEP3') =>
    aStatement(name, { device, site: 'DEP3', incarnation, previous: { device, incarnation: from, seq: 7, head } });
  expect(enrol(ledger, first)).toBe('done');
  expect([enrol(ledger, goingOn(3, 2)), enrol(ledger, aStatement('DEP3', { incarnation: 2 }))]).toEqual([
    'incarnationMissing',
    'badIdentity',
  ]);
  expect([enrol(ledger, goingOn(2, 1)), enrol(ledger, goingOn(3, 1)), enrol(ledger, goingOn(3, 2))]).toEqual([
    'done',
    'badIdentity',
    'done',
  ]);
  const open = () => listTrusted(ledger).flatMap((each) => (each.device === device ? [each.incarnation] : []));
  expect([open(), findTrusted(ledger, device, 1)?.cutOffSeq, findTrusted(ledger, device, 2)?.cutOffHead]).toEqual([[3], 7, head]);

  // The newest first, and what it goes on from after it: no earlier one is open for a moment.
  expect([enrol(lost.ledger, goingOn(3, 2)), enrol(lost.ledger, first), enrol(lost.ledger, goingOn(2, 1))]).toEqual([
    'done',
    'badIdentity',
    'done',
  ]);
  expect(enrol(lost.ledger, first)).toBe('done');
  expect(listTrusted(lost.ledger).flatMap((each) => (each.device === device ? [each.incarnation] : []))).toEqual([3]);
});

test('a bundle to more devices than it can name is refused with what to do', () => {
  for (let number = 0; number <= DEVICES_MAX; number += 1)
    expect(enrol(hq.ledger, aStatement(`many ${number}`, { site: 'MANY', recipient: 'age1pq1many' }))).toBe('done');
  expect(codeOf(() => [...collectBundles(hq.ledger, 'MANY')])).toBe('tooManyDevices');
});

test('every journal still verifies', () => {
  expect([hq, lost, other].map(({ ledger }) => verifyLedger(ledger))).toMatchObject(Array(3).fill({ ok: true }));
}, 120_000);
