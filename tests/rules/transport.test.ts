// Goal: every cell of the transport table is looked up, by item, and the load is marked as the rule says.
// Method: the table stands here a second time, typed in as it is printed; `e` and `d` are permitted and count as E or D.
import { describe, expect, test } from 'vitest';
import tableJson from '../../resources/transport/49cfr-177-848.json' with { type: 'json' };
import { invariant } from '../../shared/lib/result.ts';
import { readTransport } from '../../shared/rules/transport/readTransport.ts';
import { checkLoad } from '../../shared/rules/transport/transport.ts';
import { aastp, anItem } from './support.ts';

const read = readTransport(tableJson);
invariant(read.ok, read.ok ? '' : read.error.join('\n'));
const table = read.value;

const printed = `
    A B C D E F G H J K L N S
  A Y - - - - - - - - - - - -
  B - Y - 4 - - - - - - - - 4
  C - - Y e e - 6 - - - - d 4
  D - 4 e Y e - 6 - - - - d 4
  E - - e e Y - 6 - - - - d 4
  F - - - - - Y - - - - - - 4
  G - - 6 6 6 - Y - - - - - 4
  H - - - - - - - Y - - - - 4
  J - - - - - - - - Y - - - 4
  K - - - - - - - - - Y - - 4
  L - - - - - - - - - - - - -
  N - - d d d - - - - - - Y 4
  S - 4 4 4 4 4 4 4 4 4 - 4 Y`;
const [header = [], ...rows] = printed
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const cells = rows.flatMap(([a = '', ...marks]) => marks.map((mark, at) => [a, header[at] ?? '', mark] as const));
const codeOf = (group: string): string => [...aastp.legalCodes.keys()].find((code) => code.endsWith(group)) ?? '';
const load = (...codes: readonly (string | null)[]) =>
  checkLoad(
    codes.map((hazardCode, at) => anItem({ item: `ITEM-${at}`, hazardCode })),
    table,
    aastp,
  );

describe('the printed table', () => {
  test.each(cells)('%s with %s is %s', (a, b, mark) => {
    const verdict = mark === '-' ? 'prohibited' : /\d/.test(mark) ? 'conditional' : 'permitted';
    expect(load(codeOf(a), codeOf(b))).toMatchObject({ verdict, pairs: [{ a: 'ITEM-0', b: 'ITEM-1', verdict }] });
  });

  test('the cells that the copy prints otherwise are unverified, the rest was read', () => {
    const unverified = [...table.values()].filter(({ status }) => status === 'unverified').map(({ id }) => id);
    expect(unverified).toEqual(['transport.C-G', 'transport.D-G', 'transport.E-G']);
  });
});

test('one nature in several heaps is no mix, not even of group L', () => {
  const item = anItem({ hazardCode: '1.2L' });
  expect(checkLoad([item, item], table, aastp)).toEqual({ verdict: 'permitted', pairs: [], countsAs: { division: '1.2', group: 'L' } });
});

test.each([[[null]], [[null, '1.4S']], [['1.1S', '1.4S']]])('what is unknown or not legal does not travel: %j', (codes) => {
  expect(load(...codes)).toMatchObject({ verdict: 'prohibited', countsAs: null });
});

test.each<[readonly string[], object | null]>([
  [['1.3C', '1.1C'], { division: '1.1', group: 'C' }],
  [['1.5D', '1.2D'], { division: '1.1', group: 'D' }],
  [['1.5D', '1.4D'], { division: '1.5', group: 'D' }],
  [['1.1D', '1.3C'], { division: '1.1', group: 'E' }],
  [['1.6N', '1.2D'], { division: '1.2', group: 'D' }],
  [['1.6N', '1.3C'], { division: '1.3', group: 'E' }],
  [['1.6N', '1.4S'], { division: '1.6', group: 'N' }],
  [['1.4S', '1.4S'], { division: '1.4', group: 'S' }],
  [['1.1D', '1.3G'], null],
  [[], null],
])('%j counts as %j', (codes, countsAs) => {
  expect(load(...codes).countsAs).toEqual(countsAs);
  expect(load(...codes.toReversed()).countsAs).toEqual(countsAs);
});

test.each<[string, object, string]>([
  ['a cell is missing', { cells: tableJson.cells.slice(1) }, 'no cell A-A'],
  ['a cell stands there twice', { cells: [...tableJson.cells, { ...tableJson.cells[0], id: 'again' }] }, 'twice'],
  ['a cell has three groups', { cells: [{ ...tableJson.cells[0], groups: ['A', 'B', 'C'] }] }, 'two groups'],
  ['a note is unknown', { cells: [{ ...tableJson.cells[0], notes: ['odd'] }] }, 'notes'],
])('the data is refused where %s', (_name, spoilt, problem) => {
  const refused = readTransport({ ...tableJson, ...spoilt });
  expect(refused.ok ? '' : refused.error.join('; ')).toContain(problem);
});
