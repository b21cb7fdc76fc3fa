// Goal: making and taking in a bundle may be killed at any write. Nothing of the journal is lost, nothing is half applied, no
// unfinished file bears the name of a bundle, and the second try succeeds. Method: one real process for each n, killed in its
// n-th write, until one comes through.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { isPart, readPart } from '../../electron/data/sync/parts.ts';
import { openBytes } from '../../electron/data/sync/seal.ts';
import { aDepot, aRequest, stockUp, type TestDepot } from '../support/depot.ts';
import { projectionsOf } from '../support/ranges.ts';
import { trustEachOther } from '../support/sites.ts';
import { atEveryWrite, copyOf, open, runUntil } from './kills.ts';

let depot: TestDepot;
let authority: TestDepot;
let folder: string;
/** What brings a movement to an authority that has everything before it. */
let bundle: string;

beforeAll(async () => {
  depot = await aDepot();
  authority = await aDepot('HQ', 'authority');
  folder = mkdtempSync(join(tmpdir(), 'writes-'));
  trustEachOther(depot.ledger, authority.ledger);
  stockUp(depot.ledger);
  const first = join(folder, 'first.adi');
  await createBundle(depot.ledger, 'HQ', first, () => undefined);
  await applyBundleFile(authority.ledger, first);
  await createBundle(authority.ledger, 'DEP1', join(folder, 'answer.adi'), () => undefined);
  await applyBundleFile(depot.ledger, join(folder, 'answer.adi'));
  const issue = { kind: 'issue', item: 'BALL', lot: 'LC-19A001', from: 'S1', to: 'RANGE', quantity: '9' } as const;
  postMovement(depot.ledger, aRequest(depot.deps, issue));
  bundle = join(folder, 'second.adi');
  await createBundle(depot.ledger, 'HQ', bundle, () => undefined);
  for (const { ledger } of [depot, authority]) closeLedger(ledger);
}, 120_000);

/** A file that bears the name of a bundle is one, or a whole part of one. */
async function checkNamed(of: string, identity: string): Promise<void> {
  const files = readdirSync(of).filter((name) => name.endsWith('.adi'));
  for (const name of files) {
    const bytes = readFileSync(join(of, name));
    if (isPart(bytes)) expect(readPart(bytes).parts).toBeGreaterThan(1);
    else await openBytes(bytes, identity);
  }
}

test('making a bundle, in parts', async () => {
  const kills = await atEveryWrite(async (n) => {
    const target = copyOf(depot, join(folder, `export-${n}`));
    const out = join(folder, `out-${n}`);
    mkdirSync(out);
    const isDone = await runUntil(n, 'export', target, out);
    await checkNamed(out, authority.ledger.device.ageIdentity);
    const ledger = open(target);
    expect([ledger.journal.last.seq, verifyLedger(ledger).ok, ledger.readOnly]).toEqual([depot.ledger.journal.last.seq, true, null]);
    const { parts } = await createBundle(ledger, 'HQ', out, () => undefined);
    closeLedger(ledger);
    expect(readdirSync(out).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
    expect(parts).toHaveLength(1);
    return isDone;
  });
  expect(kills).toBeGreaterThan(10);
  console.info(`making: killed at each of ${kills} writes`);
}, 600_000);

test('taking a bundle in', async () => {
  const target = copyOf(authority, join(folder, 'reference'));
  const reference = open(target);
  const before = projectionsOf(reference);
  expect(await applyBundleFile(reference, bundle)).toMatchObject({ quarantined: null });
  const after = projectionsOf(reference);
  closeLedger(reference);
  expect(after).not.toEqual(before);
  const withoutTimes = (rows: unknown) => JSON.stringify(rows).replace(/\b1[0-9]{12}\b/g, 'time');
  const kills = await atEveryWrite(async (n) => {
    const copy = copyOf(authority, join(folder, `import-${n}`));
    const isDone = await runUntil(n, 'import', copy, bundle);
    const ledger = open(copy);
    expect([withoutTimes(before), withoutTimes(after)]).toContain(withoutTimes(projectionsOf(ledger)));
    expect([ledger.readOnly, verifyLedger(ledger).ok]).toEqual([null, true]);
    expect((await applyBundleFile(ledger, bundle)).quarantined).toBeNull();
    expect(withoutTimes(projectionsOf(ledger))).toBe(withoutTimes(after));
    expect(verifyLedger(ledger).ok).toBe(true);
    closeLedger(ledger);
    return isDone;
  });
  expect(kills).toBeGreaterThan(10);
  console.info(`taking in: killed at each of ${kills} writes`);
}, 600_000);
