import { type Lot, type Movement, type Place, UNTOLD_ITEM_FACTS } from '../../../shared/domain/model.ts';
import { takesOut } from '../../../shared/domain/movement.ts';
import { checkAccount } from '../../../shared/rules/account.ts';
import { causedBy } from '../../../shared/rules/compare.ts';
import { conditionGroup } from '../../../shared/rules/conditions.ts';
import { type HeapState, type ItemFacts, type LotFacts, type StoreFacts, unknownItem } from '../../../shared/rules/facts.ts';
import type { Finding, JudgedFinding } from '../../../shared/rules/finding.ts';
import { checkIssue, checkLot } from '../../../shared/rules/lots.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { judge, type PolicyKind } from '../../../shared/rules/policy.ts';
import { checkAround, loadOf } from '../../../shared/rules/site/checkSite.ts';
import { checkStore } from '../../../shared/rules/store.ts';
import { checkLifeIssue } from '../../../shared/rules/surveillance/checkLife.ts';
import { coverageOf, withWaiverNamed } from '../../../shared/rules/waivers.ts';
import type { Ledger } from '../ledger.ts';
import { groundFacts, lotFactsOf, storeFacts } from '../repositories/facts.ts';
import { countNotUnderstood } from '../repositories/notUnderstood.ts';
import { findItem, findPlace, findRestriction, findSetting } from '../repositories/reference.ts';
import { listWaiversInForce } from '../repositories/settings.ts';
import { conditionTable, DEFAULT_PACK, rulePacks } from '../rules/books.ts';
import { nationalPackOf } from '../rules/nationalPacks.ts';
import { lifeContext, lifeFindings, lifeOf } from './lifeFacts.ts';
import { policyOf } from './policy.ts';
import { practiceAround } from './practice.ts';
import type { Resolved } from './resolveMovement.ts';
import { sitePlanOf } from './sitePlan.ts';

export const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A pack by its id: one of the program's, or one that the authority of this site has put into the ledger. */
export function findPack(ledger: Ledger, site: string, id: string): RulePack | undefined {
  const shipped = rulePacks().get(id);
  const content = shipped === undefined ? ledger.store.get('nationalPack', { site, pack: id })?.content : undefined;
  if (content === undefined) return shipped;
  const national = nationalPackOf(content);
  return national.ok ? national.value : undefined;
}

/** The pack that the site's authority chose; where it is not at hand or cannot be read here, the strictest. */
export const packOf = (ledger: Ledger, site = ledger.site): RulePack =>
  findPack(ledger, site, findSetting(ledger, site, 'pack') ?? DEFAULT_PACK) ?? (rulePacks().get('strictest') as RulePack);

/** That a site's account is not whole: what no check can be clear of. */
export const accountFindings = (ledger: Ledger, site: string, pack = packOf(ledger, site)): readonly Finding[] =>
  checkAccount(site, countNotUnderstood(ledger, site), pack);

const itemFactsOf = (ledger: Ledger, site: string, code: string): ItemFacts => findItem(ledger, site, code) ?? unknownItem(code);

/** The facts of a storehouse with one heap more (or less) in one of its places; what leaves may leave its state behind. */
export function withLine(
  store: StoreFacts,
  item: ItemFacts,
  place: string,
  quantity: number,
  arriving: readonly HeapState[] = [],
): StoreFacts {
  const at = store.lines.findIndex((line) => line.place === place && line.item.item === item.item);
  const states = [...(store.lines[at]?.states ?? []), ...arriving];
  const changed = { item, place, quantity: (store.lines[at]?.quantity ?? 0) + quantity, states };
  const lines = at < 0 ? [...store.lines, changed] : store.lines.with(at, changed);
  return { ...store, lines: lines.filter((line) => line.quantity > 0) };
}

function lotFactsAt(ledger: Ledger, lot: Lot, place: string, condition: string, quantity: number): LotFacts {
  const { site, item, lotId } = lot;
  const nature = findItem(ledger, site, item) ?? UNTOLD_ITEM_FACTS;
  return lotFactsOf(lot, nature, { place, condition, quantity }, findRestriction(ledger, site, item, lotId) ?? null);
}

