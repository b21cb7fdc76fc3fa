import { and, asc, desc, eq, like, ne, or, type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { DecodedOf } from '../../../shared/contract/procedures.ts';
import type { StockPage, StockRow } from '../../../shared/contract/views.ts';
import type { Item } from '../../../shared/domain/model.ts';
import { lifeEndOf } from '../../../shared/domain/shelfLife.ts';
import { holding, item, lot, place } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';

type Query = DecodedOf<'stock.list'>;

const neqG = sql<number | null>`${holding.quantity} * ${item.neqG}`;
const columns = {
  site: holding.site,
  item: lot.item,
  itemName: item.name,
  lot: lot.text,
  lotId: holding.lotId,
  identity: lot.identity,
  place: holding.place,
  quantity: holding.quantity,
  unit: item.unit,
  condition: holding.condition,
  owner: holding.owner,
  holder: holding.holder,
  hazardCode: item.hazardCode,
  neqG,
  made: lot.made,
  lifeUntil: lot.lifeUntil,
  shelfLifeMonths: item.shelfLifeMonths,
};
/** Only for the order of rows; the day itself is said by `lifeEndOf`. */
const lifeOrder = sql`coalesce(${lot.lifeUntil}, date(${lot.made}, '+' || ${item.shelfLifeMonths} || ' months', 'floor'))`;
const sortColumns = { ...columns, lifeUntil: lifeOrder } as const;

type Read = StockRow & Pick<Item, 'shelfLifeMonths'>;
const toRows = (rows: unknown[]): StockRow[] =>
  (rows as Read[]).map(({ shelfLifeMonths, ...row }) => ({ ...row, lifeUntil: lifeEndOf(row, { shelfLifeMonths }).lifeUntil }));

/** Joined from the small tables outwards is left to SQLite; the same join serves rows, totals and the lot page. */
const joined = (ledger: Ledger, fields: typeof columns) =>
  ledger.db
    .select(fields)
    .from(holding)
    .innerJoin(lot, and(eq(lot.site, holding.site), eq(lot.lotId, holding.lotId)))
    .innerJoin(item, and(eq(item.site, lot.site), eq(item.item, lot.item)))
    .innerJoin(place, and(eq(place.site, holding.site), eq(place.place, holding.place)))
    .$dynamic();

const inside = ne(place.kind, 'external');
/** `%` and `_` in what a person types mean themselves. */
const containing = (search: string) => `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
const contains = (column: AnySQLiteColumn, search: string) => sql`${column} like ${containing(search)} escape '\\'`;

function whereOf({ search, filters }: Query): SQL | undefined {
  const filterColumns = {
    site: holding.site,
    item: lot.item,
    place: holding.place,
    condition: holding.condition,
    owner: holding.owner,
    holder: holding.holder,
    hazardCode: item.hazardCode,
  } as const;
  const filtered = Object.entries(filters)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => like(filterColumns[name as keyof typeof filterColumns], `${value}%`));
  const found =
    search.trim() === ''
      ? []
      : [
          or(
            contains(item.item, search.trim()),
            contains(item.name, search.trim()),
            contains(lot.text, search.trim()),
            contains(holding.place, search.trim()),
          ),
        ];
  return and(inside, ...filtered, ...found);
}

function totalsOf(ledger: Ledger, where: SQL | undefined): Omit<StockPage, 'rows'> {
  const totals = {
    total: sql<number>`count(*)`,
    quantitySum: sql<number>`coalesce(sum(${holding.quantity}), 0)`,
    neqGSum: sql<number>`coalesce(sum(${neqG}), 0)`,
  };
  const row = (joined(ledger, totals as never) as unknown as { where(where: SQL | undefined): { get(): Omit<StockPage, 'rows'> } })
    .where(where)
    .get();
  return row;
}

/** One page of what lies in the depots of this file, with totals over everything that matches. */
export function listStock(ledger: Ledger, query: Query): StockPage {
  const where = whereOf(query);
  const direction = query.sort.isDescending ? desc : asc;
  const rows = joined(ledger, columns)
    .where(where)
    .orderBy(
      direction(sortColumns[query.sort.column] as SQL),
      asc(lot.item),
      asc(holding.lotId),
      asc(holding.place),
      asc(holding.condition),
    )
    .limit(query.limit)
    .offset(query.offset)
    .all();
  return { ...totalsOf(ledger, where), rows: toRows(rows) };
}

/** Everything inside, for the terminal and for reports. */
export const listAllStock = (ledger: Ledger): readonly StockRow[] =>
  toRows(
    joined(ledger, columns)
      .where(inside)
      .orderBy(asc(holding.site), asc(lot.item), asc(lot.text), asc(holding.place), asc(holding.condition), asc(holding.lotId))
      .all(),
  );

/** Where one lot lies, inside and outside. */
export const listStockOfLot = (ledger: Ledger, site: string, lotId: string): readonly StockRow[] =>
  toRows(
    joined(ledger, columns)
      .where(and(inside, eq(holding.site, site), eq(holding.lotId, lotId)))
      .orderBy(asc(holding.place))
      .all(),
  );
