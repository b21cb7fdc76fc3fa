// Goal: what a surveillance plan would do is told before it is chosen, lot by lot, and it is what choosing it then does.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeLedger } from '../../electron/data/ledger.ts';
import { previewPlan } from '../../electron/data/services/planPreview.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { choosePlan, putPlan, recordInspection } from '../../electron/data/services/surveillance.ts';
import planJson from '../../resources/surveillance/plan.json' with { type: 'json' };
import { aDepot, aRequest, LOT_BALL, LOT_DETONATOR, LOT_HE, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
});
afterEach(() => closeLedger(depot.ledger));

const plan = planJson.id;
const inspect = (lotId: string, kind: 'receipt' | 'functional') =>
  recordInspection(depot.ledger, { lotId, kind, onDate: '2026-06-01', result: 'passed', stabiliserPpm: null, remark: '' });
/** Which lots an issue refuses for their life. */
const refusedIssues = () =>
  [
    [LOT_HE, 'HE', 'S1'],
    [LOT_BALL, 'BALL', 'S1'],
    [LOT_DETONATOR, 'DET', 'S2'],
  ]
    .filter(([lotId, item, from]) => {
      const request = aRequest(depot.deps, { kind: 'issue', item, lotId, from, to: 'RANGE', quantity: '1' } as never);
      return !postMovement(depot.ledger, request).posted;
    })
    .map(([lotId]) => lotId)
    .sort();
const NONE = { due: 0, overdue: 0, suspended: 0, heldBack: 0 };

test('the lots that would be held back are those that an issue then refuses, and looking writes nothing', () => {
  inspect(LOT_HE, 'receipt');
  inspect(LOT_HE, 'functional');
  const before = depot.ledger.journal.last.seq;
  const preview = previewPlan(depot.ledger, { plan });
  expect(depot.ledger.journal.last.seq).toBe(before);
  expect(refusedIssues()).toEqual([]);
  expect(preview).toMatchObject({ plan, before: NONE, after: { overdue: 2, heldBack: 2 }, worseTotal: 2, betterTotal: 0 });
  choosePlan(depot.ledger, { plan });
  const heldBack = preview.worse.filter((row) => row.isHeldBack).map(({ lotId }) => lotId);
  expect(refusedIssues()).toEqual(heldBack.toSorted());
  expect(heldBack.toSorted()).toEqual([LOT_BALL, LOT_DETONATOR].sort());
});

test('held against the plan in force: the same alters nothing, a laxer one frees, a stricter one suspends', () => {
  const put = (id: string, intervalMonths: number) =>
    putPlan(depot.ledger, JSON.stringify({ ...planJson, id, intervals: planJson.intervals.map((row) => ({ ...row, intervalMonths })) }));
  for (const lotId of [LOT_HE, LOT_BALL, LOT_DETONATOR]) inspect(lotId, 'receipt');
  choosePlan(depot.ledger, { plan });
  const same = previewPlan(depot.ledger, { plan });
  expect(same).toMatchObject({ worse: [], worseTotal: 0, betterTotal: 0 });
  expect(same.before).toEqual(same.after);
  put('lax', 240);
  expect(previewPlan(depot.ledger, { plan: 'lax' })).toMatchObject({ after: NONE, worseTotal: 0, betterTotal: 3 });
  put('stern', 12);
  const stern = previewPlan(depot.ledger, { plan: 'stern' });
  expect(stern).toMatchObject({ after: { suspended: 3, heldBack: 3 }, worseTotal: 3, betterTotal: 0 });
  expect(stern.worse[0]).toMatchObject({ state: 'suspended', isHeldBack: true, places: [expect.any(String)] });
});

test('a plan that is not there is refused', () => {
  expect(() => previewPlan(depot.ledger, { plan: 'dream' })).toThrow('unknownPlan');
});
