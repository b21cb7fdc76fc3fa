import type { DecodedOf } from '../../../shared/contract/procedures.ts';
import type { Requirement } from '../../../shared/domain/model.ts';
import { determineSurplus, type SurplusHolding, type SurplusReport } from '../../../shared/domain/surplus.ts';
import { conditionGroup } from '../../../shared/rules/conditions.ts';
import { requirement } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';
import { listLotLines } from '../repositories/facts.ts';
import { listNotUnderstood } from '../repositories/notUnderstood.ts';
import { findLot } from '../repositories/reference.ts';
import { conditionTable } from '../rules/books.ts';

/** Surplus of the stock as it lies now, with ages, lives and horizon counted from the as-of date. */
export function runSurplus(ledger: Ledger, { asOf, item, policy }: DecodedOf<'surplus.run'>): SurplusReport {
  const isWanted = (code: string) => item === undefined || code === item;
  const holdings = listLotLines(ledger)
    .filter(({ facts }) => isWanted(facts.item))
    .map(
      ({ site, facts }): SurplusHolding => ({
        site,
        item: facts.item,
        lotId: facts.lotId,
        lot: findLot(ledger, site, facts.lotId)?.text ?? '',
        place: facts.place,
        quantity: facts.quantity,
        conditionGroup: conditionGroup(facts.condition, conditionTable()),
        lifeUntil: facts.lifeUntil,
        restriction: (facts.restriction?.kind ?? null) as SurplusHolding['restriction'],
      }),
    );
  const requirements = (ledger.db.select().from(requirement).all() as Requirement[]).filter((line) => isWanted(line.item));
  const incompleteSites = listNotUnderstood(ledger).map(({ site }) => site);
  return determineSurplus({ asOf, policy, holdings, requirements, hasStocktake: false, incompleteSites }); // no stocktake can be recorded yet
}
