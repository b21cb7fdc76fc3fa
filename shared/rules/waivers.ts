/** What a waiver covers: one rule at one place, in one division where the rule has them, up to a quantity, until a day. */
import type { Finding } from './finding.ts';

/** A waiver in force on the day of the check. */
export type WaiverFacts = Readonly<{
  rule: string;
  place: string;
  division: string | null;
  until: string;
  /** Grams of what the rule counts; null covers any quantity (older waivers, and rules without one). */
  quantityMaxG: number | null;
}>;

export type WaivedQuantity = 'neq' | 'mass';
const QUANTITY_OF: Readonly<Record<string, WaivedQuantity>> = {
  'limit.exceeded': 'neq',
  'limit.unlicensed': 'neq',
  'limit.indeterminate': 'neq',
  'qd.tooNear': 'neq',
  'store.floorLoad': 'mass',
};

/** What a waiver of this rule is signed for; null where its findings have no quantity, so that a bound would say nothing. */
export const waivedQuantityOf = (rule: string): WaivedQuantity | null => QUANTITY_OF[rule] ?? null;

/** Kilograms of a finding as its waiver counts them; null where its rule has none, or it names none. */
export function waivedKgOf({ rule, numbers }: Pick<Finding, 'rule' | 'numbers'>): number | null {
  const counted = waivedQuantityOf(rule);
  return (counted === null ? null : counted === 'neq' ? numbers.neqKg : numbers.massKg) ?? null;
}

const isAbout = (finding: Finding, { rule, place, division }: WaiverFacts): boolean =>
  rule === finding.rule && place === finding.place && division === (finding.facts.division ?? null);

/** A quantity that is not known is beyond every bound. Kilograms of findings have whole grams, rounded up. */
function reachesTo(finding: Finding, { quantityMaxG }: WaiverFacts): boolean {
  if (quantityMaxG === null) return true;
  const kilograms = waivedKgOf(finding);
  return kilograms !== null && Math.round(kilograms * 1000) <= quantityMaxG;
}

export type Coverage<W extends WaiverFacts> = Readonly<{
  /** The waiver that lets it pass; of several the one that lasts longest. */
  by: W | null;
  /** Where none does: the greatest kilograms of a waiver that is about this finding, and too small for it. */
  tooSmallKg: number | null;
}>;

/** @param waivers In force on the day of the check. */
export function coverageOf<W extends WaiverFacts>(finding: Finding, waivers: readonly W[]): Coverage<W> {
  const about = waivers.filter((waiver) => isAbout(finding, waiver));
  const [by = null] = about.filter((waiver) => reachesTo(finding, waiver)).sort((a, b) => (a.until < b.until ? 1 : -1));
  const bounds = about.flatMap(({ quantityMaxG }) => quantityMaxG ?? []);
  return { by, tooSmallKg: by !== null || bounds.length === 0 ? null : Math.max(...bounds) / 1000 };
}

/** A finding that a waiver is too small for says so, beside its own quantity: `waiverKg` of NEQ, or `waiverMassKg`. */
export function withWaiverNamed<F extends Finding>(finding: F, tooSmallKg: number): F {
  const name = waivedQuantityOf(finding.rule) === 'mass' ? 'waiverMassKg' : 'waiverKg';
  return { ...finding, numbers: { ...finding.numbers, [name]: tooSmallKg } };
}
