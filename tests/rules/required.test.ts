// Goal: over all that a pair of places may be the greatest distance governs, and it says what it would be without its conditions.
import { describe, expect, test } from 'vitest';
import type { HeldCondition } from '../../shared/rules/distance/ask.ts';
import { type DistanceBook, type DistanceCondition, type Matrix, potentialColumns } from '../../shared/rules/distance/book.ts';
import { readCell } from '../../shared/rules/distance/cell.ts';
import { assumedPlaces, exposedWords, potentialWords } from '../../shared/rules/distance/placeWords.ts';
import { berthRowsOf, STORE_ROWS } from '../../shared/rules/distance/ports.ts';
import { firstEnds, maxNeqOfPair, NEQ_LICENSED_MAX_KG, requiredDistance, rowsOf } from '../../shared/rules/distance/required.ts';
import { iatg } from './support.ts';

const books = iatg.distances;
const book = books[0] as DistanceBook;
const conditions = new Map<string, DistanceCondition>([['thick', { id: 'thick', words: 'is thick', neqMaxKg: null }]]);

/** One row of a matrix: what each of the first columns asks for. */
function withCells(...texts: readonly string[]): readonly DistanceBook[] {
  const cellOf = (text: string, id: string) => {
    const options = readCell(text, conditions);
    if (!options.ok) throw new Error(options.error);
    return { row: { ...iatg.rules['unknown.neq'], id }, options: options.value };
  };
  const cells = Object.fromEntries(potentialColumns.map((column, i) => [column, cellOf(texts[i] ?? 'none', column)]));
  return [{ ...book, matrices: new Map([['1.1', new Map([['IBD', cells]]) as unknown as Matrix]]) }];
}
const met = [{ condition: 'thick', cell: null, until: '2027-01-01' }];
const at = (texts: readonly string[], neqG = 1_000_000) =>
  requiredDistance(
    withCells(...texts),
    { division: '1.1', columns: potentialColumns.slice(0, texts.length), rows: ['IBD'], method: 'table', met },
    neqG,
  );

describe('the distance between two places', () => {
  test('is the greatest of what they may be; of equal ones the first is named', () => {
    expect(at(['20 m', '30 m', '10 m'])).toMatchObject({ distanceM: 30, column: 'P2' });
    expect(at(['30 m', '30 m'])).toMatchObject({ distanceM: 30, column: 'P1' });
  });

  test('is asked for from the first gram on', () => {
    expect([at(['20 m'], 0).distanceM, at(['20 m'], 1).distanceM]).toEqual([0, 20]);
  });

  test('rests on the condition of a cell that would govern without it, though another governs now, and on no other', () => {
    const held = { id: 'thick', words: 'is thick', until: '2027-01-01', isOfBuilding: true };
    expect(at(['50 m | 10 m ? thick', '20 m'])).toMatchObject({ distanceM: 20, restsOn: [held] });
    expect(at(['20 m | 10 m ? thick', '20 m'])).toMatchObject({ distanceM: 20, restsOn: [] });
    expect(at(['50 m | 10 m ? thick', '50 m'])).toMatchObject({ distanceM: 50, restsOn: [] });
  });

  test('is licensed to the last row that is printed', () => {
    expect(NEQ_LICENSED_MAX_KG).toBe(
      Math.max(...(['1.1', '1.2', '1.3'] as const).flatMap((division) => book.tables.get(division)?.ladderKg ?? [])),
    );
    const ask = { division: '1.1', columns: ['P1'], rows: ['IBD'], method: 'table' } as const;
    expect([maxNeqOfPair(withCells('20 m'), ask, 20_000), maxNeqOfPair(withCells('20 m'), ask, 19_999)]).toEqual([null, 0]);
  });
});

test('each condition ends on the first of its days, and what has no end comes after every day', () => {
  const one = (id: string, until: string | null): HeldCondition => ({ id, words: id, until });
  expect(firstEnds([one('b', '2027-02-01'), one('a', '2027-01-02'), one('a', '2027-01-01')])).toEqual([
    one('a', '2027-01-01'),
    one('b', '2027-02-01'),
  ]);
  expect(firstEnds([one('a', null), one('a', '2027-01-01')])).toEqual([one('a', '2027-01-01')]);
  expect(firstEnds([one('a', '2027-01-01'), one('a', null), one('a', '2027-01-03')])).toEqual([one('a', '2027-01-01')]);
});

describe('the words for places', () => {
  test('the rows of storehouses are those of the matrix', () => {
    expect(STORE_ROWS).toEqual([...(book.matrices.get('1.1')?.keys() ?? [])].filter((row) => /^ES(0\d|1[0-7])$/.test(row)));
    expect(berthRowsOf(books, null, STORE_ROWS)).toEqual(['STORE']);
    expect(berthRowsOf(books, null, rowsOf(books, null, null))).toContain('MANNED_VESSEL');
  });

  test('of a berth more is known than of another place', () => {
    const ofPorts = new Set([...book.ports.keys()].map((key) => key.split(' ')[1]));
    expect(exposedWords(books, true)).toEqual(expect.arrayContaining([...ofPorts]));
    expect(exposedWords(books, true).filter((word) => !exposedWords(books, false).includes(word))).toEqual(
      [...ofPorts].filter((word) => !book.matrices.get('1.1')?.has(word ?? '')),
    );
    expect(assumedPlaces(books, { pes: 'berth', es: 'MANNED_VESSEL' })).toEqual([]);
    expect(assumedPlaces(books, { pes: 'P2', es: 'MANNED_VESSEL' })).toMatchObject([{ side: 'es', said: 'MANNED_VESSEL' }]);
  });

  test('what was not said has every word, what was said wrongly the near ones first, what is known is not asked', () => {
    expect(assumedPlaces(books, { pes: null, es: 'IBD' })).toEqual([{ side: 'pes', said: null, known: potentialWords(books) }]);
    const [wrong, ...others] = assumedPlaces(books, { pes: 'P2', es: 'VBDD' });
    expect([wrong?.side, wrong?.said, wrong?.known[0], others]).toEqual(['es', 'VBDD', 'VBD', []]);
    expect(assumedPlaces(books, { pes: 'P2', es: 'IBD' })).toEqual([]);
  });
});
