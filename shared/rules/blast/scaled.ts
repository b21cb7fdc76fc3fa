/** Scaled distance both ways: Z = R / Q^⅓ (Hopkinson and Cranz), and the distance at which a blast has fallen to a pressure. */
import type { RowStatus } from '../pack.ts';
import { type BlastBook, blastAt, distanceOfScaled, scaledDistance } from './blast.ts';

/** What is wanted of an NEQ: the scaled distance of a distance, or the distance of a scaled distance or an overpressure. */
export type ScaledAsk = Readonly<{ kind: 'distanceM' | 'scaled' | 'incidentKPa'; value: number }>;
export type Scaled = Readonly<{
  scaledDistance: number;
  /** Metres: as it was asked, else rounded up to the metre. */
  distanceM: number;
  /** Peak side-on overpressure at `distanceM`; null outside the range of its fit. */
  incidentKPa: number | null;
  /** Whether Z lies in the range of the fit of the overpressure. */
  isValid: boolean;
  fromZ: number;
  toZ: number;
  source: string;
  status: RowStatus;
}>;

const HALVINGS = 60;

/** The range of Z over which the overpressure is known. */
function scaledRange({ figures }: BlastBook): Readonly<{ fromZ: number; toZ: number }> {
  const { ranges } = figures.incidentKPa;
  return { fromZ: ranges[0]?.fromZ ?? 0, toZ: ranges.at(-1)?.toZ ?? 0 };
}

/**
 * The least Z from which on the overpressure stays at or below a value. The fits meet with a small step, so the answer is
 * found by halving on the worst that lies at or beyond a distance; null where the value is outside the range.
 */
function scaledOfPressure(book: BlastBook, kPa: number): number | null {
  const { fromZ, toZ } = scaledRange(book);
  const pressureAt = (z: number): number => blastAt(book, 1, z).incidentKPa ?? Number.POSITIVE_INFINITY;
  const { ranges } = book.figures.incidentKPa;
  /** Every fit falls, so the worst beyond Z is at Z or at the beginning of a later fit. */
  const worstFrom = (z: number): number =>
    Math.max(pressureAt(z), ...ranges.filter((range) => range.fromZ > z).map(({ fromZ: at }) => valueAtStart(book, at)));
  if (kPa > worstFrom(fromZ) || kPa < pressureAt(toZ)) return null;
  let [near, far] = [fromZ, toZ];
  if (worstFrom(near) <= kPa) return near;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (near + far) / 2;
    if (worstFrom(middle) <= kPa) far = middle;
    else near = middle;
  }
  return far;
}

/** A hair beyond the beginning of a fit, so that the fit before it does not answer. */
const valueAtStart = (book: BlastBook, z: number): number => blastAt(book, 1, z * (1 + 1e-12)).incidentKPa ?? 0;

/** The sixth decimal absorbs what a cube root adds to a whole number. */
const roundedUp = (metres: number): number => Math.ceil(Number(metres.toFixed(6)));

/**
 * NEQ and value above zero. Distances are rounded up to the metre: further away is the safe side; Z and the overpressure
 * are those at the rounded distance.
 *
 * @returns null where no distance in the range of the fit has the wanted overpressure.
 * @source Swisdak 1994; a figure of physics, not a distance to keep.
 */
export function scaledFor(book: BlastBook, neqKg: number, { kind, value }: ScaledAsk): Scaled | null {
  const scaled = kind === 'incidentKPa' ? scaledOfPressure(book, value) : value;
  if (scaled === null) return null;
  const distanceM = kind === 'distanceM' ? value : roundedUp(distanceOfScaled(neqKg, scaled));
  const { incidentKPa } = blastAt(book, neqKg, distanceM);
  const { source, status } = book.figures.incidentKPa;
  return {
    scaledDistance: scaledDistance(neqKg, distanceM),
    distanceM,
    incidentKPa,
    isValid: incidentKPa !== null,
    ...scaledRange(book),
    source,
    status,
  };
}
