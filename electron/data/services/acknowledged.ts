import { readStatement } from '../journal/statement.ts';
import type { Ledger } from '../ledger.ts';

/** What others are known to hold of the own journal, as they said it in their bundles. */

type Counted = Readonly<{ device: string; incarnation: number; site: string; role: string; acknowledged: number }>;

const COUNTED = `
SELECT p.device, p.incarnation, p.site, p.role, coalesce(max(h.seq), 0) AS acknowledged
FROM partner p LEFT JOIN held_there h ON h.device = p.device AND h.incarnation = p.incarnation
  AND h.of_device = :device AND h.of_incarnation = :incarnation AND h.seq <= :seq
WHERE p.stream = :stream AND p.cut_off_seq IS NULL
GROUP BY p.device, p.incarnation`;

const partnersOf = (ledger: Ledger): Counted[] => {
  const { stream, device, incarnation } = ledger.device;
  return ledger.sqlite.prepare(COUNTED).all({ stream, device, incarnation, seq: ledger.journal.last.seq }) as Counted[];
};

/** Where there is an authority only what it holds counts as safe: another depot may be lost by the same accident. */
function thoseThatCount(partners: readonly Counted[]): readonly Counted[] {
  const authorities = partners.filter(({ role }) => role === 'authority');
  return authorities.length > 0 ? authorities : partners;
}

/**
 * How many entries of the own journal exist on this machine only, and how many of these were sent and not yet
 * acknowledged: they may be on a stick on its way, or lost with it.
 */
export function onlyHereOf(ledger: Ledger): { onlyHere: number; sentNotAcknowledged: number } {
  const counted = thoseThatCount(partnersOf(ledger));
  const acknowledged = Math.max(0, ...counted.map((partner) => partner.acknowledged));
  const sentTo = ledger.sqlite.prepare('SELECT max(seq) FROM export WHERE site = ? AND at_ms >= ?').pluck();
  const sinceMs = readStatement(ledger.device.statement)?.createdAtMs ?? 0; // what an earlier incarnation sent was another journal
  const sent = Math.max(0, ...counted.map(({ site }) => (sentTo.get(site, sinceMs) as number | null) ?? 0));
  return {
    onlyHere: ledger.journal.last.seq - acknowledged,
    sentNotAcknowledged: Math.max(0, Math.min(sent, ledger.journal.last.seq) - acknowledged),
  };
}
