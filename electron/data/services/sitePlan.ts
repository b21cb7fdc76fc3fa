import type { Shape } from '../../../shared/domain/site.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { type Load, type Loads, loadOf } from '../../../shared/rules/site/checkSite.ts';
import { makePlan, type Potential, type SitePlan } from '../../../shared/rules/site/plan.ts';
import type { Ledger } from '../ledger.ts';
import { stockLines } from '../repositories/facts.ts';
import { findPlace, findSetting } from '../repositories/reference.ts';
import { listApprovals, listExposedSites, listPotentials, listStructures } from '../repositories/site.ts';

/** What is kept of a site between two checks: the plan until something is built, the loads until stock is moved. */
type Kept = { planKey: string; plan: SitePlan; packKey: string; loads: Map<string, Load> };
const keptOf = new WeakMap<Ledger['store'], Map<string, Kept>>();

type PlaceRow = ReturnType<typeof listPotentials>[number];
const pointOf = ({ lat7, lon7 }: PlaceRow): Shape | null =>
  lat7 === null || lon7 === null ? null : { kind: 'point', points: [[lat7, lon7]] };

/** Every place where explosives may lie, with what is known of it and the conditions that hold there on this day. */
export function potentialsOf(ledger: Ledger, site: string, today: string): readonly Potential[] {
  const structures = listStructures(ledger, site);
  const approvals = listApprovals(ledger, site, today);
  return listPotentials(ledger, site).map((row) => {
    const { place, type } = row;
    const structure = structures.get(place) ?? null;
    return {
      place,
      type,
      structure,
      shape: structure?.shape ?? pointOf(row),
      approvals: approvals.filter((each) => each.place === place),
    };
  });
}

const makeSitePlan = (ledger: Ledger, site: string, pack: RulePack, today: string): SitePlan =>
  makePlan(pack.distances, potentialsOf(ledger, site, today), listExposedSites(ledger, site));

function loadAt(ledger: Ledger, site: string, place: string, pack: RulePack): Load {
  const isStore = findPlace(ledger, site, place)?.store === place;
  return loadOf({ lines: stockLines(ledger, site, place, isStore) }, pack);
}

/** Stock that was moved since the last look is read again; where natures or places changed, all of it is. */
function forgetTouched(ledger: Ledger, kept: Map<string, Kept>): void {
  const touched = ledger.store.takeTouched();
  if (touched === null) {
    kept.clear();
    return;
  }
  for (const key of touched) {
    const [site, place] = key.split('\n') as [string, string];
    kept.get(site)?.loads.delete(findPlace(ledger, site, place)?.store ?? place);
  }
}

/** The plan of a site and what lies in it, as of today. Both are kept, since a movement changes one place of hundreds. */
export function sitePlanOf(ledger: Ledger, site: string, pack: RulePack, today: string): Readonly<{ plan: SitePlan; loads: Loads }> {
  const sites = keptOf.get(ledger.store) ?? new Map<string, Kept>();
  keptOf.set(ledger.store, sites);
  forgetTouched(ledger, sites);
  const planKey = `${findSetting(ledger, site, 'planRevision') ?? ''} ${pack.id} ${today}`;
  let kept = sites.get(site);
  if (kept === undefined || kept.planKey !== planKey) {
    kept = {
      planKey,
      plan: makeSitePlan(ledger, site, pack, today),
      packKey: pack.id,
      loads: kept?.packKey === pack.id ? kept.loads : new Map(),
    };
    sites.set(site, kept);
  }
  for (const place of kept.plan.potentials.keys()) {
    if (!kept.loads.has(place)) kept.loads.set(place, loadAt(ledger, site, place, pack));
  }
  return { plan: kept.plan, loads: kept.loads };
}
