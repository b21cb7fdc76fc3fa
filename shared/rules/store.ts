import type { ItemFacts, StoreFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { checkLimits } from './limits.ts';
import { checkMixing } from './mixing.ts';
import type { RulePack } from './pack.ts';
import { checkPropulsive } from './propulsive.ts';
import { sortFindings } from './ruleFinding.ts';
import { checkSegregation } from './segregation.ts';
import { checkFloor } from './storehouse/floor.ts';
import { checkItem } from './unknowns.ts';

/**
 * Everything that can be said about one storehouse as it stands: classification, mixing, what lies apart, limits, unknown facts.
 * The answer does not depend on the order of the lines. Lots are judged apart, by `checkLot`.
 */
export function checkStore(store: StoreFacts, pack: RulePack): readonly Finding[] {
  const natures = new Map<string, Readonly<{ item: ItemFacts; place: string }>>();
  for (const { item, place, quantity } of store.lines) if (quantity > 0) natures.set(`${place}\u0000${item.item}`, { item, place });
  const perItem = [...natures.values()].flatMap(({ item, place }) => checkItem(item, place, pack));
  return sortFindings([
    ...perItem,
    ...checkMixing(store, pack),
    ...checkSegregation(store, pack),
    ...checkPropulsive(store, pack),
    ...checkFloor(store, pack),
    ...checkLimits(store, pack),
  ]);
}
