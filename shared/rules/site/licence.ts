/** The explosives limit of a storehouse from its surroundings. */

import type { HeldCondition, PairAsk, RequiredDistance } from '../distance/ask.ts';
import { type MatrixDivision, matrixDivisions } from '../distance/book.ts';
import { firstEnds, maxNeqOfPair, NEQ_LICENSED_MAX_KG, requiredDistance } from '../distance/required.ts';
import { atLeastMm } from '../geometry/bounds.ts';
import { type Potential, pairFacts, type SitePlan, shapeOf, type Target, targetsOf } from './plan.ts';
import { reachM } from './reach.ts';

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
    for (const neighbour of neighbours) {
      // Whatever stands further away allows what already governs.
      if (isOutOfReach(plan, from, neighbour, division, least.limitKg === null ? NEQ_LICENSED_MAX_KG : least.limitKg + 1)) break;
      const { target } = neighbour;
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
    }
    return { ...least, restsOn: restsOn(plan, from, neighbours, division, least.limitKg ?? NEQ_LICENSED_MAX_KG) };
  });
}

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

const isOutOfReach = (plan: SitePlan, from: Potential, neighbour: Neighbour, division: MatrixDivision, neqKg: number): boolean =>
  reachM(plan, from, [{ hazardDivision: division, neqG: neqKg * 1000 }]) * 1000 <= neighbour.atLeastMm;

/** What must stay met for so much to be allowed: the conditions of every neighbour that would be too near without them. */
function restsOn(
  plan: SitePlan,
  from: Potential,
  neighbours: readonly Neighbour[],
  division: MatrixDivision,
  limitKg: number,
): readonly HeldCondition[] {
  const held: HeldCondition[] = [];
  for (const neighbour of neighbours) {
    if (isOutOfReach(plan, from, neighbour, division, limitKg)) break;
    const facts = pairFacts(plan, from, neighbour.target);
    const ask = facts?.sides.get(division);
    if (facts === null || ask?.met === undefined || ask.met.length === 0) continue;
    const isNeeded = requiredDistance(plan.books, { ...ask, met: [] }, limitKg * 1000).distanceM * 1000 > facts.actualMm;
    if (isNeeded) held.push(...requiredDistance(plan.books, ask, limitKg * 1000).restsOn);
  }
  return firstEnds(held);
}
