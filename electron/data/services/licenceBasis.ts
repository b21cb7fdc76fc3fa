import type { LicenceBasis, LicenceView } from '../../../shared/contract/siteViews.ts';
import type { GoverningLimit } from '../../../shared/domain/site.ts';
import { conditionalRules } from '../../../shared/rules/conditional.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { pairFacts, type SitePlan, targetsOf } from '../../../shared/rules/site/plan.ts';
import type { Ledger } from '../ledger.ts';
import { listWaiversInForce } from '../repositories/settings.ts';
import { listApprovals } from '../repositories/site.ts';

/** The words of every condition of the distances by its id, and the cells that ask for some. */
function distanceConditions(pack: RulePack): Readonly<{ words: ReadonlyMap<string, string>; cells: ReadonlySet<string> }> {
  const rules = conditionalRules(pack).filter(({ kind }) => kind === 'distances');
  return {
    words: new Map(rules.flatMap(({ conditions }) => conditions.map(({ id, words }) => [id, words] as const))),
    cells: new Set(rules.map(({ rule }) => rule)),
  };
}

export type BasisAsk = Readonly<{
  plan: SitePlan;
  pack: RulePack;
  place: string;
  today: string;
  /** The limits of today and those that were issued: what neither rests on is not listed. */
  limits: readonly Pick<GoverningLimit, 'restsOn'>[];
}>;

/**
 * What was entered with the building, the approvals of cells that the limits rest on, and what was let pass there, as far as
 * it is in force today. Approvals of mixing raise no limit.
 */
export function licenceBasis(ledger: Ledger, { plan, pack, place, today, limits }: BasisAsk): LicenceBasis {
  const { words, cells } = distanceConditions(pack);
  const needed = new Set(limits.flatMap(({ restsOn = [] }) => restsOn.map(({ id }) => id)));
  const wordsOf = (id: string) => words.get(id) ?? id;
  const approved = listApprovals(ledger, ledger.site, today)
    .filter((each) => each.place === place && cells.has(each.rule))
    .flatMap(({ rule, conditions, authority, until }) =>
      conditions.filter((id) => needed.has(id)).map((id) => ({ id, words: wordsOf(id), rule, authority, until })),
    );
  const { structure = null, ofBuilding = [] } = plan.potentials.get(place) ?? {};
  const met = ofBuilding.map(({ condition: id, until }) => ({ id, words: wordsOf(id), rule: null, authority: null, until }));
  const uncounted = (structure?.conditionsMet ?? [])
    .filter((id) => !ofBuilding.some(({ condition }) => condition === id))
    .map((id) => ({ id, words: wordsOf(id), until: structure?.conditionsUntil?.[id] ?? null }));
  const waivers = listWaiversInForce(ledger, ledger.site, today)
    .filter((each) => each.place === place)
    .map(({ id, rule, division, quantityMaxG, until, reason, person, second }) => {
      return { id, rule, division, quantityMaxKg: quantityMaxG === null ? null : quantityMaxG / 1000, until, reason, person, second };
    });
  return { conditions: [...met, ...approved], uncounted, waivers };
}

/** Everything that a place could reach, the nearest first. Metres, rounded down. */
export function surroundingsOf(plan: SitePlan, place: string): LicenceView['surroundings'] {
  const from = plan.potentials.get(place);
  if (from === undefined) return [];
  return targetsOf(plan, from)
    .flatMap((target) => {
      const facts = pairFacts(plan, from, target);
      if (facts === null) return [];
      const isExposed = target.kind === 'exposed';
      return [
        {
          target: target.id,
          name: isExposed ? target.exposed.name : target.id,
          kind: isExposed ? target.exposed.kind : null,
          isStore: !isExposed,
          actualM: Math.floor(facts.actualMm / 1000),
        },
      ];
    })
    .sort((a, b) => a.actualM - b.actualM || (a.target < b.target ? -1 : 1));
}
