// Goal: a conditional cell stops until its conditions are recorded as met at the place, and stops again when that ends.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, type Ledger, record, type Second } from '../../electron/data/ledger.ts';
import { answer } from '../../electron/data/refused.ts';
import { grantWaiver } from '../../electron/data/services/administer.ts';
import { type ApprovalInput, grantApproval, withdrawApproval, withdrawWaiver } from '../../electron/data/services/approvals.ts';
import { storeFindings } from '../../electron/data/services/checkDepot.ts';
import { explainFindings } from '../../electron/data/services/explaining.ts';
import { issueLicence, licenceRegister, licenceSheet } from '../../electron/data/services/licences.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { putExposed, putStructure } from '../../electron/data/services/siteRecords.ts';
import { sheetOf } from '../../electron/data/services/storehouse.ts';
import type { Shape } from '../../shared/domain/site.ts';
import { putOlderBuilding, UNKNOWN_BUILDING } from '../support/buildings.ts';
import { aDepot, addColleague, aRequest, LOT_BALL, LOT_HE, stockUp, type TestDepot } from '../support/depot.ts';

const DAY_MS = 86_400_000;
let depot: TestDepot;
let second: Second;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
  second = await addColleague(depot.ledger, 'amina', ['commander']);
});
afterEach(() => closeLedger(depot.ledger));

const today = (): string => new Date(depot.ledger.deps.nowMs()).toISOString().slice(0, 10);
const inDays = (days: number): string => new Date(depot.ledger.deps.nowMs() + days * DAY_MS).toISOString().slice(0, 10);
const fuzes = (more: Partial<ApprovalInput> = {}): ApprovalInput => ({
  rule: 'mix.articles.B-D',
  place: 'S1',
  conditions: ['fuzesWithArticles'],
  authority: 'Inspectorate 7',
  until: inDays(30),
  reason: 'fuzes of these very shells, inspected',
  ...more,
});
const detonatorsToS1 = () =>
  postMovement(depot.ledger, aRequest(depot.deps, { kind: 'move', item: 'DET', lot: 'D 0007', from: 'S2', to: 'S1', quantity: '10' }));

test('a met condition lets the move through, and the finding then names who approved it and until when', () => {
  expect(detonatorsToS1()).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding', rules: ['mix.articles.B-D'] } });
  const { id } = grantApproval(depot.ledger, fuzes(), second);
  expect(detonatorsToS1().posted).toBe(true);
  const mixing = () => storeFindings(depot.ledger, depot.ledger.site, 'S1').find(({ rule }) => rule === 'mix.articles.B-D');
  expect(mixing()).toMatchObject({ says: 'mix.approved', severity: 'info', facts: { authority: 'Inspectorate 7', until: inDays(30) } });
  withdrawApproval(depot.ledger, { id, reason: 'the fuzes are loose' });
  expect(mixing()).toMatchObject({ says: 'mix.conditional', severity: 'stop' });
  expect(() => withdrawApproval(depot.ledger, { id, reason: 'again' })).toThrow('unknownApproval');
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});

test('an approval ends with its last day', () => {
  grantApproval(depot.ledger, fuzes({ until: today() }), second);
  expect(detonatorsToS1().posted).toBe(true);
  const { ledger } = depot;
  const mixing = storeFindings(ledger, ledger.site, 'S1').filter(({ rule }) => rule === 'mix.articles.B-D');
  expect(explainFindings(ledger, mixing)).toMatchObject([{ passesUntil: today(), waivedBy: [] }]);
  const tomorrow = { ...ledger, deps: { ...ledger.deps, nowMs: () => ledger.deps.nowMs() + DAY_MS } };
  const stops = (at: typeof ledger) => storeFindings(at, ledger.site, 'S1').filter(({ severity }) => severity === 'stop').length;
  expect([stops(ledger), stops(tomorrow)]).toEqual([0, 1]);
});

test('an approval for another place, or of another cell, is none here', () => {
  grantApproval(depot.ledger, fuzes({ place: 'S3' }), second);
  grantApproval(depot.ledger, fuzes({ rule: 'mix.articles.B-E' }), second);
  expect(detonatorsToS1().posted).toBe(false);
});

