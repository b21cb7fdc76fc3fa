/** What was found when somebody went round the storehouses: measures and checklists. */
import { and, asc, eq, ne, sql } from 'drizzle-orm';
import { byDayAndEntry, type Checklist, type EntryOrder, type StoreSurvey } from '../../../shared/domain/surveillance.ts';
import { checklistRecord, place, storeMeasure } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';
import { prepared } from './prepared.ts';

const value = sql.placeholder;

export type SurveyRow = StoreSurvey & EntryOrder;
export type ChecklistRecordRow = Checklist & EntryOrder;
const readAnswers = ({ answers, ...row }: typeof checklistRecord.$inferSelect): ChecklistRecordRow => ({
  ...row,
  answers: JSON.parse(answers),
});

const surveysOfSite = prepared((db) =>
  db
    .select()
    .from(storeMeasure)
    .where(eq(storeMeasure.site, value('site')))
    .prepare(),
);
/** Every survey of a site, the latest last. */
export const listSurveys = (ledger: Ledger, site: string): readonly SurveyRow[] =>
  surveysOfSite(ledger).all({ site }).toSorted(byDayAndEntry);

const recordsOfSite = prepared((db) =>
  db
    .select()
    .from(checklistRecord)
    .where(eq(checklistRecord.site, value('site')))
    .prepare(),
);
/** Every checklist filled in at a site, the latest last. */
export const listChecklistsOfSite = (ledger: Ledger, site: string): readonly ChecklistRecordRow[] =>
  recordsOfSite(ledger).all({ site }).map(readAnswers).toSorted(byDayAndEntry);

const recordsOfPlace = prepared((db) =>
  db
    .select()
    .from(checklistRecord)
    .where(and(eq(checklistRecord.site, value('site')), eq(checklistRecord.place, value('place'))))
    .prepare(),
);
/** Checklists filled in at a place, the latest first. */
export const listChecklists = (ledger: Ledger, site: string, at: string): readonly ChecklistRecordRow[] =>
  recordsOfPlace(ledger).all({ site, place: at }).map(readAnswers).toSorted(byDayAndEntry).reverse();

const storagePlaces = prepared((db) =>
  db
    .select({ place: place.place, name: place.name, kind: place.kind, store: place.store })
    .from(place)
    .where(and(eq(place.site, value('site')), ne(place.kind, 'external'), ne(place.kind, 'site')))
    .orderBy(asc(place.place))
    .prepare(),
);
/** Storehouses and bays of a site, by code. */
export const listStoragePlaces = (ledger: Ledger, site: string) => storagePlaces(ledger).all({ site });
