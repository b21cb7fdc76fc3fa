import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Item, Lot, Place, Restriction } from '../../../shared/domain/model.ts';
import { isBuiltInPlace } from '../../../shared/domain/movement.ts';
import { licence, lot, restriction } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';
import { prepared } from './prepared.ts';

const value = sql.placeholder;

export const findItem = (ledger: Ledger, site: string, item: string): Item | undefined =>
  ledger.store.get('item', { site, item }) as Item | undefined;

/** Built-in external places need no row: every ledger has them. */
export function findPlace(ledger: Ledger, site: string, place: string): Place | undefined {
  if (isBuiltInPlace(place))
    return { site, place, name: place, kind: 'external', parent: null, type: null, lat7: null, lon7: null, store: null };
  return ledger.store.get('place', { site, place }) as Place | undefined;
}

export const findLot = (ledger: Ledger, site: string, lotId: string): Lot | undefined =>
  ledger.store.get('lot', { site, lotId }) as Lot | undefined;

const lotSites = prepared((db) => db.selectDistinct({ site: lot.site }).from(lot).prepare());
/** Finds lots by their id alone, whichever site they are of; a lot's id is unique everywhere. */
export function lotFinder(ledger: Ledger): (lotId: string) => Lot | undefined {
  let others: readonly string[] | null = null;
  return (lotId) => {
    const own = findLot(ledger, ledger.site, lotId);
    if (own !== undefined) return own;
    others ??= lotSites(ledger)
      .all()
      .flatMap(({ site }) => (site === ledger.site ? [] : [site]));
    for (const site of others) {
      const found = findLot(ledger, site, lotId);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

const lotsByText = prepared((db) =>
  db
    .select()
    .from(lot)
    .where(and(eq(lot.site, value('site')), eq(lot.item, value('item')), eq(lot.text, value('text'))))
    .prepare(),
);
/** Every lot of an item that bears this text. */
export const listLotsByText = (ledger: Ledger, site: string, item: string, text: string): readonly Lot[] =>
  lotsByText(ledger).all({ site, item, text: text.normalize('NFC') }) as Lot[];

const undatedLots = prepared((db) =>
  db
    .select({ lotId: lot.lotId })
    .from(lot)
    .where(and(eq(lot.site, value('site')), eq(lot.item, value('item')), isNull(lot.lifeUntil)))
    .limit(1)
    .prepare(),
);
/** Whether some lot of the item has no end of life of its own, so that the shelf life of the item counts. */
export const hasUndatedLot = (ledger: Ledger, site: string, item: string): boolean => undatedLots(ledger).get({ site, item }) !== undefined;

const activeRestrictions = prepared((db) =>
  db
    .select()
    .from(restriction)
    .where(
      and(
        eq(restriction.site, value('site')),
        eq(restriction.item, value('item')),
        isNull(restriction.liftedAtMs),
        or(isNull(restriction.lotId), eq(restriction.lotId, value('lotId'))),
      ),
    )
    .limit(1)
    .prepare(),
);
/** A ban or suspension in force on the item or on this lot. */
export const findRestriction = (ledger: Ledger, site: string, item: string, lotId: string): Restriction | undefined =>
  activeRestrictions(ledger).get({ site, item, lotId }) as Restriction | undefined;

const licencesOf = prepared((db) =>
  db
    .select()
    .from(licence)
    .where(and(eq(licence.site, value('site')), eq(licence.place, value('place'))))
    .prepare(),
);
export const listLicences = (ledger: Ledger, site: string, place: string) => licencesOf(ledger).all({ site, place });

export const findSetting = (ledger: Ledger, site: string, name: string): string | null =>
  ledger.store.get('setting', { site, name })?.value ?? null;

const restrictionsOf = prepared((db) =>
  db
    .select()
    .from(restriction)
    .where(and(eq(restriction.site, value('site')), eq(restriction.item, value('item'))))
    .prepare(),
);
/** Every ban and suspension of an item or its lots, lifted ones too. */
export const listRestrictions = (ledger: Ledger, site: string, item: string): readonly Restriction[] =>
  restrictionsOf(ledger).all({ site, item }) as Restriction[];

/** A restriction by its id; undefined where there is none. */
export const findRestrictionById = (ledger: Ledger, site: string, id: string): Restriction | undefined =>
  ledger.store.get('restriction', { site, id }) as Restriction | undefined;
