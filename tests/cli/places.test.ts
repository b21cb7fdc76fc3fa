// Goal: a place that is not known by its word counts as the worst, and the answer says so.
import { expect, test } from 'vitest';
import { readArguments } from '../../electron/cli/arguments.ts';
import { maxNeq, required } from '../../electron/cli/distanceCommands.ts';
import { nearestFirst } from '../../shared/lib/nearWords.ts';
import { assumedPlaces } from '../../shared/rules/distance/placeWords.ts';
import { iatg } from '../rules/support.ts';

const OPTIONS = ['hd', 'neq-kg', 'pes', 'es', 'distance-m'];
const ask = (...args: string[]) => readArguments(['required', '--hd', '1.1', '--neq-kg', '1000', ...args], OPTIONS);
const noteOf = (json: unknown): string | undefined => (json as { note?: string }).note;

test('a known pair is answered without a note', () => {
  const { json, notes } = required(ask('--pes', 'P2', '--es', 'IBD'), iatg);
  expect(json).not.toHaveProperty('note');
  expect(notes).toEqual([]);
});

test('an unknown word keeps the worst figure and says what was assumed, near words first', () => {
  const { json, notes } = required(ask('--pes', 'P2', '--es', 'ibdx'), iatg);
  expect(json).toMatchObject({ distanceM: 450, es: 'VBD' });
  expect(notes).toHaveLength(1);
  expect(noteOf(json)).toBe(notes?.[0]);
  expect(noteOf(json)).toMatch(/--es: “ibdx” is not known, so the worst place is assumed\. Known, the nearest first: IBD, VBD, /);
});

test('so do several quantities, the inverse, and a place of which nothing was said', () => {
  const several = required(readArguments(['required', '--hd', '1.1', '--neq-kg', '1000,2000', '--pes', 'P2'], OPTIONS), iatg);
  expect(several.json).toMatchObject({ results: [{ distanceM: 450 }, {}], note: expect.stringContaining('--es is not given') });
  const inverse = maxNeq(readArguments(['max-neq', '--hd', '1.1', '--distance-m', '610', '--pes', 'p9', '--es', 'IBD'], OPTIONS), iatg);
  expect(noteOf(inverse.json)).toContain('the nearest first: P9, ');
});

test('rows that only a berth has are known of a berth alone', () => {
  const sidesOf = (pes: string) => assumedPlaces(iatg.distances, { pes, es: 'CANTEEN_LT50' }).map(({ side }) => side);
  expect([sidesOf('berth'), sidesOf('P2')]).toEqual([[], ['es']]);
});

test('near words come first, capitals or not, and the others in their order', () => {
  expect(nearestFirst('hevy', ['open', 'light', 'heavy'])).toEqual(['heavy', 'open', 'light']);
  expect(nearestFirst('p1', ['P10', 'P1', 'P2'])).toEqual(['P1', 'P10', 'P2']);
  expect(nearestFirst('', ['b', 'a'])).toEqual(['b', 'a']);
});
