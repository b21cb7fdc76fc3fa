// Goal: what is typed into the form of a survey is whole millimetres or an answer, and nothing is sent that nobody asked for.
import { expect, test } from 'vitest';
import { emptyMeasures, isOpen, measuredValues, millimetresOf } from '../../renderer/screens/places/measuresView.ts';
import { positiveOf } from '../../renderer/screens/places/scaledView.ts';
import { measures } from '../../shared/contract/inputs.ts';
import { MEASURE_MM_MAX } from '../../shared/domain/surveillance.ts';

test.each<[number, boolean]>([
  [MEASURE_MM_MAX, true],
  [MEASURE_MM_MAX + 1, false],
])('the form and the procedure agree on whether %d mm is a measure', (mm, isOne) => {
  const none = { wallGapMm: null, roofGapMm: null, aisleMm: null, dunnageMm: null, coverAirMm: null };
  const sent = measures.safeParse({ place: 'S1', onDate: '2026-06-01', ...none, stackMm: mm, remark: '' });
  expect([millimetresOf(String(mm)) !== null, sent.success]).toEqual([isOne, isOne]);
});

test.each<[string, number | null]>([
  ['0', 0],
  [' 2650 ', 2650],
  ['100000', 100_000],
  ['100001', null],
  ['1.5', null],
  ['-1', null],
  ['1e3', null],
  ['', null],
])('"%s" is %s mm', (text, mm) => {
  expect(millimetresOf(text)).toBe(mm);
});

test.each<[string, number | null]>([
  ['5', 5],
  ['22,2', 22.2],
  ['0.5', 0.5],
  ['0', null],
  ['-3', null],
  ['far', null],
  ['', null],
])('"%s" is %s above zero', (text, value) => {
  expect(positiveOf(text)).toBe(value);
});

test('a field is open until it is a number or answered; what no row asks for is not sent', () => {
  const number = { text: '40', isNotMeasured: false };
  const none = { text: '', isNotMeasured: true };
  expect([emptyMeasures.aisleMm, number, none, { text: 'x', isNotMeasured: false }].map(isOpen)).toEqual([true, false, false, true]);
  const texts = { ...emptyMeasures, stackMm: number, aisleMm: none, coverAirMm: number };
  expect(measuredValues(texts, ['stackMm', 'aisleMm'])).toEqual({
    stackMm: 40,
    wallGapMm: null,
    roofGapMm: null,
    aisleMm: null,
    dunnageMm: null,
    coverAirMm: null,
  });
});
