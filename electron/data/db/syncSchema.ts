import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Partners, what was accepted of them, and what waits. */
export const partner = sqliteTable(
  'partner',
  {
    stream: integer().notNull(),
    device: text().notNull(),
    incarnation: integer().notNull(),
    site: text().notNull(),
    name: text().notNull(),
    role: text().notNull(),
    statement: text().notNull(),
    source: text().notNull(),
    cutOffSeq: integer('cut_off_seq'),
    cutOffHead: text('cut_off_head'),
  },
  (t) => [primaryKey({ columns: [t.stream, t.device, t.incarnation] })],
);
export const acceptance = sqliteTable(
  'acceptance',
  {
    stream: integer().notNull(),
    seq: integer().notNull(),
    device: text().notNull(),
    incarnation: integer().notNull(),
    fromSeq: integer('from_seq').notNull(),
    upto: integer().notNull(),
    head: text().notNull(),
    bundle: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.stream, t.seq] })],
);
export const trustList = sqliteTable(
  'trust_list',
  { stream: integer().notNull(), version: integer().notNull(), list: text().notNull() },
  (t) => [primaryKey({ columns: [t.stream, t.version] })],
);
export const conflictCase = sqliteTable(
  'conflict_case',
  {
    site: text().notNull(),
    id: text().notNull(),
    kind: text().notNull(),
    subject: text().notNull(),
    facts: text().notNull(),
    openedAtMs: integer('opened_at_ms').notNull(),
    decision: text(),
    reason: text(),
    decidedAtMs: integer('decided_at_ms'),
    person: text(),
    second: text(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);

export const quarantine = sqliteTable('quarantine', {
  sha: text().notNull().primaryKey(),
  name: text().notNull(),
  size: integer().notNull(),
  bytes: blob({ mode: 'buffer' }),
  code: text().notNull(),
  message: text().notNull(),
  device: text(),
  incarnation: integer(),
  receivedAtMs: integer('received_at_ms').notNull(),
  triedAtMs: integer('tried_at_ms').notNull(),
});
export const bundlePart = sqliteTable(
  'bundle_part',
  {
    whole: text().notNull(),
    part: integer().notNull(),
    parts: integer().notNull(),
    bytes: blob({ mode: 'buffer' }).notNull(),
    receivedAtMs: integer('received_at_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.whole, t.part] })],
);
export const heldThere = sqliteTable(
  'held_there',
  {
    device: text().notNull(),
    incarnation: integer().notNull(),
    ofDevice: text('of_device').notNull(),
    ofIncarnation: integer('of_incarnation').notNull(),
    seq: integer().notNull(),
    head: text().notNull(),
    provedSeq: integer('proved_seq'),
    provedHead: text('proved_head'),
    provedRoot: text('proved_root'),
    provedSignature: text('proved_signature'),
    partedAt: integer('parted_at'),
  },
  (t) => [primaryKey({ columns: [t.device, t.incarnation, t.ofDevice, t.ofIncarnation] })],
);
export const partnerState = sqliteTable(
  'partner_state',
  {
    device: text().notNull(),
    incarnation: integer().notNull(),
    heardAtMs: integer('heard_at_ms'),
    checkpointSize: integer('checkpoint_size'),
    checkpointRoot: text('checkpoint_root'),
    checkpointSignature: text('checkpoint_signature'),
    seenSize: integer('seen_size'),
    seenRoot: text('seen_root'),
  },
  (t) => [primaryKey({ columns: [t.device, t.incarnation] })],
);
export const localSetting = sqliteTable('local_setting', { name: text().notNull().primaryKey(), value: text().notNull() });
