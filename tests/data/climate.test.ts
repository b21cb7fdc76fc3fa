// Goal: the file of a logger is taken in whole or not at all, twice changes nothing, and what it says is found.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { listReadings } from '../../electron/data/repositories/surveillance.ts';
import { storehouseBook } from '../../electron/data/rules/books.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { recordChecklist } from '../../electron/data/services/checklists.ts';
import { type ClimateInput, climateOf, importClimate, listLoggers } from '../../electron/data/services/climate.ts';
import { aDepot, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
});
afterEach(() => closeLedger(depot.ledger));

const take = (content: string, more: Partial<ClimateInput> = {}) =>
  importClimate(depot.ledger, { place: 'S1', logger: 'L-7', file: { name: 'log.csv', content }, zone: 'Z', isDryRun: false, ...more });
const HEAD = 'at,temperature_c,humidity_percent\n';

test('readings in any of the usual writings are one', () => {
  expect(take(`${HEAD}2026-05-01T12:00:00Z,21.504,55.55\n2026-05-01 13:00,-3,\n`)).toEqual({ added: 2, known: 0, errors: [] });
  expect(take('humidity_percent;temperature_c;at\n55,55;21,5;2026-05-01 14:00:00+02:00\n;-3,00;2026-05-01 13:00:00.5\n')).toMatchObject({
    added: 0,
    known: 2,
  });
  expect(take('at,temperature_c\n2026-05-01 15:00,-3\n', { zone: '+02:00' })).toMatchObject({ added: 0, known: 1 });
  expect(listReadings(depot.ledger, 'DEP1', 'S1')).toEqual([
    { atMs: Date.parse('2026-05-01T12:00:00Z'), temperatureCentiC: 2_150, humidityPermille: 556 },
    { atMs: Date.parse('2026-05-01T13:00:00Z'), temperatureCentiC: -300, humidityPermille: null },
  ]);
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});

test('a faulty row keeps all of it out, and each fault is named', () => {
  const answer = take(
    `${HEAD}2026-05-01 12:00,20,50\n2026-02-30 12:00,20,50\nyesterday,20,50\n2026-05-01 13:00,hot,50\n2026-05-01 14:00,20,101\n2026-05-01 12:00,21,50\n2027-01-01,20,5\n`,
  );
  expect(answer.added).toBeNull();
  expect(answer.errors.map(({ row, column }) => [row, column])).toEqual([
    [3, 'at'],
    [4, 'at'],
    [5, 'temperature_c'],
    [6, 'humidity_percent'],
    [7, 'at'],
    [8, 'at'],
  ]);
  expect(listReadings(depot.ledger, 'DEP1', 'S1')).toEqual([]);
});

test.each<[string, string, Partial<ClimateInput>, string]>([
  ['an unknown place', HEAD, { place: 'NOWHERE' }, 'unknownPlace'],
  ['a place outside', HEAD, { place: 'RANGE' }, 'unknownPlace'],
  ['a zone that is none', HEAD, { zone: 'CET' }, 'badValue'],
])('%s is refused', (_name, content, more, code) => expect(() => take(content, more)).toThrow(code));

test('a missing column, a reading to come and another value for a known moment are errors; a dry run writes nothing', () => {
  expect(take('at\n2026-05-01 12:00\n').errors).toMatchObject([{ row: 1, column: 'temperature_c' }]);
  expect(take(`${HEAD}2026-06-02 12:00,20,\n`).errors).toMatchObject([{ message: 'lies in the future; check the time zone' }]);
  expect(take(`${HEAD}2026-05-01 12:00,20,\n`, { isDryRun: true })).toMatchObject({ added: 1 });
  expect(take(`${HEAD}2026-05-01 12:00,20,\n`)).toMatchObject({ added: 1 });
  expect(take(`${HEAD}2026-05-01 12:00,20.1,\n`).errors).toMatchObject([{ message: 'another reading is known of this moment' }]);
});

test('a month of readings every ten minutes is found too hot, shown by day, and silent later', () => {
  const START_MS = Date.parse('2026-05-01T00:00:00Z');
  const rows = Array.from({ length: 4_320 }, (_, i) => {
    const day = i / 144;
    return `${new Date(START_MS + i * 600_000).toISOString()},${day >= 27 && day < 29 ? 41 : 25},60`;
  });
  expect(take(HEAD + rows.join('\n'))).toMatchObject({ added: 4_320 });
  const view = climateOf(depot.ledger, 'S1');
  expect(view).toMatchObject({
    readings: 4_320,
    limitC: 38,
    hot: [{ fromMs: START_MS + 27 * 86_400_000, untilMs: START_MS + 29 * 86_400_000, peak: 4_100 }],
  });
  expect(view.days).toHaveLength(30);
  const rules = () =>
    checkDepot(depot.ledger)
      .findings.filter(({ rule }) => rule.startsWith('store.climate'))
      .map(({ rule, place }) => [rule, place]);
  expect(rules()).toEqual([['store.climateHot', 'S1']]);
  depot.deps.advance(10 * 86_400_000);
  expect(rules()).toEqual([
    ['store.climateHot', 'S1'],
    ['store.climateSilent', 'S1'],
  ]);
  expect(listLoggers(depot.ledger).map(({ place, hasReadings }) => [place, hasReadings])).toEqual([
    ['S1', true],
    ['S2', false],
    ['S3', false],
  ]);
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});

test('a checklist is kept when every question has an answer and every no a remark', () => {
  const [list] = storehouseBook().checklists;
  const questions = list?.questions ?? [];
  const answers = Object.fromEntries(questions.map(({ id }) => [id, 'yes' as const]));
  const record = (more: object = {}) =>
    recordChecklist(depot.ledger, { place: 'S1', checklist: list?.id ?? '', onDate: '2026-06-01', answers, remark: '', ...more });
  const [first = ''] = Object.keys(answers);
  const { [first]: _, ...incomplete } = answers;
  expect(() => record({ answers: incomplete })).toThrow('badValue');
  expect(() => record({ answers: { ...answers, more: 'yes' } })).toThrow('badValue');
  expect(() => record({ answers: { ...answers, [first]: 'no' } })).toThrow('remarkRequired');
  expect(() => record({ checklist: 'none' })).toThrow('badValue');
  expect(() => record({ place: 'RANGE' })).toThrow('unknownPlace');
  expect(() => record({ onDate: '2026-06-02' })).toThrow('badValue');
  expect(record({ answers: { ...answers, [first]: 'no' }, remark: 'the gutter leaks' }).id).not.toBe('');
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
});
