import type { StockRow } from '../../../shared/contract/views.ts';
import { lifeEndOf } from '../../../shared/domain/shelfLife.ts';
import type { Ledger } from '../ledger.ts';
import { findItem, findLot, findPlace } from '../repositories/reference.ts';

type Heap = { site: string; lotId: string; place: string; condition: string; owner: string; holder: string; quantity: number };

const CHANGES = `
SELECT site, lot_id AS lotId, place, condition, owner, holder, sum(quantity) AS quantity FROM (
  SELECT site, lot_id, to_place AS place, condition, owner, holder, quantity FROM movement WHERE happened_at_ms < :untilMs
  UNION ALL
  SELECT site, lot_id, from_place, from_condition, owner, holder, -quantity FROM movement WHERE happened_at_ms < :untilMs)
GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(quantity) > 0 ORDER BY 1, 2, 3, 4`;

/** What lay in the depots at the end of a past day, from the movements that had happened by then. */
export function stockAsOf(ledger: Ledger, untilMs: number): StockRow[] {
  const heaps = ledger.sqlite.prepare(CHANGES).all({ untilMs }) as Heap[];
  return heaps.flatMap((heap) => {
    const place = findPlace(ledger, heap.site, heap.place);
    const lot = findLot(ledger, heap.site, heap.lotId);
    const item = lot && findItem(ledger, heap.site, lot.item);
    if (place === undefined || place.kind === 'external' || lot === undefined || item === undefined) return [];
    return [
      {
        ...heap,
        item: lot.item,
        itemName: item.name,
        lot: lot.text,
        identity: lot.identity,
        unit: item.unit,
        hazardCode: item.hazardCode,
        neqG: item.neqG === null ? null : item.neqG * heap.quantity,
        made: lot.made,
        lifeUntil: lifeEndOf(lot, item).lifeUntil,
      },
    ];
  });
}
