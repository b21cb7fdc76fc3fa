import { and, eq, sql } from 'drizzle-orm';
import type { LicenceDivision } from '../../../shared/domain/model.ts';
import type { ItemFacts, LotFacts, StoreFacts, StoreLine } from '../../../shared/rules/facts.ts';
import { holding, item, lot, place, placeItem, restriction } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';
import { prepared } from './prepared.ts';
import { listLicences } from './reference.ts';

const value = sql.placeholder;
const itemColumns = {
  item: item.item,
  un: item.un,
  hazardCode: item.hazardCode,
  subdivision: item.subdivision,
  form: item.form,
  neqG: item.neqG,
  heNeqG: item.heNeqG,
  massG: item.massG,
};

const linesOfStore = prepared((db) =>
  db
    .select({ place: placeItem.place, quantity: placeItem.quantity, item: itemColumns })
    .from(place)
    .innerJoin(placeItem, and(eq(placeItem.site, place.site), eq(placeItem.place, place.place)))
    .innerJoin(item, and(eq(item.site, placeItem.site), eq(item.item, placeItem.item)))
    .where(and(eq(place.site, value('site')), eq(place.store, value('store'))))
    .prepare(),
);

/** Everything in one storehouse, natures added up over lots and conditions: quarantined stock counts too. */
export function storeFacts(ledger: Ledger, site: string, store: string): StoreFacts {
  const lines = linesOfStore(ledger).all({ site, store }) as StoreLine[];
  const limitsG = Object.fromEntries(
    listLicences(ledger, site, store).map(({ division, limitG }) => [division as LicenceDivision, limitG]),
  );
  return { store, limitsG, lines };
}

const storesOfSite = prepared((db) =>
  db.select({ site: place.site, store: place.place }).from(place).where(eq(place.kind, 'store')).orderBy(place.site, place.place).prepare(),
);
export const listStores = (ledger: Ledger): readonly { site: string; store: string }[] => storesOfSite(ledger).all();

/** Natures that stand in a place of their own, without a storehouse: unlicensed ground. */
const unhousedLines = prepared((db) =>
  db
    .select({ site: place.site, place: placeItem.place, quantity: placeItem.quantity, item: itemColumns })
    .from(place)
    .innerJoin(placeItem, and(eq(placeItem.site, place.site), eq(placeItem.place, place.place)))
    .innerJoin(item, and(eq(item.site, placeItem.site), eq(item.item, placeItem.item)))
    .where(sql`${place.store} is null`)
    .prepare(),
);
export const listUnhoused = (ledger: Ledger) => unhousedLines(ledger).all() as readonly (StoreLine & { site: string })[];

/** One restriction a lot, the ban before the suspension: a heap under two of them is still one heap. */
const restrictionInForce = sql`(select r.id from restriction r where r.site = ${lot.site} and r.item = ${lot.item}
  and (r.lot_id is null or r.lot_id = ${lot.lotId}) and r.lifted_at_ms is null order by r.kind, r.id limit 1)`;

const allLots = prepared((db) =>
  db
    .select({
      site: holding.site,
      place: holding.place,
      quantity: holding.quantity,
      condition: holding.condition,
      lotId: lot.lotId,
      identity: lot.identity,
      lifeUntil: lot.lifeUntil,
      item: itemColumns,
      restrictionId: restriction.id,
      restrictionKind: restriction.kind,
      restrictionReason: restriction.reason,
    })
    .from(holding)
    .innerJoin(place, and(eq(place.site, holding.site), eq(place.place, holding.place)))
    .innerJoin(lot, and(eq(lot.site, holding.site), eq(lot.lotId, holding.lotId)))
    .innerJoin(item, and(eq(item.site, lot.site), eq(item.item, lot.item)))
    .leftJoin(restriction, and(eq(restriction.site, lot.site), eq(restriction.id, restrictionInForce)))
    .where(sql`${place.kind} <> 'external'`)
    .prepare(),
);

export type LotLine = Readonly<{ site: string; facts: LotFacts; item: ItemFacts }>;

/** Every heap inside the depots of this file, with what the life rules need. */
export function listLotLines(ledger: Ledger): LotLine[] {
  return allLots(ledger)
    .all()
    .map((row) => ({
      site: row.site,
      item: row.item as ItemFacts,
      facts: {
        item: row.item.item,
        lotId: row.lotId,
        place: row.place,
        quantity: row.quantity,
        condition: row.condition,
        identity: row.identity,
        lifeUntil: row.lifeUntil,
        restriction:
          row.restrictionId === null ? null : { id: row.restrictionId, kind: row.restrictionKind, reason: row.restrictionReason },
      } as LotFacts,
    }));
}
