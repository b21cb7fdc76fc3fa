/** What the procedures on surveys and on the blast calculator answer. Millimetres, metres, kilopascals as the names say. */
import type { StoreSurvey } from '../domain/surveillance.ts';
import type { RowStatus } from '../rules/pack.ts';
import type { JudgedMeasure } from '../rules/storehouse/measures.ts';

/** A storehouse or one of its bays, what was measured there and which rows that was held against. */
export type MeasuredPlaceView = Readonly<{
  place: string;
  name: string;
  /** The latest; null where nobody measured. */
  survey: StoreSurvey | null;
  /** The day by which the oldest of what is asked for is measured again; null where there is no survey or no interval. */
  dueOn: string | null;
  isOld: boolean;
  rows: readonly JudgedMeasure[];
  /** Before the latest, the latest first. */
  earlier: readonly StoreSurvey[];
}>;
/** The storehouse first, then its bays by code. */
export type MeasuresView = Readonly<{ places: readonly MeasuredPlaceView[] }>;

/** One point of the blast of a surface burst: what was asked and what follows from it. */
export type ScaledView = Readonly<{
  neqKg: number;
  /** Metres for each cube root of a kilogram. */
  scaledDistance: number;
  /** Whole metres, rounded up, where the distance is the answer; else as it was asked. */
  distanceM: number;
  /** Rounded up to the tenth; null outside the range of the formula. */
  incidentKPa: number | null;
  isValid: boolean;
  /** The range of the fit of the overpressure. */
  fromZ: number;
  toZ: number;
  source: string;
  status: RowStatus;
}>;
