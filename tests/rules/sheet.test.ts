// Goal: the sheet of a storehouse counts what lies there and nothing that is gone, and does not depend on the order of its rows.
import { expect, test } from 'vitest';
import storehouseJson from '../../resources/storehouse/rules.json' with { type: 'json' };
import { invariant } from '../../shared/lib/result.ts';
import type { StorehouseBook, WithdrawalRow } from '../../shared/rules/storehouse/book.ts';
import { readStorehouse } from '../../shared/rules/storehouse/readStorehouse.ts';
import { storehouseSheet, symbolsFor, withdrawalFor } from '../../shared/rules/storehouse/sheet.ts';
import { aastp, aLine, aStore } from './support.ts';

const read = readStorehouse(storehouseJson);
invariant(read.ok, read.ok ? '' : read.error.join('\n'));
const book: StorehouseBook = read.value;

test('one piece is stock, and none is not', () => {
  const one = aLine({ item: 'ONE', hazardCode: '1.3C' }, 'S1', 1);
  const unknown = aLine({ item: 'GONE', hazardCode: null, neqG: null, massG: null }, 'S1', 0);
  expect(symbolsFor([one, unknown], aastp, book)).toMatchObject({ fire: { fireDivision: 3 }, assumed: [] });
  const sheet = storehouseSheet(aStore([one, unknown]), null, aastp, book);
  expect(sheet).toMatchObject({ withdrawal: { distanceM: 120 }, floor: { massG: 4_200, unknownMass: [] } });
  expect(storehouseSheet(aStore([unknown]), null, aastp, book).withdrawal).toBeNull();
});

test('of several distances the greatest holds, by the first row that asks for it', () => {
  expect(withdrawalFor([{ division: '1.1', neqG: null }], book)).toMatchObject({
    distanceM: 1_300,
    row: { id: 'store.withdrawal.1.1.medium' },
  });
  const turned = { ...book, withdrawal: book.withdrawal.toReversed() };
  for (const by of [book, turned]) {
    const of = (neqG: number) => withdrawalFor([{ division: '1.1', neqG }], by)?.row.id;
    expect([of(1), of(7_000_001), of(25_000_001)]).toEqual([
      'store.withdrawal.1.1.small',
      'store.withdrawal.1.1.medium',
      'store.withdrawal.1.1.large',
    ]);
  }
});

test('an unknown quantity makes no distance of its own', () => {
  const [row] = book.withdrawal.filter(({ division }) => division === '1.2') as [WithdrawalRow];
  const scaled = { ...book, withdrawal: [{ ...row, distanceMinM: 0, scaledCm: 4_440 }] };
  expect(withdrawalFor([{ division: '1.2', neqG: null }], scaled)?.distanceM).toBe(0);
  expect(withdrawalFor([{ division: '1.2', neqG: 1_000 }], scaled)?.distanceM).toBe(45);
});
