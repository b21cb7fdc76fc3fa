import type { ConsignmentLine, LotSide, MovementSide } from '../../../shared/domain/cases.ts';
import type { Ledger } from '../ledger.ts';

/** What the accounts of several sites in one file say about the same thing. Nothing here judges. */

const SITES = 'IN (SELECT value FROM json_each(:sites))';
const asJson = (sites: readonly string[]) => ({ sites: JSON.stringify(sites) });

export type SameLot = Readonly<{ item: string; lot: string; maker: string | null; lotId: string | null; sides: readonly LotSide[] }>;
type LotPair = Readonly<{
  key: string;
  item: string;
  text: string;
  maker: string | null;
  isById: 0 | 1;
  site: string;
  lotId: string;
  identity: string;
  made: string | null;
  lifeUntil: string | null;
}>;

const DIFFERENT = 'a.made IS NOT b.made OR a.life_until IS NOT b.life_until OR a.identity <> b.identity';
/** One row for each side that somebody contradicts: the same id, or the same marking of the same maker. */
const LOT_SIDES = `
WITH pair AS (
  SELECT 'id ' || a.lot_id AS key, 1 AS isById, a.site AS oneSite, a.lot_id AS oneLot, b.site AS otherSite, b.lot_id AS otherLot
  FROM lot a JOIN site s ON s.site <> a.site JOIN lot b ON b.site = s.site AND b.lot_id = a.lot_id
  WHERE a.site ${SITES} AND (${DIFFERENT} OR a.item <> b.item OR a.text <> b.text OR a.maker IS NOT b.maker)
  UNION ALL
  SELECT 'as ' || json_array(a.item, a.text, a.maker), 0, a.site, a.lot_id, b.site, b.lot_id
  FROM lot a JOIN site s ON s.site <> a.site JOIN lot b ON b.site = s.site AND b.item = a.item AND b.text = a.text
  WHERE a.site ${SITES} AND a.text <> '' AND a.maker IS b.maker AND a.lot_id <> b.lot_id AND (${DIFFERENT})
), side AS (
  SELECT key, isById, oneSite AS site, oneLot AS lotId FROM pair UNION SELECT key, isById, otherSite, otherLot FROM pair
)
SELECT side.key, side.isById, l.item, l.text, l.maker, l.site, l.lot_id AS lotId, l.identity, l.made, l.life_until AS lifeUntil
FROM side JOIN lot l ON l.site = side.site AND l.lot_id = side.lotId ORDER BY side.key, l.site, l.lot_id`;

/** Lots of which two sites say different things, where one of `sites` is among them. */
export function listDifferingLots(ledger: Ledger, sites: readonly string[]): SameLot[] {
  const rows = ledger.sqlite.prepare(LOT_SIDES).all(asJson(sites)) as LotPair[];
  return [...Map.groupBy(rows, ({ key }) => key).values()].map((group) => {
    const [first] = group as [LotPair];
    return {
      item: first.item,
      lot: first.text,
      maker: first.maker,
      lotId: first.isById === 1 ? first.lotId : null,
      sides: group.map(({ site, lotId, identity, made, lifeUntil }) => ({ site, lotId, identity, made, lifeUntil })),
    };
  });
}

export type ConsignedMovement = Readonly<{
  consignment: string;
  site: string;
  /** Which way it counts; a reversal takes back what it undid. */
  side: 'issued' | 'received';
  sign: 1 | -1;
  quantity: number;
  item: string;
  lot: string;
  outside: string;
  happenedAtMs: number;
  recordedAtMs: number;
}>;
type ConsignedRow = Omit<ConsignedMovement, 'side' | 'sign' | 'outside'> &
  Readonly<{ kind: string; undone: string | null; fromPlace: string; toPlace: string }>;

const CONSIGNED = `
SELECT m.consignment, m.site, m.kind, m.quantity, m.from_place AS fromPlace, m.to_place AS toPlace,
  m.happened_at_ms AS happenedAtMs, m.recorded_at_ms AS recordedAtMs, l.item, l.text AS lot,
  (SELECT u.kind FROM movement u WHERE u.site = m.site AND u.id = m.reverses ORDER BY u.stream LIMIT 1) AS undone
FROM movement m JOIN lot l ON l.site = m.site AND l.lot_id = m.lot_id
WHERE m.consignment IS NOT NULL
  AND (:sites IS NULL OR m.consignment IN (SELECT c.consignment FROM movement c WHERE c.consignment IS NOT NULL AND c.site ${SITES}))
ORDER BY m.consignment, m.happened_at_ms, m.stream, m.seq`;

