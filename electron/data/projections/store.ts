import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { PROJECTIONS, type ProjectionName, type ProjectionRow } from '../db/schema.ts';

/** The key of a row: its primary key columns, in their order. */
export type KeyOf<N extends ProjectionName> = Partial<ProjectionRow<N>>;

/** Projections that are sums over movements. */
export type SumName = 'holding' | 'placeItem';
export type RowName = Exclude<ProjectionName, SumName>;

/** Where projections are written: the file in daily work, plain maps in a replay. One fold serves both. */
export type ProjectionStore = {
  get<N extends RowName>(name: N, key: KeyOf<N>): ProjectionRow<N> | undefined;
  put<N extends RowName>(name: N, row: ProjectionRow<N>): void;
  remove<N extends RowName>(name: N, key: KeyOf<N>): void;
  /** Adds to the quantity of a row whose other columns are its key. No row is zero, and zero is no row. */
  add<N extends SumName>(name: N, key: Omit<ProjectionRow<N>, 'quantity'>, quantity: number): void;
};

export type TableShape = Readonly<{
  table: string;
  /** Members of a row in the order of the columns. */
  members: readonly string[];
  columns: readonly string[];
  keyMembers: readonly string[];
  keyColumns: readonly string[];
  /** Which of the columns the key consists of, and which are the rest. */
  keyAt: readonly number[];
  restAt: readonly number[];
}>;

function shapeOf(name: ProjectionName): TableShape {
  const table = PROJECTIONS[name];
  const config = getTableConfig(table);
  const memberOf = new Map(
    Object.entries(table).flatMap(([member, column]) =>
      column && typeof column === 'object' && 'name' in column ? [[column.name, member] as const] : [],
    ),
  );
  const columns = config.columns.map((column) => column.name);
  const single = config.columns.filter((column) => column.primary).map((column) => column.name);
  const keyColumns = config.primaryKeys[0]?.columns.map((column) => column.name) ?? single;
  const members = (names: readonly string[]) => names.map((column) => memberOf.get(column) as string);
  const keyAt = keyColumns.map((column) => columns.indexOf(column));
  const restAt = columns.flatMap((column, at) => (keyColumns.includes(column) ? [] : [at]));
  return { table: config.name, columns, members: members(columns), keyColumns, keyMembers: members(keyColumns), keyAt, restAt };
}

export const PROJECTION_NAMES = Object.keys(PROJECTIONS) as ProjectionName[];
export const SHAPES = Object.fromEntries(PROJECTION_NAMES.map((name) => [name, shapeOf(name)])) as Record<ProjectionName, TableShape>;

export type Cells = Record<string, unknown>;
/** A line end in a member could make two keys one. Almost no member has one, and none that this program takes from a person. */
const keyPart = (member: unknown): string => {
  const text = String(member);
  return /[\n\\]/.test(text) ? text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n') : text;
};

/** The key as one text; no two keys have the same. */
export const keyText = (name: ProjectionName, row: Readonly<Cells>): string => {
  const members = SHAPES[name].keyMembers;
  let text = keyPart(row[members[0] as string]);
  for (let at = 1; at < members.length; at++) text += `\n${keyPart(row[members[at] as string])}`;
  return text;
};
