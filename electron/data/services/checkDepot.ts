import type { CheckReply } from '../../../shared/contract/views.ts';
import type { Finding, JudgedFinding } from '../../../shared/rules/finding.ts';
import { checkLot } from '../../../shared/rules/lots.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { sortFindings } from '../../../shared/rules/ruleFinding.ts';
import { checkSite } from '../../../shared/rules/site/checkSite.ts';
import { checkStore } from '../../../shared/rules/store.ts';
import type { Ledger } from '../ledger.ts';
import { groundFacts, listGround, listLotLines, listStores, storeFacts } from '../repositories/facts.ts';
import { conditionTable } from '../rules/books.ts';
import { dateOf, packOf } from './checking.ts';
import { sitePlanOf } from './sitePlan.ts';

/** Every finding on the stock of one storehouse and what lies in it. */
export const storeFindings = (ledger: Ledger, site: string, store: string, pack = packOf(ledger, site)): readonly Finding[] =>
  checkStore(storeFacts(ledger, site, store), pack);

type Sited = Readonly<{ site: string; findings: readonly Finding[] }>;

/** Sorted within each site: two sites may have places and natures of the same codes, and neither may hide the other's. */
function sortBySite(found: readonly Sited[]): Finding[] {
  const bySite = Map.groupBy(found, ({ site }) => site);
  return [...bySite.keys()].sort().flatMap((site) => sortFindings((bySite.get(site) ?? []).flatMap(({ findings }) => findings)));
}

/**
 * The whole-depot check: every storehouse and every lot in it, as of today. The order is the same for the same stock.
 *
 * @param pack Instead of the one that each site chose, to see what it would find.
 */
export function checkDepot(ledger: Ledger, pack?: RulePack): CheckReply {
  const today = dateOf(ledger.deps.nowMs());
  const packAt = (site: string): RulePack => pack ?? packOf(ledger, site);
  const inStores = listStores(ledger).map(({ site, store }) => ({ site, findings: storeFindings(ledger, site, store, packAt(site)) }));
  const onGround = listGround(ledger).map(({ site, place }) => ({
    site,
    findings: checkStore(groundFacts(ledger, site, place), packAt(site)),
  }));
  const ofLots = listLotLines(ledger).map(({ site, facts, item }) => ({
    site,
    findings: checkLot(facts, item, packAt(site), today, conditionTable()),
  }));
  const sites = new Set([...listStores(ledger), ...listGround(ledger)].map(({ site }) => site));
  const ofDistances = [...sites].map((site) => {
    const { plan, loads } = sitePlanOf(ledger, site, packAt(site), today);
    return { site, findings: checkSite(plan, loads, packAt(site)) };
  });
  const findings = sortBySite([...inStores, ...onGround, ...ofLots, ...ofDistances]).map(
    (finding): JudgedFinding => ({ ...finding, blocked: false }),
  );
  return { asOf: today, pack: packAt(ledger.site).id, findings };
}
