// Goal: a survey of a storehouse is kept once and for good, the latest by day and entry counts, and what it and the
// checklists say is found by the whole check and by that of one movement alike. Method: a real file, verified by replay.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { listStructures } from '../../electron/data/repositories/site.ts';
import { listSurveys } from '../../electron/data/repositories/surveys.ts';
import { storehouseBook } from '../../electron/data/rules/books.ts';
import { askScaled } from '../../electron/data/services/blastCalculator.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { recordChecklist } from '../../electron/data/services/checklists.ts';
import { type MeasuresInput, measuresOf, recordMeasures } from '../../electron/data/services/measures.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { recordInputs } from '../../electron/data/services/recordInputs.ts';
import { importSitePlan } from '../../electron/data/services/siteRecords.ts';
import { type WhatIf, whatIf } from '../../electron/data/services/whatIf.ts';
import type { Structure } from '../../shared/domain/site.ts';
import { MEASURE_MM_MAX } from '../../shared/domain/surveillance.ts';
import { aDepot, addColleague, aRequest, LOT_HE, reopen, START_MS, stockUp, type TestDepot } from '../support/depot.ts';
import { BACK_TO_VERSION_9 } from '../support/versions.ts';

let depot: TestDepot;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
});
afterEach(() => closeLedger(depot.ledger));

const DAY_MS = 86_400_000;
const sound = { stackMm: 2_000, wallGapMm: 300, roofGapMm: 600, aisleMm: 1_200, dunnageMm: 100, coverAirMm: 500 };
const measure = (more: Partial<MeasuresInput> = {}, ledger: Ledger = depot.ledger) =>
  recordMeasures(ledger, { place: 'S1', onDate: '2026-06-01', ...sound, remark: '', ...more });
const found = (place = 'S1') =>
  checkDepot(depot.ledger)
    .findings.filter((finding) => finding.place === place && /^store\.(measure|unmeasured|checklist)/.test(finding.rule))
    .map(({ rule, severity }) => `${severity} ${rule}`);
const build = (rows: string) =>
  expect(
    importSitePlan(depot.ledger, { structures: { name: 's.csv', content: `place,construction,stack_height_max_mm\n${rows}\n` } }, false)
      .errors,
  ).toEqual([]);
const addBay = (place: string, parent: string | null) => {
  const bay = { place, name: place, kind: 'bay' as const, parent, type: null, lat7: null, lon7: null, limitsG: {} };
  recordInputs(depot.ledger, { items: [], places: [bay], lots: [], stock: [], requirements: [] }, START_MS, () => undefined);
};
const moveHe = (from: string, to: string, quantity: string) =>
  postMovement(depot.ledger, aRequest(depot.deps, { kind: 'move', lotId: LOT_HE, from, to, quantity }));
const MONTHLY = 'store.checklist.monthly';
const walk = (unsafe: readonly string[], onDate = '2026-06-01') => {
  const questions = storehouseBook().checklists.find(({ id }) => id === MONTHLY)?.questions ?? [];
  const answers = Object.fromEntries(questions.map(({ id }) => [id, unsafe.includes(id) ? ('no' as const) : ('yes' as const)]));
  return recordChecklist(depot.ledger, { place: 'S1', checklist: MONTHLY, onDate, answers, remark: unsafe.length > 0 ? 'seen' : '' });
};

test('where stock lies and nobody measured or walked, that is listed; where none lies it is not', () => {
  expect(found()).toEqual(['info store.checklistDue', 'info store.unmeasured']);
  expect(found('S3')).toEqual([]);
});

test('a survey is kept with who and when, held against its rows, and replays', () => {
  const { id } = measure({ dunnageMm: 60, aisleMm: null, remark: 'behind bay 2' });
  expect(found()).toEqual(['warn store.measure.dunnageOutdoors', 'info store.checklistDue', 'info store.unmeasured']);
  const [view, ...bays] = measuresOf(depot.ledger, 'S1').places;
  expect([view, bays]).toMatchObject([
    {
      place: 'S1',
      survey: { id, person: 'admin', onDate: '2026-06-01', remark: 'behind bay 2', aisleMm: null },
      dueOn: '2027-06-01',
      isOld: false,
    },
    [],
  ]);
  build('S1,light,');
  expect(found()).toEqual(['info store.checklistDue', 'info store.unmeasured']);
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
  closeLedger(depot.ledger);
  depot = { ...depot, ledger: reopen(depot) };
  expect(measuresOf(depot.ledger, 'S1').places[0]?.survey).toMatchObject({ id, dunnageMm: 60 });
});

