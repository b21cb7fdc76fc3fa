import { randomBytes } from 'node:crypto';
import { invariant } from '../../../shared/lib/result.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { heldOf } from '../repositories/held.ts';
import { cutOffOf, listTrusted } from '../repositories/trusted.ts';
import { logFor } from './acceptanceLog.ts';
import { seenFor } from './acceptLog.ts';
import { type BundleRange, DEVICES_MAX, packBundle, RANGES_MAX } from './format.ts';
import { heldBy, holdsOf } from './holds.ts';
import { roomOfBundle, StreamReader, type StreamToSend } from './streamReader.ts';
import { listToSend } from './trustList.ts';

/** One bundle of a series. `from` and `upto` are of the own journal; where nothing of it is in, `from` is one beyond. */
export type CollectedBundle = Readonly<{ plain: Buffer; entries: number; from: number; upto: number }>;
type Stored = Omit<StreamToSend, 'after' | 'upto'> & Readonly<{ site: string; isOwn: 0 | 1; last: number | null }>;

const base64url = (bytes: Buffer) => bytes.toString('base64url');

/** The own journals and those of the addressee's site that are held, the newest incarnations of it last. */
const streamsToSend = (ledger: Ledger, site: string): Stored[] =>
  ledger.sqlite
    .prepare(
      `SELECT stream, device, incarnation, genesis, commitment_key AS commitmentKey, site, is_own AS isOwn,
         (SELECT max(seq) FROM entry e WHERE e.stream = s.stream) AS last
       FROM stream s WHERE is_own = 1 OR site = ? ORDER BY is_own DESC, incarnation, stream`,
    )
    .all(site) as Stored[];

/**
 * Up to where a journal is sent: to its end, or to its cut-off, which nobody takes anything in beyond. Journals other than
 * the open one end at a head that is stored, since only their device can sign one. Nothing of a history that is not the one
 * which the cut-off names.
 */
function endOf(ledger: Ledger, { stream, device, incarnation, last }: Stored): number {
  if (stream === ledger.device.stream) return last ?? 0;
  const { cutOffSeq, cutOffHead } = cutOffOf(ledger, device, incarnation);
  const { seq, head } = heldOf(ledger, device, incarnation, cutOffSeq ?? undefined);
  return seq === cutOffSeq && head !== cutOffHead ? 0 : seq;
}

/**
 * What a partner's site does not hold yet, signed and not yet encrypted, as a series of bundles of limited size; one
 * that brings nothing but says what is held here where there is nothing new. A lost stick costs nothing: only what a
 * partner said it holds is left out.
 *
 * @throws Refused: unknownPartner, tooManyDevices.
 */
export function* collectBundles(
  ledger: Ledger,
  to: string,
  onEntries: (seq: number) => void = () => undefined,
): Generator<CollectedBundle, void> {
  const devices = listTrusted(ledger).filter((device) => device.site === to);
  if (devices.length === 0) throw new Refused({ code: 'unknownPartner', site: to });
  if (devices.length > DEVICES_MAX) throw new Refused({ code: 'tooManyDevices', site: to, count: devices.length, max: DEVICES_MAX });
  const { version, line } = listToSend(ledger, to);
  const common = {
    from: { dev: ledger.device.device, inc: ledger.device.incarnation },
    to: devices.map(({ device: dev, incarnation: inc }) => ({ dev, inc })),
    holds: holdsOf(ledger, to),
    log: logFor(ledger, devices),
    seen: seenFor(ledger, devices),
    trust: version,
  };
  const waiting = streamsToSend(ledger, to).flatMap((of) => {
    const after = Math.min(...devices.map((device) => heldBy(ledger, device, of)));
    const upto = endOf(ledger, of);
    return after >= upto ? [] : [new StreamReader(ledger, { ...of, after, upto })];
  });
  let isFirst = true;
  for (; isFirst || waiting.length > 0; isFirst = false) {
    const pieces = takePieces(waiting, onEntries);
    invariant(pieces.length > 0 || waiting.length === 0, 'a piece of a journal is larger than any bundle');
    const ranges = pieces.map(({ range }) => range);
    const content = { list: isFirst ? line : null, ranges: pieces.map(({ bytes }) => bytes) };
    const plain = packBundle({ id: base64url(randomBytes(16)), ...common, ranges }, content, ledger.device.sign);
    yield { plain, entries: ranges.reduce((sum, { from, upto }) => sum + upto - from + 1, 0), ...ownPart(ledger, ranges) };
  }
}

/** Fills one bundle from the journals in their order; what is done with leaves the list. */
function takePieces(waiting: StreamReader[], onEntries: (seq: number) => void) {
  const room = roomOfBundle();
  const pieces: { range: BundleRange; bytes: Buffer }[] = [];
  for (let reader = waiting[0]; reader !== undefined && pieces.length < RANGES_MAX; reader = waiting[0]) {
    const piece = reader.next(room, onEntries);
    if (piece === null) break;
    pieces.push(piece);
    if (!reader.isDone) break;
    waiting.shift();
  }
  return pieces;
}

function ownPart({ device, journal }: Ledger, ranges: readonly BundleRange[]): { from: number; upto: number } {
  const own = ranges.find(({ dev, inc }) => dev === device.device && inc === device.incarnation);
  return own ?? { from: journal.last.seq + 1, upto: journal.last.seq };
}
