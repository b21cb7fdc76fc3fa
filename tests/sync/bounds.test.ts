// Goal: what one device writes cannot drag another's clock, reopen or forge its cases, add readers to its bundles, or stand in its
// journal in a form that no partner reads.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonical } from '../../electron/data/journal/canonical.ts';
import { caseId } from '../../electron/data/journal/caseId.ts';
import { PAYLOAD_LENGTH_MAX } from '../../electron/data/journal/envelope.ts';
import { isImpossible } from '../../electron/data/journal/hybridClock.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, record } from '../../electron/data/ledger.ts';
import { project } from '../../electron/data/projections/project.ts';
import { ownRecoveryRecipients } from '../../electron/data/repositories/recovery.ts';
import { frozenBy } from '../../electron/data/sync/cases.ts';
import { FACTS_LENGTH_MAX, fitFacts } from '../../electron/data/sync/fitFacts.ts';
import type { CaseFacts } from '../../shared/domain/cases.ts';
import type { Entry, RecordedEntry } from '../../shared/domain/entries.ts';
import { aDepot, START_MS, type TestDepot } from '../support/depot.ts';
import { trustEachOther } from '../support/sites.ts';

let [one, other]: readonly [TestDepot, TestDepot] = [] as never;
beforeAll(async () => {
  [one, other] = [await aDepot(), await aDepot('HQ', 'authority')];
  trustEachOther(one.ledger, other.ledger);
});
afterAll(() => [one, other].map(({ ledger }) => closeLedger(ledger)));

const said = (entry: Entry, more: Partial<RecordedEntry> = {}): RecordedEntry =>
  ({ site: 'DEP1', stream: 1, seq: 1, recordedAtMs: START_MS, person: 'x', second: null, ...entry, ...more }) as RecordedEntry;
const forkOf = (device: string): CaseFacts => ({
  kind: 'fork',
  of: 'journal',
  device,
  incarnation: 1,
  site: 'HQ',
  seq: 3,
  held: null,
  other: { seq: 3, hash: '', root: '', signature: '' },
  bundle: '',
  says: [],
  omitted: 0,
});

test.each<[string, boolean]>([
  ['1790000000000-0000', false],
  ['4990000000000-ffff', true],
  ['8999999999999-ffff', true],
  ['9999999999999-ffff', true],
])('the stamp %s is impossible: %s', (stamp, is) => expect(isImpossible(stamp, START_MS)).toBe(is));

test('a decision that another device recorded lifts nothing; the own cut-off does', () => {
  const { ledger } = one;
  const { device } = other.ledger.device;
  const id = caseId('fork', 'x');
  inWriteTransaction(ledger, (tx) => {
    record(tx, { type: 'case.opened', data: { id, kind: 'fork', subject: 'x', facts: canonical(forkOf(device) as never) } });
    record(tx, { type: 'case.decided', data: { id, decision: 'heldStays', reason: 'there' } });
  });
  expect(frozenBy(ledger, device, 1)).toBe(id);
  inWriteTransaction(ledger, (tx) =>
    record(tx, { type: 'device.revoked', data: { device, incarnation: 1, seq: 0, head: null, reason: 'here' } }),
  );
  expect(frozenBy(ledger, device, 1)).toBeNull();
});

describe('an entry that says what it may not', () => {
  const row = (id: string) => one.ledger.store.get('conflictCase', { site: 'DEP1', id });
  test.each<[string, string, string]>([
    ['a case under another id', 'some-id', '{}'],
    ['facts that are none', caseId('fork', 'bad'), '{'],
  ])('%s is no case', (_what, id, facts) => {
    inWriteTransaction(one.ledger, (tx) => record(tx, { type: 'case.opened', data: { id, kind: 'fork', subject: 'bad', facts } }));
    expect(row(id)).toBeUndefined();
    expect(verifyLedger(one.ledger)).toMatchObject({ ok: true });
  });
  test('a later version, or the name of a method, changes nothing', () => {
    const put = { type: 'setting', data: {} } as unknown as Entry;
    const chosen: Entry = { type: 'pack.chosen', data: { pack: 'later', edition: '' } };
    project(one.ledger.store, said(chosen), 2);
    project(one.ledger.store, said({ ...put, type: 'hasOwnProperty' } as never));
    expect(one.ledger.store.get('setting', { site: 'DEP1', name: 'pack' })?.value).not.toBe('later');
  });
  test('more than a partner would read is refused, and nothing is recorded', () => {
    const before = one.ledger.journal.last.seq;
    const reason = 'x'.repeat(PAYLOAD_LENGTH_MAX);
    const write = () =>
      inWriteTransaction(one.ledger, (tx) => record(tx, { type: 'case.decided', data: { id: 'x', decision: 'y', reason } }));
    expect(write).toThrow('entryTooLarge');
    expect(one.ledger.journal.last.seq).toBe(before);
  });
  test('who reads our bundles is for our journal to say', () => {
    const set: Entry = { type: 'recoveryRecipients.set', data: { recipients: ['age1pq1ours'] } };
    inWriteTransaction(one.ledger, (tx) => record(tx, set));
    project(one.ledger.store, said({ type: 'recoveryRecipients.set', data: { recipients: ['age1pq1theirs'] } }, { stream: 99 }));
    expect(ownRecoveryRecipients(one.ledger)).toEqual(['age1pq1ours']);
    expect(ownRecoveryRecipients(other.ledger)).toBeNull();
  });
});

test('the facts of a case fit into an entry, and say how much they leave out', () => {
  const side = { site: 'DEP2', lotId: 'x'.repeat(36), identity: 'known', made: null, lifeUntil: null };
  const line = { item: 'HE "81"', lot: 'АБВ-12-83', issued: 1, received: 2 };
  const many = <T>(of: T) => Array.from({ length: 2_000 }, () => of);
  const large: CaseFacts[] = [
    { kind: 'lotDiffers', item: 'HE', lot: 'L', maker: null, sides: many(side) },
    { kind: 'consignmentShort', consignment: 'C', from: ['A'], to: ['B'], lines: many(line) },
    {
      kind: 'consignmentTwice',
      consignment: 'C',
      receivers: [
        { site: 'A', lines: many(line) },
        { site: 'B', lines: many(line) },
      ],
    },
  ];
  const countOf = (facts: CaseFacts): number =>
    'sides' in facts
      ? facts.sides.length
      : 'lines' in facts
        ? facts.lines.length
        : 'receivers' in facts
          ? facts.receivers.reduce((sum, { lines }) => sum + lines.length, 0)
          : 0;
  for (const facts of large) {
    const fit = fitFacts(facts);
    expect(JSON.stringify(canonical(fit as never)).length).toBeLessThanOrEqual(FACTS_LENGTH_MAX);
    expect(countOf(fit)).toBeGreaterThan(10);
    expect(countOf(fit) + ((fit as { omitted?: number }).omitted ?? 0)).toBe(countOf(facts));
  }
  expect(fitFacts({ kind: 'lotDiffers', item: 'HE', lot: 'L', maker: null, sides: [side, side] })).not.toHaveProperty('omitted');
});
