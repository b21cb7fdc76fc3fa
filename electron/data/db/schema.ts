import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import {
  approval,
  checklistRecord,
  climateReading,
  exposedSite,
  inspection,
  licenceDocument,
  lifeChange,
  nationalPack,
  storeMeasure,
  structure,
  surveillancePlan,
} from './siteSchema.ts';
import { acceptance, conflictCase, partner, trustList } from './syncSchema.ts';

export {
  acceptance,
  bundlePart,
  conflictCase,
  heldThere,
  localSetting,
  partner,
  partnerState,
  quarantine,
  trustList,
} from './syncSchema.ts';
export { draft, exported, reply } from './workingSchema.ts';
export {
  approval,
  checklistRecord,
  climateReading,
  exposedSite,
  inspection,
  licenceDocument,
  lifeChange,
  nationalPack,
  storeMeasure,
  structure,
  surveillancePlan,
};

/**
 * The tables as queries see them. The SQL in `migrations/` is what makes them; a test holds the two against each other.
 * Flags are whole numbers here as in the file, so that a row reads the same from SQL and from a replay.
 */
export const stream = sqliteTable('stream', {
  stream: integer().notNull().primaryKey(),
  device: text().notNull(),
  incarnation: integer().notNull(),
  site: text().notNull(),
  role: text().notNull(),
  statement: text().notNull(),
  genesis: blob({ mode: 'buffer' }).notNull(),
  commitmentKey: blob('commitment_key', { mode: 'buffer' }).notNull(),
  isOwn: integer('is_own').notNull(),
});
export const entry = sqliteTable(
  'entry',
  {
    stream: integer().notNull(),
    seq: integer().notNull(),
    event: text().notNull(),
    payload: text().notNull(),
    hash: blob({ mode: 'buffer' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.stream, t.seq] })],
);
export const head = sqliteTable(
  'head',
  {
    stream: integer().notNull(),
    seq: integer().notNull(),
    hash: blob({ mode: 'buffer' }).notNull(),
    root: blob({ mode: 'buffer' }).notNull(),
    deviceSignature: blob('device_signature', { mode: 'buffer' }).notNull(),
    person: text().notNull(),
    personSignature: blob('person_signature', { mode: 'buffer' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.stream, t.seq] })],
);

