import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { Holding, HoldingKey } from '../../../shared/domain/model.ts';
import type { LaterChange } from '../../../shared/domain/movement.ts';
import { holding, movement } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';
import { prepared } from './prepared.ts';

const value = sql.placeholder;
export type MovementTableRow = typeof movement.$inferSelect;

const byId = prepared((db) =>
  db
    .select()
    .from(movement)
    .where(and(eq(movement.site, value('site')), eq(movement.id, value('id'))))
    .prepare(),
);
export const findMovement = (ledger: Ledger, site: string, id: string): MovementTableRow | undefined => byId(ledger).get({ site, id });

const byReversed = prepared((db) =>
  db
    .select()
    .from(movement)
    .where(and(eq(movement.site, value('site')), eq(movement.reverses, value('id'))))
    .prepare(),
);
/** The movement that undid this one. */
export const findReversalOf = (ledger: Ledger, site: string, id: string): MovementTableRow | undefined =>
  byReversed(ledger).get({ site, id });

const ofLot = prepared((db) =>
  db
    .select()
    .from(movement)
    .where(and(eq(movement.site, value('site')), eq(movement.lotId, value('lotId'))))
    .orderBy(desc(movement.happenedAtMs), desc(movement.stream), desc(movement.seq))
    .prepare(),
);
/** The whole history of a lot, newest first. */
export const listMovementsOfLot = (ledger: Ledger, site: string, lotId: string): readonly MovementTableRow[] =>
  ofLot(ledger).all({ site, lotId });

const laterOfLot = prepared((db) =>
  db
    .select()
    .from(movement)
    .where(and(eq(movement.site, value('site')), eq(movement.lotId, value('lotId')), gt(movement.happenedAtMs, value('afterMs'))))
    .orderBy(desc(movement.happenedAtMs), desc(movement.stream), desc(movement.seq))
    .prepare(),
);

/** Changes of one heap that happened after a moment, newest first. */
export function listLaterChanges(ledger: Ledger, key: HoldingKey, afterMs: number): readonly LaterChange[] {
  const rows = laterOfLot(ledger).all({ site: key.site, lotId: key.lotId, afterMs });
  return rows
    .filter((row) => row.owner === key.owner && row.holder === key.holder)
    .flatMap((row) => {
      const into = row.toPlace === key.place && row.condition === key.condition ? row.quantity : 0;
      const outOf = row.fromPlace === key.place && row.fromCondition === key.condition ? row.quantity : 0;
      return into === outOf ? [] : [{ atMs: row.happenedAtMs, change: into - outOf }];
    });
}

const atPlace = prepared((db) =>
  db
    .select()
    .from(holding)
    .where(and(eq(holding.site, value('site')), eq(holding.lotId, value('lotId')), eq(holding.place, value('place'))))
    .prepare(),
);
/** The heaps of one lot in one place. */
export const listHoldings = (ledger: Ledger, site: string, lotId: string, place: string): readonly Holding[] =>
  atPlace(ledger).all({ site, lotId, place });

export const onHand = (ledger: Ledger, key: HoldingKey): number => ledger.store.get('holding', key)?.quantity ?? 0;

const lastVoucherOf = prepared((db) =>
  db
    .select({ voucher: movement.voucher })
    .from(movement)
    .where(eq(movement.stream, value('stream')))
    .orderBy(desc(movement.seq))
    .limit(1)
    .prepare(),
);
/** The voucher number of the last movement recorded by this device; null before the first. */
export const findLastVoucher = (ledger: Ledger): string | null =>
  lastVoucherOf(ledger).get({ stream: ledger.device.stream })?.voucher ?? null;
