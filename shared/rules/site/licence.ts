/** The explosives limit of a storehouse from its surroundings. */

import type { HeldCondition, PairAsk, RequiredDistance } from '../distance/ask.ts';
import { type MatrixDivision, matrixDivisions } from '../distance/book.ts';
import { firstEnds, maxNeqOfPair, NEQ_LICENSED_MAX_KG, requiredDistance } from '../distance/required.ts';
import { atLeastMm } from '../geometry/bounds.ts';
import { hasConditions, type Potential, pairFacts, type SitePlan, shapeOf, type Target, targetsOf } from './plan.ts';
import { isPast, reachOf } from './reach.ts';

export type Governing = Readonly<{
  target: string;
  targetKind: Target['kind'];
  targetName: string;
  actualMm: number;
  /** What one kilogram more would ask for. */
  required: RequiredDistance;
}>;
export type DivisionLimit = Readonly<{
  division: MatrixDivision;
  /** Kilograms, rounded down; null where nothing around sets a limit. */
  limitKg: number | null;
  governing: Governing | null;
  /** Conditions without which some neighbour would allow less. */
  restsOn: readonly HeldCondition[];
}>;

const nameOf = (target: Target): string => (target.kind === 'exposed' ? target.exposed.name : target.id);

/**
 * The most of each division that may lie in a storehouse, alone: each exposed site and each other storehouse allows so
 * much at its distance, and the least of them governs. Divisions are taken one by one; what lies together is added up
 * when the stock is checked.
 *
 * @returns null where the position of the storehouse is not known: then nothing can be allowed.
 * @source IATG 02.30 (the licence of each division by itself, on the worst pair)
 */
export function computeLicence(plan: SitePlan, place: string): readonly DivisionLimit[] | null {
  const from = plan.potentials.get(place);
  if (from === undefined || from.shape === null) return null;
  const neighbours = nearestFirst(plan, from);
  return matrixDivisions.map((division) => {
    let least: Omit<DivisionLimit, 'restsOn'> = { division, limitKg: null, governing: null };
    let reach = reachOf(plan, from, oneMore(least));
    for (const { target, atLeastMm } of neighbours) {
      if (isPast(reach(), atLeastMm)) break; // whatever stands further away allows what already governs
      if (isPast(reach(target), atLeastMm)) continue;
      const facts = pairFacts(plan, from, target);
      if (facts === null) continue;
      const ask = facts.sides.get(division) as PairAsk;
      // Cheaper than a search: what already governs is also allowed here.
      if (least.limitKg !== null && requiredDistance(plan.books, ask, (least.limitKg + 1) * 1000).distanceM * 1000 <= facts.actualMm)
        continue;
      const limitKg = maxNeqOfPair(plan.books, ask, facts.actualMm);
      if (limitKg === null || (least.limitKg !== null && limitKg >= least.limitKg)) continue;
      const required = requiredDistance(plan.books, ask, (limitKg + 1) * 1000);
      least = {
        division,
        limitKg,
        governing: { target: target.id, targetKind: target.kind, targetName: nameOf(target), actualMm: facts.actualMm, required },
      };
      reach = reachOf(plan, from, oneMore(least));
    }
    return { ...least, restsOn: restsOn(plan, from, neighbours, least) };
  });
}

type Limit = Pick<DivisionLimit, 'division' | 'limitKg'>;

/** What would be too much: one kilogram over the limit, or the most that anybody licenses. */
const oneMore = ({ division, limitKg }: Limit) => [
  { hazardDivision: division, neqG: (limitKg === null ? NEQ_LICENSED_MAX_KG : limitKg + 1) * 1000 },
];

type Neighbour = Readonly<{ target: Target; atLeastMm: number }>;

/** Those of known position, by what they are surely away. */
function nearestFirst(plan: SitePlan, from: Potential): readonly Neighbour[] {
  const { shape } = from;
  return targetsOf(plan, from)
    .flatMap((target): readonly Neighbour[] => {
      const to = shapeOf(target);
      return shape === null || to === null ? [] : [{ target, atLeastMm: atLeastMm(shape, to) }];
    })
    .sort((a, b) => a.atLeastMm - b.atLeastMm);
}

/** What must stay met for so much to be allowed: the conditions of every neighbour that would be too near without them. */
function restsOn(
  plan: SitePlan,
  from: Potential,
  neighbours: readonly Neighbour[],
  { division, limitKg }: Limit,
): readonly HeldCondition[] {
  if (!hasConditions(from)) return [];
  const neqG = (limitKg ?? NEQ_LICENSED_MAX_KG) * 1000;
  const reach = reachOf(plan, from, [{ hazardDivision: division, neqG }]);
  const held: HeldCondition[] = [];
  for (const { target, atLeastMm } of neighbours) {
    if (isPast(reach(), atLeastMm)) break;
    if (isPast(reach(target), atLeastMm)) continue;
    const facts = pairFacts(plan, from, target);
    const ask = facts?.sides.get(division);
    if (facts === null || ask?.met === undefined || ask.met.length === 0) continue;
    const isNeeded = requiredDistance(plan.books, { ...ask, met: [] }, neqG).distanceM * 1000 > facts.actualMm;
    if (isNeeded) held.push(...requiredDistance(plan.books, ask, neqG).restsOn);
  }
  return firstEnds(held);
}
