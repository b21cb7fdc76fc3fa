import { and, eq, sql } from 'drizzle-orm';
import type { Item, LicenceDivision, Lot, Restriction } from '../../../shared/domain/model.ts';
import { lifeEndOf } from '../../../shared/domain/shelfLife.ts';
import type { Construction } from '../../../shared/domain/site.ts';
import { conditionGroup } from '../../../shared/rules/conditions.ts';
import {
  type ApprovalFacts,
  type HeapState,
  type ItemFacts,
  type LotFacts,
  type StoreFacts,
  type StoreLine,
  unknownItem,
} from '../../../shared/rules/facts.ts';
import { buildingFactsOf } from '../../../shared/rules/site/kinds.ts';
import { holding, item, lot, place, placeItem, restriction } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';
import { conditionTable } from '../rules/books.ts';
import { prepared, preparedText } from './prepared.ts';
import { findItem, findLot, findPlace, listLicences } from './reference.ts';
import { findLapsedLimits, listApprovals } from './site.ts';

const itemColumns = {
  item: item.item,
  un: item.un,
  hazardCode: item.hazardCode,
  subdivision: item.subdivision,
  form: item.form,
  neqG: item.neqG,
  heNeqG: item.heNeqG,
  massG: item.massG,
  fillingNeqG: item.fillingNeqG,
  singleBaseNeqG: item.singleBaseNeqG,
  traits: item.traits,
};

/** CROSS JOIN keeps the order: left to itself SQLite reads the stock of the whole site to find that of one store. */
const heapsOfStore = preparedText(`SELECT i.place, i.item, i.quantity FROM place p
  CROSS JOIN place_item i ON i.site = p.site AND i.place = p.place WHERE p.site = ? AND p.store = ?`);

const heapsOfPlace = preparedText('SELECT place, item, quantity FROM place_item WHERE site = ? AND place = ?');

/**
 * The index alone answers these: no heap inside is ever empty. Lots come from the memory of the projections, since their
 * rows are spread over the whole file and reading 250 of them costs more than the check.
 */
const statesOfStore = preparedText(`SELECT h.place, h.condition, h.lot_id FROM place p
  CROSS JOIN holding h INDEXED BY holding_by_place ON h.site = p.site AND h.place = p.place WHERE p.site = ? AND p.store = ?`);

const statesOfPlace = preparedText('SELECT place, condition, lot_id FROM holding INDEXED BY holding_by_place WHERE site = ? AND place = ?');

function statesOf(ledger: Ledger, site: string, heaps: unknown[]): ReadonlyMap<string, readonly HeapState[]> {
  const states = new Map<string, Map<string, HeapState>>();
  for (const [place, code, lotId] of heaps as [string, string, string][]) {
    const lot = findLot(ledger, site, lotId);
    if (lot === undefined) continue;
    const key = `${place}\n${lot.item}`;
    const known = states.get(key) ?? new Map<string, HeapState>();
    known.set(`${code}\n${lot.identity}`, { condition: conditionGroup(code, conditionTable()), identity: lot.identity });
    states.set(key, known);
  }
  return new Map([...states].map(([key, known]) => [key, [...known.values()]]));
}

const linesOf = (ledger: Ledger, site: string, heaps: unknown[], states: ReturnType<typeof statesOf> = new Map()): StoreLine[] =>
  (heaps as [place: string, item: string, quantity: number][]).map(([place, item, quantity]) => {
    const line = { place, item: findItem(ledger, site, item) ?? unknownItem(item), quantity };
    const known = states.get(`${place}\n${item}`);
    return known === undefined ? line : { ...line, states: known };
  });

/** What lies in a storehouse, or in open ground, by nature and quantity alone: all that distances ask for. */
export const stockLines = (ledger: Ledger, site: string, place: string, isStore: boolean): readonly StoreLine[] =>
  linesOf(ledger, site, (isStore ? heapsOfStore : heapsOfPlace)(ledger).all(site, place));

const buildingOf = preparedText(`SELECT floor_load_max_kg_per_m2, floor_area_dm2, construction, underground IS NOT NULL
  FROM structure WHERE site = ? AND place = ?`);