/** Findings about the storehouse and the lot where something arrives, before and after it does. */
function arrivalFindings(ledger: Ledger, movement: Movement, lot: Lot, to: Place, pack: RulePack, today: string): readonly Finding[] {
  if (to.kind === 'external') return [];
  const item = itemFactsOf(ledger, movement.site, lot.item);
  const before = to.store === null ? groundFacts(ledger, movement.site, to.place) : storeFacts(ledger, movement.site, to.store);
  const arriving = movement.from === movement.to ? 0 : movement.quantity;
  const staying = to.store !== null && findPlace(ledger, movement.site, movement.from)?.store === to.store;
  const start = staying ? withLine(before, item, movement.from, -arriving) : before;
  const state = { condition: conditionGroup(movement.condition, conditionTable()), identity: lot.identity };
  const after = withLine(start, item, to.place, arriving, [state]);
  const key = {
    site: movement.site,
    lotId: movement.lotId,
    place: to.place,
    condition: movement.condition,
    owner: movement.owner,
    holder: movement.holder,
  };
  const held = ledger.store.get('holding', key)?.quantity ?? 0;
  const lotFacts = (quantity: number) => lotFactsAt(ledger, lot, to.place, movement.condition, quantity);
  const life = lifeFindings(ledger, lot, to.place, item, pack, today);
  const lotBefore = held > 0 ? [...checkLot(lotFacts(held), item, pack, today, conditionTable()), ...life] : [];
  const distances = distanceFindings(ledger, movement, [...left(ledger, movement, item, before.store), after], pack, today);
  const practice = practiceAround(ledger, movement.site, to.place, [before, after], today);
  const lotAfter = [...checkLot(lotFacts(held + arriving), item, pack, today, conditionTable()), ...life];
  return causedBy(
    [...checkStore(before, pack), ...lotBefore, ...distances.before, ...practice.before],
    [...checkStore(after, pack), ...lotAfter, ...distances.after, ...practice.after],
  );
}

/** The storehouse or ground that a heap leaves for another, as it will be. */
function left(ledger: Ledger, { site, from, quantity }: Movement, item: ItemFacts, arrivesAt: string): readonly StoreFacts[] {
  const place = findPlace(ledger, site, from);
  if (place === undefined || place.kind === 'external' || (place.store ?? place.place) === arrivesAt) return [];
  const facts = place.store === null ? groundFacts(ledger, site, from) : storeFacts(ledger, site, place.store);
  return [withLine(facts, item, from, -quantity)];
}

/** What a movement does to the distances of everything that explodes together with the place of arrival, the last of `changed`. */
function distanceFindings(ledger: Ledger, { site }: Movement, changed: readonly StoreFacts[], pack: RulePack, today: string) {
  const { plan, loads } = sitePlanOf(ledger, site, pack, today);
  const after = new Map([...loads, ...changed.map((facts) => [facts.store, loadOf(facts, pack)] as const)]);
  return checkAround(plan, { before: loads, after }, pack, changed.at(-1)?.store ?? '');
}

/**
 * A waiver lets a finding pass that would block, in the division and up to the quantity that it was signed for; the finding is
 * listed all the same. Beyond the quantity it blocks again, and says for how much there is a waiver.
 */
function waived(ledger: Ledger, site: string, today: string, findings: readonly JudgedFinding[]): JudgedFinding[] {
  if (!findings.some((finding) => finding.blocked)) return [...findings];
  const waivers = listWaiversInForce(ledger, site, today);
  return findings.map((finding) => {
    if (!finding.blocked) return finding;
    const { by, tooSmallKg } = coverageOf(finding, waivers);
    if (by !== null) return { ...finding, blocked: false, overridden: true };
    return tooSmallKg === null ? finding : withWaiverNamed(finding, tooSmallKg);
  });
}

/**
 * Everything the rules say about one movement, judged by the policy: what it creates or worsens, what forbids taking out, and
 * that nobody can tell where the site's account is not whole.
 */
export function checkMovement(ledger: Ledger, { movement, from, to, lot }: Resolved): JudgedFinding[] {
  const { site, kind } = movement;
  const pack = packOf(ledger, site);
  const today = dateOf(ledger.deps.nowMs());
  const leaving = takesOut(kind, from)
    ? [
        ...checkIssue(lotFactsAt(ledger, lot, from.place, movement.fromCondition, movement.quantity), pack, today, conditionTable()),
        ...checkLifeIssue(lifeOf(ledger, lot, itemFactsOf(ledger, site, lot.item)), from.place, lifeContext(ledger, site, pack, today)),
      ]
    : [];
  const findings = [...accountFindings(ledger, site, pack), ...leaving, ...arrivalFindings(ledger, movement, lot, to, pack, today)];
  return waived(ledger, site, today, judge(findings, kind as PolicyKind, policyOf(ledger, site)));
}
