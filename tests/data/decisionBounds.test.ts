// Goal: what a decision allows has an end and a measure, and a file of the version before keeps what it meant.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeFinding } from '../../electron/cli/wording.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, record, type Second } from '../../electron/data/ledger.ts';
import { answer } from '../../electron/data/refused.ts';
import { listStructures } from '../../electron/data/repositories/site.ts';
import { setLicence } from '../../electron/data/services/administer.ts';
import { grantApproval, withdrawApproval } from '../../electron/data/services/approvals.ts';
import { storeFindings } from '../../electron/data/services/checkDepot.ts';
import { issueLicence, licenceRegister, licenceSheet } from '../../electron/data/services/licences.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { importSitePlan, putExposed, putStructure } from '../../electron/data/services/siteRecords.ts';
import { whatIf } from '../../electron/data/services/whatIf.ts';
import type { Shape } from '../../shared/domain/site.ts';
import { putOlderBuilding } from '../support/buildings.ts';
import { aDepot, addColleague, aRequest, reopen, stockUp, type TestDepot } from '../support/depot.ts';
import { BACK_TO_VERSION_9 } from '../support/versions.ts';

let depot: TestDepot;
let second: Second;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
  second = await addColleague(depot.ledger, 'amina', ['commander']);
});
afterEach(() => closeLedger(depot.ledger));

const asOfVersion8 = `${BACK_TO_VERSION_9} ALTER TABLE waiver DROP COLUMN quantity_max_g; ALTER TABLE licence_document DROP COLUMN recorded_at_ms;
  ALTER TABLE structure DROP COLUMN conditions_until; DELETE FROM migration WHERE number > 8; PRAGMA user_version = 8`;

test('a file of the version before is brought over: its waivers cover any quantity, its licences know when they were issued', () => {
  const issued = { id: 'L', place: 'S1', number: 'L-0', authority: 'A', issuedOn: '2026-06-01', reviewOn: '2027-01-01' };
  const waiver = { id: 'W', rule: 'limit.exceeded', place: 'S1', division: '1.1', until: '2026-12-31', reason: 'before' };
  const building = { place: 'S1', construction: 'ecm', isBarricaded: null, hasProtectiveRoof: null, frontMdeg: null, shape: null } as const;
  const untold = { people: null, floorLoadMaxKgPerM2: null, stackHeightMaxMm: null, floorAreaDm2: null };
  inWriteTransaction(depot.ledger, (tx) => {
    record(tx, { type: 'licence.issued', data: { ...issued, pack: '', edition: '', limits: [] } }, { second });
    record(tx, { type: 'waiver.granted', data: waiver }, { second });
    record(tx, { type: 'structure.put', data: { ...building, ...untold, conditionsMet: ['standardEcm'] } });
  });
  const rows = () => ({
    licence: depot.ledger.store.get('licenceDocument', { site: 'DEP1', id: 'L' })?.recordedAtMs,
    waiver: depot.ledger.store.get('waiver', { site: 'DEP1', id: 'W' })?.quantityMaxG,
    structure: depot.ledger.store.get('structure', { site: 'DEP1', place: 'S1' })?.conditionsUntil,
  });
  const before = rows();
  expect(before).toEqual({ licence: expect.any(Number), waiver: null, structure: '{}' });
  depot.ledger.sqlite.exec(asOfVersion8);
  closeLedger(depot.ledger);
  depot = { ...depot, ledger: reopen(depot) };
  expect(rows()).toEqual(before);
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});

const DAY_MS = 86_400_000;
const dayIn = (days: number): string => new Date(Date.parse('2026-06-01T08:00:00Z') + days * DAY_MS).toISOString().slice(0, 10);
const north = (metres: number): Shape => ({ kind: 'point', points: [[Math.round((metres / 110_574.2758) * 1e7), 0]] });
const building = {
  place: 'S3',
  construction: 'ecm',
  isBarricaded: null,
  hasProtectiveRoof: null,
  frontMdeg: 90_000,
  shape: north(0),
  conditionsMet: [],
  people: null,
  floorLoadMaxKgPerM2: null,
  stackHeightMaxMm: null,
  floorAreaDm2: null,
  underground: null,
} as const;
const house = { exposed: 'H1', name: 'Farm', kind: 'inhabited', route: null, usersPerDay: null, people: null, isActive: true } as const;

