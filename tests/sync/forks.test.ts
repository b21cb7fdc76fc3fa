import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backupLedger, restoreBackup } from '../../electron/data/host/backup.ts';
import { decideAndRetry } from '../../electron/data/host/caseHandlers.ts';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { listTrusted, type TrustedDevice } from '../../electron/data/repositories/trusted.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { listCases, showCase } from '../../electron/data/services/cases.ts';
import { listSites } from '../../electron/data/services/sites.ts';
import { seenFor } from '../../electron/data/sync/acceptLog.ts';
import { frozenBy } from '../../electron/data/sync/cases.ts';
import { aDepot, addColleague, stockUp, type TestDepot } from '../support/depot.ts';
import { post, trustEachOther } from '../support/sites.ts';

// Goal: S8, every fork that reaches the authority is reported and no unforked device ever is; S12, an acknowledgement
// never goes back, in whatever order bundles come.
// Method: copies of a depot's file that both go on, random orders of writing and sending, the real way of a bundle.

let authority: TestDepot;
let sound: TestDepot;
const folder = mkdtempSync(join(tmpdir(), 'forks-'));
let files = 0;

beforeAll(async () => {
  [authority, sound] = await Promise.all([aDepot('HQ', 'authority'), aDepot('DEP2')]);
  trustEachOther(sound.ledger, authority.ledger);
}, 120_000);
afterAll(() => [authority, sound].map(({ ledger }) => closeLedger(ledger)));

/** The same device a second time, on another machine: what a copied disk is. */
function copyOf(depot: TestDepot): TestDepot {
  const file = join(folder, `copy${++files}.depot`);
  const path = `${file}.backup`;
  backupLedger(depot.ledger, path);
  restoreBackup(path, file);
  const userDataDir = `${file}.machine`;
  return { ...depot, file, userDataDir, ledger: openLedger({ file, userDataDir, candidates: depot.candidates, deps: depot.deps }) };
}
async function bundleOf(ledger: Ledger, to: string): Promise<string> {
  const path = join(folder, `${++files}.adi`);
  await createBundle(ledger, to, path, () => undefined);
  return path;
}
const send = async ({ ledger }: TestDepot) =>
  (await applyBundleFile(authority.ledger, await bundleOf(ledger, 'HQ'))).quarantined?.code ?? null;
let modes = 0;
const write = ({ ledger }: TestDepot) => setPolicy(ledger, { family: 'mix', kind: 'move', mode: ++modes % 2 === 0 ? 'warn' : 'block' });
const forks = () => listCases(authority.ledger, { isOpenOnly: true }).filter(({ kind }) => kind === 'fork');

test('S8: a fork is reported when, and only when, both branches have reached the authority', async () => {
  const act = fc.constantFrom('writeOne', 'writeOther', 'sendOne', 'sendOther', 'sendSound');
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 14 }), async (acts) => {
      const one = await aDepot('DEP1');
      trustEachOther(one.ledger, authority.ledger);
      const other = copyOf(one);
      const common = one.ledger.journal.last.seq;
      const reached = { one: false, other: false };
      const before = forks().length;
      for (const what of acts) {
        if (what === 'writeOne') write(one);
        if (what === 'writeOther') write(other);
        if (what === 'sendSound') {
          write(sound);
          expect(await send(sound)).toBeNull();
        }
        const branch = what === 'sendOne' ? 'one' : what === 'sendOther' ? 'other' : null;
        if (branch !== null) {
          const depot = branch === 'one' ? one : other;
          const wasForked = reached.one && reached.other;
          if (depot.ledger.journal.last.seq > common) reached[branch] = true;
          const code = await send(depot);
          expect(code).toBe(wasForked || (reached.one && reached.other) ? 'E_FORK' : null);
        }
        expect(forks().length - before).toBe(reached.one && reached.other ? 1 : 0);
        expect(frozenBy(authority.ledger, one.ledger.device.device, 1) !== null).toBe(reached.one && reached.other);
      }
      expect(frozenBy(authority.ledger, sound.ledger.device.device, 1)).toBeNull();
      for (const { ledger } of [one, other]) closeLedger(ledger);
    }),
    { numRuns: 6, endOnFailure: true, examples: [[['writeOne', 'writeOther', 'sendOther', 'sendOne', 'sendSound', 'sendOther']]] },
  );
}, 300_000);

