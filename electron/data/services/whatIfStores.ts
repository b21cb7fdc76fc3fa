import type { Structure } from '../../../shared/domain/site.ts';
import type { StoreFacts } from '../../../shared/rules/facts.ts';
import type { Finding } from '../../../shared/rules/finding.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { buildingFactsOf } from '../../../shared/rules/site/kinds.ts';
import { checkStore } from '../../../shared/rules/store.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { groundFacts, storeFacts } from '../repositories/facts.ts';
import { findItem, findPlace } from '../repositories/reference.ts';
import { dateOf, withLine } from './checking.ts';
import { practiceIf } from './practice.ts';
import type { WhatIf } from './whatIf.ts';

/** What comes in is taken as serviceable and of a known lot: a question is about the nature, not about a heap. */
const ARRIVING = [{ condition: 'serviceable', identity: 'known' }] as const;

/** What a store's checks ask of its building. */
const builtAs = (
  { floorLoadMaxKgPerM2, floorAreaDm2, construction, underground }: Omit<Structure, 'site' | 'place'>,
  type: string | null,
) => ({
  floor: { floorLoadMaxKgPerM2, floorAreaDm2 },
  building: buildingFactsOf({ construction, hasChamber: underground !== null }, type),
});

/** Mixing, limits, floor, surveys and the rest of what is checked within a storehouse, before and after the changes. */
export function findingsInside(
  ledger: Ledger,
  { stock, structures }: WhatIf,
  pack: RulePack,
): Readonly<{ before: readonly Finding[]; after: readonly Finding[] }> {
  const { site } = ledger;
  const touched = [...new Set([...stock, ...structures].map(({ place }) => place))];
  const before = new Map(
    touched.map((place) => [
      place,
      findPlace(ledger, site, place)?.store === place ? storeFacts(ledger, site, place) : groundFacts(ledger, site, place),
    ]),
  );
  const after = new Map<string, StoreFacts>(before);
  for (const { place, item, quantity } of stock) {
    const facts = findItem(ledger, site, item);
    if (facts === undefined) throw new Refused({ code: 'unknownItem', item });
    const store = after.get(place);
    if (store !== undefined) after.set(place, withLine(store, facts, place, quantity, ARRIVING));
  }
  for (const { place, ...structure } of structures) {
    const store = after.get(place);
    if (store !== undefined) after.set(place, { ...store, ...builtAs(structure, findPlace(ledger, site, place)?.type ?? null) });
  }
  const check = (stores: ReadonlyMap<string, StoreFacts>) => [...stores.values()].flatMap((store) => checkStore(store, pack));
  const changed = new Map([...before].map(([place, facts]) => [place, [facts, after.get(place) ?? facts] as const]));
  const practice = practiceIf(ledger, changed, structures, dateOf(ledger.deps.nowMs()));
  return { before: [...check(before), ...practice.before], after: [...check(after), ...practice.after] };
}
