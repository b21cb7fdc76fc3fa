import type { LicenceBasis, LicenceView } from '../../../shared/contract/siteViews.ts';
import { conditionalRules } from '../../../shared/rules/conditional.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { pairFacts, type SitePlan, targetsOf } from '../../../shared/rules/site/plan.ts';
import type { Ledger } from '../ledger.ts';
import { listWaivers } from '../repositories/settings.ts';
import { listApprovals } from '../repositories/site.ts';

/** The words of a condition of the pack; the id alone where it has none. */
const wordsOf = (pack: RulePack, id: string): string =>
  conditionalRules(pack)
    .flatMap(({ conditions }) => conditions)
    .find((each) => each.id === id)?.words ?? id;

/** Conditions that were found to be met at a place, and what was let pass there, as far as both are in force today. */
export function licenceBasis(ledger: Ledger, plan: SitePlan, pack: RulePack, place: string, today: string): LicenceBasis {
  const approvals = listApprovals(ledger, ledger.site, today).filter((each) => each.place === place);
  const approved = approvals.flatMap(({ conditions, authority, until }) =>
    conditions.map((id) => ({ id, words: wordsOf(pack, id), authority, until })),
  );
  const met = (plan.potentials.get(place)?.structure?.conditionsMet ?? [])
    .filter((id) => approved.every((each) => each.id !== id))
    .map((id) => ({ id, words: wordsOf(pack, id), authority: null, until: null }));
  const waivers = listWaivers(ledger, ledger.site)
    .filter((each) => each.place === place && each.until >= today && each.withdrawnAtMs === null)
    .map(({ id, rule, division, until, reason, person, second }) => ({ id, rule, division, until, reason, person, second }));
  return { conditions: [...met, ...approved], waivers };
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
