import { and, asc, eq, sql } from 'drizzle-orm';
import type { Inspection } from '../../../shared/domain/surveillance.ts';
import type { InspectionFacts } from '../../../shared/rules/surveillance/schedule.ts';
import { climateReading, inspection, lifeChange, surveillancePlan } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';
import { prepared, preparedText } from './prepared.ts';

const value = sql.placeholder;

const inspectionsOfSite = prepared((db) =>
  db
    .select()
    .from(inspection)
    .where(eq(inspection.site, value('site')))
    .orderBy(asc(inspection.lotId), asc(inspection.onDate), asc(inspection.id))
    .prepare(),
);
const inspectionsOfLot = prepared((db) =>
  db
    .select()
    .from(inspection)
    .where(and(eq(inspection.site, value('site')), eq(inspection.lotId, value('lotId'))))
    .orderBy(asc(inspection.onDate), asc(inspection.id))
    .prepare(),
);
/** Inspections of a lot by date, the latest last. */
export const listInspections = (ledger: Ledger, site: string, lotId: string): readonly Inspection[] =>
  inspectionsOfLot(ledger).all({ site, lotId }) as Inspection[];

/** The inspections of every lot of a site that has any, by date. */
export const inspectionsByLot = (ledger: Ledger, site: string): ReadonlyMap<string, readonly InspectionFacts[]> =>
  Map.groupBy(inspectionsOfSite(ledger).all({ site }) as Inspection[], ({ lotId }) => lotId);

/** The earliest arrival from outside: what moved within the site does not begin anew. */
const ARRIVAL = `SELECT m.lot_id, min(m.happened_at_ms) FROM movement m
  JOIN place p ON p.site = m.site AND p.place = m.to_place AND p.kind <> 'external' WHERE m.site = ?`;
const arrivalOfLot = preparedText(`${ARRIVAL} AND m.lot_id = ?`);
const arrivalsOfSite = preparedText(`${ARRIVAL} GROUP BY m.lot_id`);
const dateOfMs = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The day on which a lot first came to lie here; null where it never did. */
export function arrivedOn(ledger: Ledger, site: string, lotId: string): string | null {
  const [, ms] = arrivalOfLot(ledger).get(site, lotId) as [string | null, number | null];
  return ms === null ? null : dateOfMs(ms);
}
export const arrivalsByLot = (ledger: Ledger, site: string): ReadonlyMap<string, string> =>
  new Map((arrivalsOfSite(ledger).all(site) as [string, number][]).map(([lotId, ms]) => [lotId, dateOfMs(ms)]));

const changesOfLot = prepared((db) =>
  db
    .select()
    .from(lifeChange)
    .where(and(eq(lifeChange.site, value('site')), eq(lifeChange.lotId, value('lotId'))))
    .orderBy(asc(lifeChange.recordedAtMs), asc(lifeChange.id))
    .prepare(),
);
/** How the end of safe life of a lot was changed, in the order in which it was. */
export const listLifeChanges = (ledger: Ledger, site: string, lotId: string) => changesOfLot(ledger).all({ site, lotId });

const planOf = prepared((db) =>
  db
    .select()
    .from(surveillancePlan)
    .where(and(eq(surveillancePlan.site, value('site')), eq(surveillancePlan.plan, value('plan'))))
    .prepare(),
);
export const findPlanContent = (ledger: Ledger, site: string, plan: string): string | undefined =>
  planOf(ledger).get({ site, plan })?.content;

const plansOf = prepared((db) =>
  db
    .select({ plan: surveillancePlan.plan })
    .from(surveillancePlan)
    .where(eq(surveillancePlan.site, value('site')))
    .orderBy(asc(surveillancePlan.plan))
    .prepare(),
);
export const listPlanIds = (ledger: Ledger, site: string): readonly string[] =>
  plansOf(ledger)
    .all({ site })
    .map(({ plan }) => plan);

const readingsOf = prepared((db) =>
  db
    .select({
      atMs: climateReading.atMs,
      temperatureCentiC: climateReading.temperatureCentiC,
      humidityPermille: climateReading.humidityPermille,
    })
    .from(climateReading)
    .where(and(eq(climateReading.site, value('site')), eq(climateReading.place, value('place'))))
    .orderBy(asc(climateReading.atMs))
    .prepare(),
);
/** What the logger of a place said, by moment. */
export const listReadings = (ledger: Ledger, site: string, place: string) => readingsOf(ledger).all({ site, place });

const loggedOf = prepared((db) =>
  db
    .selectDistinct({ place: climateReading.place })
    .from(climateReading)
    .where(eq(climateReading.site, value('site')))
    .orderBy(asc(climateReading.place))
    .prepare(),
);
/** Places with a logger. */
export const listLoggedPlaces = (ledger: Ledger, site: string): readonly string[] =>
  loggedOf(ledger)
    .all({ site })
    .map(({ place }) => place);
