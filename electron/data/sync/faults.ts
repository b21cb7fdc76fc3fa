import { Refused, refusalOf } from '../refused.ts';
import { BundleRefused } from './format.ts';

const DETAIL_MAX = 200;

/**
 * Why nothing of a bundle was taken in. What the disk or the rights on it stop (full, read-only, gone) is thrown as it is: the
 * bundle has nothing to do with it, and the file lies where it lay. Anything else that was not foreseen is a fault of this
 * program; it says nothing against the bundle, which is kept for a later try and a later version.
 */
export function refusalOfBundle(cause: unknown): BundleRefused {
  if (cause instanceof BundleRefused) return cause;
  // What a service refuses is not the disk: it was asked for something by an entry that nobody foresaw.
  if (!(cause instanceof Refused) && refusalOf(cause) !== null) throw cause;
  const detail = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new BundleRefused('E_FAULT', `this program failed on it (${detail.slice(0, DETAIL_MAX)})`);
}

/** The tables refuse what cannot be, such as one movement twice in a journal: its device signed nonsense. */
export const saysWhatCannotBe = (cause: unknown): boolean =>
  String((cause as { code?: unknown } | null)?.code).startsWith('SQLITE_CONSTRAINT');
