import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeLedger } from '../../electron/data/ledger.ts';
import { onHand } from '../../electron/data/repositories/movements.ts';
import { setRestriction } from '../../electron/data/services/administer.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { runSurplus } from '../../electron/data/services/runSurplus.ts';
import { type MovementRequest, surplusPolicy } from '../../shared/contract/inputs.ts';
import { aDepot, aRequest, LOT_BALL, LOT_DETONATOR, LOT_HE, START_MS, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
});
afterEach(() => closeLedger(depot.ledger));

const held = (lotId: string, place: string) =>
  onHand(depot.ledger, { site: 'DEP1', lotId, place, condition: 'A1', owner: 'ARMY', holder: 'DEPOT' });
const post = (more: Partial<MovementRequest> & Pick<MovementRequest, 'kind'>) => postMovement(depot.ledger, aRequest(depot.deps, more));
const issue = { kind: 'issue', item: 'BALL', lot: 'LC-19A001', from: 'S1', to: 'RANGE', quantity: '100' } as const;

describe('refusals, in the order in which they are looked for', () => {
  test.each<[string, Partial<MovementRequest> & Pick<MovementRequest, 'kind'>]>([
    ['badQuantity', { ...issue, quantity: '1.5', item: 'NONE' }],
    ['badQuantity', { ...issue, quantity: '0' }],
    ['badQuantity', { ...issue, quantity: '-3' }],
    ['unknownItem', { ...issue, item: 'NONE', from: 'NOWHERE' }],
    ['unknownPlace', { ...issue, from: 'NOWHERE', lot: 'none' }],
    ['unknownLot', { ...issue, lot: 'none' }],
    ['unknownMovement', { kind: 'reverse', reverses: '20000000-0000-4000-8000-000000000001' }],
    ['sameLocation', { ...issue, kind: 'move', to: 'S1', quantity: '99999999' }],
    ['wrongDirection', { ...issue, to: 'S2' }],
    ['inTheFuture', { ...issue, happenedAtMs: START_MS + 86_400_000 }],
    ['insufficientStock', { ...issue, quantity: '40001', happenedAtMs: START_MS - 86_400_000 * 30 }],
    ['reasonRequired', { ...issue, happenedAtMs: START_MS - 86_400_000 * 2 }],
    ['negativeInThePast', { ...issue, happenedAtMs: START_MS - 86_400_000 * 300, reason: 'late' }],
    ['secondPersonRequired', { ...issue, happenedAtMs: START_MS - 86_400_000 * 8, reason: 'late' }],
    ['secondPersonRequired', { kind: 'move', item: 'DET', lot: 'D 0007', from: 'S2', to: 'S1', quantity: '1', override: 'because' }],
    ['blockedByFinding', { kind: 'move', item: 'DET', lot: 'D 0007', from: 'S2', to: 'S1', quantity: '1' }],
  ])('%s', (code, request) => {
    const before = depot.ledger.journal.last.seq;
    const outcome = post(request);
    expect(outcome.posted ? 'posted' : outcome.refusal.code).toBe(code);
    expect(depot.ledger.journal.last.seq).toBe(before);
  });

  test('banned comes before the second person', () => {
    setRestriction(depot.ledger, { kind: 'ban', item: 'BALL', reason: 'accident' });
    const outcome = post({ ...issue, override: 'because' });
    expect(outcome.posted ? 'posted' : outcome.refusal.code).toBe('banned');
  });

  test("a banned lot may still be moved out of harm's way", () => {
    setRestriction(depot.ledger, { kind: 'ban', item: 'BALL', reason: 'accident' });
    expect(post({ ...issue, kind: 'move', to: 'S2' }).posted).toBe(true);
  });
});

describe('ids', () => {
  test('the same request twice posts once and answers the same', () => {
    const request = aRequest(depot.deps, issue);
    const first = postMovement(depot.ledger, request);
    expect(postMovement(depot.ledger, request)).toEqual(first);
    expect(held(LOT_BALL, 'S1')).toBe(39_900);
  });
  test('the same id with another content is refused', () => {
    const request = aRequest(depot.deps, issue);
    postMovement(depot.ledger, request);
    const other = postMovement(depot.ledger, { ...request, quantity: '200' });
    expect(other.posted ? 'posted' : other.refusal.code).toBe('idReused');
  });
});

test('a reversal gives every balance back, once', () => {
  const posted = post(issue);
  const id = posted.posted ? posted.id : '';
  expect(post({ kind: 'reverse', reverses: id, reason: 'twice' }).posted).toBe(true);
  expect(held(LOT_BALL, 'S1')).toBe(40_000);
  const again = post({ kind: 'reverse', reverses: id, reason: 'twice' });
  expect(again.posted ? 'posted' : again.refusal.code).toBe('alreadyReversed');
});

test('a condition change moves between heaps of the same place', () => {
  expect(
    post({ kind: 'condition', item: 'HE', lot: 'АБВ-12-83', from: 'S1', quantity: '10', fromCondition: 'A1', condition: 'C1' }).posted,
  ).toBe(true);
  expect(held(LOT_HE, 'S1')).toBe(890);
  const outcome = post({ kind: 'issue', item: 'HE', lot: 'АБВ-12-83', from: 'S1', to: 'RANGE', quantity: '1', condition: 'C1' });
  expect(outcome.posted ? 'posted' : outcome.refusal.code).toBe('blockedByFinding');
  const either = post({ kind: 'issue', item: 'HE', lot: 'АБВ-12-83', from: 'S1', to: 'RANGE', quantity: '1' });
  expect(either.posted ? 'posted' : either.refusal.code).toBe('ambiguousHolding');
});

test('a receipt of a lot nobody can read makes a lot of its own each time', () => {
  const receive = () => post({ kind: 'receipt', item: 'HE', lot: '', from: 'SUP', to: 'S3', quantity: '1' });
  expect([receive().posted, receive().posted]).toEqual([true, true]);
  const lots = depot.ledger.sqlite.prepare("SELECT count(*) FROM lot WHERE identity = 'unknown'").pluck().get();
  expect(lots).toBe(2);
});

test('detonators in with high explosive: what was recorded says which rule and edition let it pass', () => {
  expect(held(LOT_DETONATOR, 'S2')).toBe(5_000);
  const outcome = post({
    kind: 'receipt',
    item: 'DET',
    lot: 'D 0007',
    from: 'SUP',
    to: 'S1',
    quantity: '5',
    condition: 'A1',
    owner: 'ARMY',
    holder: 'DEPOT',
  });
  expect(outcome.posted && outcome.findings.some((finding) => finding.rule.startsWith('mix.') && finding.edition !== '')).toBe(true);
});

test('a heap under two restrictions is one heap, in checks and in surplus', () => {
  setRestriction(depot.ledger, { kind: 'ban', item: 'HE', reason: 'accident' });
  setRestriction(depot.ledger, { kind: 'suspension', item: 'HE', lotId: LOT_HE, reason: 'inspection' });
  expect(checkDepot(depot.ledger).findings.filter((finding) => finding.rule === 'life.restricted')).toHaveLength(1);
  const [item] = runSurplus(depot.ledger, { asOf: '2026-06-01', item: 'HE', policy: surplusPolicy.parse({}) }).items;
  expect([item?.ledgerQuantity, item?.totals.HOLD_BANNED]).toEqual([900, 900]);
});
