// Goal: what a decision allows has an end and a measure, and a file of the version before keeps what it meant.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, record, type Second } from '../../electron/data/ledger.ts';
import { aDepot, addColleague, reopen, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
let second: Second;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
  second = await addColleague(depot.ledger, 'amina', ['commander']);
});
afterEach(() => closeLedger(depot.ledger));

const asOfVersion8 = `ALTER TABLE waiver DROP COLUMN quantity_max_g; ALTER TABLE licence_document DROP COLUMN recorded_at_ms;
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
