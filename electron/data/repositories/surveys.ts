/** What was found when somebody went round the storehouses: measures and checklists. */
import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import type { Checklist, StoreSurvey } from '../../../shared/domain/surveillance.ts';
import { foundBy, type OneSurvey, type SurveyFacts } from '../../../shared/rules/storehouse/measures.ts';
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
    .prepare(),
);
/** Surveys of a place itself, the latest first. */
export const listSurveys = (ledger: Ledger, site: string, at: string): readonly StoreSurvey[] => surveysOf(ledger).all({ site, place: at });

/**
 * Plain cells, since a large site asks for them all, in the order of `latestFirst`. Left to itself SQLite reads the surveys of
 * the whole site to find those of one place.
 */
const measureCells = (where: string) =>
  preparedText(`SELECT place, on_date, stack_mm, wall_gap_mm, roof_gap_mm, aisle_mm, dunnage_mm, cover_air_mm
    FROM store_measure INDEXED BY store_measure_by_place WHERE site = ? ${where} ORDER BY place DESC, on_date DESC, recorded_at_ms DESC, seq DESC, id DESC`);
const measuresOfSite = measureCells('');
const measuresOfPlace = measureCells('AND place = ?');

type Cells = readonly [place: string, onDate: string, ...values: (number | null)[]];
const surveyOf = ([, onDate, stackMm, wallGapMm, roofGapMm, aisleMm, dunnageMm, coverAirMm]: Cells): OneSurvey => ({
  onDate,
  stackMm: stackMm ?? null,
  wallGapMm: wallGapMm ?? null,
  roofGapMm: roofGapMm ?? null,
  aisleMm: aisleMm ?? null,
  dunnageMm: dunnageMm ?? null,
  coverAirMm: coverAirMm ?? null,
});

/** What the surveys of one place found; null where there is none. */
export const findFound = (ledger: Ledger, site: string, at: string): SurveyFacts | null =>
  foundBy((measuresOfPlace(ledger).all(site, at) as Cells[]).map(surveyOf));

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
const latestRecordIds = preparedText(`SELECT id FROM (SELECT id, row_number() OVER (
  PARTITION BY place, checklist ORDER BY on_date DESC, recorded_at_ms DESC, seq DESC, id DESC) AS age
  FROM checklist_record WHERE site = ?) WHERE age = 1`);
const idsOf = (rows: unknown[]): readonly string[] => (rows as [string][]).map(([id]) => id);

/** What was found at each place of a site that somebody surveyed. */
export function listFound(ledger: Ledger, site: string): ReadonlyMap<string, SurveyFacts> {
  const byPlace = Map.groupBy(measuresOfSite(ledger).all(site) as Cells[], ([place]) => place);
  return new Map(
    [...byPlace].flatMap(([place, cells]) => {
      const found = foundBy(cells.map(surveyOf));
      return found === null ? [] : [[place, found] as const];
    }),
  );
}

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
