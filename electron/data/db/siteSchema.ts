import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The tables of migrations 0005 to 0009: how a site is built, what lies around it, and what was found out about its stock. */
export const structure = sqliteTable(
  'structure',
  {
    site: text().notNull(),
    place: text().notNull(),
    construction: text(),
    isBarricaded: integer('is_barricaded'),
    hasProtectiveRoof: integer('has_protective_roof'),
    frontMdeg: integer('front_mdeg'),
    shape: text(),
    conditionsMet: text('conditions_met').notNull(),
    people: integer(),
    floorLoadMaxKgPerM2: integer('floor_load_max_kg_per_m2'),
    stackHeightMaxMm: integer('stack_height_max_mm'),
    floorAreaDm2: integer('floor_area_dm2'),
    underground: text(),
    conditionsUntil: text('conditions_until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.place] })],
);
export const exposedSite = sqliteTable(
  'exposed_site',
  {
    site: text().notNull(),
    exposed: text().notNull(),
    name: text().notNull(),
    kind: text(),
    route: text(),
    usersPerDay: integer('users_per_day'),
    isBarricaded: integer('is_barricaded'),
    hasProtectiveRoof: integer('has_protective_roof'),
    people: integer(),
    shape: text().notNull(),
    isActive: integer('is_active').notNull(),
    isBusyYard: integer('is_busy_yard'),
  },
  (t) => [primaryKey({ columns: [t.site, t.exposed] })],
);
export const approval = sqliteTable(
  'approval',
  {
    site: text().notNull(),
    id: text().notNull(),
    rule: text().notNull(),
    place: text().notNull(),
    conditions: text().notNull(),
    authority: text().notNull(),
    until: text().notNull(),
    reason: text().notNull(),
    person: text().notNull(),
    second: text().notNull(),
    withdrawnAtMs: integer('withdrawn_at_ms'),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);
export const licenceDocument = sqliteTable(
  'licence_document',
  {
    site: text().notNull(),
    id: text().notNull(),
    place: text().notNull(),
    number: text().notNull(),
    authority: text().notNull(),
    issuedOn: text('issued_on').notNull(),
    reviewOn: text('review_on').notNull(),
    pack: text().notNull(),
    edition: text().notNull(),
    limits: text().notNull(),
    person: text().notNull(),
    second: text().notNull(),
    recordedAtMs: integer('recorded_at_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);
export const nationalPack = sqliteTable(
  'national_pack',
  { site: text().notNull(), pack: text().notNull(), content: text().notNull() },
  (t) => [primaryKey({ columns: [t.site, t.pack] })],
);
export const inspection = sqliteTable(
  'inspection',
  {
    site: text().notNull(),
    id: text().notNull(),
    lotId: text('lot_id').notNull(),
    kind: text().notNull(),
    onDate: text('on_date').notNull(),
    result: text().notNull(),
    stabiliserPpm: integer('stabiliser_ppm'),
    remark: text().notNull(),
    person: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);
export const surveillancePlan = sqliteTable(
  'surveillance_plan',
  { site: text().notNull(), plan: text().notNull(), content: text().notNull() },
  (t) => [primaryKey({ columns: [t.site, t.plan] })],
);
export const lifeChange = sqliteTable(
  'life_change',
  {
    site: text().notNull(),
    id: text().notNull(),
    lotId: text('lot_id').notNull(),
    previous: text(),
    until: text().notNull(),
    inspection: text(),
    reason: text().notNull(),
    person: text().notNull(),
    second: text().notNull(),
    recordedAtMs: integer('recorded_at_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);
export const climateReading = sqliteTable(
  'climate_reading',
  {
    site: text().notNull(),
    place: text().notNull(),
    atMs: integer('at_ms').notNull(),
    temperatureCentiC: integer('temperature_centi_c').notNull(),
    humidityPermille: integer('humidity_permille'),
  },
  (t) => [primaryKey({ columns: [t.site, t.place, t.atMs] })],
);
export const checklistRecord = sqliteTable(
  'checklist_record',
  {
    site: text().notNull(),
    id: text().notNull(),
    place: text().notNull(),
    checklist: text().notNull(),
    onDate: text('on_date').notNull(),
    answers: text().notNull(),
    remark: text().notNull(),
    person: text().notNull(),
    recordedAtMs: integer('recorded_at_ms').notNull(),
    seq: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);
export const storeMeasure = sqliteTable(
  'store_measure',
  {
    site: text().notNull(),
    id: text().notNull(),
    place: text().notNull(),
    onDate: text('on_date').notNull(),
    stackMm: integer('stack_mm'),
    wallGapMm: integer('wall_gap_mm'),
    roofGapMm: integer('roof_gap_mm'),
    aisleMm: integer('aisle_mm'),
    dunnageMm: integer('dunnage_mm'),
    coverAirMm: integer('cover_air_mm'),
    remark: text().notNull(),
    person: text().notNull(),
    recordedAtMs: integer('recorded_at_ms').notNull(),
    seq: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);
