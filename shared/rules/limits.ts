/** The explosives limit of a storehouse: what lies in it, added up by the pack, against the licence of each division. */
import type { LicenceDivision } from '../domain/model.ts';
import { type AggregatedCase, casesOfStore, doubtAboutOneExplosion, weigh } from './aggregation.ts';
import { assumedNeqG, type Contribution, contributionsOf, type LeftOut } from './contributions.ts';
import type { StoreFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import type { RulePack } from './pack.ts';
import { findingFrom } from './ruleFinding.ts';

/** Kilograms with at most three decimals, rounded up: for what is there. */
export const neqKgOf = (grams: number): number => Math.ceil(grams) / 1000;
/** Kilograms with at most three decimals, rounded down: for what is allowed. */
export const limitKgOf = (grams: number): number => Math.floor(grams) / 1000;
/** Grams of kilograms that somebody typed, rounded down: what is allowed never grows by rounding. */
export const limitGOf = (kilograms: number): number => Math.floor(Math.round(kilograms * 1e6) / 1e3);

/** Whether a store can have several findings of this rule, one for each division: `facts.division` tells them apart. */
export const isPerDivision = (rule: string): boolean => rule === 'limit.exceeded' || rule === 'limit.unlicensed';

/**
 * Findings `limit.*`, one for each division: over the limit, or no limit set (which is neither zero nor unlimited). A limit
 * whose licence lost what it rests on counts as none.
 * Bays count in their store, and all stock counts whatever its condition. Every division that is present is held against
 * its own limit too, 1.4 among them: else stock of 1.1 brought in would licence the 1.3 that lies there.
 * Stock of which neither NEQ nor mass is known is `limit.indeterminate`, with the NEQ of all the rest as `neqKg`.
 *
 * What is left out of the NEQ, and what stands in for 1.6N, is in the facts of the finding.
 *
 * @source rows `limit.case.*` for the sum, `limit.exclusion.*` for what does not count; an unknown code counts as 1.1.
 */
export function checkLimits(store: StoreFacts, pack: RulePack): readonly Finding[] {
  const contributions = contributionsOf(store, pack);
  const cases = greatestOfDivisions(casesOfStore(contributions, pack));
  const findings = cases.flatMap((found) => judgeCase(found, store, pack));
  const indeterminate = store.lines.filter(({ item, quantity }) => quantity > 0 && assumedNeqG(item) === null);
  if (indeterminate.length > 0) {
    const row = pack.rules['limit.indeterminate'];
    // The known part stands in the finding, so that whatever is put to it makes the finding worse and is stopped too.
    const numbers = { neqKg: neqKgOf(contributions.reduce((sum, { neqG }) => sum + neqG, 0)) };
    const subjects = indeterminate.map(({ item }) => item.item);
    findings.push(findingFrom(row, { says: row.id, severity: 'stop', place: store.store, subjects, numbers }));
  }
  return [...findings, ...doubtOf(contributions, store.store, pack)];
}

/** A licence names divisions and no sub-divisions: of several cases of one the greatest counts. */
function greatestOfDivisions(cases: readonly AggregatedCase[]): readonly AggregatedCase[] {
  const byDivision = new Map<LicenceDivision, AggregatedCase>();
  for (const found of cases) {
    const known = byDivision.get(found.division);
    if (known === undefined || weigh(found, known) > 0) byDivision.set(found.division, found);
  }
  return [...byDivision.values()];
}

/** Where it is not known whether 1.2 and 1.3 explode as one, a person is asked to look at the natures that leave it open. */
function doubtOf(contributions: readonly Contribution[], place: string, pack: RulePack): readonly Finding[] {
  const doubt = doubtAboutOneExplosion(contributions, pack);
  if (doubt === null) return [];
  const { row, subjects, neqG } = doubt;
  return [findingFrom(row, { says: 'limit.reactsAsOne', severity: 'warn', place, subjects, numbers: { neqKg: neqKgOf(neqG) } })];
}

type CountedBy = Readonly<{ numbers: Readonly<Record<string, number>>; facts: Readonly<Record<string, string>> }>;

/**
 * How the NEQ of a case was counted, for whoever adds it up by hand: what of which nature was left out by which row, and
 * the row that lets 1.6N count as something else. Empty where everything counts as it is.
 */
export function countedBy({ leftOut, insensitive }: Pick<AggregatedCase, 'leftOut' | 'insensitive'>): CountedBy {
  const facts: CountedBy['facts'] = insensitive === null ? {} : { insensitive: insensitive.id };
  if (leftOut.length === 0) return { numbers: {}, facts };
  const numbers = { leftOutKg: limitKgOf(leftOut.reduce((sum, { neqG }) => sum + neqG, 0)) };
  return { numbers, facts: { ...facts, leftOut: wordsOf(leftOut) } };
}

/** `WP-155 412.5 kg (limit.exclusion.filling)`, sorted. */
function wordsOf(leftOut: readonly LeftOut[]): string {
  const sums = new Map<string, Readonly<{ subject: string; id: string; neqG: number }>>();
  for (const { subject, row, neqG } of leftOut) {
    const key = `${subject} ${row.id}`;
    sums.set(key, { subject, id: row.id, neqG: neqG + (sums.get(key)?.neqG ?? 0) });
  }
  const parts = [...sums.values()].map(({ subject, id, neqG }) => `${subject} ${limitKgOf(neqG)} kg (${id})`);
  return parts.sort().join('; ');
}

function judgeCase(found: AggregatedCase, { store, limitsG, lapsed = {} }: StoreFacts, pack: RulePack): readonly Finding[] {
  const lost = lapsed[found.division];
  const limitG = lost === undefined ? limitsG[found.division] : undefined;
  const counted = countedBy(found);
  const facts = { division: found.division, case: found.row.id, ...counted.facts };
  if (lost !== undefined) {
    const told = { ...facts, licence: lost.licence, conditions: lost.conditions.join('; ') };
    return [unlicensed(found, { store, says: 'limit.lapsed', facts: told }, pack)];
  }
  if (limitG === undefined) return [unlicensed(found, { store, says: 'limit.unlicensed', facts }, pack)];
  if (found.neqG <= limitG) return [];
  const numbers = { neqKg: neqKgOf(found.neqG), limitKg: limitKgOf(limitG), ...counted.numbers };
  return [
    findingFrom(found.row, {
      rule: 'limit.exceeded',
      says: 'limit.exceeded',
      severity: 'stop',
      place: store,
      subjects: found.subjects,
      numbers,
      facts,
    }),
  ];
}

type Unlicensed = Readonly<{ store: string; says: string; facts: Readonly<Record<string, string>> }>;
function unlicensed(found: AggregatedCase, { store, says, facts }: Unlicensed, pack: RulePack): Finding {
  const row = pack.rules['limit.unlicensed'];
  const numbers = { neqKg: neqKgOf(found.neqG), ...countedBy(found).numbers };
  return findingFrom(row, { says, severity: 'stop', place: store, subjects: found.subjects, numbers, facts });
}
