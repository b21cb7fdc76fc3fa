import { addMonths } from '../lib/calendar.ts';
import type { LaterItemFacts, Lot } from './model.ts';

/** The last day of safe life, inclusive, and where it comes from: null months where the lot itself says it, or nobody does. */
export type LifeEnd = Readonly<{ lifeUntil: string | null; shelfLifeMonths: number | null }>;

/**
 * The lot's own date where it has one; else the shelf life of its nature from the date of make, ending on the last day of a
 * month that is too short, so never later. Where one of the two is not known, the end of life is not known.
 */
export function lifeEndOf(
  { made, lifeUntil }: Pick<Lot, 'made' | 'lifeUntil'>,
  { shelfLifeMonths }: Pick<LaterItemFacts, 'shelfLifeMonths'>,
): LifeEnd {
  if (lifeUntil !== null || made === null || shelfLifeMonths === null) return { lifeUntil, shelfLifeMonths: null };
  return { lifeUntil: addMonths(made, shelfLifeMonths), shelfLifeMonths };
}
