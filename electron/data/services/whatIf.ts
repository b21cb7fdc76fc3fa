import type { SiteDifference, WhatIfAnswer } from '../../../shared/contract/siteViews.ts';
import type { ExposedSite, Structure } from '../../../shared/domain/site.ts';
import { differenceOf } from '../../../shared/rules/compare.ts';
import type { StoreLine } from '../../../shared/rules/facts.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { sortFindings } from '../../../shared/rules/ruleFinding.ts';
import { conditionsOn } from '../../../shared/rules/site/basis.ts';
import { carryPairs } from '../../../shared/rules/site/carry.ts';
import { checkChanged, licenceAfter, licenceOf, type SiteChange } from '../../../shared/rules/site/change.ts';
import type { Load, Loads, OnPlace } from '../../../shared/rules/site/checkSite.ts';
import { makePlan, type SitePlan } from '../../../shared/rules/site/plan.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { findItem } from '../repositories/reference.ts';
import { listApprovals, listExposedSites, listPotentials } from '../repositories/site.ts';
import { dateOf, packOf } from './checking.ts';
import { governingOf, planNow, requirePotential } from './licences.ts';
import { loadAt, pointOf, siteFindings } from './sitePlan.ts';
import { findingsInside } from './whatIfStores.ts';

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
  const today = dateOf(ledger.deps.nowMs());
  const built = new Map(structures.map((each) => [each.place, each]));
  const points = new Map(listPotentials(ledger, site).map((row) => [row.place, pointOf(row)]));
  for (const place of built.keys()) requirePotential(plan, place);
  const potentials = [...plan.potentials.values()].map((potential) => {
    const structure = built.get(potential.place);
    if (structure === undefined) return potential;
    const shape = structure.shape ?? points.get(potential.place) ?? null;
    return { ...potential, structure: { site, ...structure }, shape, ofBuilding: conditionsOn(structure, today) };
  });
  const around = new Map(listExposedSites(ledger, site).map((each) => [each.exposed, each]));
  for (const each of exposed) around.set(each.exposed, { site, ...each });
  const changed = makePlan(plan.books, potentials, [...around.values()]);
  carryPairs(plan, changed);
  return changed;
}

/** The own site as it would be. */
function siteAfter(ledger: Ledger, changes: WhatIf, { plan, loads }: ReturnType<typeof planNow>): ReturnType<typeof planNow> {
  const built = changedPlan(ledger, plan, changes);
  return { plan: built, loads: changedLoads(ledger, loads, { plan: built, pack: packOf(ledger) }, changes) };
}

const changeOf = ({ structures, exposed, stock }: WhatIf): SiteChange => ({
  places: new Set([...structures, ...stock].map(({ place }) => place)),
  exposed: new Set(exposed.map((each) => each.exposed)),
});

/** The findings on distances as they are and as they would be, and the plan that would be. */
function siteBeforeAndAfter(ledger: Ledger, changes: WhatIf, pack: RulePack, onPlace?: OnPlace) {
  const now = planNow(ledger);
  const later = siteAfter(ledger, changes, now);
  const before = siteFindings(now, pack, onPlace);
  return { now, later, before, after: checkChanged({ ...now, findings: before }, later, pack, changeOf(changes)) };
}

/** What a change of the plan brings about: worked out before it is recorded, so that a fault here leaves nothing behind. */
export function siteDifference(ledger: Ledger, changes: Omit<WhatIf, 'stock'>): SiteDifference {
  const { before, after } = siteBeforeAndAfter(ledger, { ...changes, stock: [] }, packOf(ledger));
  return differenceOf(before, after);
}

/** What would change if this were built, stood there or was brought in. Nothing is written. `onPlace` is told how far it is. */
export function whatIf(ledger: Ledger, changes: WhatIf, onPlace?: OnPlace): WhatIfAnswer {
  const pack = packOf(ledger);
  const { now, later, ...site } = siteBeforeAndAfter(ledger, changes, pack, onPlace);
  const inside = findingsInside(ledger, changes, pack);
  const { caused, cured } = differenceOf([...inside.before, ...site.before], [...inside.after, ...site.after]);
  return {
    caused: sortFindings(caused),
    cured: sortFindings(cured),
    limits: now.plan === later.plan ? [] : changedLimits(now.plan, later.plan, changeOf(changes), onPlace),
  };
}

/** Stock changes no limit: what may lie in a place is a matter of what stands around it. */
const changedLimits = (before: SitePlan, after: SitePlan, change: SiteChange, onPlace?: OnPlace): WhatIfAnswer['limits'] =>
  [...before.potentials.keys()].flatMap((place, at, all) => {
    onPlace?.(at, all.length);
    const [now, later] = [licenceOf(before, place), licenceAfter(before, after, place, change)];
    if (now === later) return [];
    const [was, is] = [now, later].map((limits) => limits?.map(governingOf) ?? null);
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ place, before: was ?? null, after: is ?? null }];
  });