test.each<[string, Partial<ApprovalInput>, string]>([
  ['a place that is not there', { place: 'NOWHERE' }, 'unknownPlace'],
  ['a place outside', { place: 'RANGE' }, 'unknownPlace'],
  ['a cell that is prohibited', { rule: 'mix.articles.D-H', conditions: ['segregated'] }, 'badValue'],
  ['what the cell does not ask for', { conditions: ['segregated'] }, 'badValue'],
  ['no condition', { conditions: [] }, 'badValue'],
  ['another family of rules', { rule: 'limit.exceeded' }, 'badValue'],
  ['no cell of the distances', { rule: 'qd.tooNear', conditions: ['standardEcm'] }, 'badValue'],
  ['a cell of the distances without a condition', { rule: 'qd.cell.1.1.IBD.P9', conditions: ['standardEcm'] }, 'badValue'],
  ['what a cell of the distances does not ask for', { rule: 'qd.cell.1.1.IBD.P2', conditions: ['fewPersons'] }, 'badValue'],
  ['a day that is over', { until: '2020-01-01' }, 'badValue'],
  ['no day of the calendar', { until: '2031-02-30' }, 'badValue'],
  ['no authority', { authority: ' ' }, 'authorityRequired'],
  ['no reason', { reason: '' }, 'reasonRequired'],
])('refused: %s', (_name, more, code) => {
  expect(() => grantApproval(depot.ledger, fuzes(more), second)).toThrow(code);
});

test('a refusal lists what would be known', () => {
  const refusal = (more: Partial<ApprovalInput>) => {
    const answered = answer(() => grantApproval(depot.ledger, fuzes(more), second));
    return answered.ok ? null : answered.error;
  };
  expect(refusal({ rule: 'qd.cell.1.1.IBD.P2', conditions: ['fewPersons'] })).toEqual({
    code: 'badValue',
    field: 'conditions',
    value: 'fewPersons',
    expected: 'standardEcm',
  });
  expect(refusal({ rule: 'qd.tooNear' })).toMatchObject({
    field: 'rule',
    expected: expect.stringMatching(/mix\.articles\..*qd\.cell\.1\.1\.IBD\.P…/),
  });
});

