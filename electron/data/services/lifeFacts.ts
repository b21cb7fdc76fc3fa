import type { Lot } from '../../../shared/domain/model.ts';
import type { ItemFacts } from '../../../shared/rules/facts.ts';
import type { Finding } from '../../../shared/rules/finding.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import type { SurveillancePlan } from '../../../shared/rules/surveillance/book.ts';
import { checkLife, type LifeContext } from '../../../shared/rules/surveillance/checkLife.ts';
import { checkClimate } from '../../../shared/rules/surveillance/climate.ts';
import type { LotLife } from '../../../shared/rules/surveillance/schedule.ts';
import type { Ledger } from '../ledger.ts';
import { findSetting } from '../repositories/reference.ts';
import {
  arrivalsByLot,
  arrivedOn,
  findPlanContent,
  inspectionsByLot,
  listInspections,
  listLoggedPlaces,
  listReadings,
} from '../repositories/surveillance.ts';
import { shippedPlan } from '../rules/books.ts';
import { surveillancePlanOf } from '../rules/surveillancePlans.ts';

/** A plan by its id: the program's, or one that the authority of the site put into the ledger. */
export function findPlan(ledger: Ledger, site: string, id: string): SurveillancePlan | undefined {
  if (id === shippedPlan().id) return shippedPlan();
  const content = findPlanContent(ledger, site, id);
  const read = content === undefined ? undefined : surveillancePlanOf(content);
  return read?.ok ? read.value : undefined;
}

/**
 * The plan of a site as the rules need it. Where none was chosen nothing is due, and results count by the program's plan.
 * A chosen plan that cannot be read here schedules by the program's, since no plan at all would be weaker.
 */
export function lifeContext(ledger: Ledger, site: string, pack: RulePack, today: string): LifeContext {
  const chosen = findSetting(ledger, site, 'surveillance');
  const plan = (chosen === null ? undefined : findPlan(ledger, site, chosen)) ?? shippedPlan();
  return { plan, pack, today, isScheduled: chosen !== null };
}

/** What is known of the life of one lot. */
export const lifeOf = (ledger: Ledger, { site, lotId, made }: Pick<Lot, 'site' | 'lotId' | 'made'>, item: ItemFacts): LotLife => ({
  lotId,
  item,
  made,
  arrivedOn: arrivedOn(ledger, site, lotId),
  inspections: listInspections(ledger, site, lotId),
});

export type LifeReader = (lotId: string, made: string | null, item: ItemFacts) => LotLife;
/** The same for many lots of a site, read at once. */
export function lifeReader(ledger: Ledger, site: string, isScheduled: boolean): LifeReader {
  const inspections = inspectionsByLot(ledger, site);
  const arrivals = isScheduled ? arrivalsByLot(ledger, site) : new Map<string, string>();
  return (lotId, made, item) => ({ lotId, item, made, arrivedOn: arrivals.get(lotId) ?? null, inspections: inspections.get(lotId) ?? [] });
}

/** Findings on the life of one lot at one place. */
export const lifeFindings = (ledger: Ledger, lot: Lot, place: string, item: ItemFacts, pack: RulePack, today: string): readonly Finding[] =>
  checkLife(lifeOf(ledger, lot, item), place, lifeContext(ledger, lot.site, pack, today));

/** Findings of every logger of a site. */
export function climateFindings(ledger: Ledger, site: string, pack: RulePack, nowMs: number): readonly Finding[] {
  const { plan } = lifeContext(ledger, site, pack, '');
  return listLoggedPlaces(ledger, site).flatMap((place) => checkClimate(place, listReadings(ledger, site, place), plan, nowMs));
}
