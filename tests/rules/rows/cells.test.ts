// Goal: every cell of every matrix is met by a distance that is enough and by one that is not.
// Method: at the distance that the cell asks for and one millimetre nearer, for three quantities. A cell that asks for
// nothing is given a fixed distance instead, which must be found: that shows that it is this cell that was asked.
import { describe, expect, test } from 'vitest';
import type { PairAsk } from '../../../shared/rules/distance/ask.ts';
import {
  type Cell,
  type DistanceBook,
  type MatrixDivision,
  matrixDivisions,
  potentialColumns,
} from '../../../shared/rules/distance/book.ts';
import { maxNeqOfPair, requiredDistance } from '../../../shared/rules/distance/required.ts';
import { counts } from '../counting.ts';
import { aastp, iatg } from '../support.ts';

const QUANTITIES_KG = [1_000, 5_000, 20_000];
const books = [iatg, aastp].flatMap(({ distances }) => distances);
const rows = books.flatMap((book) =>
  matrixDivisions.flatMap((division) =>
    [...(book.matrices.get(division)?.keys() ?? [])].map((es) => [book.pack, division, es, book] as const),
  ),
);

/** The same book with another answer in one cell. */
function withFixed(book: DistanceBook, division: MatrixDivision, es: string, at: number, fixedM: number): DistanceBook {
  const matrix = book.matrices.get(division);
  const columns = matrix?.get(es);
  if (matrix === undefined || columns === undefined) throw new Error(`no row ${es}`);
  const column = potentialColumns[at] as (typeof potentialColumns)[number];
  const cell: Cell = {
    ...columns[column],
    options: [{ functionId: null, factorMilli: 1_000, fixedM, minimumM: null, protection: null, needs: [] }],
  };
  return { ...book, matrices: new Map(book.matrices).set(division, new Map(matrix).set(es, { ...columns, [column]: cell })) };
}

test('there are six divisions of 37 rows in each pack', () => {
  expect(rows.length).toBe(2 * 6 * 37);
});

describe('each cell', () => {
  test.each(rows)('%s HD %s %s: enough at its distance, not one millimetre nearer', (_pack, division, es, book) => {
    for (const [at, column] of potentialColumns.entries()) {
      const ask: PairAsk = { division, columns: [column], rows: [es], method: 'table' };
      for (const neqKg of QUANTITIES_KG) {
        const { distanceM, row } = requiredDistance([book], ask, neqKg * 1_000);
        const allows = (by: DistanceBook, distanceMm: number) => (maxNeqOfPair([by], ask, distanceMm) ?? Number.POSITIVE_INFINITY) >= neqKg;
        expect([row.id, neqKg, allows(book, distanceM * 1_000)]).toEqual([`qd.cell.${division}.${es}.${column}`, neqKg, true]);
        counts('passes', row);
        const strict = distanceM > 0 ? book : withFixed(book, division, es, at, 600);
        const asked = distanceM > 0 ? distanceM : 600;
        expect([row.id, neqKg, allows(strict, asked * 1_000 - 1)]).toEqual([row.id, neqKg, false]);
        counts('stops', row);
      }
    }
  });
});