/** Every movement of the consignments that one of `sites` took part in; of all, where none are named. */
export function listConsigned(ledger: Ledger, sites?: readonly string[]): ConsignedMovement[] {
  const rows = ledger.sqlite.prepare(CONSIGNED).all(sites === undefined ? { sites: null } : asJson(sites)) as ConsignedRow[];
  return rows.map(({ kind, undone, fromPlace, toPlace, ...row }) => {
    const isIssue = (undone ?? kind) === 'issue';
    const isLeaving = isIssue === (undone === null);
    return { ...row, side: isIssue ? 'issued' : 'received', sign: undone === null ? 1 : -1, outside: isLeaving ? toPlace : fromPlace };
  });
}

/** Sums by nature and marking: two depots give the same lot ids of their own. */
export function linesOf(movements: readonly ConsignedMovement[]): ConsignmentLine[] {
  const groups = Map.groupBy(movements, ({ item, lot }) => JSON.stringify([item, lot]));
  return [...groups.values()].map((group) => {
    const [{ item, lot }] = group as [ConsignedMovement];
    const sum = (side: 'issued' | 'received') =>
      group.filter((each) => each.side === side).reduce((total, { sign, quantity }) => total + sign * quantity, 0);
    return { item, lot, issued: sum('issued'), received: sum('received') };
  });
}

export type Twice = Readonly<{ site: string; id: string; isReversal: boolean; sides: readonly MovementSide[] }>;

const TWICE = (column: 'id' | 'reverses') => `
SELECT m.${column} AS twice, m.site, m.id, m.kind, m.quantity, m.from_place AS "from", m.to_place AS "to", m.voucher, m.person,
  m.happened_at_ms AS happenedAtMs, m.seq, s.device, s.incarnation, l.item, l.text AS lot
FROM (SELECT site, ${column} FROM movement WHERE site = :site AND ${column} IS NOT NULL GROUP BY site, ${column} HAVING count(*) > 1) d
JOIN movement m ON m.site = d.site AND m.${column} = d.${column}
JOIN stream s ON s.stream = m.stream
LEFT JOIN lot l ON l.site = m.site AND l.lot_id = m.lot_id
ORDER BY m.${column}, s.device, s.incarnation`;

/** Movements that two journals of one site both record: the same id, or the same movement undone twice. */
export function listTwice(ledger: Ledger, sites: readonly string[]): Twice[] {
  const journals = ledger.sqlite.prepare('SELECT count(*) FROM stream WHERE site = ?').pluck();
  return sites
    .filter((site) => (journals.get(site) as number) > 1)
    .flatMap((site) =>
      (['id', 'reverses'] as const).flatMap((column) => {
        const rows = ledger.sqlite.prepare(TWICE(column)).all({ site }) as (MovementSide & { twice: string; site: string })[];
        return [...Map.groupBy(rows, ({ twice }) => twice)].map(([id, sides]) => ({
          site,
          id,
          isReversal: column === 'reverses',
          sides: sides.map(({ twice: _twice, site: _site, ...side }) => side),
        }));
      }),
    );
}

/** When the last entry of a site was recorded, by the clocks of its devices; null where nothing was ever heard of it. */
export function asOfSite(ledger: Ledger, site: string): number | null {
  const times = ledger.sqlite
    .prepare(
      `SELECT json_extract((SELECT e.event FROM entry e WHERE e.stream = s.stream ORDER BY e.seq DESC LIMIT 1), '$.rec')
       FROM stream s WHERE s.site = ?`,
    )
    .pluck()
    .all(site) as (number | null)[];
  return times.reduce<number | null>((newest, time) => (time !== null && time > (newest ?? -1) ? time : newest), null);
}

export type WentOn = Readonly<{ site: string; device: string; incarnation: number; seq: number; head: string }>;
/** Devices that went on under a new incarnation, and where each says that the earlier journal ended. */
export function listNewIncarnations(ledger: Ledger, sites: readonly string[]): WentOn[] {
  return ledger.sqlite
    .prepare(
      `SELECT s.site, json_extract(e.payload, '$.exact.device') AS device, json_extract(e.payload, '$.exact.incarnation') AS incarnation,
         json_extract(e.payload, '$.exact.seq') AS seq, json_extract(e.payload, '$.exact.head') AS head
       FROM stream s JOIN entry e ON e.stream = s.stream AND e.seq = 1
       WHERE s.site ${SITES} AND json_extract(e.event, '$.type') = 'incarnation.opened'`,
    )
    .all(asJson(sites)) as WentOn[];
}
