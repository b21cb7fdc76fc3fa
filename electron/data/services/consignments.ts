import type { ConsignmentReply, ConsignmentRow, ConsignmentState, NationalTotal } from '../../../shared/contract/caseViews.ts';
import type { Ledger } from '../ledger.ts';
import { type ConsignedMovement, linesOf, listConsigned } from '../repositories/betweenSites.ts';

const sitesOf = (movements: readonly ConsignedMovement[]): string[] => [...new Set(movements.map(({ site }) => site))];
const timeOf = (movements: readonly ConsignedMovement[], pick: (...times: number[]) => number): number | null =>
  movements.length === 0 ? null : pick(...movements.map(({ happenedAtMs }) => happenedAtMs));

function stateOf(lines: ConsignmentRow['lines'], isIssueHeard: boolean, receivers: number): ConsignmentState {
  if (!isIssueHeard) return 'notHeard';
  if (receivers > 1) return 'twice';
  if (lines.every(({ issued, received }) => issued === 0 && received === 0)) return 'cancelled';
  if (lines.some(({ inTransit }) => inTransit < 0)) return 'over';
  if (lines.every(({ inTransit }) => inTransit === 0)) return 'received';
  return receivers === 0 ? 'inTransit' : 'short';
}

/** Sites that hold something of it: what they received less what they took back. */
const receiversOf = (received: readonly ConsignedMovement[]): string[] =>
  sitesOf(received).filter((site) => linesOf(received.filter((each) => each.site === site)).some((line) => line.received > 0));

function rowOf(consignment: string, movements: readonly ConsignedMovement[], cases: readonly string[]): ConsignmentRow {
  const issued = movements.filter(({ side }) => side === 'issued');
  const received = movements.filter(({ side }) => side === 'received');
  const lines = linesOf(movements).map((line) => ({ ...line, inTransit: line.issued - line.received }));
  const receivedBy = receiversOf(received);
  return {
    consignment,
    from: sitesOf(issued),
    sentTo: [...new Set(issued.filter(({ sign }) => sign === 1).map(({ outside }) => outside))],
    receivedBy,
    sentAtMs: timeOf(issued, Math.min),
    receivedAtMs: receivedBy.length === 0 ? null : timeOf(received, Math.max),
    state: stateOf(lines, issued.length > 0, receivedBy.length),
    lines,
    cases,
  };
}

const ON_HAND = `
SELECT l.item, i.name, i.unit, sum(h.quantity) AS onHand
FROM holding h
JOIN place p ON p.site = h.site AND p.place = h.place AND p.kind <> 'external'
JOIN lot l ON l.site = h.site AND l.lot_id = h.lot_id
JOIN item i ON i.site = l.site AND i.item = l.item
GROUP BY l.item ORDER BY l.item`;

function totalsOf(ledger: Ledger, consignments: readonly ConsignmentRow[]): NationalTotal[] {
  const rows = ledger.sqlite.prepare(ON_HAND).all() as Omit<NationalTotal, 'inTransit' | 'total'>[];
  const between = new Map<string, number>();
  for (const { item, inTransit } of consignments.flatMap(({ lines }) => lines)) between.set(item, (between.get(item) ?? 0) + inTransit);
  const onHand = new Map(rows.map((row) => [row.item, row]));
  const nameOf = ledger.sqlite.prepare('SELECT name, unit FROM item WHERE item = ? ORDER BY site LIMIT 1');
  return [...new Set([...onHand.keys(), ...between.keys()])].sort().map((item) => {
    const row = onHand.get(item) ?? { item, ...(nameOf.get(item) as { name: string; unit: string }), onHand: 0 };
    const inTransit = between.get(item) ?? 0;
    return { ...row, inTransit, total: row.onHand + inTransit };
  });
}

/**
 * Everything that was issued to another depot under a number, and what was received under it; with the sums over all
 * depots of the file. What is between two depots lies in neither account, so it is a figure of its own.
 */
export function listConsignments(ledger: Ledger): ConsignmentReply {
  const open = ledger.sqlite
    .prepare("SELECT id, subject FROM conflict_case WHERE site = ? AND kind LIKE 'consignment%' AND decision IS NULL")
    .all(ledger.site) as { id: string; subject: string }[];
  const consignments = [...Map.groupBy(listConsigned(ledger), ({ consignment }) => consignment)].map(([consignment, movements]) =>
    rowOf(
      consignment,
      movements,
      open.filter(({ subject }) => subject === consignment).map(({ id }) => id),
    ),
  );
  return { consignments, totals: totalsOf(ledger, consignments) };
}