export const site = sqliteTable('site', { site: text().notNull().primaryKey(), name: text().notNull(), role: text().notNull() });
export const person = sqliteTable(
  'person',
  {
    stream: integer().notNull(),
    site: text().notNull(),
    person: text().notNull(),
    publicKey: text('public_key').notNull(),
    slot: text().notNull(),
    roles: text().notNull(),
    isActive: integer('is_active').notNull(),
  },
  (t) => [primaryKey({ columns: [t.stream, t.person] })],
);
export const item = sqliteTable(
  'item',
  {
    site: text().notNull(),
    item: text().notNull(),
    name: text().notNull(),
    un: text(),
    hazardCode: text('hazard_code'),
    subdivision: text(),
    form: text(),
    neqG: integer('neq_g'),
    heNeqG: integer('he_neq_g'),
    massG: integer('mass_g'),
    packQuantity: integer('pack_quantity'),
    unit: text().notNull(),
    securityClass: integer('security_class'),
    weaponGroup: text('weapon_group'),
    fillingNeqG: integer('filling_neq_g'),
    singleBaseNeqG: integer('single_base_neq_g'),
    traits: text(),
    shelfLifeMonths: integer('shelf_life_months'),
  },
  (t) => [primaryKey({ columns: [t.site, t.item] })],
);
export const place = sqliteTable(
  'place',
  {
    site: text().notNull(),
    place: text().notNull(),
    name: text().notNull(),
    kind: text().notNull(),
    parent: text(),
    type: text(),
    lat7: integer(),
    lon7: integer(),
    store: text(),
  },
  (t) => [primaryKey({ columns: [t.site, t.place] })],
);
export const licence = sqliteTable(
  'licence',
  {
    site: text().notNull(),
    place: text().notNull(),
    division: text().notNull(),
    limitG: integer('limit_g').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.place, t.division] })],
);
export const lot = sqliteTable(
  'lot',
  {
    site: text().notNull(),
    lotId: text('lot_id').notNull(),
    item: text().notNull(),
    text: text().notNull(),
    identity: text().notNull(),
    maker: text(),
    made: text(),
    lifeUntil: text('life_until'),
  },
  (t) => [primaryKey({ columns: [t.site, t.lotId] })],
);
export const holding = sqliteTable(
  'holding',
  {
    site: text().notNull(),
    lotId: text('lot_id').notNull(),
    place: text().notNull(),
    condition: text().notNull(),
    owner: text().notNull(),
    holder: text().notNull(),
    quantity: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.lotId, t.place, t.condition, t.owner, t.holder] })],
);
export const placeItem = sqliteTable(
  'place_item',
  {
    site: text().notNull(),
    place: text().notNull(),
    item: text().notNull(),
    quantity: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.place, t.item] })],
);
export const movement = sqliteTable(
  'movement',
  {
    stream: integer().notNull(),
    seq: integer().notNull(),
    site: text().notNull(),
    id: text().notNull(),
    kind: text().notNull(),
    lotId: text('lot_id').notNull(),
    fromPlace: text('from_place').notNull(),
    toPlace: text('to_place').notNull(),
    quantity: integer().notNull(),
    fromCondition: text('from_condition').notNull(),
    condition: text().notNull(),
    owner: text().notNull(),
    holder: text().notNull(),
    voucher: text().notNull(),
    happenedAtMs: integer('happened_at_ms').notNull(),
    recordedAtMs: integer('recorded_at_ms').notNull(),
    person: text().notNull(),
    second: text(),
    reason: text(),
    reverses: text(),
    consignment: text(),
  },
  (t) => [primaryKey({ columns: [t.stream, t.seq] })],
);
export const restriction = sqliteTable(
  'restriction',
  {
    site: text().notNull(),
    id: text().notNull(),
    kind: text().notNull(),
    item: text().notNull(),
    lotId: text('lot_id'),
    reason: text().notNull(),
    setAtMs: integer('set_at_ms').notNull(),
    liftedAtMs: integer('lifted_at_ms'),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);
export const requirement = sqliteTable(
  'requirement',
  {
    site: text().notNull(),
    item: text().notNull(),
    category: text().notNull(),
    from: text('from_date').notNull(),
    to: text('to_date').notNull(),
    quantity: integer().notNull(),
    approvedBy: text('approved_by'),
  },
  (t) => [primaryKey({ columns: [t.site, t.item, t.category, t.from, t.to] })],
);
export const waiver = sqliteTable(
  'waiver',
  {
    site: text().notNull(),
    id: text().notNull(),
    rule: text().notNull(),
    place: text().notNull(),
    until: text().notNull(),
    reason: text().notNull(),
    person: text().notNull(),
    second: text().notNull(),
    division: text(),
    withdrawnAtMs: integer('withdrawn_at_ms'),
    quantityMaxG: integer('quantity_max_g'),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);
export const setting = sqliteTable('setting', { site: text().notNull(), name: text().notNull(), value: text().notNull() }, (t) => [
  primaryKey({ columns: [t.site, t.name] }),
]);
/** Everything that is a fold of the journal, and nothing else. */
export const PROJECTIONS = {
  site,
  person,
  item,
  place,
  licence,
  lot,
  holding,
  placeItem,
  movement,
  restriction,
  requirement,
  waiver,
  setting,
  partner,
  structure,
  exposedSite,
  approval,
  licenceDocument,
  nationalPack,
  inspection,
  lifeChange,
  surveillancePlan,
  climateReading,
  checklistRecord,
  storeMeasure,
  acceptance,
  trustList,
  conflictCase,
} as const;
export type ProjectionName = keyof typeof PROJECTIONS;
export type ProjectionRow<N extends ProjectionName> = (typeof PROJECTIONS)[N]['$inferSelect'];
