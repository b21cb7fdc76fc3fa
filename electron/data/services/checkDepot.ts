import type { CheckReply } from '../../../shared/contract/views.ts';
import type { Finding, JudgedFinding } from '../../../shared/rules/finding.ts';
import { checkLot } from '../../../shared/rules/lots.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { sortFindings } from '../../../shared/rules/ruleFinding.ts';
import type { OnPlace } from '../../../shared/rules/site/checkSite.ts';
import { checkStore } from '../../../shared/rules/store.ts';
import { checkLife } from '../../../shared/rules/surveillance/checkLife.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { groundFacts, type LotLine, listGround, listLotLines, listStores, storeFacts } from '../repositories/facts.ts';
import { listNotUnderstood } from '../repositories/notUnderstood.ts';
import { findLot, findPlace } from '../repositories/reference.ts';
import { conditionTable } from '../rules/books.ts';
import { accountFindings, dateOf, packOf } from './checking.ts';
import { climateFindings, lifeContext, lifeReader } from './lifeFacts.ts';
import { practiceFindings } from './practice.ts';
import { siteFindings, sitePlanOf } from './sitePlan.ts';

/** Every finding on the stock of one storehouse and what lies in it. */
export const storeFindings = (ledger: Ledger, site: string, store: string, pack = packOf(ledger, site)): readonly Finding[] =>
  checkStore(storeFacts(ledger, site, store), pack);

type Sited = Readonly<{ site: string; findings: readonly Finding[] }>;

/** Sorted within each site: two sites may have places and natures of the same codes, and neither may hide the other's. */
function sortBySite(found: readonly Sited[]): Finding[] {
  const bySite = Map.groupBy(found, ({ site }) => site);
  return [...bySite.keys()].sort().flatMap((site) => sortFindings((bySite.get(site) ?? []).flatMap(({ findings }) => findings)));
}

/** What inspections and loggers of a site say, of every lot where it lies. */
function lifeOfSite(ledger: Ledger, site: string, lines: readonly LotLine[], pack: RulePack, today: string): readonly Finding[] {
  const context = lifeContext(ledger, site, pack, today);
  const read = lifeReader(ledger, site, context.isScheduled);
  const ofLots = lines
    .filter((line) => line.site === site)
    .flatMap(({ facts, item }) =>
      checkLife(read(facts.lotId, findLot(ledger, site, facts.lotId)?.made ?? null, item), facts.place, context),
    );
  return [...ofLots, ...climateFindings(ledger, site, pack, ledger.deps.nowMs())];
}

/**
 * The whole-depot check: every storehouse and every lot in it, as of today. The order is the same for the same stock.
 *
 * @param onPlace Told of every place whose distances are asked, which takes longest.
 * @param pack Instead of the one that each site chose, to see what it would find.
 */
export function checkDepot(ledger: Ledger, pack?: RulePack, onPlace?: OnPlace): CheckReply {
  const today = dateOf(ledger.deps.nowMs());
  const packAt = (site: string): RulePack => pack ?? packOf(ledger, site);
  const inStores = listStores(ledger).map(({ site, store }) => ({ site, findings: storeFindings(ledger, site, store, packAt(site)) }));
  const onGround = listGround(ledger).map(({ site, place }) => ({
    site,
    findings: checkStore(groundFacts(ledger, site, place), packAt(site)),
  }));
  const lines = listLotLines(ledger);
  const ofLots = lines.map(({ site, facts, item }) => ({
    site,
    findings: checkLot(facts, item, packAt(site), today, conditionTable()),
  }));
  const sites = new Set([...listStores(ledger), ...listGround(ledger)].map(({ site }) => site));
  const ofDistances = [...sites].map((site) => {
    return { site, findings: siteFindings(sitePlanOf(ledger, site, packAt(site), today), packAt(site), onPlace) };
  });
  const ofLife = [...sites].map((site) => ({ site, findings: lifeOfSite(ledger, site, lines, packAt(site), today) }));
  const stocked = Map.groupBy(lines, ({ site }) => site);
  const ofPractice = [...sites].map((site) => {
    const places = new Set((stocked.get(site) ?? []).map(({ facts }) => facts.place));
    return { site, findings: practiceFindings(ledger, site, places, today) };
  });
  const incomplete = new Set(listNotUnderstood(ledger).map(({ site }) => site));
  const ofAccounts = [...incomplete].map((site) => ({ site, findings: accountFindings(ledger, site, packAt(site)) }));
  const findings = sortBySite([...ofAccounts, ...inStores, ...onGround, ...ofLots, ...ofDistances, ...ofLife, ...ofPractice]).map(
    (finding): JudgedFinding => ({ ...finding, blocked: false }),
  );
  return { asOf: today, pack: packAt(ledger.site).id, findings };
}

/** What the same check says of one place, the bays of a storehouse included. */
export function checkPlace(ledger: Ledger, place: string): CheckReply {
  if (findPlace(ledger, ledger.site, place) === undefined) throw new Refused({ code: 'unknownPlace', place });
  const { findings, ...reply } = checkDepot(ledger);
  const isHere = (each: string): boolean => each === place || findPlace(ledger, ledger.site, each)?.store === place;
  const isOfAccount = ({ facts }: Finding): boolean => facts.account === ledger.site;
  return { ...reply, findings: findings.filter((finding) => isHere(finding.place) || isOfAccount(finding)) };
}
