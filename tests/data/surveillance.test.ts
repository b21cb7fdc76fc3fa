// Goal: what inspections find decides what may be issued, and a life is made longer only on the ground of one, by two people.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, type Second } from '../../electron/data/ledger.ts';
import { findLot } from '../../electron/data/repositories/reference.ts';
import { chooseConditions, conditionChoices } from '../../electron/data/services/administer.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { lotPage } from '../../electron/data/services/lotPage.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import {
  changeLife,
  choosePlan,
  dueList,
  type InspectionInput,
  type LifeChangeInput,
  listPlans,
  lotLife,
  putPlan,
  recordInspection,
} from '../../electron/data/services/surveillance.ts';
import planJson from '../../resources/surveillance/plan.json' with { type: 'json' };
import { aDepot, addColleague, aRequest, LOT_BALL, LOT_HE, reopen, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
let second: Second;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
  second = await addColleague(depot.ledger, 'amina', ['commander']);
});
afterEach(() => closeLedger(depot.ledger));

const DAY_MS = 86_400_000;
const TODAY = '2026-06-01';
const inspect = (more: Partial<InspectionInput> = {}) =>
  recordInspection(depot.ledger, {
    lotId: LOT_HE,
    kind: 'visual',
    onDate: TODAY,
    result: 'passed',
    stabiliserPpm: null,
    remark: '',
    ...more,
  });
const extend = (more: Partial<LifeChangeInput> = {}, by: Second | undefined = second) =>
  changeLife(depot.ledger, { lotId: LOT_HE, until: '2030-01-01', inspection: null, reason: 'surveillance of 2026', ...more }, by);
const issue = () =>
  postMovement(depot.ledger, aRequest(depot.deps, { kind: 'issue', item: 'HE', lot: 'АБВ-12-83', from: 'S1', to: 'RANGE', quantity: '1' }));
const lifeRules = () =>
  checkDepot(depot.ledger)
    .findings.filter(({ rule, lotId }) => rule.startsWith('life.') && lotId === LOT_HE)
    .map(({ rule }) => rule);

test('without a plan nothing is due and an issue goes out; with one a lot that was never inspected stays', () => {
  expect(dueList(depot.ledger, { withinDays: 90 })).toMatchObject({ plan: null, rows: [] });
  expect(issue().posted).toBe(true);
  choosePlan(depot.ledger, { plan: planJson.id });
  expect(listPlans(depot.ledger)).toMatchObject([{ plan: planJson.id, isChosen: true }]);
  expect(issue()).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding', rules: ['life.receiptOverdue', 'life.overdue'] } });
  inspect({ kind: 'receipt' });
  inspect({ kind: 'functional' });
  expect(issue().posted).toBe(true);
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});

test('the due list names each lot, kind and place once, the worst first, and looks as far ahead as it is told', () => {
  choosePlan(depot.ledger, { plan: planJson.id });
  const { rows } = dueList(depot.ledger, { withinDays: 0 });
  expect(rows.map(({ item, kind, state }) => [item, kind, state])).toEqual([
    ['BALL', 'functional', 'overdue'],
    ['DET', 'functional', 'overdue'],
    ['HE', 'functional', 'overdue'],
  ]);
  expect(dueList(depot.ledger, { withinDays: 30 }).rows).toHaveLength(6);
  inspect();
  expect(dueList(depot.ledger, { withinDays: 30 }).rows.filter(({ lotId }) => lotId === LOT_HE)).toHaveLength(1);
  expect(rows[2]).toMatchObject({
    places: ['S1'],
    intervalMonths: 60,
    dueOn: '2023-01-01',
    rule: 'life.interval.functional',
    status: 'unverified',
  });
});

test('a failed inspection stops the lot wherever it lies, its page says so, and a passed one frees it', () => {
  inspect({ result: 'failed', remark: 'corrosion' });
  expect(issue()).toMatchObject({ posted: false, refusal: { rules: ['life.inspectionFailed'] } });
  expect(lotPage(depot.ledger, { site: 'DEP1', lotId: LOT_HE }).findings).toMatchObject([{ rule: 'life.inspectionFailed' }]);
  expect(lifeRules()).toEqual(['life.inspectionFailed']);
  depot.deps.advance(DAY_MS);
  inspect({ onDate: '2026-06-02' });
  expect(issue().posted).toBe(true);
  expect(lotLife(depot.ledger, { site: 'DEP1', lotId: LOT_HE }).inspections.map(({ result }) => result)).toEqual(['passed', 'failed']);
});

test('stabiliser results are kept in their order, with verdict and trend', () => {
  inspect({ kind: 'stabiliser', onDate: '2025-06-01', stabiliserPpm: 4_000 });
  inspect({ kind: 'stabiliser', onDate: '2026-06-01', stabiliserPpm: 3_000 });
  expect(lotLife(depot.ledger, { site: 'DEP1', lotId: LOT_HE }).stabiliser).toMatchObject({
    verdict: 'safe',
    trend: { lossPpmPerYear: 1_001, reachesOn: '2027-06-01' },
    lowPpm: 2_000,
  });
  expect(lifeRules()).toEqual(['life.stabiliserTrend']);
  inspect({ kind: 'stabiliser', onDate: '2026-06-01', stabiliserPpm: 1_900, result: 'failed', remark: 'second sample' });
  expect(lifeRules()).toContain('life.stabiliserLow');
});

