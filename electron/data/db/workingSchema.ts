import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Tables of daily work that nobody answers for: `verify` ignores them. */
export const reply = sqliteTable('reply', {
  id: text().notNull().primaryKey(),
  requestHash: blob('request_hash', { mode: 'buffer' }).notNull(),
  reply: text().notNull(),
});
export const draft = sqliteTable('draft', {
  form: text().notNull().primaryKey(),
  content: text().notNull(),
  savedAtMs: integer('saved_at_ms').notNull(),
});
export const exported = sqliteTable(
  'export',
  { site: text().notNull(), seq: integer().notNull(), atMs: integer('at_ms').notNull() },
  (t) => [primaryKey({ columns: [t.site, t.seq] })],
);