function placeAtFarm(): void {
  putStructure(depot.ledger, building);
  putExposed(depot.ledger, { ...house, isBarricaded: null, hasProtectiveRoof: null, isBusyYard: null, shape: north(700) });
}
const approve = (days: number) =>
  grantApproval(
    depot.ledger,
    {
      rule: 'qd.cell.1.1.IBD.P2',
      place: 'S3',
      conditions: ['standardEcm'],
      authority: 'Inspectorate 7',
      until: dayIn(days),
      reason: 'measured',
    },
    second,
  );
const issue = (number: string, days: number) =>
  issueLicence(depot.ledger, { place: 'S3', number, authority: 'A', issuedOn: dayIn(0), reviewOn: dayIn(days), capacityKg: null }, second);
const heToS3 = () =>
  postMovement(depot.ledger, aRequest(depot.deps, { kind: 'move', item: 'HE', lot: 'АБВ-12-83', from: 'S1', to: 'S3', quantity: '1' }));
const limitFindings = () => storeFindings(depot.ledger, 'DEP1', 'S3').filter(({ rule }) => rule.startsWith('limit.'));
const divisionsInForce = () => licenceSheet(depot.ledger, 'S3').set.map(({ division }) => division);

describe('a limit that rests on an approval', () => {
  beforeEach(placeAtFarm);

  test('counts to the last day of it; from the day after nothing more comes in until the licence is issued anew', () => {
    approve(30);
    issue('L-1', 30);
    depot.deps.advance(30 * DAY_MS - 3_600_000); // the last day
    expect([heToS3().posted, limitFindings(), divisionsInForce()]).toEqual([true, [], ['1.1', '1.2', '1.3', '1.4']]);
    depot.deps.advance(DAY_MS);
    expect(heToS3()).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding', rules: ['limit.unlicensed'] } });
    expect(limitFindings()).toMatchObject([
      { says: 'limit.lapsed', severity: 'stop', facts: { division: '1.1', licence: 'L-1' }, numbers: { neqKg: 0.7 } },
    ]);
    expect(limitFindings().map((finding) => describeFinding(finding))).toEqual([
      expect.stringMatching(/licence L-1 counts no more: it rests on “.*standard earth-/),
    ]);
    expect(licenceSheet(depot.ledger, 'S3')).toMatchObject({ lapsed: [{ division: '1.1', licence: 'L-1' }] });
    expect(licenceRegister(depot.ledger).find(({ place }) => place === 'S3')).toMatchObject({ isReviewDue: true });
    approve(90);
    expect(heToS3().posted).toBe(false); // nobody has looked at the licence with it
    issue('L-2', 60);
    expect([heToS3().posted, limitFindings(), divisionsInForce()]).toEqual([true, [], ['1.1', '1.2', '1.3', '1.4']]);
    expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
  });

  test('ends with the withdrawal, and is back on the same day with a new licence', () => {
    const { id } = approve(30);
    issue('L-1', 30);
    expect(heToS3().posted).toBe(true);
    withdrawApproval(depot.ledger, { id, reason: 'measured again' });
    expect([heToS3().posted, limitFindings().map(({ says }) => says)]).toEqual([false, ['limit.lapsed']]);
    approve(20);
    expect(heToS3().posted).toBe(false);
    issue('L-2', 20);
    expect([heToS3().posted, limitFindings()]).toEqual([true, []]);
    expect(licenceRegister(depot.ledger).find(({ place }) => place === 'S3')).toMatchObject({ number: 'L-2', isReviewDue: false });
  });

  test('taking out is not blocked, and divisions that rest on nothing go on', () => {
    approve(30);
    issue('L-1', 30);
    heToS3();
    depot.deps.advance(31 * DAY_MS);
    expect(divisionsInForce()).toEqual(['1.2', '1.3', '1.4']);
    const move = (item: string, lot: string, from: string, to: string) =>
      postMovement(depot.ledger, aRequest(depot.deps, { kind: 'move', item, lot, from, to, quantity: '1' })).posted;
    expect(move('BALL', 'LC-19A001', 'S1', 'S2')).toBe(true);
    expect(move('HE', 'АБВ-12-83', 'S3', 'S1')).toBe(true);
  });

  test('a limit that somebody sets by hand is no new licence', () => {
    const { id } = approve(30);
    issue('L-1', 30);
    withdrawApproval(depot.ledger, { id, reason: 'measured again' });
    setLicence(depot.ledger, { place: 'S3', division: '1.1', limitG: 1_000_000 });
    expect(heToS3().posted).toBe(false);
  });
});

