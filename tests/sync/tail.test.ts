// Goal: the copy on a second medium follows the journal in few files, never harms what lies beside it, and is caught up when
// the medium comes back. Method: a real depot and a real folder; time passes by asking the copy to follow.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createBundle } from '../../electron/data/host/operations.ts';
import { closeLedger, inWriteTransaction, record as recordEntry } from '../../electron/data/ledger.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { splitBundle } from '../../electron/data/sync/format.ts';
import { openBytes } from '../../electron/data/sync/seal.ts';
import { Tail } from '../../electron/data/sync/tail.ts';
import { chainOf, SEGMENT_ENTRIES_MAX, type Segment, toMerge } from '../../electron/data/sync/tailSegments.ts';
import { aDepot, stockUp, type TestDepot } from '../support/depot.ts';
import { trustEachOther } from '../support/sites.ts';

describe('the files of a tail', () => {
  const grow = (steps: readonly number[]) => {
    let segments: Segment[] = [];
    let last = 0;
    let written = 0;
    for (const step of steps) {
      last += step;
      const merged = toMerge(segments, last);
      const kept = segments.slice(0, segments.length - merged.length);
      const from = (kept.at(-1)?.upto ?? 0) + 1;
      segments = [...kept, { name: `${from}-${last}`, bytes: 1, from, upto: last }];
      written += last - from + 1;
    }
    return { segments, last, written };
  };

  test('are few, without a gap, and none is too large', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 400 }), (steps) => {
        const { segments, last, written } = grow(steps);
        expect(segments.map(({ from }) => from)).toEqual([1, ...segments.slice(0, -1).map(({ upto }) => upto + 1)]);
        expect(segments.at(-1)?.upto).toBe(last);
        expect(segments.length).toBeLessThanOrEqual(2 * Math.ceil(last / SEGMENT_ENTRIES_MAX) + Math.ceil(Math.log2(last + 1)) + 1);
        expect(segments.every(({ from, upto }) => upto - from < SEGMENT_ENTRIES_MAX)).toBe(true);
        expect(written).toBeLessThanOrEqual(last * (2 * Math.log2(last + 1) + 2));
      }),
    );
  });

  test('that others cover are redundant; what lies beyond a gap is not', () => {
    const file = (from: number, upto: number): Segment => ({ name: `${from}-${upto}`, bytes: 1, from, upto });
    const { index, redundant } = chainOf([file(3, 4), file(1, 2), file(1, 4), file(5, 5), file(9, 12)], { foreign: 7 });
    expect(index.segments.map(({ name }) => name)).toEqual(['1-4', '5-5']);
    expect(redundant.sort()).toEqual(['1-2', '3-4']);
    expect(index.others).toEqual({ foreign: 7, '9-12': 1 });
  });
});

let depot: TestDepot;
let authority: TestDepot;
let folder: string;
let tail: Tail;
let changes: number;
let recovery: string;
const CELL = { family: 'mix', kind: 'move' };
const record = () => setPolicy(depot.ledger, { ...CELL, mode: 'warn' });
const filesIn = (of = folder) => readdirSync(of).sort();
const startTail = () => new Tail(depot.ledger, { onChange: () => changes++, log: (cause) => expect(cause).toBeUndefined() });
/** The entries that a folder holds, read with an identity. */
const entriesIn = async (identity: string, of = folder) => {
  const seqs = new Set<number>();
  for (const name of filesIn(of)) {
    const { header } = splitBundle(await openBytes(readFileSync(join(of, name)), identity));
    for (const { from, upto } of header.ranges) for (let seq = from; seq <= upto; seq++) seqs.add(seq);
  }
  return seqs;
};

