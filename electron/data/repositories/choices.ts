import { and, asc, eq, or, sql } from 'drizzle-orm';
import type { ItemChoice, LotChoice, PlaceChoice } from '../../../shared/contract/views.ts';
import { lifeEndOf } from '../../../shared/domain/shelfLife.ts';
import { holding, item, lot, place } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';

type Search = Readonly<{ search: string; limit: number }>;
const pattern = (search: string) => `%${search.trim().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

export const itemChoices = (ledger: Ledger, { search, limit }: Search): readonly ItemChoice[] =>
  ledger.db
    .select({ site: item.site, item: item.item, name: item.name, hazardCode: item.hazardCode, unit: item.unit })
    .from(item)
    .where(or(sql`${item.item} like ${pattern(search)} escape '\\'`, sql`${item.name} like ${pattern(search)} escape '\\'`))
    .orderBy(asc(item.item))
    .limit(limit)
    .all();

export const placeChoices = (ledger: Ledger, { search, limit }: Search): readonly PlaceChoice[] =>
  ledger.db
    .select({ site: place.site, place: place.place, name: place.name, kind: place.kind, store: place.store })
    .from(place)
    .where(or(sql`${place.place} like ${pattern(search)} escape '\\'`, sql`${place.name} like ${pattern(search)} escape '\\'`))
    .orderBy(asc(place.place))
    .limit(limit)
    .all() as PlaceChoice[];

export const lotChoices = (ledger: Ledger, { item: code }: { item: string }): readonly LotChoice[] =>
  ledger.db
    .select({
      lotId: lot.lotId,
      text: lot.text,
      maker: lot.maker,
      made: lot.made,
      lifeUntil: lot.lifeUntil,
      shelfLifeMonths: item.shelfLifeMonths,
      onHand: sql<number>`coalesce(sum(case when ${place.kind} <> 'external' then ${holding.quantity} end), 0)`,
    })
    .from(lot)
    .innerJoin(item, and(eq(item.site, lot.site), eq(item.item, lot.item)))
    .leftJoin(holding, and(eq(holding.site, lot.site), eq(holding.lotId, lot.lotId)))
    .leftJoin(place, and(eq(place.site, holding.site), eq(place.place, holding.place)))
    .where(and(eq(lot.site, ledger.site), eq(lot.item, code)))
    .groupBy(lot.lotId)
    .orderBy(asc(lot.text))
    .limit(500)
    .all()
    .map(({ shelfLifeMonths, ...choice }) => ({ ...choice, lifeUntil: lifeEndOf(choice, { shelfLifeMonths }).lifeUntil }));
