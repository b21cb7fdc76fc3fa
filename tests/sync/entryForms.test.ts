import { expect, test } from 'vitest';
import { hasItsForm } from '../../electron/data/sync/entryForms.ts';
import { ENTRY_EXAMPLES } from '../support/entryExamples.ts';

const examples = Object.entries(ENTRY_EXAMPLES);

test.each(examples)('%s: what a program makes has its form, with members of a later program too', (type, data) => {
  expect(hasItsForm(type, 1, data)).toBe(true);
  expect(hasItsForm(type, 1, { ...data, more: 1 })).toBe(true);
});

test.each(examples)('%s: no member may be of another kind', (type, data) => {
  for (const name of Object.keys(data)) {
    expect([name, hasItsForm(type, 1, { ...data, [name]: [null] })]).toEqual([name, false]);
    expect([name, hasItsForm(type, 1, { ...data, [name]: { x: 1 } })]).toEqual([name, false]);
  }
});

test('nothing is said of types and versions that this program does not know', () => {
  expect([hasItsForm('kind.new', 1, []), hasItsForm('item.put', 2, null), hasItsForm('toString', 1, 0)]).toEqual([true, true, true]);
});
