// Goal: the table definitions that queries are built from are those that the migrations make. Method: a freshly made
// real file, read with table_info, column by column.
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as schema from '../../electron/data/db/schema.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { aDepot, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
beforeAll(async () => {
  depot = await aDepot();
});
afterAll(() => closeLedger(depot.ledger));

type Column = Readonly<{ name: string; type: string; notnull: number; pk: number }>;
const columnsInFile = (table: string) =>
  (depot.ledger.sqlite.prepare('SELECT name, type, "notnull", pk FROM pragma_table_info(?)').all(table) as Column[]).map(
    ({ name, type, notnull, pk }) => ({ name, type, isRequired: notnull === 1, isKey: pk > 0 }),
  );

const tables = Object.values(schema).filter((exported) => exported instanceof SQLiteTable);
test.each(tables.map((table) => [getTableConfig(table).name, table] as const))('%s', (name, table) => {
  const { columns, primaryKeys } = getTableConfig(table);
  const keyed = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
  const defined = columns.map((column) => ({
    name: column.name,
    type: column.getSQLType().toUpperCase(),
    isRequired: column.notNull,
    isKey: column.primary || keyed.has(column.name),
  }));
  expect(defined).toEqual(columnsInFile(name));
});

test('every table of projections is in the schema', () => {
  const inFile = depot.ledger.sqlite
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('migration', 'secret', 'frontier') ORDER BY name")
    .pluck()
    .all();
  expect(inFile).toEqual(tables.map((table) => getTableConfig(table).name).sort());
});
