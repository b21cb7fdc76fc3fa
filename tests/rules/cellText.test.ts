// Goal: a cell is read as it is printed, and nothing that is not quite a cell is taken for one.
import { describe, expect, test } from 'vitest';
import { readCell } from '../../shared/rules/distance/cell.ts';
import { upByTable7, upToMetre } from '../../shared/rules/distance/functions.ts';

const condition = (id: string) => ({ id, words: id, neqMaxKg: null });
const conditions = new Map(['noSpall', 'fewPersons'].map((id) => [id, condition(id)]));
const read = (text: string) => {
  const cell = readCell(text, conditions);
  return cell.ok ? cell.value : cell.error;
};
const plain = { functionId: null, factorMilli: 1_000, fixedM: 0, minimumM: null, protection: null, needs: [] };

describe('a cell', () => {
  test.each([
    ['none', [plain]],
    ['25 m', [{ ...plain, fixedM: 25 }]],
    ['D7', [{ ...plain, functionId: 'D7' }]],
    ['SD3', [{ ...plain, functionId: 'SD3' }]],
    ['0.5 × D12', [{ ...plain, functionId: 'D12', factorMilli: 500 }]],
    ['2 × D12 ≥ 270 high', [{ ...plain, functionId: 'D12', factorMilli: 2_000, minimumM: 270, protection: 'high' }]],
    [
      'D10 | D9 ? fewPersons',
      [
        { ...plain, functionId: 'D10' },
        { ...plain, functionId: 'D9', needs: [condition('fewPersons')] },
      ],
    ],
    [
      '25 m | 10 m ? noSpall + fewPersons',
      [
        { ...plain, fixedM: 25 },
        { ...plain, fixedM: 10, needs: [condition('noSpall'), condition('fewPersons')] },
      ],
    ],
  ])('%s is read', (text, options) => {
    expect(read(text)).toEqual(options);
  });
  test.each([
    '',
    'D',
    '7',
    'd7',
    'D7 some',
    '3 × D7',
    'D7 ≥',
    'D7 ? ',
    'D7 ? gossip',
    'D10 | D9 ? fewPersons + gossip',
    '25',
    'none ? noSpall',
    'D7|D8',
  ])('%j is not read', (text) => {
    expect(read(text)).toMatch(/cannot be read/);
  });
  test('that has only smaller distances under conditions has none that holds for everybody', () => {
    expect(read('D9 ? fewPersons')).toBe('no option without a condition');
    expect(read('D9 ? fewPersons | D8 ? noSpall')).toBe('no option without a condition');
  });
});

test.each([
  [0, 0],
  [0.4, 1],
  [99.000001, 100],
  [101, 105],
  [499, 500],
  [501, 510],
  [999, 1_000],
  [1_001, 1_020],
  [1_021, 1_040],
])('%d m is %d m by Table 7', (metres, rounded) => {
  expect(upByTable7(metres)).toBe(rounded);
});
test('a metre begins with its millionth part', () => {
  expect([upToMetre(5), upToMetre(5.000001), upToMetre(5.0000004)]).toEqual([5, 6, 5]);
});