describe('an approved distance', () => {
  /** Metres north of the equator. */
  const north = (metres: number): Shape => ({ kind: 'point', points: [[Math.round((metres / 110_574.2758) * 1e7), 0]] });
  const ecm = {
    place: 'S1',
    construction: 'ecm',
    frontMdeg: 90_000,
    shape: north(0),
    floorLoadMaxKgPerM2: null,
    floorAreaDm2: null,
  } as const;
  const cell = (until: string): ApprovalInput => fuzes({ rule: 'qd.cell.1.1.IBD.P2', conditions: ['standardEcm'], until });
  const limitAt = (ledger: Ledger) => licenceSheet(ledger, 'S1').limits?.find(({ division }) => division === '1.1');
  const isReviewDue = (ledger: Ledger) => licenceRegister(ledger).find(({ place }) => place === 'S1')?.isReviewDue;
  beforeEach(() => {
    putStructure(depot.ledger, { ...UNKNOWN_BUILDING, ...ecm, underground: null });
    const house = { exposed: 'H1', name: 'Farm', kind: 'inhabited', route: null, usersPerDay: null, people: null, isActive: true } as const;
    putExposed(depot.ledger, { ...house, isBarricaded: null, hasProtectiveRoof: null, isBusyYard: null, shape: north(700) });
  });

  test('counts until its day, ends by itself or by withdrawal, and the licence says what it rests on', () => {
    const { ledger } = depot;
    const before = limitAt(ledger)?.limitKg as number;
    const { id } = grantApproval(ledger, cell(today()), second);
    expect(limitAt(ledger)).toMatchObject({ restsOn: [{ id: 'standardEcm', until: today() }] });
    expect(limitAt(ledger)?.limitKg).toBeGreaterThan(before);
    const tomorrow = { ...ledger, deps: { ...ledger.deps, nowMs: () => ledger.deps.nowMs() + DAY_MS } };
    expect(limitAt(tomorrow)?.limitKg).toBe(before);
    expect(limitAt(tomorrow)?.restsOn).toBeUndefined();
    expect(limitAt(ledger)?.limitKg).toBeGreaterThan(before);
    withdrawApproval(ledger, { id, reason: 'the volume was measured again' });
    expect(limitAt(ledger)?.limitKg).toBe(before);
  });
  test('stands in the licence that is issued on it, and the replay is the same', () => {
    const { ledger } = depot;
    const { id } = grantApproval(ledger, cell(inDays(30)), second);
    const licence = { place: 'S1', number: 'L-1', authority: 'A', issuedOn: today(), reviewOn: inDays(30), capacityKg: null };
    const late = answer(() => issueLicence(ledger, { ...licence, reviewOn: inDays(31) }, second));
    expect(late).toMatchObject({ error: { code: 'badValue', field: 'reviewOn', expected: expect.stringContaining(inDays(30)) } });
    expect(issueLicence(ledger, licence, second).limits[0]?.restsOn).toMatchObject([{ until: inDays(30) }]);
    expect(licenceSheet(ledger, 'S1').documents[0]?.limits[0]?.restsOn).toMatchObject([{ until: inDays(30) }]);
    expect(isReviewDue(ledger)).toBe(false);
    withdrawApproval(ledger, { id, reason: 'the volume was measured again' });
    expect(isReviewDue(ledger)).toBe(true);
    expect(verifyLedger(ledger)).toMatchObject({ ok: true });
  });
  test('a licence is to be reviewed once what it rests on is over, or is no longer entered with the building', () => {
    const { ledger } = depot;
    const building = { ...UNKNOWN_BUILDING, ...ecm, underground: null };
    const issue = (until: string) =>
      issueLicence(
        ledger,
        { place: 'S1', number: until, authority: 'A', issuedOn: '2026-06-01', reviewOn: until, capacityKg: null },
        second,
      );
    putOlderBuilding(ledger, { ...building, conditionsMet: ['standardEcm'], conditionsUntil: { standardEcm: '2027-06-01' } });
    issue('2027-06-01');
    expect(isReviewDue(ledger)).toBe(false);
    putStructure(ledger, building);
    expect(isReviewDue(ledger)).toBe(true);
    grantApproval(ledger, cell(inDays(30)), second);
    expect(isReviewDue(ledger)).toBe(true);
  });
  test('a licence from before is to be reviewed the day after its condition, whatever was approved since', () => {
    const { ledger } = depot;
    grantApproval(ledger, cell(inDays(30)), second);
    const limits = licenceSheet(ledger, 'S1').limits?.filter(({ division }) => division === '1.1') ?? [];
    const document = {
      id: 'L',
      place: 'S1',
      number: 'L-0',
      authority: 'A',
      issuedOn: today(),
      reviewOn: '2036-01-01',
      pack: '',
      edition: '',
    };
    inWriteTransaction(ledger, (tx) => record(tx, { type: 'licence.issued', data: { ...document, limits } }, { second }));
    grantApproval(ledger, cell(inDays(60)), second);
    const inDaysDue = (days: number) =>
      isReviewDue({ ...ledger, deps: { ...ledger.deps, nowMs: () => ledger.deps.nowMs() + days * DAY_MS } });
    expect([inDaysDue(30), inDaysDue(31)]).toEqual([false, true]);
  });
  test('what the limits rest on is listed by its cell, beside what the building has; what raises none is not', () => {
    const { ledger } = depot;
    const basis = () => licenceSheet(ledger, 'S1').basis.conditions;
    grantApproval(ledger, fuzes(), second);
    expect(basis()).toEqual([]);
    grantApproval(ledger, cell(inDays(30)), second);
    const standard = { id: 'standardEcm', words: expect.stringContaining(' ') };
    const approved = { ...standard, rule: 'qd.cell.1.1.IBD.P2', authority: 'Inspectorate 7', until: inDays(30) };
    expect(basis()).toEqual([approved]);
    putOlderBuilding(ledger, {
      ...UNKNOWN_BUILDING,
      ...ecm,
      underground: null,
      conditionsMet: ['standardEcm'],
      conditionsUntil: { standardEcm: inDays(9) },
    });
    expect(basis()).toEqual([{ ...standard, rule: null, authority: null, until: inDays(9) }, approved]);
  });
  test('a cell that leads nowhere here is refused with those that do: another building, another row, a place without distances', () => {
    const refused = (more: Partial<ApprovalInput>) => answer(() => grantApproval(depot.ledger, { ...cell(today()), ...more }, second));
    const nowhere = { ok: false, error: { code: 'cellNotHere', place: 'S1', cells: expect.arrayContaining(['qd.cell.1.1.IBD.P2']) } };
    for (const rule of ['qd.cell.1.1.VBD.P2', 'qd.cell.1.1.PTR_LOW.P2']) expect([rule, refused({ rule })]).toMatchObject([rule, nowhere]);
    expect(refused({})).toMatchObject({ ok: true });
    // Nothing is known of where S3 lies, so nothing can be told of it either.
    expect(refused({ place: 'S3' })).toMatchObject({ ok: true });
  });
  test('a waiver stands beside the limits and raises none', () => {
    const { ledger } = depot;
    const limits = licenceSheet(ledger, 'S1').limits;
    const waiver = { rule: 'qd.tooNear', place: 'S1', quantityMaxG: 900_000, until: inDays(10), reason: 'the farm stands empty' };
    const { id } = grantWaiver(ledger, waiver, second);
    expect(licenceSheet(ledger, 'S1')).toMatchObject({
      limits,
      basis: { waivers: [{ id, rule: 'qd.tooNear', quantityMaxKg: 900, until: inDays(10) }] },
    });
    expect(licenceSheet(ledger, 'S2').basis.waivers).toEqual([]);
    withdrawWaiver(ledger, { id, reason: 'people live there again' });
    expect(licenceSheet(ledger, 'S1').basis.waivers).toEqual([]);
  });
});

