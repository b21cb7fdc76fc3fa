import type { Ledger } from '../ledger.ts';

/** What is held here of the journal of any device. */
type Reader = Pick<Ledger, 'sqlite'>;

/** How far the journal of a device is held here, and the last signed head at or before `at`; 0 and null where nothing is. */
export function heldOf(
  { sqlite }: Reader,
  device: string,
  incarnation: number,
  at = Number.MAX_SAFE_INTEGER,
): { held: number; seq: number; head: string | null } {
  const held = sqlite
    .prepare('SELECT max(e.seq) FROM entry e JOIN stream s USING (stream) WHERE s.device = ? AND s.incarnation = ?')
    .pluck()
    .get(device, incarnation) as number | null;
  const head = sqlite
    .prepare(
      'SELECT h.seq, h.hash FROM head h JOIN stream s USING (stream) WHERE s.device = ? AND s.incarnation = ? AND h.seq <= ? ORDER BY h.seq DESC LIMIT 1',
    )
    .get(device, incarnation, at) as { seq: number; hash: Buffer } | undefined;
  return { held: held ?? 0, seq: head?.seq ?? 0, head: head?.hash.toString('base64url') ?? null };
}

/** The hash of one entry; undefined where it is not held. */
export const hashHeld = ({ sqlite }: Reader, device: string, incarnation: number, seq: number): Buffer | undefined =>
  sqlite
    .prepare('SELECT e.hash FROM entry e JOIN stream s USING (stream) WHERE s.device = ? AND s.incarnation = ? AND e.seq = ?')
    .pluck()
    .get(device, incarnation, seq) as Buffer | undefined;