test('the latest by day counts, and of one day the one entered last; the earlier ones stay', () => {
  measure({ dunnageMm: 10, onDate: '2026-05-30' });
  measure({ onDate: '2026-05-31' });
  measure({ dunnageMm: 20, onDate: '2026-05-29' });
  expect(found()).toEqual(['info store.checklistDue']);
  measure({ dunnageMm: 30, onDate: '2026-05-31' });
  expect(found()).toEqual(['warn store.measure.dunnageOutdoors', 'info store.checklistDue']);
  measure({ onDate: '2026-05-31' });
  expect(found()).toEqual(['info store.checklistDue']);
  const earlier = measuresOf(depot.ledger, 'S1').places[0]?.earlier.map(({ onDate, dunnageMm }) => [onDate, dunnageMm]);
  expect(earlier).toEqual([
    ['2026-05-31', 30],
    ['2026-05-31', 100],
    ['2026-05-30', 10],
    ['2026-05-29', 20],
  ]);
});

test('a later survey of something else leaves the stop that an earlier one found, in every check, with its own day', () => {
  build('S1,light,1900');
  walk([]);
  measure({ onDate: '2026-05-01' });
  measure({ stackMm: null, wallGapMm: null, roofGapMm: null, dunnageMm: null, coverAirMm: null });
  expect(found()).toEqual(['stop store.measure.stackLimit']);
  const finding = checkDepot(depot.ledger).findings.find(({ rule }) => rule === 'store.measure.stackLimit');
  expect(finding?.facts.onDate).toBe('2026-05-01');
  const [view] = measuresOf(depot.ledger, 'S1').places;
  expect(view).toMatchObject({ survey: { onDate: '2026-06-01', stackMm: null }, dueOn: '2027-05-01' });
  expect(view?.rows.find(({ measure }) => measure === 'stackMm')).toMatchObject({ measuredMm: 2_000, onDate: '2026-05-01' });
  measure({ stackMm: 1_900 });
  expect(found()).toEqual([]);
});

test("above the structure's own height it is a stop, that blocks no movement that did not cause it", () => {
  build('S1,light,1900');
  measure();
  walk([]);
  expect(found()).toEqual(['stop store.measure.stackLimit']);
  expect(moveHe('S1', 'S3', '10').posted).toBe(true);
  expect(moveHe('S3', 'S1', '10').posted).toBe(true);
  build('S1,light,2000');
  expect(found()).toEqual([]);
});

test('what if asks surveys and checklists as a movement would', () => {
  build('S1,light,2000\nS3,light,');
  measure();
  measure({ place: 'S3', onDate: '2025-01-01' });
  const { site: _site, ...structure } = listStructures(depot.ledger, 'DEP1').get('S1') as Structure;
  const asked = (changes: Partial<WhatIf>) => {
    const { caused, cured } = whatIf(depot.ledger, { structures: [], exposed: [], stock: [], ...changes });
    return [caused, cured].map((findings) =>
      findings.filter(({ rule }) => rule.startsWith('store.')).map(({ rule, place }) => `${place} ${rule}`),
    );
  };
  const stock = [{ place: 'S3', item: 'HE', quantity: 10 }];
  expect(asked({ stock })[0]?.sort()).toEqual(['S3 store.checklistDue', 'S3 store.measureOld']);
  expect(asked({ stock: [{ place: 'S1', item: 'HE', quantity: 10 }] })).toEqual([[], []]);
  expect(asked({ structures: [{ ...structure, stackHeightMaxMm: 1_999 }] })).toEqual([['S1 store.measure.stackLimit'], []]);
  build('S1,light,1999\nS3,light,');
  expect(asked({ structures: [structure] })).toEqual([[], ['S1 store.measure.stackLimit']]);
});

test('a bay has its own survey or that of its storehouse, and the sheet shows both', () => {
  addBay('S3-A', 'S3');
  addBay('FIELD', null);
  build('S3,light,\nFIELD,open,');
  expect(moveHe('S1', 'S3-A', '10').findings.map(({ rule, place }) => [rule, place])).toEqual([
    ['store.unmeasured', 'S3'],
    ['store.checklistDue', 'S3'],
  ]);
  measure({ place: 'S3-A', wallGapMm: 100 });
  expect(found('S3-A')).toEqual(['warn store.measure.wallGap']);
  expect(found('S3')).toEqual(['info store.checklistDue']);
  expect(measuresOf(depot.ledger, 'S3').places.map(({ place, survey }) => [place, survey?.wallGapMm])).toEqual([
    ['S3', undefined],
    ['S3-A', 100],
  ]);
  expect(moveHe('S1', 'S3-A', '10').findings).toEqual([]);
  measure({ place: 'FIELD', coverAirMm: 100, wallGapMm: null, roofGapMm: null });
  expect(found('FIELD')).toEqual(['warn store.measure.coverAir']);
  expect(moveHe('S1', 'FIELD', '10').findings.filter(({ rule }) => rule.startsWith('store.'))).toEqual([]);
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});

