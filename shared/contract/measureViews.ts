/** What the procedures on surveys and on the blast calculator answer. Millimetres, metres, kilopascals as the names say. */
import type { StoreSurvey } from '../domain/surveillance.ts';
import type { Scaled } from '../rules/blast/scaled.ts';
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

/** One point of the blast of a surface burst: what was asked and what follows from it. The overpressure is rounded up to the tenth. */
export type ScaledView = Scaled & Readonly<{ neqKg: number }>;
