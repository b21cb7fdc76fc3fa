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

/**
 * Which date of a lot a change moves to a later day, so that the lot counts for longer; null where none does. An end of life
 * that was not known and then is counts as later, a date of make that was not known does not: nothing was counted from it.
 * The end of life is the one that counts, by the shelf life of its nature too.
 */
export function laterDateOf(
  before: Pick<Lot, 'made' | 'lifeUntil'>,
  after: Pick<Lot, 'made' | 'lifeUntil'>,
  nature: Pick<LaterItemFacts, 'shelfLifeMonths'>,
): 'made' | 'lifeUntil' | null {
  const [was, is] = [lifeEndOf(before, nature).lifeUntil, lifeEndOf(after, nature).lifeUntil];
  if (is !== null && (was === null || is > was)) return after.lifeUntil === null ? 'made' : 'lifeUntil';
  return before.made !== null && after.made !== null && after.made > before.made ? 'made' : null;
}
