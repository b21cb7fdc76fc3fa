// Goal: of the options of one cell the right one governs, and it says truly what it rests on.
import { expect, test } from 'vitest';
import { answerDistance } from '../../shared/rules/distance/answers.ts';
import type { MetCondition } from '../../shared/rules/distance/ask.ts';
import type { DistanceCondition } from '../../shared/rules/distance/book.ts';
import { readCell } from '../../shared/rules/distance/cell.ts';
import { cellAt } from '../../shared/rules/distance/cellDistance.ts';
import { iatg } from './support.ts';

const conditionOf = (id: string, neqMaxKg: number | null): [string, DistanceCondition] => [id, { id, words: `is ${id}`, neqMaxKg }];
const conditions = new Map([conditionOf('thick', null), conditionOf('small', 10_000)]);
const CELL = 'qd.cell.x';

/** A cell of 1.1 at so many kilograms. D12 asks for 445 m at 8,000 kg. */
function at(text: string, neqKg = 8_000, met: readonly MetCondition[] = []) {
  const [book] = iatg.distances;
  const options = readCell(text, conditions);
  if (book === undefined || !options.ok) throw new Error(text);
  const row = { ...iatg.rules['unknown.neq'], id: CELL };
  return cellAt(book, book.tables.get('1.1') ?? null, { row, options: options.value }, neqKg * 1000, { method: 'table', met });
}
const ofBuilding = (condition: string, until: string | null = '2027-01-01'): MetCondition => ({ condition, cell: null, until });

test('a cell that asks for none says so, a fixed one its metres', () => {
  expect(at('none')).toMatchObject({ distanceM: 0, governedBy: 'none' });
  expect(at('25 m')).toMatchObject({ distanceM: 25, governedBy: 'fixed' });
});

test('of several options for everybody the greatest governs, of equal ones the first', () => {
  expect([at('D12 | D4').functionId, at('D4 | D12').functionId]).toEqual(['D12', 'D12']);
  expect([at('D12 | D12 high').protection, at('D12 high | D12').protection]).toEqual([null, 'high']);
});

test('a least distance governs where it is greater than the function, not where it is the same', () => {
  expect(at('D12 ≥ 445')).toMatchObject({ distanceM: 445, governedBy: 'function', minimumM: null });
  expect(at('D12 ≥ 446')).toMatchObject({ distanceM: 446, governedBy: 'minimum', minimumM: 446 });
});

test('a smaller distance rests on its condition, and says whether the building has it; one that is no smaller rests on none', () => {
  const held = { id: 'thick', words: 'is thick', until: '2027-01-01' };
  const approved = { condition: 'thick', cell: CELL, until: '2027-01-01' };
  expect(at('D12 | D4 ? thick', 8_000, [approved]).restsOn).toEqual([held]);
  expect(at('D12 | D4 ? thick', 8_000, [ofBuilding('thick')]).restsOn).toEqual([{ ...held, isOfBuilding: true }]);
  expect(at('D12 | D12 ? thick', 8_000, [approved])).toMatchObject({ distanceM: 445, restsOn: [] });
});

test('every one of several conditions has its own greatest quantity', () => {
  const met = [ofBuilding('thick'), ofBuilding('small')];
  const governs = (neqKg: number) => at('D12 | D4 ? thick + small', neqKg, met).functionId;
  expect([governs(10_000), governs(10_001)]).toEqual(['D4', 'D12']);
});

test('what the standard does not call an extrapolation is none, however small', () => {
  const answer = answerDistance(iatg, { division: '1.2', functionId: 'D1', method: 'table' }, 500);
  expect(answer).toMatchObject({ ok: true });
  expect(answer.ok && answer.value).not.toHaveProperty('extrapolated');
});
