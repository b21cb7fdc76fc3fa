// Goal: the blast is Kingery-Bulmash by Swisdak's polynomials, and says where it does not hold. Method: rows of the
// printed table (ADA526744, 1994) at unit charge, and how each figure grows with the charge.
import { describe, expect, test } from 'vitest';
import kingeryBulmash from '../../resources/blast/kingery-bulmash.json' with { type: 'json' };
import { type BlastBook, type BlastFigure, blastAt, distanceOfScaled, effectsOf, scaledDistance } from '../../shared/rules/blast/blast.ts';
import { readBlast } from '../../shared/rules/blast/readBlast.ts';

const book = ((): BlastBook => {
  const read = readBlast(kingeryBulmash);
  if (!read.ok) throw new Error(read.error.join('\n'));
  return read.value;
})();
type Json = typeof kingeryBulmash;
const problems = (spoil: (json: Json) => void): string => {
  const copy = structuredClone(kingeryBulmash);
  spoil(copy);
  const read = readBlast(copy);
  return read.ok ? '' : read.error.join('\n');
};

describe('at unit charge', () => {
  test.each<[number, Partial<Record<BlastFigure, number>>]>([
    [
      0.5,
      {
        arrivalMs: 0.143,
        incidentKPa: 4888,
        reflectedKPa: 39422,
        incidentImpulseKPaMs: 166.2,
        reflectedImpulseKPaMs: 2371,
        shockVelocityMps: 2178,
      },
    ],
    [2.5, { incidentImpulseKPaMs: 107.5 }],
    [4.5, { reflectedKPa: 125.5 }],
    [5, { reflectedKPa: 100.9, reflectedImpulseKPaMs: 125.6 }],
    [14, { reflectedKPa: 19.84 }],
    [28, { incidentImpulseKPaMs: 11.41 }],
    [36, { reflectedImpulseKPaMs: 15.49 }],
  ])('%d m', (metres, expected) => {
    const blast = blastAt(book, 1, metres);
    for (const [figure, value] of Object.entries(expected))
      expect(Math.abs((blast[figure as BlastFigure] as number) / value - 1), figure).toBeLessThan(0.01);
  });
  test.each([
    [100, 0.654],
    [120, 0.506],
    [130, 0.452],
    [140, 0.408],
  ])('%d m: the pressure alone, and it says so', (metres, incidentKPa) => {
    const blast = blastAt(book, 1, metres);
    expect(Math.abs((blast.incidentKPa as number) / incidentKPa - 1)).toBeLessThan(0.01);
    expect([blast.valid, blast.reflectedKPa]).toEqual([false, null]);
  });
  test('is valid from 0.2 to 33.7 in every figure, and in none beyond its own range', () => {
    expect([blastAt(book, 1, 0.2).valid, blastAt(book, 1, 20).valid, blastAt(book, 1, 0.19).valid]).toEqual([true, true, false]);
    expect([blastAt(book, 1, 198.5).incidentKPa, blastAt(book, 1, 198.6).incidentKPa]).toEqual([expect.any(Number), null]);
  });
});

test('pressures and velocities hold at equal scaled distance; times and impulses grow with the cube root', () => {
  const [one, thousand] = [blastAt(book, 1, 5), blastAt(book, 1_000, 50)];
  for (const figure of ['incidentKPa', 'reflectedKPa', 'shockVelocityMps'] as const)
    expect(thousand[figure]).toBeCloseTo(one[figure] as number, 6);
  for (const figure of ['arrivalMs', 'durationMs', 'incidentImpulseKPaMs', 'reflectedImpulseKPaMs'] as const)
    expect(thousand[figure]).toBeCloseTo((one[figure] as number) * 10, 6);
});

test('the published examples: 1 000, 10 000 and 100 000 kg at 50 m give 0.43, 2.02 and 11.5 bar', () => {
  const bar = (neqKg: number) => (blastAt(book, neqKg, 50).incidentKPa as number) / 100;
  expect(bar(1_000)).toBeCloseTo(0.43, 2);
  expect(bar(10_000)).toBeCloseTo(2.02, 1);
  expect(bar(100_000)).toBeCloseTo(11.5, 0);
});

test('a scaled distance and its distance are each other', () => {
  expect(scaledDistance(1_000, 50)).toBeCloseTo(5, 9);
  expect(distanceOfScaled(1_000, 5)).toBeCloseTo(50, 9);
});

describe('effects', () => {
  const at = (neqKg: number, metres: number) => effectsOf(book, blastAt(book, neqKg, metres)).map((band) => band.id);
  test('are the worst band of each target that the pressure reaches', () => {
    expect(at(1, 14.8)).toEqual(['blast.band.window.5.0', 'blast.band.structure.5.0', 'blast.band.people.2.0']);
    expect(at(1, 3)).toEqual(['blast.band.window.5.0', 'blast.band.structure.70.0', 'blast.band.people.105.0']);
  });
  test('are none far away, and the worst nearer than the fit', () => {
    expect(at(1, 190)).toEqual([]);
    expect(at(1_000, 1)).toEqual(['blast.band.window.5.0', 'blast.band.structure.180.0', 'blast.band.people.105.0']);
  });
});

describe('the data is refused', () => {
  test.each<[string, (json: Json) => void, RegExp]>([
    ['without a figure', (json) => void json.figures.pop(), /figures: no row for shockVelocityMps/],
    ['with a gap between two ranges', (json) => void Object.assign(json.figures[1]?.ranges[1] ?? {}, { fromZ: 3 }), /without a gap/],
    ['without a range', (json) => void Object.assign(json.figures[0] ?? {}, { ranges: [] }), /without a gap/],
    [
      'with a range that has no end',
      (json) => void Object.assign(json.figures[0]?.ranges[0] ?? {}, { toZ: 'far' }),
      /toZ: a number is missing/,
    ],
    ['with one coefficient', (json) => void Object.assign(json.figures[0]?.ranges[0] ?? {}, { coefficients: [1] }), /two or more/],
    ['that calls an unread row verified', (json) => void Object.assign(json.figures[0] ?? {}, { status: 'verified' }), /verified, but/],
    ['with a section that nobody reads', (json) => void Object.assign(json, { extra: 1 }), /extra: not a known field/],
  ])('%s', (_name, spoil, message) => {
    expect(problems(spoil)).toMatch(message);
  });
});
