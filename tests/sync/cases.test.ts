import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secondPerson } from '../../electron/data/host/operations.ts';
import { closeLedger, inWriteTransaction } from '../../electron/data/ledger.ts';
import { decideCase, listCases, showCase } from '../../electron/data/services/cases.ts';
import { listConsignments } from '../../electron/data/services/consignments.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { listSites } from '../../electron/data/services/sites.ts';
import { openCases } from '../../electron/data/sync/cases.ts';
import type { CaseKind } from '../../shared/domain/entries.ts';
import { aDepot, addColleague, aRequest, stockUp, type TestDepot } from '../support/depot.ts';
import { bring, consign, post, putLot, putOutside, receiveConsigned, trustEachOther } from '../support/sites.ts';

// Goal: what lies between two depots is neither lost nor counted twice, and contradictions come before people, once,
// with both sides.
// Method: two depots and an authority, real files and real bundles; a random run of movements for the mass balance.

let one: TestDepot;
let two: TestDepot;
let authority: TestDepot;
const HE = { item: 'HE', lot: 'АБВ-12-83' };
const BALL = { item: 'BALL', lot: 'LC-19A001' };

beforeAll(async () => {
  [one, two, authority] = await Promise.all([aDepot('DEP1'), aDepot('DEP2'), aDepot('HQ', 'authority')]);
  for (const depot of [one, two]) {
    stockUp(depot.ledger);
    putOutside(depot, 'DEP1', 'DEP2');
    trustEachOther(depot.ledger, authority.ledger);
  }
}, 120_000);
afterAll(() => [one, two, authority].map(({ ledger }) => closeLedger(ledger)));

const issue = (quantity: string, what = HE): string => consign(one, { ...what, consignTo: 'DEP2', quantity });
const receive = (depot: TestDepot, consignment: string, quantity: string, what = HE): string =>
  receiveConsigned(depot, { ...what, from: depot === two ? 'DEP1' : 'DEP2', consignment, quantity });
const bringBoth = async () => {
  await bring(one, authority);
  await bring(two, authority);
};
const casesOf = (kind: CaseKind) =>
  listCases(authority.ledger, { isOpenOnly: false })
    .filter((row) => row.kind === kind)
    .map((row) => showCase(authority.ledger, row));
const consigned = (number: string) => listConsignments(authority.ledger).consignments.find(({ consignment }) => consignment === number);
const totalOf = (item: string) => listConsignments(authority.ledger).totals.find((row) => row.item === item);

test('the same books in two depots are no case', async () => {
  await bringBoth();
  expect(listCases(authority.ledger, { isOpenOnly: false })).toEqual([]);
  expect(totalOf('HE')).toMatchObject({ onHand: 1_800, inTransit: 0, total: 1_800 });
});