beforeAll(async () => {
  depot = await aDepot();
  authority = await aDepot('HQ', 'authority');
  stockUp(depot.ledger);
  trustEachOther(depot.ledger, authority.ledger);
  recovery = await generateHybridIdentity();
  const recipients = [await identityToRecipient(recovery)];
  inWriteTransaction(depot.ledger, (tx) => recordEntry(tx, { type: 'recoveryRecipients.set', data: { recipients } }));
}, 60_000);
afterAll(() => [depot, authority].map(({ ledger }) => closeLedger(ledger)));
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tail-'));
  changes = 0;
  tail = startTail();
  expect(tail.view.state).toBe('off');
  expect(await tail.set(folder)).toMatchObject({ state: 'ok', lastSeq: depot.ledger.journal.last.seq });
});
afterEach(async () => {
  await tail.set(null);
  await tail.close();
});

test('hold the whole journal, for this device and the recovery identity and nobody else, under names that say nothing', async () => {
  for (let at = 0; at < 6; at++) {
    record();
    await tail.flush();
  }
  const { last } = depot.ledger.journal;
  expect(tail.view).toMatchObject({ state: 'ok', lastSeq: last.seq });
  for (const identity of [depot.ledger.device.ageIdentity, recovery]) expect((await entriesIn(identity)).size).toBe(last.seq);
  await expect(entriesIn(authority.ledger.device.ageIdentity)).rejects.toThrow();
  expect(filesIn().every((name) => /^[a-z2-7]{8}\.adi$/.test(name))).toBe(true);
  expect(filesIn().length).toBeLessThan(5);
});

test('a commit is followed by itself, and nothing that lies in the folder beside it is touched', async () => {
  await createBundle(depot.ledger, 'HQ', join(folder, 'aaaaaaaa.adi'), () => undefined);
  writeFileSync(join(folder, 'letter.txt'), 'x');
  writeFileSync(join(folder, 'bbbbbbbb.adi'), 'no bundle');
  writeFileSync(join(folder, 'cccccccc.adi.unfinished'), 'cut');
  record();
  tail.committed();
  await expect.poll(() => tail.view.lastSeq, { timeout: 10_000 }).toBe(depot.ledger.journal.last.seq);
  expect(filesIn()).toEqual(expect.arrayContaining(['aaaaaaaa.adi', 'bbbbbbbb.adi', 'letter.txt']));
  expect(filesIn()).not.toContain('cccccccc.adi.unfinished');
});

test('away: said once, no posting fails, and what is missing follows when it is back', async () => {
  const elsewhere = `${folder}.away`;
  renameSync(folder, elsewhere);
  const held = tail.view.lastSeq;
  for (let at = 0; at < 3; at++) {
    record();
    await tail.flush();
  }
  expect(tail.view).toMatchObject({ state: 'away', lastSeq: held });
  expect(changes).toBe(2); // on, away
  mkdirSync(folder); // the mount point without its medium: nothing may be written to the disk under it
  await tail.flush();
  expect([tail.view.state, filesIn()]).toEqual(['away', []]);
  rmSync(folder, { recursive: true });
  renameSync(elsewhere, folder);
  await tail.flush();
  expect(tail.view).toMatchObject({ state: 'ok', lastSeq: depot.ledger.journal.last.seq });
  expect((await entriesIn(recovery)).size).toBe(depot.ledger.journal.last.seq);
});

test('a start that does not know the folder any more finds its files and removes what is redundant', async () => {
  record();
  await tail.flush();
  const names = filesIn();
  const first = names[0] as string;
  writeFileSync(join(folder, 'dddddddd.adi'), readFileSync(join(folder, first)));
  depot.ledger.sqlite.prepare("DELETE FROM local_setting WHERE name = 'tailIndex'").run();
  const again = startTail();
  await again.flush();
  expect(again.view.lastSeq).toBe(depot.ledger.journal.last.seq);
  expect(filesIn()).toHaveLength(names.length);
  for (const name of filesIn()) rmSync(join(folder, name));
  await again.set(folder); // a new medium
  expect((await entriesIn(recovery)).size).toBe(depot.ledger.journal.last.seq);
  await again.close();
  expect(existsSync(folder)).toBe(true);
});