test('after a year the survey is too old', () => {
  measure();
  walk([]);
  depot.deps.advance(365 * DAY_MS);
  expect(found()).toEqual(['info store.checklistDue']);
  depot.deps.advance(DAY_MS);
  expect(found()).toEqual(['warn store.measureOld', 'info store.checklistDue']);
  expect(measuresOf(depot.ledger, 'S1').places[0]).toMatchObject({ isOld: true, dueOn: '2027-06-01' });
});

test('every no is found until a later walk, of the same day too, answers yes; a month later it is due again', () => {
  measure();
  walk(['dunnage', 'locks']);
  expect(found()).toEqual(['warn store.checklistNo', 'warn store.checklistNo']);
  walk(['locks']);
  expect(found()).toEqual(['warn store.checklistNo']);
  walk([], '2026-05-31');
  expect(found()).toEqual(['warn store.checklistNo']);
  walk([]);
  expect(found()).toEqual([]);
  depot.deps.advance(31 * DAY_MS);
  expect(found()).toEqual(['info store.checklistDue']);
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});

describe('is refused, and nothing of it kept:', () => {
  test.each<[string, Partial<MeasuresInput>, string]>([
    ['a place that is not there', { place: 'S9' }, 'unknownPlace'],
    ['a place outside', { place: 'RANGE' }, 'unknownPlace'],
    ['a day to come', { onDate: '2026-06-02' }, 'badValue'],
    ['no day', { onDate: '2026-02-30' }, 'badValue'],
    ['half a millimetre', { stackMm: 1.5 }, 'badValue'],
    ['less than nothing', { dunnageMm: -1 }, 'badValue'],
    ['more than any storehouse has', { aisleMm: MEASURE_MM_MAX + 1 }, 'badValue'],
    [
      'a survey of nothing',
      { stackMm: null, wallGapMm: null, roofGapMm: null, aisleMm: null, dunnageMm: null, coverAirMm: null },
      'badValue',
    ],
  ])('%s', (_name, more, code) => {
    const before = depot.ledger.journal.last.seq;
    expect(() => measure(more)).toThrow(code);
    expect([depot.ledger.journal.last.seq, listSurveys(depot.ledger, 'DEP1', 'S1')]).toEqual([before, []]);
  });

  test('one by somebody without the role, as a checklist would be', async () => {
    const { person, sign } = await addColleague(depot.ledger, 'karim', ['accountant']);
    const before = depot.ledger.journal.last.seq;
    const ledger: Ledger = { ...depot.ledger, session: { person, roles: ['accountant'], sign } };
    let refusal: unknown;
    try {
      measure({}, ledger);
    } catch (cause) {
      refusal = refusalOf(cause);
    }
    expect(refusal).toMatchObject({ code: 'notAllowed', action: 'checklist', roles: ['storekeeper', 'ato', 'commander', 'assessor'] });
    expect([depot.ledger.journal.last.seq, listSurveys(depot.ledger, 'DEP1', 'S1')]).toEqual([before, []]);
  });
});

test('a row that was changed in the file is noticed by the replay', () => {
  measure();
  depot.ledger.sqlite.prepare('UPDATE store_measure SET dunnage_mm = 999').run();
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: false, firstBad: { reason: expect.stringContaining('store_measure') } });
});

test('a file of the version before is brought over: its checklists know when they were entered', () => {
  walk(['dunnage']);
  walk([]);
  const { sqlite } = depot.ledger;
  sqlite.exec(`${BACK_TO_VERSION_9} DROP TABLE store_measure; ALTER TABLE checklist_record DROP COLUMN seq;
    ALTER TABLE checklist_record DROP COLUMN recorded_at_ms; ALTER TABLE waiver DROP COLUMN quantity_max_g;
    ALTER TABLE licence_document DROP COLUMN recorded_at_ms; ALTER TABLE structure DROP COLUMN conditions_until;
    DELETE FROM migration WHERE number > 7; PRAGMA user_version = 7`);
  closeLedger(depot.ledger);
  depot = { ...depot, ledger: reopen(depot) };
  expect(found()).toEqual(['info store.unmeasured']);
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});

test('the calculator answers both ways and refuses what the formula does not reach', () => {
  expect(askScaled(1_000, { kind: 'distanceM', value: 50 })).toMatchObject({ scaledDistance: 5, incidentKPa: 43.3, isValid: true });
  expect(askScaled(1_000, { kind: 'incidentKPa', value: 5 })).toMatchObject({ incidentKPa: expect.any(Number), isValid: true });
  expect(() => askScaled(1_000, { kind: 'incidentKPa', value: 1e8 })).toThrow('badValue');
});