/** How the storehouse is built; where nobody entered it, its type alone says something. */
function findBuilding(ledger: Ledger, site: string, place: string): Required<Pick<StoreFacts, 'floor' | 'building'>> {
  const row = buildingOf(ledger).get(site, place) as [number | null, number | null, Construction | null, 0 | 1] | undefined;
  const type = findPlace(ledger, site, place)?.type ?? null;
  if (row === undefined) return { floor: null, building: buildingFactsOf(null, type) };
  const [floorLoadMaxKgPerM2, floorAreaDm2, construction, hasChamber] = row;
  return {
    floor: { floorLoadMaxKgPerM2, floorAreaDm2 },
    building: buildingFactsOf({ construction, hasChamber: hasChamber === 1 }, type),
  };
}

const todayOf = ({ deps }: Ledger): string => new Date(deps.nowMs()).toISOString().slice(0, 10);
const approvalsNow = (ledger: Ledger, site: string): readonly ApprovalFacts[] => listApprovals(ledger, site, todayOf(ledger));

/** Everything in one storehouse, natures added up over lots and conditions: quarantined stock counts too. */
export function storeFacts(ledger: Ledger, site: string, store: string): StoreFacts {
  const lapsed = findLapsedLimits(ledger, site, store, todayOf(ledger));
  const limitsG = Object.fromEntries(
    listLicences(ledger, site, store)
      .filter(({ division }) => lapsed[division as LicenceDivision] === undefined)
      .map(({ division, limitG }) => [division as LicenceDivision, limitG]),
  );
  const lines = linesOf(
    ledger,
    site,
    heapsOfStore(ledger).all(site, store),
    statesOf(ledger, site, statesOfStore(ledger).all(site, store)),
  );
  return { store, limitsG, lapsed, lines, approvals: approvalsNow(ledger, site), ...findBuilding(ledger, site, store) };
}

/** The same for ground outside every storehouse: each such place is judged as an unlicensed store of its own. */
export const groundFacts = (ledger: Ledger, site: string, place: string): StoreFacts => ({
  store: place,
  limitsG: {},
  lines: linesOf(ledger, site, heapsOfPlace(ledger).all(site, place), statesOf(ledger, site, statesOfPlace(ledger).all(site, place))),
  approvals: approvalsNow(ledger, site),
  building: findBuilding(ledger, site, place).building,
});

const storesOfSite = prepared((db) =>
  db.select({ site: place.site, store: place.place }).from(place).where(eq(place.kind, 'store')).orderBy(place.site, place.place).prepare(),
);
export const listStores = (ledger: Ledger): readonly { site: string; store: string }[] => storesOfSite(ledger).all();

const groundOfSite = prepared((db) =>
  db
    .selectDistinct({ site: place.site, place: place.place })
    .from(place)
    .innerJoin(placeItem, and(eq(placeItem.site, place.site), eq(placeItem.place, place.place)))
    .where(sql`${place.store} is null`)
    .orderBy(place.site, place.place)
    .prepare(),
);
/** Places outside every storehouse where something lies. */
export const listGround = (ledger: Ledger): readonly { site: string; place: string }[] => groundOfSite(ledger).all();

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
      made: lot.made,
      lifeUntil: lot.lifeUntil,
      shelfLifeMonths: item.shelfLifeMonths,
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

type Heap = Pick<LotFacts, 'place' | 'quantity' | 'condition'>;
/** The facts of one heap of a lot. Here alone it is said what its life ends with: its own date, or the shelf life of its nature. */
export const lotFactsOf = (
  lot: Pick<Lot, 'lotId' | 'item' | 'identity' | 'made' | 'lifeUntil'>,
  nature: Pick<Item, 'shelfLifeMonths'>,
  { place, quantity, condition }: Heap,
  held: Pick<Restriction, 'id' | 'kind' | 'reason'> | null,
): LotFacts => ({
  item: lot.item,
  lotId: lot.lotId,
  place,
  quantity,
  condition,
  identity: lot.identity,
  ...lifeEndOf(lot, nature),
  restriction: held === null ? null : { id: held.id, kind: held.kind, reason: held.reason },
});

export type LotLine = Readonly<{ site: string; facts: LotFacts; item: ItemFacts }>;

/** Every heap inside the depots of this file, with what the life rules need. */
export function listLotLines(ledger: Ledger): LotLine[] {
  return allLots(ledger)
    .all()
    .map((row) => {
      const { site, restrictionId: id, restrictionKind: kind, restrictionReason: reason } = row;
      const held = id === null ? null : ({ id, kind, reason } as Pick<Restriction, 'id' | 'kind' | 'reason'>);
      const lot = { ...row, item: row.item.item } as Parameters<typeof lotFactsOf>[0];
      return { site, item: row.item as ItemFacts, facts: lotFactsOf(lot, row, row, held) };
    });
}
