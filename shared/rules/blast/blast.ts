/**
 * The blast of an explosion on the ground, and what it does. Kingery-Bulmash for a hemispherical surface burst of TNT at
 * sea level, by the polynomials of Swisdak: ln y = Σ cᵢ (ln Z)ⁱ, with Z the distance in metres over the cube root of
 * the NEQ in kilograms. A figure of physics, not a distance to keep: fragments and debris reach further.
 */
import type { RuleRow } from '../pack.ts';

export const blastFigures = [
  'arrivalMs',
  'incidentKPa',
  'reflectedKPa',
  'durationMs',
  'incidentImpulseKPaMs',
  'reflectedImpulseKPaMs',
  'shockVelocityMps',
] as const;
export type BlastFigure = (typeof blastFigures)[number];

type Range = Readonly<{ fromZ: number; toZ: number; coefficients: readonly number[] }>;
export type FigureRow = RuleRow &
  Readonly<{
    figure: BlastFigure;
    /** Times and impulses grow with the cube root of the NEQ; pressures and velocities do not. */
    scaling: 'cubeRoot' | 'none';
    /** From the unit of the fit to that of the figure. */
    times: number;
    ranges: readonly Range[];
  }>;
export type EffectTarget = 'window' | 'structure' | 'people';
export type EffectBand = RuleRow & Readonly<{ target: EffectTarget; fromPa: number; words: string }>;
export type BlastBook = Readonly<{ figures: Readonly<Record<BlastFigure, FigureRow>>; bands: readonly EffectBand[] }>;

/** Each figure, or null outside the range of its fit. */
export type Blast = Readonly<Record<BlastFigure, number | null>> &
  Readonly<{
    /** Metres over the cube root of kilograms. */
    scaledDistance: number;
    /** Whether every figure is inside the range of its fit. */
    valid: boolean;
  }>;

export const scaledDistance = (neqKg: number, distanceM: number): number => distanceM / Math.cbrt(neqKg);
export const distanceOfScaled = (neqKg: number, scaled: number): number => scaled * Math.cbrt(neqKg);

function figureAt({ ranges, scaling, times }: FigureRow, neqKg: number, scaled: number): number | null {
  const range = ranges.find(({ fromZ, toZ }) => scaled >= fromZ && scaled <= toZ);
  if (range === undefined) return null;
  const log = Math.log(scaled);
  const value = Math.exp(range.coefficients.reduceRight((sum, coefficient) => sum * log + coefficient, 0));
  return value * times * (scaling === 'cubeRoot' ? Math.cbrt(neqKg) : 1);
}

/** NEQ and distance above zero. @source Swisdak 1994 */
export function blastAt(book: BlastBook, neqKg: number, distanceM: number): Blast {
  const scaled = scaledDistance(neqKg, distanceM);
  const figures = Object.fromEntries(blastFigures.map((figure) => [figure, figureAt(book.figures[figure], neqKg, scaled)])) as Record<
    BlastFigure,
    number | null
  >;
  return { ...figures, scaledDistance: scaled, valid: blastFigures.every((figure) => figures[figure] !== null) };
}

/** The worst band of each target that a peak side-on pressure reaches. Beyond the near end of the fit: the worst there is. */
export function effectsOf(book: BlastBook, { incidentKPa, scaledDistance: scaled }: Blast): readonly EffectBand[] {
  const isNear = scaled < (book.figures.incidentKPa.ranges[0]?.fromZ ?? 0);
  const pressurePa = incidentKPa === null ? (isNear ? Number.POSITIVE_INFINITY : 0) : incidentKPa * 1000;
  return (['window', 'structure', 'people'] as const).flatMap((target) =>
    book.bands
      .filter((band) => band.target === target && band.fromPa <= pressurePa)
      .toSorted((a, b) => b.fromPa - a.fromPa)
      .slice(0, 1),
  );
}
