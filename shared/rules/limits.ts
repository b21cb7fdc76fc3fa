/** The explosives limit of a storehouse: what lies in it, added up by the pack, against the licence of each division. */
import type { LicenceDivision } from '../domain/model.ts';
import type { AggregatedCase, Contribution } from './aggregation.ts';
import { aggregate } from './aggregation.ts';
import { classificationOf, licenceDivisionOf, subdivisionOf } from './classification.ts';
import type { ItemFacts, StoreFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import type { RulePack } from './pack.ts';
import { findingFrom } from './ruleFinding.ts';

/**
 * The NEQ that is counted for one unit of issue, in grams: its own, else the whole mass (there cannot be more explosive
 * than that), else null.
 */
export const assumedNeqG = (item: ItemFacts): number | null => item.neqG ?? item.massG;

/** Kilograms with at most three decimals, rounded up: for what is there. */
export const neqKgOf = (grams: number): number => Math.ceil(grams) / 1000;
/** Kilograms with at most three decimals, rounded down: for what is allowed. */
export const limitKgOf = (grams: number): number => Math.floor(grams) / 1000;

/** Whether a store can have several findings of this rule, one for each division: `facts.division` tells them apart. */
export const isPerDivision = (rule: string): boolean => rule === 'limit.exceeded' || rule === 'limit.unlicensed';

/**
 * Findings `limit.*`, one for each division: over the limit, or no limit set (which is neither zero nor unlimited).
 * Bays count in their store, and all stock counts whatever its condition. Every division that is present is held against
 * its own limit too, 1.4 among them: else stock of 1.1 brought in would licence the 1.3 that lies there.
 * Stock of which neither NEQ nor mass is known is `limit.indeterminate`, with the NEQ of all the rest as `neqKg`.
 *
 * @source rows `limit.case.*` for the sum; an unknown code counts as 1.1.
 */
export function checkLimits(store: StoreFacts, pack: RulePack): readonly Finding[] {
  const lines = store.lines.filter((line) => line.quantity > 0);
  const contributions = lines.map(({ item, quantity }) => contributionOf(item, quantity, pack));
  const cases = casesOfStore(contributions, pack);
  const findings = cases.flatMap((found) => judgeCase(found, store, pack));
  const indeterminate = lines.filter(({ item }) => assumedNeqG(item) === null).map(({ item }) => item.item);
  if (indeterminate.length > 0) {
    const row = pack.rules['limit.indeterminate'];
    // The known part stands in the finding, so that whatever is put to it makes the finding worse and is stopped too.
    const numbers = { neqKg: neqKgOf(contributions.reduce((sum, { neqG }) => sum + neqG, 0)) };
    findings.push(findingFrom(row, { says: row.id, severity: 'stop', place: store.store, subjects: indeterminate, numbers }));
  }
  return [...findings, ...doubtAboutOneExplosion(cases, store.store, pack)];
}

/**
 * The pack's cases, and the own NEQ of each division that has no case of its own in the mix: more stock never takes a
 * case away.
 */
export function casesOfStore(contributions: readonly Contribution[], pack: RulePack): readonly AggregatedCase[] {
  const together = aggregate(contributions, pack);
  const uncovered = (['1.1', '1.2', '1.3'] as const).filter((division) => together.every((found) => found.division !== division));
  const alone = uncovered.flatMap((division) =>
    aggregate(
      contributions.filter((each) => each.division === division),
      pack,
    ),
  );
  return [...together, ...alone];
}

/**
 * Some standards let 1.2 and 1.3 be judged apart only where they do not explode as one. Part of what decides that (shaped
 * charges, high-energy or confined propellant) is no fact of the ledger, so a person is asked to look.
 */
function doubtAboutOneExplosion(cases: readonly AggregatedCase[], place: string, pack: RulePack): readonly Finding[] {
  const apart = cases.filter(({ division }) => division === '1.2' || division === '1.3');
  const row = pack.aggregations.find((table) => table.reactsAsOne !== null)?.reactsAsOne;
  if (!row || apart.length < 2 || cases.some(({ division }) => division === '1.1')) return [];
  const numbers = { neqKg: neqKgOf(apart.reduce((sum, { neqG }) => sum + neqG, 0)) };
  return [findingFrom(row, { says: row.id, severity: 'warn', place, subjects: apart.flatMap(({ subjects }) => subjects), numbers })];
}

/** What one nature in a store adds. Neither NEQ nor mass known: nothing, and the caller says so. */
export function contributionOf(item: ItemFacts, quantity: number, pack: RulePack): Contribution {
  const classification = classificationOf(item, pack);
  const neqPerArticleG = assumedNeqG(item);
  return {
    division: licenceDivisionOf(classification, pack),
    subdivision: classification === null ? null : subdivisionOf(classification.division, item, pack),
    neqG: (neqPerArticleG ?? 0) * quantity,
    neqPerArticleG,
    subject: item.item,
  };
}

function judgeCase(found: AggregatedCase, { store, limitsG }: StoreFacts, pack: RulePack): readonly Finding[] {
  const limitG = limitsG[found.division];
  const facts = { division: found.division, case: found.row.id };
  if (limitG === undefined) return [unlicensed(found, store, facts, pack)];
  if (found.neqG <= limitG) return [];
  const numbers = { neqKg: neqKgOf(found.neqG), limitKg: limitKgOf(limitG) };
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

function unlicensed(
  found: AggregatedCase,
  store: string,
  facts: Readonly<{ division: LicenceDivision; case: string }>,
  pack: RulePack,
): Finding {
  const row = pack.rules['limit.unlicensed'];
  const numbers = { neqKg: neqKgOf(found.neqG) };
  return findingFrom(row, { says: row.id, severity: 'stop', place: store, subjects: found.subjects, numbers, facts });
}