test('the case says what only the other branch says; once decided, the held branch stays and the rest is cut off', async () => {
  const one = await aDepot('DEP3');
  stockUp(one.ledger);
  trustEachOther(one.ledger, authority.ledger);
  const other = copyOf(one);
  const held = { kind: 'issue', item: 'HE', lot: 'АБВ-12-83', from: 'S1', to: 'RANGE' } as const;
  expect(post(one, { ...held, quantity: '5' }).posted).toBe(true);
  const at = Date.parse('2026-06-01T07:00:00Z');
  expect(post(other, { ...held, quantity: '11', happenedAtMs: at, reason: 'range day' }).posted).toBe(true);
  write(other);
  expect(await send(one)).toBeNull();
  const stock = () => authority.ledger.sqlite.prepare("SELECT * FROM holding WHERE site = 'DEP3'").all();
  const before = stock();
  expect(await send(other)).toBe('E_FORK');
  const [open] = forks();
  const { id, facts } = showCase(authority.ledger, open as { id: string });
  const { seq } = one.ledger.journal.last;
  expect(facts).toMatchObject({
    kind: 'fork',
    of: 'journal',
    site: 'DEP3',
    seq,
    held: { seq, hash: one.ledger.journal.last.hash.toString('base64url') },
    other: { seq: seq + 1, hash: other.ledger.journal.last.hash.toString('base64url') },
    says: [
      {
        type: 'movement.posted',
        kind: 'issue',
        item: 'HE',
        lot: 'АБВ-12-83',
        quantity: 11,
        from: 'S1',
        to: 'RANGE',
        happenedAtMs: at,
        reason: 'range day',
      },
      { type: 'policy.set', person: 'admin' },
    ],
    omitted: 0,
  });
  expect(
    authority.ledger.sqlite
      .prepare('SELECT code FROM quarantine WHERE sha = ?')
      .pluck()
      .get((facts as { bundle: string }).bundle),
  ).toBe('E_FORK');
  expect(listSites(authority.ledger).find(({ site }) => site === 'DEP3')).toMatchObject({ frozen: 1, openCases: 1, waiting: 1 });
  write(one);
  expect(await send(one)).toBe('E_FORK');
  const second = await addColleague(authority.ledger, 'officer', ['authority']);
  await decideAndRetry(authority.ledger, { id, decision: 'heldStays', reason: 'the copy was a training machine' }, second);
  expect(frozenBy(authority.ledger, one.ledger.device.device, 1)).toBeNull();
  expect([await send(one), await send(other)]).not.toContain(null);
  expect(stock()).toEqual(before);
  for (const { ledger } of [one, other]) closeLedger(ledger);
}, 120_000);

test('S12: in whatever order the bundles of the authority come, what a depot has verified never goes back', async () => {
  const partner = listTrusted(sound.ledger).find(({ site }) => site === 'HQ') as TrustedDevice;
  const made: string[] = [];
  for (let round = 0; round < 5; round++) {
    write(sound);
    expect(await send(sound)).toBeNull();
    made.push(await bundleOf(authority.ledger, 'DEP2'));
  }
  const verified = () => seenFor(sound.ledger, [partner])[0]?.size ?? 0;
  const acknowledged = () =>
    (sound.ledger.sqlite
      .prepare('SELECT seq FROM held_there WHERE device = ? AND of_device = ?')
      .pluck()
      .get(partner.device, sound.ledger.device.device) as number | undefined) ?? 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(made.length - 1), { minLength: 3, maxLength: 8 }), async (order) => {
      for (const at of order) {
        const before = [verified(), acknowledged()] as const;
        const { quarantined } = await applyBundleFile(sound.ledger, made[at] as string);
        expect([null, 'E_GAP']).toContain(quarantined?.code ?? null);
        expect(verified()).toBeGreaterThanOrEqual(before[0]);
        expect(acknowledged()).toBeGreaterThanOrEqual(before[1]);
      }
    }),
    { numRuns: 5, endOnFailure: true },
  );
  expect((await applyBundleFile(sound.ledger, made[4] as string)).quarantined).toBeNull();
  expect(acknowledged()).toBe(sound.ledger.journal.last.seq);
  expect(verified()).toBe(authority.ledger.sqlite.prepare('SELECT count(*) FROM acceptance WHERE stream = 1').pluck().get());
  expect(listCases(sound.ledger, { isOpenOnly: false })).toEqual([]);
}, 240_000);
