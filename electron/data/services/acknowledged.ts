import { readStatement } from '../journal/statement.ts';
import type { Ledger } from '../ledger.ts';
import { listTrusted } from '../repositories/trusted.ts';

/** What others are known to hold of the own journal, as they said it in their bundles. */

type Key = Readonly<{ device: string; incarnation: number }>;
type Counted = Key & Readonly<{ site: string; role: string; acknowledged: number }>;

/** What a device said last of the own journal, and the hash that is held here there. */
const SAID = `
SELECT h.seq, h.head, e.hash FROM held_there h LEFT JOIN entry e ON e.stream = :stream AND e.seq = h.seq
WHERE h.device = :device AND h.incarnation = :incarnation AND h.of_device = :own AND h.of_incarnation = :ownIncarnation`;

/**
 * Up to which entry a device has acknowledged the own journal: what it says it holds, where that is not beyond what is held here
 * and the same history. Null where it never said anything; 0 where what it said acknowledges nothing.
 */
export function acknowledgedBy({ sqlite, device: own }: Pick<Ledger, 'sqlite' | 'device'>, { device, incarnation }: Key): number | null {
  const said = sqlite.prepare(SAID).get({ stream: own.stream, own: own.device, ownIncarnation: own.incarnation, device, incarnation }) as
    | { seq: number; head: string; hash: Buffer | null }
    | undefined;
  if (said === undefined) return null;
  return said.hash?.toString('base64url') === said.head ? said.seq : 0;
}

const partnersOf = (ledger: Ledger): Counted[] =>
  listTrusted(ledger).map(({ device, incarnation, site, role }) => {
    const acknowledged = acknowledgedBy(ledger, { device, incarnation }) ?? 0;
    return { device, incarnation, site, role, acknowledged };
  });

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
