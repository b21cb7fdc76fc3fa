import { expect, test } from 'vitest';
import { compareValues, rowOf } from './arraySource.ts';

test('numbers within codes count as numbers, and unknown stands last either way', () => {
  const codes = ['S10', null, 'S2', 'S1'];
  const sorted = (isDescending: boolean) => codes.toSorted((a, b) => compareValues(a, b, isDescending));
  expect(sorted(false)).toEqual(['S1', 'S2', 'S10', null]);
  expect(sorted(true)).toEqual(['S10', 'S2', 'S1', null]);
  expect([3, 20, 100].toSorted((a, b) => compareValues(a, b, true))).toEqual([100, 20, 3]);
});

test('a list starts at the row that is wanted, and at its top where it is not there or has not arrived', () => {
  const rows = ['a', undefined, 'c'];
  const source = { count: rows.length, at: (index: number) => rows[index] };
  expect(rowOf(source, (row) => row === 'c')).toBe(2);
  expect(rowOf(source, (row) => row === 'x')).toBe(0);
});