describe('a consignment', () => {
  test('bears a number of its own, which only an issue makes and only a receipt ends', () => {
    expect(issue('1')).toMatch(/^DEP1\/I2026-\d{6}\/[0-9a-f]{4}$/);
    const refusalOf = (request: object) => {
      const outcome = post(one, { kind: 'receipt', ...HE, from: 'SUP', to: 'S1', quantity: '1', ...request });
      return outcome.posted ? null : outcome.refusal;
    };
    expect(refusalOf({ consignTo: 'DEP2' })).toMatchObject({ code: 'badValue', field: 'consignTo' });
    expect(refusalOf({ kind: 'issue', from: 'S1', to: 'DEP2', consignment: 'DEP2/I1' })).toMatchObject({
      code: 'badValue',
      field: 'consignment',
    });
    expect(refusalOf({ kind: 'move', from: 'S1', to: 'S2', consignment: 'DEP1/I1' })).toMatchObject({
      code: 'badValue',
      field: 'consignment',
    });
    expect(refusalOf({ kind: 'issue', from: 'S1', to: 'DEP2', consignTo: 'DEP1' })).toMatchObject({ code: 'badValue', field: 'consignTo' });
    expect(refusalOf({ kind: 'issue', from: 'S1', to: undefined, consignTo: 'DEP9' })).toMatchObject({
      code: 'unknownPlace',
      place: 'DEP9',
    });
  });

  test('is in transit until it is received, and the total does not change on the way', async () => {
    const total = totalOf('HE')?.total;
    const number = issue('100');
    await bring(one, authority);
    expect(consigned(number)).toMatchObject({ state: 'inTransit', from: ['DEP1'], sentTo: ['DEP2'], lines: [{ inTransit: 100 }] });
    expect(totalOf('HE')?.total).toBe(total);
    receive(two, number, '100');
    await bring(two, authority);
    expect(consigned(number)).toMatchObject({ state: 'received', receivedBy: ['DEP2'], lines: [{ inTransit: 0 }], cases: [] });
    expect(totalOf('HE')?.total).toBe(total);
  });

  test('received before the issue is heard of is no case, and the total holds', async () => {
    const total = totalOf('HE')?.total;
    const number = issue('7');
    receive(two, number, '7');
    await bring(two, authority);
    expect(consigned(number)).toMatchObject({ state: 'notHeard', lines: [{ inTransit: -7 }] });
    expect([casesOf('consignmentOver'), totalOf('HE')?.total]).toEqual([[], total]);
    await bring(one, authority);
    expect(consigned(number)?.state).toBe('received');
  });

  test('short, over and twice are one case each, with both sides', async () => {
    const [short, over, twice] = [issue('50'), issue('10', BALL), issue('20')];
    receive(two, short, '48');
    receive(two, over, '12', BALL);
    receive(two, twice, '20');
    receive(one, twice, '20');
    await bringBoth();
    await bringBoth();
    expect(casesOf('consignmentShort').map(({ facts }) => facts)).toEqual([
      { kind: 'consignmentShort', consignment: short, from: ['DEP1'], to: ['DEP2'], lines: [{ ...HE, issued: 50, received: 48 }] },
    ]);
    expect(
      casesOf('consignmentOver')
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual([over, twice].sort());
    expect(casesOf('consignmentTwice')).toMatchObject([{ facts: { consignment: twice, receivers: [{ site: 'DEP1' }, { site: 'DEP2' }] } }]);
    expect([consigned(short)?.state, consigned(over)?.state, consigned(twice)?.state]).toEqual(['short', 'over', 'twice']);
    expect(consigned(short)?.cases).toEqual([casesOf('consignmentShort')[0]?.id]);
  });

  test('what is not there at all is missing once the account of the receiver has gone on for a day', async () => {
    const number = issue('30');
    const more = post(one, { kind: 'issue', ...BALL, from: 'S1', to: 'DEP2', consignment: number, quantity: '40' });
    expect(more.posted).toBe(true);
    receive(two, number, '30');
    await bringBoth();
    const about = () => casesOf('consignmentShort').filter(({ subject }) => subject === number);
    expect([about(), consigned(number)?.state]).toEqual([[], 'short']);
    two.deps.advance(2 * 86_400_000);
    putOutside(two, 'DEP3');
    await bring(two, authority);
    expect(about()).toMatchObject([
      {
        facts: {
          lines: [
            { issued: 30, received: 30 },
            { item: 'BALL', issued: 40, received: 0 },
          ],
        },
      },
    ]);
  });

  test('what was undone was neither sent nor received', async () => {
    const number = issue('5');
    const id = receive(two, number, '5');
    expect(post(two, { kind: 'reverse', reverses: id }).posted).toBe(true);
    await bringBoth();
    expect(consigned(number)).toMatchObject({ state: 'inTransit', receivedBy: [], lines: [{ issued: 5, received: 0 }] });
  });
});

test('D3: whatever moves, and whoever is heard of first, what is on hand and in transit is what came in less what went out', async () => {
  const expected = { DEP1: 0, DEP2: 0 };
  const ours = () => listConsignments(authority.ledger).totals.find(({ item }) => item === 'BALL')?.total ?? 0;
  await bringBoth();
  const start = ours();
  const known = { DEP1: 0, DEP2: 0 }; // what was brought over of `expected`
  const open: string[] = [];
  const step = fc.record({
    what: fc.constantFrom('receive', 'fire', 'send', 'take', 'sendBack', 'bring'),
    at: fc.constantFrom<'DEP1' | 'DEP2'>('DEP1', 'DEP2'),
    quantity: fc.integer({ min: 1, max: 50 }),
  });
  const act = async ({ what, at, quantity }: { what: string; at: 'DEP1' | 'DEP2'; quantity: number }) => {
    const depot = at === 'DEP1' ? one : two;
    const asked = { ...BALL, quantity: String(quantity) };
    const heap = { condition: 'A1', owner: 'ARMY', holder: 'DEPOT' };
    if (what === 'receive') post(depot, { kind: 'receipt', ...asked, ...heap, from: 'SUP', to: 'S1' });
    if (what === 'fire') post(depot, { kind: 'issue', ...asked, from: 'S1', to: 'RANGE' });
    if (what === 'receive') expected[at] += quantity;
    if (what === 'fire') expected[at] -= quantity;
    if (what === 'send') open.push(issue(String(quantity), BALL));
    if (what === 'take') for (const number of open.splice(0, 1)) receive(two, number, String(quantity), BALL);
    if (what !== 'bring') return;
    await bring(depot, authority);
    known[at] = expected[at];
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      for (const each of steps) await act(each);
      const inBooks = listConsignments(authority.ledger);
      const between = inBooks.totals.find(({ item }) => item === 'BALL');
      expect(between?.total).toBe((between?.onHand ?? 0) + (between?.inTransit ?? 0));
      expect(ours()).toBe(start + known.DEP1 + known.DEP2);
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 240_000);

test('two depots that say different things of one lot are a case; the same again is none', async () => {
  putLot(one, { lotId: '20000000-0000-4000-8000-000000000001', item: 'HE', text: 'X-1', lifeUntil: '2030-01-01' });
  putLot(two, { lotId: '20000000-0000-4000-8000-000000000002', item: 'HE', text: 'X-1', lifeUntil: '2035-01-01' });
  putLot(one, { lotId: '20000000-0000-4000-8000-000000000003', item: 'HE', text: 'X-2', maker: 'ONE' });
  putLot(two, { lotId: '20000000-0000-4000-8000-000000000004', item: 'HE', text: 'X-2', maker: 'TWO', made: '2001-01-01' });
  putLot(one, { lotId: '20000000-0000-4000-8000-000000000005', item: 'HE', text: 'X-3' });
  putLot(two, { lotId: '20000000-0000-4000-8000-000000000005', item: 'BALL', text: 'X-3' });
  await bringBoth();
  await bringBoth();
  const differing = casesOf('lotDiffers');
  expect(differing.map(({ subject }) => subject).sort()).toEqual([
    '20000000-0000-4000-8000-000000000005 (DEP1, DEP2)',
    'HE / X-1 / MK (DEP1, DEP2)',
  ]);
  expect(differing.find(({ subject }) => subject.startsWith('HE'))?.facts).toMatchObject({
    sides: [
      { site: 'DEP1', lifeUntil: '2030-01-01' },
      { site: 'DEP2', lifeUntil: '2035-01-01' },
    ],
  });
});

test('two devices of one depot that record the same movement, or undo one twice, are a case', async () => {
  const other = await aDepot('DEP1');
  stockUp(other.ledger);
  trustEachOther(other.ledger, authority.ledger);
  const id = crypto.randomUUID();
  const request = { kind: 'issue', ...HE, from: 'S1', to: 'RANGE', quantity: '3' } as const;
  for (const depot of [one, other]) expect(postMovement(depot.ledger, aRequest({ newId: () => id }, request)).posted).toBe(true);
  for (const depot of [one, other]) expect(post(depot, { kind: 'reverse', reverses: id }).posted).toBe(true);
  await bring(one, authority);
  await bring(other, authority);
  const about = casesOf('movementTwice').filter(({ facts }) => facts.kind === 'movementTwice' && facts.id === id);
  expect(about.map(({ subject }) => subject).sort()).toEqual([`DEP1 ${id}`, `DEP1 reversal of ${id}`]);
  expect(about[0]?.facts).toMatchObject({
    sides: [
      { ...HE, quantity: 3 },
      { ...HE, quantity: 3 },
    ],
  });
  closeLedger(other.ledger);
}, 120_000);

test('a device that went on from an old copy is a case; one that went on from the end is none', () => {
  const { sqlite } = authority.ledger;
  const { device } = two.ledger.device;
  const row = sqlite.prepare('SELECT stream FROM stream WHERE device = ?').pluck().get(device) as number;
  const last = sqlite.prepare('SELECT max(seq) FROM entry WHERE stream = ?').pluck().get(row) as number;
  const headAt = (seq: number) =>
    (sqlite.prepare('SELECT hash FROM entry WHERE stream = ? AND seq = ?').pluck().get(row, seq) as Buffer).toString('base64url');
  const wentOn = (incarnation: number, seq: number, head: string) =>
    inWriteTransaction(authority.ledger, (tx) => {
      sqlite
        .prepare(
          "INSERT INTO stream SELECT (SELECT max(stream) + 1 FROM stream), device, ?, site, role, statement, genesis, x'', 0 FROM stream WHERE stream = ?",
        )
        .run(incarnation, row);
      sqlite
        .prepare('INSERT INTO entry SELECT max(stream), 1, ?, ?, zeroblob(32) FROM stream')
        .run('{"rec":1,"type":"incarnation.opened"}', JSON.stringify({ exact: { device, incarnation: 1, seq, head } }));
      openCases(tx, ['DEP2']);
      const found = listCases(tx, { isOpenOnly: true }).filter(({ kind }) => kind === 'staleCopy');
      throw Object.assign(new Error('taken back'), { found: found.map((each) => showCase(tx, each).facts) });
    });
  const foundBy = (seq: number, head: string): unknown => {
    try {
      return wentOn(9, seq, head);
    } catch (cause) {
      return (cause as { found: unknown }).found;
    }
  };
  expect(foundBy(last, headAt(last))).toEqual([]);
  expect(foundBy(last - 3, headAt(last - 3))).toMatchObject([{ site: 'DEP2', wentOnFrom: last - 3, heldUpto: last, isSameHistory: true }]);
  expect(foundBy(last - 3, headAt(last))).toMatchObject([{ isSameHistory: false }]);
});

test('a decision is an entry of the authority and changes the books of no depot', async () => {
  const stock = () => authority.ledger.sqlite.prepare('SELECT * FROM holding').all();
  const before = stock();
  const second = await addColleague(authority.ledger, 'officer', ['authority']);
  const [open] = listCases(authority.ledger, { isOpenOnly: true });
  const { id, decisions } = showCase(authority.ledger, open as { id: string });
  decideCase(authority.ledger, { id, decision: decisions[0] as string, reason: 'asked both depots' }, second);
  expect(showCase(authority.ledger, { id })).toMatchObject({ decision: decisions[0], person: 'admin', second: 'officer' });
  inWriteTransaction(authority.ledger, (tx) => openCases(tx, ['DEP1', 'DEP2']));
  expect(showCase(authority.ledger, { id }).decision).toBe(decisions[0]);
  expect(stock()).toEqual(before);
  const rows = listSites(authority.ledger);
  expect(rows.map(({ site, isOwn }) => [site, isOwn])).toEqual([
    ['DEP1', false],
    ['DEP2', false],
    ['HQ', true],
  ]);
  expect(rows[1]).toMatchObject({ name: 'Depot DEP2', role: 'depot', frozen: 0, waiting: 0, asOfMs: expect.any(Number) });
  expect(rows[1]?.openCases).toBeGreaterThan(3);
  expect(listCases(one.ledger, { isOpenOnly: false })).toEqual([]);
}, 120_000);

test('a decided case stands for what was decided: the same again is none, another contradiction of the same lot is a new one', async () => {
  const subject = 'HE / X-1 / MK (DEP1, DEP2)';
  const ofLot = () => casesOf('lotDiffers').filter((row) => row.subject.startsWith(subject));
  const second = await secondPerson(authority.ledger, { user: 'officer', passphrase: 'officer of the depot' });
  const [{ id = '' } = {}] = ofLot().filter((row) => row.decision === null);
  if (id !== '') decideCase(authority.ledger, { id, decision: 'sameLot', reason: 'asked' }, second);
  await bringBoth();
  putLot(two, { lotId: '20000000-0000-4000-8000-000000000002', item: 'HE', text: 'X-1', lifeUntil: '2036-06-01' });
  await bringBoth();
  const rows = ofLot().sort((a, b) => a.subject.localeCompare(b.subject));
  expect(rows.map((row) => `${row.subject} ${row.decision}`)).toEqual([`${subject} sameLot`, `${subject} #2 null`]);
}, 120_000);
