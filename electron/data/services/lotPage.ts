import type { LotPage, MovementRow } from '../../../shared/contract/views.ts';
import type { KeptFinding } from '../../../shared/domain/entries.ts';
import type { Movement } from '../../../shared/domain/model.ts';
import { lifeEndOf } from '../../../shared/domain/shelfLife.ts';
import type { ItemFacts } from '../../../shared/rules/facts.ts';
import type { JudgedFinding } from '../../../shared/rules/finding.ts';
import { checkLot } from '../../../shared/rules/lots.ts';
import type { Payload } from '../journal/commitment.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { lotFactsOf } from '../repositories/facts.ts';
import { listMovementsOfLot, type MovementTableRow } from '../repositories/movements.ts';
import { findItem, findLot, findRestriction, listRestrictions } from '../repositories/reference.ts';
import { listStockOfLot } from '../repositories/stock.ts';
import { conditionTable } from '../rules/books.ts';
import { dateOf, packOf } from './checking.ts';
import { lifeFindings } from './lifeFacts.ts';

const restored = (finding: KeptFinding): JudgedFinding =>
  ({
    ...finding,
    numbers: Object.fromEntries(Object.entries(finding.numbers).map(([name, text]) => [name, Number(text)])),
  }) as JudgedFinding;

/** The findings that a movement caused, as its entry keeps them: with the edition they were made with. */
function findingsOf(ledger: Ledger, row: MovementTableRow): JudgedFinding[] {
  const payload = ledger.sqlite
    .prepare('SELECT payload FROM entry WHERE stream = ? AND seq = ?')
    .pluck()
    .get(row.stream, row.seq) as string;
  const { findings } = (JSON.parse(payload) as Payload).exact as unknown as { findings: readonly KeptFinding[] };
  return findings.map(restored);
}

function historyOf(ledger: Ledger, site: string, lotId: string, item: string, lotText: string): MovementRow[] {
  const rows = listMovementsOfLot(ledger, site, lotId);
  const reversedBy = new Map(rows.flatMap((row) => (row.reverses === null ? [] : [[row.reverses, row.id]])));
  return rows.map((row) => {
    const { fromPlace, toPlace, stream: _stream, seq: _seq, ...rest } = row;
    return {
      ...(rest as Omit<Movement, 'from' | 'to'>),
      from: fromPlace,
      to: toPlace,
      item,
      lotText,
      reversedBy: reversedBy.get(row.id) ?? null,
      findings: findingsOf(ledger, row),
    };
  });
}

/** One page that answers: where is it everywhere, what happened to it, who touched it. */
export function lotPage(ledger: Ledger, { site, lotId }: { site: string; lotId: string }): LotPage {
  const lot = findLot(ledger, site, lotId);
  const item = lot && findItem(ledger, site, lot.item);
  if (lot === undefined || item === undefined) throw new Refused({ code: 'unknownLot', item: '', lot: lotId });
  const holdings = listStockOfLot(ledger, site, lotId);
  const today = dateOf(ledger.deps.nowMs());
  const inForce = findRestriction(ledger, site, lot.item, lotId) ?? null;
  const ofLife = holdings.flatMap((heap) => lifeFindings(ledger, lot, heap.place, item as ItemFacts, packOf(ledger, site), today));
  const findings = holdings.flatMap((heap) =>
    checkLot(lotFactsOf(lot, item, heap, inForce), item as ItemFacts, packOf(ledger, site), today, conditionTable()),
  );
  const restrictions = listRestrictions(ledger, site, lot.item).filter((row) => row.lotId === null || row.lotId === lotId);
  return {
    lot: {
      ...lot,
      ...lifeEndOf(lot, item),
      itemName: item.name,
      hazardCode: item.hazardCode,
      neqG: item.neqG,
      unit: item.unit,
      un: item.un,
    },
    holdings,
    movements: historyOf(ledger, site, lotId, lot.item, lot.text),
    restrictions,
    findings: [...findings, ...ofLife].map((finding) => ({ ...finding, blocked: false })),
  };
}
