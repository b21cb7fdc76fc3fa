/** What a change of the site alters, for the cost of what it touches and not of the whole site. */
import { maxNeqOfPair, requiredDistance } from '../distance/required.ts';
import type { Finding } from '../finding.ts';
import type { RulePack } from '../pack.ts';
import { sortFindings } from '../ruleFinding.ts';
import { checkSite, findingsOf, hasPlan, type Loads, SiteCheck } from './checkSite.ts';
import { computeLicence, type DivisionLimit } from './licence.ts';
import { hasConditions, type Potential, pairFacts, type SitePlan, shapeOf, type Target } from './plan.ts';

/** The places whose building or stock is another one, and what lies around that is; by id. Everything else is the same. */
export type SiteChange = Readonly<{ places: ReadonlySet<string>; exposed: ReadonlySet<string> }>;
type State = Readonly<{ plan: SitePlan; loads: Loads }>;

const changedTargets = ({ targets }: SitePlan, { places, exposed }: SiteChange): readonly Target[] =>
  targets.filter(({ kind, id }) => (kind === 'potential' ? places : exposed).has(id));

/**
 * The findings of a changed site, the same as `checkSite` of it. What explodes together with a changed place before or after
 * is checked anew; every other place only against what changed around it.
 */
export function checkChanged(
  before: State & Readonly<{ findings: readonly Finding[] }>,
  after: State,
  pack: RulePack,
  change: SiteChange,
): readonly Finding[] {
  if (!hasPlan(before.plan) || !hasPlan(after.plan)) return checkSite(after.plan, after.loads, pack);
  const [then, later] = [new SiteCheck(before.plan, before.loads, pack), new SiteCheck(after.plan, after.loads, pack)];
  const touched = new Set([...change.places].flatMap((place) => [...then.groupOf(place), ...later.groupOf(place)]));
  const isOfTarget = (id: string | undefined): boolean => id !== undefined && (change.places.has(id) || change.exposed.has(id));
  const kept = before.findings.filter(({ place, facts }) => !touched.has(place) && !isOfTarget(facts.exposed));
  // A place and a house may have the same id: then both are asked again.
  const anew = [...after.loads.keys()]
    .filter((place) => !touched.has(place))
    .flatMap((place) => later.distancesAt(place, later.groupOf(place), ({ id }) => isOfTarget(id)));
  return sortFindings([...kept, ...findingsOf(later, touched), ...anew]);
}

const limitsKnown = new WeakMap<SitePlan, Map<string, readonly DivisionLimit[] | null>>();
/** The licence of a place, worked out once for each plan. */
export function licenceOf(plan: SitePlan, place: string): readonly DivisionLimit[] | null {
  const known = limitsKnown.get(plan) ?? new Map<string, readonly DivisionLimit[] | null>();
  limitsKnown.set(plan, known);
  const found = known.get(place);
  if (found !== undefined) return found;
  const limits = computeLicence(plan, place);
  known.set(place, limits);
  return limits;
}

/** Whether a target sets no limit below or at this one. */
function allowsMore(plan: SitePlan, from: Potential, target: Target, { division, limitKg }: DivisionLimit): boolean {
  if (shapeOf(target) === null) return true;
  const facts = pairFacts(plan, from, target);
  const ask = facts?.sides.get(division);
  if (facts === null || ask === undefined) return true;
  if (limitKg === null) return maxNeqOfPair(plan.books, ask, facts.actualMm) === null;
  return requiredDistance(plan.books, ask, (limitKg + 1) * 1000).distanceM * 1000 <= facts.actualMm;
}

/** The licence of a place on a changed plan, the same as `computeLicence` of it: nothing is worked out where nothing can differ. */
export function licenceAfter(before: SitePlan, after: SitePlan, place: string, change: SiteChange): readonly DivisionLimit[] | null {
  const from = after.potentials.get(place);
  if (from === undefined || change.places.has(place) || hasConditions(from)) return licenceOf(after, place);
  const limits = licenceOf(before, place);
  if (limits === null) return null;
  const changed = changedTargets(after, change).filter(({ kind, id }) => kind === 'exposed' || id !== place);
  const governs = ({ governing }: DivisionLimit): boolean =>
    governing !== null && (governing.targetKind === 'potential' ? change.places : change.exposed).has(governing.target);
  const isSame = limits.every((limit) => !governs(limit) && changed.every((target) => allowsMore(after, from, target, limit)));
  return isSame ? limits : licenceOf(after, place);
}
