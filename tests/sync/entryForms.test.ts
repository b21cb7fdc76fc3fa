import { expect, test } from 'vitest';
import { keyText } from '../../electron/data/projections/store.ts';
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

test('moments are those of a calendar, and amounts those whose sums stay whole', () => {
  const movement = ENTRY_EXAMPLES['movement.posted'];
  for (const more of [{ happenedAtMs: 2 ** 53 - 1 }, { happenedAtMs: -1e15 }, { quantity: 0 }, { quantity: 1e13 }])
    expect([more, hasItsForm('movement.posted', 1, { ...movement, ...more })]).toEqual([more, false]);
  const lot = ENTRY_EXAMPLES['lot.put'];
  for (const made of ['2026-02-30', '2026-2-3', '']) expect([made, hasItsForm('lot.put', 1, { ...lot, made })]).toEqual([made, false]);
});

test('codes are single lines that a screen can show, and two keys are never one', () => {
  const movement = ENTRY_EXAMPLES['movement.posted'];
  for (const member of ['id', 'lotId', 'from', 'to', 'condition', 'owner', 'holder', 'consignment'] as const)
    for (const code of ['P\nA', 'P\u001b[2J', 'P'.repeat(401)])
      expect([member, code, hasItsForm('movement.posted', 1, { ...movement, [member]: code })]).toEqual([member, code, false]);
  const holding = { site: 'S', place: 'P', lotId: 'L', condition: 'A', owner: 'O', holder: 'H' };
  const keys = [
    { ...holding, place: 'P\nA', lotId: 'B' },
    { ...holding, place: 'P', lotId: 'A\nB' },
    { ...holding, place: 'P\\nA', lotId: 'B' },
  ].map((row) => keyText('holding', row));
  expect(new Set(keys).size).toBe(3);
});
