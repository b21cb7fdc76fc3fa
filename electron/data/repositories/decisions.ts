import { invariant } from '../../../shared/lib/result.ts';
import type { Payload } from '../journal/commitment.ts';
import type { Envelope, Who } from '../journal/envelope.ts';
import { compareEntries, type EntryKey } from '../journal/order.ts';
import type { Ledger } from '../ledger.ts';

/** Who decided what about the rules, and when: the tables say what holds, only the journal says since when and by whom. */
const DECISION_TYPES = [
  'pack.chosen',
  'policy.set',
  'approval.granted',
  'approval.withdrawn',
  'waiver.granted',
  'waiver.withdrawn',
] as const;
type DecisionType = (typeof DECISION_TYPES)[number];
/** `reason` empty where the entry has none, or it was withheld from this file. */
export type Decision = Readonly<{ person: string; atMs: number; reason: string }>;

type Kept = { readSeq: Map<number, number>; decisions: Map<string, Readonly<{ decision: Decision; at: EntryKey }>> };
type Cells = readonly [event: string, payload: string];

/** Entries never change, so each is looked at once for as long as the file is open. */
const keptOf = new WeakMap<Ledger['sqlite'], Map<string, Kept>>();

const TYPE_LIST = DECISION_TYPES.map((type) => `'${type}'`).join(', ');
const DECISIONS = `SELECT event, payload FROM entry
  WHERE stream = ? AND seq > ? AND seq <= ? AND json_extract(event, '$.type') IN (${TYPE_LIST}) ORDER BY seq`;

const keyOf = (type: DecisionType, about: string): string => `${type} ${about}`;

/** What the entry is about: a cell of the policy, or the id of what was granted. */
function aboutOf(type: string, { id = '', family = '', kind = '' }: Readonly<Record<string, string>>): string {
  if (type === 'pack.chosen') return '';
  return type === 'policy.set' ? `${family}.${kind}` : id;
}

/** Streams are read one after the other, so what is read last was not decided last: the order is that of the projections. */
function note({ decisions }: Kept, [event, payload]: Cells): void {
  const { type, rec, hlc, dev, inc, seq } = JSON.parse(event) as Envelope;
  const { exact, text, who } = JSON.parse(payload) as Partial<Payload>;
  const { usr = '' } = (who ?? {}) as Partial<Who>;
  const { reason = '' } = (text ?? {}) as Readonly<Record<string, string>>;
  const key = keyOf(type as DecisionType, aboutOf(type, (exact ?? {}) as Readonly<Record<string, string>>));
  const known = decisions.get(key);
  const at = { hlc, dev, inc, seq };
  if (known === undefined || compareEntries(known.at, at) < 0) decisions.set(key, { decision: { person: usr, atMs: rec, reason }, at });
}

function keptFor({ sqlite }: Ledger, site: string): Kept {
  const sites = keptOf.get(sqlite) ?? new Map<string, Kept>();
  keptOf.set(sqlite, sites);
  const kept: Kept = sites.get(site) ?? { readSeq: new Map(), decisions: new Map() };
  sites.set(site, kept);
  return kept;
}

/**
 * The last decision of a kind: about a cell (`mix.move`), about what was granted (its id), or about the pack (no `about`).
 * Never asked within a transaction, which may still take its entries back.
 */
export function decisionsOf(ledger: Ledger, site = ledger.site): (type: DecisionType, about?: string) => Decision | null {
  const { sqlite } = ledger;
  invariant(!sqlite.inTransaction, 'decisions are asked for within a transaction');
  const kept = keptFor(ledger, site);
  for (const stream of sqlite.prepare('SELECT stream FROM stream WHERE site = ? ORDER BY stream').pluck().all(site) as number[]) {
    const last = (sqlite.prepare('SELECT max(seq) FROM entry WHERE stream = ?').pluck().get(stream) as number | null) ?? 0;
    const rows = sqlite
      .prepare(DECISIONS)
      .raw()
      .iterate(stream, kept.readSeq.get(stream) ?? 0, last) as Iterable<Cells>;
    for (const row of rows) note(kept, row);
    kept.readSeq.set(stream, last);
  }
  return (type, about = '') => kept.decisions.get(keyOf(type, about))?.decision ?? null;
}
