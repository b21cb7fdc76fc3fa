/** What was found when somebody went round the storehouses: measures and checklists. */
import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import type { Checklist, StoreSurvey } from '../../../shared/domain/surveillance.ts';
import { checklistRecord, place, storeMeasure } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';
import { prepared, preparedText } from './prepared.ts';

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

/** Of every place at once: asking place by place would read a large site a thousand times. The order is that of `latestFirst`. */
const latestIds = (table: string, within: string) =>
  preparedText(`SELECT id FROM (SELECT id, row_number() OVER (
    PARTITION BY ${within} ORDER BY on_date DESC, recorded_at_ms DESC, seq DESC, id DESC) AS age
    FROM ${table} WHERE site = ?) WHERE age = 1`);
const latestSurveyIds = latestIds('store_measure', 'place');
const latestRecordIds = latestIds('checklist_record', 'place, checklist');
const idsOf = (rows: unknown[]): readonly string[] => (rows as [string][]).map(([id]) => id);

/** The latest survey of each place of a site that has one. */
export const latestSurveys = (ledger: Ledger, site: string): ReadonlyMap<string, StoreSurvey> =>
  new Map(
    idsOf(latestSurveyIds(ledger).all(site)).flatMap((id) => {
      const row = ledger.store.get('storeMeasure', { site, id });
      return row === undefined ? [] : [[row.place, row] as const];
    }),
  );

/** The latest record of each checklist at each place, by `PLACE\nCHECKLIST`. */
export const latestChecklists = (ledger: Ledger, site: string): ReadonlyMap<string, Checklist> =>
  new Map(
    idsOf(latestRecordIds(ledger).all(site)).flatMap((id) => {
      const row = ledger.store.get('checklistRecord', { site, id });
      return row === undefined ? [] : [[`${row.place}\n${row.checklist}`, recordOf(row)] as const];
    }),
  );

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
