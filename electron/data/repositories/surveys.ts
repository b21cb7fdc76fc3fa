/** What was found when somebody went round the storehouses: measures and checklists. */
import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import type { Checklist, StoreSurvey } from '../../../shared/domain/surveillance.ts';
import { checklistRecord, place, storeMeasure } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';
import { prepared } from './prepared.ts';

const value = sql.placeholder;

/** By day and then by entry, the latest first: what counts is what was found last. The index on site, place and day leads. */
const latestFirst = (table: typeof storeMeasure | typeof checklistRecord) => [
  desc(table.onDate),
  desc(table.recordedAtMs),
  desc(table.seq),
  desc(table.id),
];

const surveysOf = prepared((db) =>
  db
    .select()
    .from(storeMeasure)
    .where(and(eq(storeMeasure.site, value('site')), eq(storeMeasure.place, value('place'))))
    .orderBy(...latestFirst(storeMeasure))
    .limit(value('limit'))
    .prepare(),
);
/** No limit, as SQLite writes it. */
const ALL = -1;
/** Surveys of a place itself, the latest first. */
export const listSurveys = (ledger: Ledger, site: string, at: string): readonly StoreSurvey[] =>
  surveysOf(ledger).all({ site, place: at, limit: ALL });
export const findLatestSurvey = (ledger: Ledger, site: string, at: string): StoreSurvey | undefined =>
  surveysOf(ledger).all({ site, place: at, limit: 1 })[0];

const recordOf = ({ answers, ...row }: typeof checklistRecord.$inferSelect): Checklist => ({ ...row, answers: JSON.parse(answers) });

const recordsOf = prepared((db) =>
  db
    .select()
    .from(checklistRecord)
    .where(and(eq(checklistRecord.site, value('site')), eq(checklistRecord.place, value('place'))))
    .orderBy(...latestFirst(checklistRecord))
    .prepare(),
);
/** Checklists filled in at a place, the latest first. */
export const listChecklists = (ledger: Ledger, site: string, at: string): readonly Checklist[] =>
  recordsOf(ledger).all({ site, place: at }).map(recordOf);

const latestRecordOf = prepared((db) =>
  db
    .select()
    .from(checklistRecord)
    .where(
      and(
        eq(checklistRecord.site, value('site')),
        eq(checklistRecord.place, value('place')),
        eq(checklistRecord.checklist, value('checklist')),
      ),
    )
    .orderBy(...latestFirst(checklistRecord))
    .limit(1)
    .prepare(),
);
export function findLatestChecklist(ledger: Ledger, site: string, at: string, checklist: string): Checklist | undefined {
  const row = latestRecordOf(ledger).get({ site, place: at, checklist });
  return row && recordOf(row);
}

const storagePlaces = prepared((db) =>
  db
    .select({ place: place.place, name: place.name, kind: place.kind, type: place.type, store: place.store })
    .from(place)
    .where(and(eq(place.site, value('site')), ne(place.kind, 'external'), ne(place.kind, 'site')))
    .orderBy(asc(place.place))
    .prepare(),
);
/** Storehouses and bays of a site, by code. */
export const listStoragePlaces = (ledger: Ledger, site: string) => storagePlaces(ledger).all({ site });
