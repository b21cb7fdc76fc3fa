import type { SiteDifference, WhatIfAnswer } from '../../../shared/contract/siteViews.ts';
import type { ExposedSite, Structure } from '../../../shared/domain/site.ts';
import { causedBy } from '../../../shared/rules/compare.ts';
import type { StoreLine } from '../../../shared/rules/facts.ts';
import type { Finding } from '../../../shared/rules/finding.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { findingIdentity, sortFindings } from '../../../shared/rules/ruleFinding.ts';
import { carryPairs } from '../../../shared/rules/site/carry.ts';
import { checkSite, type Load, type Loads } from '../../../shared/rules/site/checkSite.ts';
import { computeLicence } from '../../../shared/rules/site/licence.ts';
import { makePlan, type SitePlan } from '../../../shared/rules/site/plan.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { findItem } from '../repositories/reference.ts';
import { listApprovals, listExposedSites } from '../repositories/site.ts';
import { dateOf, packOf } from './checking.ts';
import { governingOf, planNow, requirePotential } from './licences.ts';
import { loadAt } from './sitePlan.ts';
import { findingsInside } from './whatIfStores.ts';

const differenceOf = (before: readonly Finding[], after: readonly Finding[]): SiteDifference => {
  const left = new Set(after.map(findingIdentity));
  return { caused: causedBy(before, after), cured: before.filter((finding) => !left.has(findingIdentity(finding))) };
};

/** Does what changes the plan, and answers what that brings about: every pair of the site is looked at before and after. */
export function changingSite<T extends object>(ledger: Ledger, change: () => T): T & SiteDifference {
  const findings = () => {
    const { plan, loads } = planNow(ledger);
    return checkSite(plan, loads, packOf(ledger));
  };
  const before = findings();
  const done = change();
  return { ...done, ...differenceOf(before, findings()) };
}

export type WhatIf = Readonly<{
  structures: readonly Omit<Structure, 'site'>[];
  exposed: readonly Omit<ExposedSite, 'site'>[];
  stock: readonly Readonly<{ place: string; item: string; quantity: number }>[];
}>;

/** The loads with more of a nature in some places, and with what counts of them where another building stands. */
function changedLoads(ledger: Ledger, loads: Loads, { plan, pack }: Readonly<{ plan: SitePlan; pack: RulePack }>, changes: WhatIf): Loads {
  const { site } = ledger;
  const approvals = listApprovals(ledger, site, dateOf(ledger.deps.nowMs()));
  const more = new Map<string, StoreLine[]>(changes.structures.map(({ place }) => [place, []]));
  for (const { place, item, quantity } of changes.stock) {
    const facts = findItem(ledger, site, item);
    if (facts === undefined) throw new Refused({ code: 'unknownItem', item });
    if (!loads.has(place)) throw new Refused({ code: 'unknownPlace', place });
    more.set(place, [...(more.get(place) ?? []), { item: facts, place, quantity }]);
  }
  const changed = [...more].map(([place, lines]): [string, Load] => {
    const structure = plan.potentials.get(place)?.structure ?? null;
    return [place, loadAt(ledger, site, place, { pack, approvals, structure, more: lines })];
  });
  return new Map([...loads, ...changed]);
}

function changedPlan(ledger: Ledger, plan: SitePlan, { structures, exposed }: WhatIf): SitePlan {
  if (structures.length === 0 && exposed.length === 0) return plan;
  const { site } = ledger;
  const built = new Map(structures.map((each) => [each.place, each]));
  for (const place of built.keys()) requirePotential(plan, place);
  const potentials = [...plan.potentials.values()].map((potential) => {
    const structure = built.get(potential.place);
    return structure === undefined
      ? potential
      : { ...potential, structure: { site, ...structure }, shape: structure.shape ?? potential.shape };
  });
  const around = new Map(listExposedSites(ledger, site).map((each) => [each.exposed, each]));
  for (const each of exposed) around.set(each.exposed, { site, ...each });
  const changed = makePlan(plan.books, potentials, [...around.values()]);
  carryPairs(plan, changed);
  return changed;
}

/** What would change if this were built, stood there or was brought in. Nothing is written. */
export function whatIf(ledger: Ledger, changes: WhatIf): WhatIfAnswer {
  const pack = packOf(ledger);
  const { plan, loads } = planNow(ledger);
  const built = changedPlan(ledger, plan, changes);
  const later = { plan: built, loads: changedLoads(ledger, loads, { plan: built, pack }, changes) };
  const inside = findingsInside(ledger, changes, pack);
  const before = sortFindings([...inside.before, ...checkSite(plan, loads, pack)]);
  const after = sortFindings([...inside.after, ...checkSite(later.plan, later.loads, pack)]);
  const limits = [...plan.potentials.keys()].flatMap((place) => {
    const [now, then] = [computeLicence(plan, place), computeLicence(later.plan, place)];
    const differs = JSON.stringify(now?.map(governingOf)) !== JSON.stringify(then?.map(governingOf));
    return differs ? [{ place, before: now?.map(governingOf) ?? null, after: then?.map(governingOf) ?? null }] : [];
  });
  return { ...differenceOf(before, after), limits };
}