test.each<[string, Partial<InspectionInput>, string]>([
  ['a lot that is not there', { lotId: '20000000-0000-4000-8000-000000000001' }, 'unknownLot'],
  ['a day to come', { onDate: '2026-06-02' }, 'badValue'],
  ['a day before it was made', { onDate: '2017-12-31' }, 'badValue'],
  ['no day', { onDate: '2026-02-30' }, 'badValue'],
  ['a stabiliser inspection without a result', { kind: 'stabiliser' }, 'badValue'],
  ['more stabiliser than mass', { kind: 'stabiliser', stabiliserPpm: 1_000_001 }, 'badValue'],
  ['a failure without a word', { result: 'failed', remark: ' ' }, 'remarkRequired'],
])('an inspection with %s is refused', (_name, more, code) => expect(() => inspect(more)).toThrow(code));

test('a life is extended on a recent functional inspection that passed, and what it was before is kept', () => {
  const early = inspect({ kind: 'functional', onDate: '2025-05-31' }).id;
  expect(() => extend({ until: '2039-01-01', inspection: early })).toThrow('noBasisForExtension');
  const visual = inspect({ onDate: '2026-05-01' }).id;
  expect(() => extend({ until: '2039-01-01', inspection: visual })).toThrow('noBasisForExtension');
  const { id } = inspect({ kind: 'functional', onDate: '2025-06-01' });
  expect(() => extend({ until: '2039-01-01', inspection: id })).toThrow('badValue');
  extend({ until: '2028-01-01' });
  extend({ until: '2030-06-01', inspection: id });
  expect(findLot(depot.ledger, 'DEP1', LOT_HE)?.lifeUntil).toBe('2030-06-01');
  expect(() => extend({ until: '2030-06-02', inspection: id })).toThrow('badValue');
  expect(lotLife(depot.ledger, { site: 'DEP1', lotId: LOT_HE }).changes).toMatchObject([
    { previous: '2038-01-01', until: '2028-01-01', inspection: null, person: 'admin', second: 'amina' },
    { previous: '2028-01-01', until: '2030-06-01', inspection: id },
  ]);
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});

test('no extension on an inspection of another lot, one that failed, or one that a later failure contradicts', () => {
  const other = inspect({ kind: 'functional', lotId: LOT_BALL }).id;
  expect(() => extend({ until: '2028-01-01', inspection: other })).not.toThrow();
  expect(() => extend({ until: '2029-01-01', inspection: other })).toThrow('noBasisForExtension');
  const failed = inspect({ kind: 'functional', result: 'failed', remark: 'misfires' }).id;
  expect(() => extend({ until: '2029-01-01', inspection: failed })).toThrow('noBasisForExtension');
  const passed = inspect({ kind: 'functional', onDate: '2026-05-01' }).id;
  expect(() => extend({ until: '2029-01-01', inspection: passed })).toThrow('noBasisForExtension');
});

test('a change of life needs a reason and a second person', () => {
  expect(() => extend({ reason: ' ' })).toThrow('reasonRequired');
  expect(() => changeLife(depot.ledger, { lotId: LOT_HE, until: '2030-01-01', inspection: null, reason: 'x' }, undefined)).toThrow(
    'secondPersonRequired',
  );
  expect(() => extend({ until: '2017-01-01' })).toThrow('badValue');
  expect(lotLife(depot.ledger, { site: 'DEP1', lotId: LOT_HE }).changes).toEqual([]);
});

test("an authority's plan travels in the ledger and decides once it is chosen; a faulty one is refused whole", () => {
  const own = { ...planJson, id: 'national-1', intervals: planJson.intervals.map((row) => ({ ...row, intervalMonths: 120 })) };
  expect(() => choosePlan(depot.ledger, { plan: 'national-1' })).toThrow('unknownPlan');
  putPlan(depot.ledger, JSON.stringify(own));
  choosePlan(depot.ledger, { plan: 'national-1' });
  expect(dueList(depot.ledger, { withinDays: 0 })).toMatchObject({ plan: 'national-1', rows: [] });
  expect(listPlans(depot.ledger).map(({ plan, isChosen }) => [plan, isChosen])).toEqual([
    [planJson.id, false],
    ['national-1', true],
  ]);
  expect(() => putPlan(depot.ledger, '{')).toThrow('badValue');
  expect(() => putPlan(depot.ledger, JSON.stringify({ ...own, rules: own.rules.slice(1) }))).toThrow('badValue');
  closeLedger(depot.ledger);
  depot = { ...depot, ledger: reopen(depot) };
  expect(dueList(depot.ledger, { withinDays: 0 }).plan).toBe('national-1');
});

test('a site chooses which codes of condition it is offered; others keep their meaning', () => {
  expect(conditionChoices(depot.ledger).map(({ code }) => code)).toContain('A1');
  chooseConditions(depot.ledger, { table: 'us' });
  expect(conditionChoices(depot.ledger).map(({ code }) => code)).not.toContain('A1');
  expect(issue().posted).toBe(true);
  expect(() => chooseConditions(depot.ledger, { table: 'other' })).toThrow('badValue');
});
