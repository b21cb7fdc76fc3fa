/** The explosives limit of a storehouse from its surroundings. */

import type { HeldCondition, PairAsk, RequiredDistance } from '../distance/ask.ts';
import { type MatrixDivision, matrixDivisions } from '../distance/book.ts';
import { firstEnds, maxNeqOfPair, NEQ_LICENSED_MAX_KG, requiredDistance } from '../distance/required.ts';
import { type PairFacts, pairFacts, type SitePlan, type Target, targetsOf } from './plan.ts';

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
  const targets = targetsOf(plan, from).flatMap((target) => {
    const facts = pairFacts(plan, from, target);
    return facts === null ? [] : [{ target, facts }];
  });
  return matrixDivisions.map((division) => {
    let least: Omit<DivisionLimit, 'restsOn'> = { division, limitKg: null, governing: null };
    for (const { target, facts } of targets) {
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
    return { ...least, restsOn: restsOn(plan, targets, division, least.limitKg ?? NEQ_LICENSED_MAX_KG) };
  });
}

type Neighbour = Readonly<{ facts: PairFacts }>;

/** What must stay met for so much to be allowed: the conditions of every neighbour that would be too near without them. */
function restsOn(plan: SitePlan, targets: readonly Neighbour[], division: MatrixDivision, limitKg: number): readonly HeldCondition[] {
  const held = targets.flatMap(({ facts }) => {
    const ask = facts.sides.get(division) as PairAsk;
    if (ask.met === undefined || ask.met.length === 0) return [];
    const isNeeded = requiredDistance(plan.books, { ...ask, met: [] }, limitKg * 1000).distanceM * 1000 > facts.actualMm;
    return isNeeded ? requiredDistance(plan.books, ask, limitKg * 1000).restsOn : [];
  });
  return firstEnds(held);
}
