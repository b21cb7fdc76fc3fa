import type { Shape, Structure } from '../../../shared/domain/site.ts';
import type { ApprovalFacts, StoreLine } from '../../../shared/rules/facts.ts';
import type { Finding } from '../../../shared/rules/finding.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { conditionsOn } from '../../../shared/rules/site/basis.ts';
import { carryPairs } from '../../../shared/rules/site/carry.ts';
import { checkSite, type Load, type Loads, loadOf, type OnPlace } from '../../../shared/rules/site/checkSite.ts';
import { buildingFactsOf } from '../../../shared/rules/site/kinds.ts';
import { makePlan, type Potential, type SitePlan } from '../../../shared/rules/site/plan.ts';
import type { Ledger } from '../ledger.ts';
import { stockLines } from '../repositories/facts.ts';
import { findPlace, findSetting } from '../repositories/reference.ts';
import { listApprovals, listExposedSites, listPotentials, listStructures } from '../repositories/site.ts';

/**
 * What is kept of a site between two checks: the plan until something is built, and the loads until then too, or until stock
 * is moved: what counts of the NEQ hangs on the building and on approvals.
 */
type Kept = { planKey: string; plan: SitePlan; loads: Loads };
const keptOf = new WeakMap<Ledger['store'], Map<string, Kept>>();

type PlaceRow = ReturnType<typeof listPotentials>[number];
export const pointOf = ({ lat7, lon7 }: PlaceRow): Shape | null =>
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
      ofBuilding: structure === null ? [] : conditionsOn(structure, today),
    };
  });
}

const makeSitePlan = (ledger: Ledger, site: string, pack: RulePack, today: string): SitePlan =>
  makePlan(pack.distances, potentialsOf(ledger, site, today), listExposedSites(ledger, site));

/** What is asked of a place for its load. `more` lies there beside the stock. */
type LoadAsk = Readonly<{
  pack: RulePack;
  approvals: readonly ApprovalFacts[];
  structure: Structure | null;
  more?: readonly StoreLine[];
}>;

/** What lies in a place, counted as its building and the approvals in force let it count. */
export function loadAt(ledger: Ledger, site: string, place: string, { pack, approvals, structure, more = [] }: LoadAsk): Load {
  const known = findPlace(ledger, site, place);
  const lines = [...stockLines(ledger, site, place, known?.store === place), ...more];
  const built = structure === null ? null : { construction: structure.construction, hasChamber: structure.underground !== null };
  const building = buildingFactsOf(built, known?.type ?? null);
  return loadOf({ store: place, lines, approvals, building }, pack);
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
    const known = kept.get(site);
    const store = findPlace(ledger, site, place)?.store ?? place;
    if (known?.loads.has(store)) known.loads = new Map([...known.loads].filter(([each]) => each !== store));
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
    const plan = makeSitePlan(ledger, site, pack, today);
    if (kept !== undefined) carryPairs(kept.plan, plan);
    kept = { planKey, plan, loads: new Map() };
    sites.set(site, kept);
  }
  const { plan } = kept;
  const missing = [...plan.potentials].filter(([place]) => kept?.loads.has(place) !== true);
  if (missing.length > 0) {
    const approvals = listApprovals(ledger, site, today);
    const read = missing.map(([place, { structure }]) => [place, loadAt(ledger, site, place, { pack, approvals, structure })] as const);
    kept.loads = new Map([...kept.loads, ...read]);
  }
  return { plan, loads: kept.loads };
}

type Found = Readonly<{ loads: Loads; pack: RulePack; findings: readonly Finding[] }>;
const foundOf = new WeakMap<SitePlan, Found>();

/** Every finding on the distances of a site as it is, worked out once: several screens ask for them one after the other. */
export function siteFindings(
  { plan, loads }: Readonly<{ plan: SitePlan; loads: Loads }>,
  pack: RulePack,
  onPlace?: OnPlace,
): readonly Finding[] {
  const known = foundOf.get(plan);
  if (known !== undefined && known.loads === loads && known.pack === pack) return known.findings;
  const findings = checkSite(plan, loads, pack, onPlace);
  foundOf.set(plan, { loads, pack, findings });
  return findings;
}
