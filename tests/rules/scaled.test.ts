// Goal: scaled distance both ways, the safe side of a wanted overpressure, and no answer outside the formula.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import kingeryBulmash from '../../resources/blast/kingery-bulmash.json' with { type: 'json' };
import { invariant } from '../../shared/lib/result.ts';
import { blastAt, distanceOfScaled } from '../../shared/rules/blast/blast.ts';
import { readBlast } from '../../shared/rules/blast/readBlast.ts';
import { scaledFor } from '../../shared/rules/blast/scaled.ts';

const read = readBlast(kingeryBulmash);
invariant(read.ok, read.ok ? '' : read.error.join('\n'));
const book = read.value;

test('the range is that of the overpressure', () => {
  expect(scaledFor(book, 1_000, { kind: 'distanceM', value: 50 })).toMatchObject({ fromZ: 0.2, toZ: 198.5 });
});

test.each<[number, 'distanceM' | 'scaled', number, number, number, boolean]>([
  [1_000, 'distanceM', 50, 5, 50, true],
  [1_000, 'scaled', 22.2, 22.2, 222, true],
  [2_000, 'scaled', 22.2, 22.2, 280, true],
  [1_000, 'distanceM', 1, 0.1, 1, false],
  [1, 'distanceM', 199, 199, 199, false],
])('%d kg, %s %d: Z %d at %d m', (neqKg, kind, value, z, distanceM, isValid) => {
  const found = scaledFor(book, neqKg, { kind, value });
  expect(found).toMatchObject({ distanceM, isValid, source: 'Swisdak 1994 metric coefficients', status: 'unverified' });
  expect(found?.scaledDistance).toBeCloseTo(z, 1);
  expect(found?.incidentKPa === null).toBe(!isValid);
});

test('the distance of a wanted overpressure is whole metres, and one metre less has more', () => {
  const neq = fc.integer({ min: 100, max: 500_000 });
  fc.assert(
    fc.property(neq, fc.double({ min: 0.5, max: 800, noNaN: true }), (neqKg, kPa) => {
      const found = scaledFor(book, neqKg, { kind: 'incidentKPa', value: kPa });
      if (found === null || !found.isValid) return;
      expect(Number.isInteger(found.distanceM)).toBe(true);
      for (const further of [0, 1, 5, 50]) {
        const there = blastAt(book, neqKg, found.distanceM + further).incidentKPa;
        expect(there === null || there <= kPa * (1 + 1e-6)).toBe(true);
      }
      const nearer = blastAt(book, neqKg, found.distanceM - 1).incidentKPa;
      const step = Math.abs((nearer ?? Number.POSITIVE_INFINITY) / kPa - 1);
      expect((nearer ?? Number.POSITIVE_INFINITY) > kPa * (1 - 1e-6) || step < 0.02).toBe(true);
    }),
  );
});

const STEPS_PER_M = 20;
/** The plain way: from the end of the range inwards in small steps, as long as nothing there is above the pressure. */
function leastMetre(neqKg: number, kPa: number): number {
  let step = Math.floor(distanceOfScaled(neqKg, 198.5) * STEPS_PER_M);
  while ((blastAt(book, neqKg, step / STEPS_PER_M).incidentKPa ?? Number.POSITIVE_INFINITY) <= kPa) step--;
  return Math.ceil((step + 1) / STEPS_PER_M);
}

// Where two fits meet, the pressure steps up by 0.03 kPa: 4.9 to 4.93 are reached on both sides of the step.
test.each([1, 30, 900, 9_001])('%d kg: the distance of a pressure is the one that a walk from far off finds', (neqKg) => {
  for (const kPa of [1, 2.5, 4.897, 4.9, 4.905, 4.91, 4.92, 4.925, 5, 9, 16, 21, 48, 70, 180, 700])
    expect([kPa, scaledFor(book, neqKg, { kind: 'incidentKPa', value: kPa })?.distanceM]).toEqual([kPa, leastMetre(neqKg, kPa)]);
});

test('the pressures at both ends of the range are still answered, and what lies beyond is not', () => {
  const far = blastAt(book, 1, 198.5).incidentKPa ?? 0;
  const ask = (value: number) => scaledFor(book, 1, { kind: 'incidentKPa', value });
  expect(ask(far)?.distanceM).toBe(199);
  expect(ask(far * 0.999_999)).toBeNull();
  const near = blastAt(book, 1, 0.2).incidentKPa ?? 0;
  expect(ask(near)?.distanceM).toBe(1);
  expect(ask(near * 1.000_001)).toBeNull();
});

test('a pressure that the formula does not reach has no distance', () => {
  for (const value of [1e6, 0.01]) expect(scaledFor(book, 1_000, { kind: 'incidentKPa', value })).toBeNull();
});

test('more NEQ never shortens the distance of a pressure, and a lower pressure never either', () => {
  const distance = (neqKg: number, value: number) => scaledFor(book, neqKg, { kind: 'incidentKPa', value })?.distanceM ?? Number.NaN;
  for (const kPa of [2, 5, 9, 16, 21, 70, 180]) {
    let last = 0;
    for (let neqKg = 10; neqKg < 1e6; neqKg *= 2) {
      expect(distance(neqKg, kPa)).toBeGreaterThanOrEqual(last);
      last = distance(neqKg, kPa);
      expect(distance(neqKg, kPa * 1.1)).toBeLessThanOrEqual(last);
    }
  }
});

test('130 kPa, far too low for what one document says of it, is in no band of people; every band has a source', () => {
  const people = book.bands.filter(({ target }) => target === 'people');
  expect(people.map(({ fromPa }) => fromPa)).not.toContain(130_000);
  expect(people.filter(({ words }) => /lung|death|dead|kill/i.test(words))).toEqual([]);
  for (const target of ['window', 'structure', 'people'] as const)
    expect(book.bands.filter((band) => band.target === target && band.source !== '').length).toBeGreaterThan(2);
});