describe('a condition entered with a building', () => {
  beforeEach(placeAtFarm);
  const put = (more: object) => answer(() => putStructure(depot.ledger, { ...building, ...more }));
  const met = (days: number) => ({ conditionsMet: ['standardEcm'], conditionsUntil: { standardEcm: dayIn(days) } });
  const limitKg = () => licenceSheet(depot.ledger, 'S3').limits?.find(({ division }) => division === '1.1')?.limitKg as number;

  test('is none of one person: a new one and a longer one are refused, a kept and a dropped one are not', () => {
    const refused = { ok: false, error: { code: 'conditionNeedsApproval', place: 'S3', condition: 'standardEcm' } };
    const withoutDay = { conditionsMet: ['standardEcm'] };
    const before = depot.ledger.journal.last.seq;
    for (const more of [met(9), withoutDay, { conditionsUntil: { standardEcm: dayIn(9) } }]) expect(put(more)).toMatchObject(refused);
    expect(depot.ledger.journal.last.seq).toBe(before);
    putOlderBuilding(depot.ledger, { ...building, ...withoutDay });
    expect(put(met(9))).toMatchObject(refused);
    putOlderBuilding(depot.ledger, { ...building, ...met(9) });
    expect(put(met(10))).toMatchObject(refused);
    for (const more of [met(9), met(8), withoutDay, {}]) expect(put(more)).toMatchObject({ ok: true });
    expect(put(met(1))).toMatchObject(refused);
  });

  test('stays through a file of buildings, which says nothing of it', () => {
    putOlderBuilding(depot.ledger, { ...building, ...met(9) });
    const structures = { name: 'structures.csv', content: 'place,construction,people\nS3,ecm,4\n' };
    expect(importSitePlan(depot.ledger, { structures }, false)).toMatchObject({ imported: { structures: 1 } });
    expect(listStructures(depot.ledger, 'DEP1').get('S3')).toMatchObject({ people: 4, ...met(9) });
  });

  test('counts to its last day, and then neither the distance nor the limit does', () => {
    const without = limitKg();
    putOlderBuilding(depot.ledger, { ...building, ...met(10) });
    expect(limitKg()).toBeGreaterThan(without);
    expect(answer(() => issue('L-1', 11))).toMatchObject({ error: { code: 'badValue', field: 'reviewOn' } });
    issue('L-1', 10);
    depot.deps.advance(10 * DAY_MS);
    expect([limitKg() > without, heToS3().posted]).toEqual([true, true]);
    depot.deps.advance(DAY_MS);
    expect([limitKg(), heToS3().posted]).toEqual([without, false]);
    expect(licenceSheet(depot.ledger, 'S3')).toMatchObject({
      lapsed: [{ division: '1.1', licence: 'L-1' }],
      basis: { conditions: [], uncounted: [{ id: 'standardEcm', until: dayIn(10) }] },
    });
    expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
  });

  test('of an older entry without an end counts as not met, and the sheet says so', () => {
    const without = limitKg();
    putOlderBuilding(depot.ledger, { ...building, conditionsMet: ['standardEcm'] });
    expect(limitKg()).toBe(without);
    expect(licenceSheet(depot.ledger, 'S3').basis).toMatchObject({ conditions: [], uncounted: [{ id: 'standardEcm', until: null }] });
    expect(whatIf(depot.ledger, { structures: [{ ...building, ...met(5) }], exposed: [], stock: [] }).limits).toMatchObject([
      { place: 'S3' },
    ]);
  });
});
