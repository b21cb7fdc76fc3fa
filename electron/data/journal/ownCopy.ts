import type { DomainError } from '../../../shared/domain/errors.ts';
import type { Sqlite } from '../db/open.ts';
import type { StreamKeys } from './envelope.ts';

/** The head of a stream as somebody outside this file knows it; hash in hex, as the mark keeps it. */
export type KnownHead = Readonly<{ seq: number; hash: string }>;
type HeldThere = Readonly<{ site: string | null; seq: number; head: string; partedAt: number | null }>;

const hashAt = (sqlite: Sqlite, stream: number, seq: number): string | undefined =>
  (sqlite.prepare('SELECT hash FROM entry WHERE stream = ? AND seq = ?').pluck().get(stream, seq) as Buffer | undefined)?.toString('hex');
const hex = (base64url: string): string => Buffer.from(base64url, 'base64url').toString('hex');

/** What partners proved they hold of the own stream, by a head that this device signed; the furthest first. */
const heldThere = (sqlite: Sqlite, { device, incarnation }: StreamKeys): HeldThere[] =>
  sqlite
    .prepare(
      `SELECT s.site, h.proved_seq AS seq, h.proved_head AS head, h.parted_at AS partedAt FROM held_there h LEFT JOIN stream s ON s.device = h.device AND s.incarnation = h.incarnation
       WHERE h.of_device = ? AND h.of_incarnation = ? AND h.proved_seq > 0 ORDER BY h.proved_seq DESC, h.proved_head`,
    )
    .all(device, incarnation) as HeldThere[];

export const ownSeqOf = (sqlite: Sqlite, stream: number): number =>
  (sqlite.prepare('SELECT max(seq) FROM entry WHERE stream = ?').pluck().get(stream) as number | null) ?? 0;

/**
 * Why nothing new may be recorded in this file; null where it may. It is an old copy where the mark on this machine or a
 * partner knows more, and on a branch of its own where a partner holds another entry. Writing on would make a fork.
 */
export function whyReadOnly(sqlite: Sqlite, device: StreamKeys, mark: KnownHead | null): DomainError | null {
  const ownSeq = ownSeqOf(sqlite, device.stream);
  const held = heldThere(sqlite, device);
  const isOther = ({ seq, head }: HeldThere) => seq <= ownSeq && hashAt(sqlite, device.stream, seq) !== hex(head);
  const other = held.find((one) => one.partedAt !== null || isOther(one));
  if (other !== undefined) return { code: 'partnerHoldsOther', site: other.site ?? '', seq: other.partedAt ?? other.seq };
  if (mark !== null && mark.seq > 0 && hashAt(sqlite, device.stream, mark.seq) !== mark.hash)
    return { code: 'readOnlyCopy', ownSeq, markSeq: mark.seq };
  const more = held.find(({ seq }) => seq > ownSeq);
  return more === undefined ? null : { code: 'partnerHoldsMore', site: more.site ?? '', ownSeq, partnerSeq: more.seq };
}

/** The furthest entry of the own stream that anybody is known to hold: here, by the mark, or at a partner. */
export function furthestKnown(sqlite: Sqlite, device: StreamKeys, own: KnownHead, mark: KnownHead | null): KnownHead {
  const [most] = heldThere(sqlite, device);
  const known = [mark, most === undefined ? null : { seq: most.seq, hash: hex(most.head) }].filter((head) => head !== null);
  return known.reduce((best, head) => (head.seq > best.seq ? head : best), own);
}