test('two people approve, and only those who may', () => {
  expect(() => grantApproval(depot.ledger, fuzes(), undefined)).toThrow('secondPersonRequired');
  const storekeeper = { ...depot.ledger, session: { ...depot.ledger.session, roles: ['storekeeper'] } };
  expect(() => grantApproval(storekeeper, fuzes(), second)).toThrow('notAllowed');
  expect(() => withdrawApproval(storekeeper, { id: 'x', reason: 'y' })).toThrow('notAllowed');
  expect(() => withdrawWaiver(storekeeper, { id: 'x', reason: 'y' })).toThrow('notAllowed');
});

test('a waiver that was taken back no longer counts', () => {
  const { id } = grantWaiver(
    depot.ledger,
    { rule: 'mix.articles.B-D', place: 'S1', until: inDays(30), reason: 'until the fuze store is dry' },
    second,
  );
  expect(() => withdrawWaiver(depot.ledger, { id, reason: ' ' })).toThrow('reasonRequired');
  expect(() => withdrawWaiver(depot.ledger, { id: 'another', reason: 'dry' })).toThrow('unknownWaiver');
  withdrawWaiver(depot.ledger, { id, reason: 'the fuze store is dry' });
  expect(() => withdrawWaiver(depot.ledger, { id, reason: 'again' })).toThrow('unknownWaiver');
  expect(detonatorsToS1()).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding' } });
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});

test('suspect stock is not let in among other stock', () => {
  const change = {
    kind: 'condition',
    item: 'BALL',
    lotId: LOT_BALL,
    from: 'S1',
    quantity: '5',
    fromCondition: 'A1',
    condition: 'B1',
  } as const;
  const changed = postMovement(depot.ledger, aRequest(depot.deps, change));
  expect([changed.posted, changed.findings.map(({ rule }) => rule)]).toMatchObject([
    true,
    expect.arrayContaining(['mix.segregation.suspect']),
  ]);
  const move = (to: string) =>
    postMovement(
      depot.ledger,
      aRequest(depot.deps, { kind: 'move', item: 'BALL', lotId: LOT_BALL, from: 'S1', to, quantity: '5', condition: 'B1' }),
    );
  expect(move('S2')).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding', rules: ['mix.segregation.suspect'] } });
  expect(move('S3').posted).toBe(true);
});

test('a floor is never loaded beyond what it bears', () => {
  const structure = { place: 'S3', underground: null, floorLoadMaxKgPerM2: 1, floorAreaDm2: 1000 };
  putStructure(depot.ledger, { ...UNKNOWN_BUILDING, ...structure });
  const move = (quantity: string) =>
    postMovement(depot.ledger, aRequest(depot.deps, { kind: 'move', item: 'HE', lotId: LOT_HE, from: 'S1', to: 'S3', quantity }));
  expect(move('5')).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding', rules: ['store.floorLoad'] } });
  expect(move('4').posted).toBe(true);
  expect(move('1').posted).toBe(false);
});

test('the sheet of a storehouse shows the worst of what lies in it', () => {
  expect(sheetOf(depot.ledger, 'S1')).toMatchObject({
    symbols: { fire: { fireDivision: 1 }, supplementary: [], assumed: [] },
    withdrawal: { distanceM: 850 },
    floor: { massG: 900 * 2100 + 40_000 * 9, massMaxKg: null },
    unknown: ['floorLoadMaxKgPerM2', 'floorAreaDm2', 'stackHeightMaxMm'],
  });
  expect(() => sheetOf(depot.ledger, 'RANGE')).toThrow('unknownPlace');
});
