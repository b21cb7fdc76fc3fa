/** Quantity distances of a whole site: every place with stock against everything it may reach. Findings `qd.*`. */
import { type AggregatedCase, casesOfStore } from '../aggregation.ts';
import { assumedNeqG, type Contribution, contributionsOf } from '../contributions.ts';
import type { RequiredDistance } from '../distance/ask.ts';
import type { DistanceDivision } from '../distance/book.ts';
import { firstEndOf, yardRowsOf } from '../distance/required.ts';
import type { StockFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { countedBy, neqKgOf } from '../limits.ts';
import type { RulePack } from '../pack.ts';
import { findingFrom, sortFindings } from '../ruleFinding.ts';
import { type PairFacts, type Potential, pairFacts, requiredOf, type SitePlan, type Target, targetsOf } from './plan.ts';
import { isBeyond, type Reach, reachOf } from './reach.ts';

/** What lies in one place, as the distances see it. */
export type Load = Readonly<{ contributions: readonly Contribution[]; indeterminate: readonly string[] }>;
export type Loads = ReadonlyMap<string, Load>;

/** Without approvals nothing is approved there, and without a building nothing of it is known. */
export function loadOf(stock: StockFacts, pack: RulePack): Load {
  const unknown = stock.lines.filter(({ item, quantity }) => quantity > 0 && assumedNeqG(item) === null);
  return { contributions: contributionsOf(stock, pack), indeterminate: unknown.map(({ item }) => item.item) };
}

type Worst = Readonly<{ found: AggregatedCase; required: RequiredDistance }>;

/** The case that asks for the greatest distance between two places. */
function worstCase(plan: SitePlan, facts: PairFacts, cases: readonly AggregatedCase[]): Worst | null {
  let worst: Worst | null = null;
  for (const found of cases) {
    const required = requiredOf(plan, facts, found.hazardDivision as DistanceDivision, found.neqG);
    if (worst === null || required.distanceM > worst.required.distanceM) worst = { found, required };
  }
  return worst;
}

const isTooNear = (facts: PairFacts, worst: Worst | null): worst is Worst =>
  worst !== null && worst.required.distanceM * 1000 > facts.actualMm;

/** Where people work with open explosives there is a distance to keep, and no sum that would do instead. */
const isProcess = ({ structure }: Potential): boolean => structure?.construction === 'process';

const targetAt = (potential: Potential): Target => ({ kind: 'potential', id: potential.place, potential });

/** Whether what lies in `from` reaches the other storehouse: nearer than the inter-magazine distance. */
function reaches(plan: SitePlan, cases: readonly AggregatedCase[], from: Potential, other: Potential, reach: Reach): boolean {
  const target = targetAt(other);
  if (isBeyond(from, target, reach)) return false;
  const facts = pairFacts(plan, from, target);
  return facts !== null && isTooNear(facts, worstCase(plan, facts, cases));
}

/** Worked out once for each load: of the hundreds of places of a site a movement changes two. */
const casesOfLoads = new WeakMap<RulePack, WeakMap<Load, readonly AggregatedCase[]>>();
function casesOfLoad(load: Load, pack: RulePack): readonly AggregatedCase[] {
  const ofPack = casesOfLoads.get(pack) ?? new WeakMap<Load, readonly AggregatedCase[]>();
  casesOfLoads.set(pack, ofPack);
  const cases = ofPack.get(load) ?? casesOfStore(load.contributions, pack);
  ofPack.set(load, cases);
  return cases;
}

/** One check: the loads of a site against its plan. */
export class SiteCheck {
  readonly plan: SitePlan;
  readonly loads: Loads;
  readonly pack: RulePack;
  private readonly reached = new Map<string, Reach>();
  private readonly casesOfGroups = new Map<string, readonly AggregatedCase[]>();

  constructor(plan: SitePlan, loads: Loads, pack: RulePack) {
    this.plan = plan;
    this.loads = loads;
    this.pack = pack;
  }

  casesAt(place: string): readonly AggregatedCase[] {
    const load = this.loads.get(place);
    return load === undefined ? [] : casesOfLoad(load, this.pack);
  }

  /** How far what lies in a place reaches, that place alone. */
  private reachFrom(from: Potential): Reach {
    const known = this.reached.get(from.place) ?? reachOf(this.plan, from, this.casesAt(from.place));
    this.reached.set(from.place, known);
    return known;
  }

  private isEmpty(place: string): boolean {
    return (this.loads.get(place)?.contributions.length ?? 0) === 0;
  }

  /**
   * The places that count as one with this one: stores with stock that are nearer to each other than the inter-magazine
   * distance, from store to store. Sorted; the place itself is among them.
   */
  groupOf(place: string): readonly string[] {
    const group = new Set([place]);
    for (const member of group) {
      const from = this.plan.potentials.get(member);
      if (from === undefined || isProcess(from) || this.isEmpty(member)) continue;
      for (const other of this.loads.keys()) {
        const to = this.plan.potentials.get(other);
        if (to === undefined || isProcess(to) || group.has(other) || this.isEmpty(other)) continue;
        const isOne =
          reaches(this.plan, this.casesAt(member), from, to, this.reachFrom(from)) ||
          reaches(this.plan, this.casesAt(other), to, from, this.reachFrom(to));
        if (isOne) group.add(other);
      }
    }
    return [...group].sort();
  }

  /** Everything to say about one place, given the group that it explodes with. */
  findingsAt(place: string, group: readonly string[]): readonly Finding[] {
    const from = this.plan.potentials.get(place);
    const load = this.loads.get(place);
    if (from === undefined || load === undefined || this.isEmpty(place)) return [];
    const findings: Finding[] = [...this.unknowns(from, load)];
    if (from.shape !== null && group.length > 1) findings.push(this.oneSite(place, group, this.casesOf(group)));
    return [...findings, ...this.distancesAt(place, group)];
  }

  /** What is too near to one place; of these targets only, where not all are asked for. */
  distancesAt(place: string, group: readonly string[], isAsked: (target: Target) => boolean = () => true): readonly Finding[] {
    const from = this.plan.potentials.get(place);
    if (from === undefined || from.shape === null || this.isEmpty(place)) return [];
    const cases = this.casesOf(group);
    const reach = group.length === 1 ? this.reachFrom(from) : reachOf(this.plan, from, cases);
    return targetsOf(this.plan, from).flatMap((target) => {
      // Storehouses that are too near are one site: the sum is what must keep its distance, to everything else.
      if (target.kind === 'potential' && !isProcess(target.potential)) return [];
      if (!isAsked(target) || isBeyond(from, target, reach)) return [];
      const facts = pairFacts(this.plan, from, target);
      const worst = facts === null ? null : worstCase(this.plan, facts, cases);
      return facts !== null && isTooNear(facts, worst) ? [this.tooNear(place, group, target, facts, worst)] : [];
    });
  }

  private casesOf(group: readonly string[]): readonly AggregatedCase[] {
    const [only = '', ...others] = group;
    if (others.length === 0) return this.casesAt(only);
    const key = group.join('\n');
    const contributions = group.flatMap((each) => this.loads.get(each)?.contributions ?? []);
    const cases = this.casesOfGroups.get(key) ?? casesOfStore(contributions, this.pack);
    this.casesOfGroups.set(key, cases);
    return cases;
  }

  private unknowns({ place, shape }: Potential, load: Load): readonly Finding[] {
    const { rules } = this.pack;
    const subjects = load.contributions.map(({ subject }) => subject);
    const findings: Finding[] = [];
    if (shape === null)
      findings.push(findingFrom(rules['qd.unknownPosition'], { says: 'qd.unknownPosition', severity: 'warn', place, subjects }));
    if (load.indeterminate.length > 0)
      findings.push(
        findingFrom(rules['qd.indeterminate'], { says: 'qd.indeterminate', severity: 'stop', place, subjects: load.indeterminate }),
      );
    return findings;
  }

  private oneSite(place: string, group: readonly string[], cases: readonly AggregatedCase[]): Finding {
    const most = cases.reduce<AggregatedCase | null>((worst, each) => (worst !== null && worst.neqG >= each.neqG ? worst : each), null);
    const counted = most === null ? { numbers: {}, facts: {} } : countedBy(most);
    return findingFrom(this.pack.rules['qd.oneSite'], {
      says: 'qd.oneSite',
      severity: 'warn',
      place,
      subjects: (this.loads.get(place)?.contributions ?? []).map(({ subject }) => subject),
      numbers: { neqKg: neqKgOf(most?.neqG ?? 0), places: group.length, ...counted.numbers },
      facts: { group: group.join(', '), ...counted.facts },
    });
  }

  private tooNear(place: string, group: readonly string[], target: Target, facts: PairFacts, { found, required }: Worst): Finding {
    const name = target.kind === 'exposed' ? target.exposed.name : target.id;
    const counted = countedBy(found);
    const isYard = target.kind === 'exposed' && target.exposed.kind === 'marshallingYard';
    return findingFrom(required.row, {
      rule: 'qd.tooNear',
      says: saysOf(required),
      severity: 'stop',
      place,
      subjects: found.subjects,
      numbers: {
        neqKg: neqKgOf(found.neqG),
        requiredM: required.distanceM,
        actualM: Math.floor(facts.actualMm / 1000),
        ...counted.numbers,
      },
      facts: {
        exposed: target.id,
        exposedName: name,
        hazardDivision: found.hazardDivision,
        function: required.functionId ?? `${required.distanceM} m`,
        cell: required.row.id,
        group: group.join(', '),
        ...counted.facts,
        ...(isYard
          ? {
              yard: yardRowsOf(this.plan.books, target.exposed.isBusyYard)
                .map(({ id, pack }) => `${pack} ${id}`)
                .join(', '),
            }
          : {}),
        ...heldFacts(required),
      },
    });
  }
}

/** The sentence: with what has to stay met, where even the smaller distance is not kept. */
function saysOf({ governedBy, restsOn }: RequiredDistance): string {
  if (restsOn.length > 0) return firstEndOf(restsOn) === null ? 'qd.tooNearMet' : 'qd.tooNearUntil';
  return governedBy === 'function' ? 'qd.tooNear' : 'qd.tooNearLeast';
}

function heldFacts({ restsOn }: RequiredDistance): Readonly<Record<string, string>> {
  if (restsOn.length === 0) return {};
  const until = firstEndOf(restsOn);
  return { conditions: restsOn.map(({ words }) => words).join('; '), ...(until === null ? {} : { until }) };
}

/** Whether anything is known of where things stand. */
export const hasPlan = (plan: SitePlan): boolean =>
  plan.exposed.length > 0 || [...plan.potentials.values()].some(({ structure }) => structure?.shape != null);

/** Before each place: how many are done. May throw where nobody wants the answer any more. */
export type OnPlace = (done: number, total: number) => void;

/**
 * Every finding of a site. Without any plan there is one that says so: distances were not checked.
 *
 * @source rows `qd.*` and the cells of the matrices
 */
export function checkSite(plan: SitePlan, loads: Loads, pack: RulePack, onPlace: OnPlace = () => undefined): readonly Finding[] {
  const stocked = [...loads].filter(([, { contributions }]) => contributions.length > 0);
  if (stocked.length === 0) return [];
  if (!hasPlan(plan)) {
    const numbers = { places: stocked.length };
    return [findingFrom(pack.rules['qd.noPlan'], { says: 'qd.noPlan', severity: 'info', place: '', subjects: [], numbers })];
  }
  return sortFindings(
    findingsOf(
      new SiteCheck(plan, loads, pack),
      stocked.map(([place]) => place),
      onPlace,
    ),
  );
}

/** The findings of these places, each with the group that it explodes with. */
export function findingsOf(check: SiteCheck, places: Iterable<string>, onPlace: OnPlace = () => undefined): readonly Finding[] {
  const groups = new Map<string, readonly string[]>();
  return [...places].flatMap((place, at, all) => {
    onPlace(at, all.length);
    const group = groups.get(place) ?? check.groupOf(place);
    for (const member of group) groups.set(member, group);
    return check.findingsAt(place, group);
  });
}

/**
 * What a change of the stock in one place does to the distances: the findings, before and after, of every place that
 * explodes together with it before or after. All other findings of the site stay as they are.
 */
export function checkAround(
  plan: SitePlan,
  loads: Readonly<{ before: Loads; after: Loads }>,
  pack: RulePack,
  place: string,
): Readonly<{ before: readonly Finding[]; after: readonly Finding[] }> {
  if (!hasPlan(plan)) return { before: [], after: [] };
  const [before, after] = [new SiteCheck(plan, loads.before, pack), new SiteCheck(plan, loads.after, pack)];
  const places = new Set([...before.groupOf(place), ...after.groupOf(place)]);
  return { before: sortFindings(findingsOf(before, places)), after: sortFindings(findingsOf(after, places)) };
}
