import { randomBytes } from 'node:crypto';
import { recipientsFor } from '../../electron/data/services/partners.ts';
import { collectBundles } from '../../electron/data/sync/collect.ts';
import { packBundle, splitBundle } from '../../electron/data/sync/format.ts';
import { roomOfBundle, StreamReader } from '../../electron/data/sync/streamReader.ts';
import type { Machine } from './machine.ts';
import { sealBytes } from './sealing.ts';
import type { World } from './world.ts';

/**
 * The last entries of a journal as a series of two bundles, as a very long one is sent; the second of them first, so that
 * it may arrive before what it goes on from.
 */
export async function sendPieces(world: World, by: Machine, number: number): Promise<void> {
  const { ledger } = by;
  const { journal, device } = ledger;
  const last = journal.last.seq;
  const after = Math.max(0, last - 2 - (number % 5));
  const middle = after + 1 + (number % Math.max(1, last - after - 1));
  if (middle >= last) return;
  const [first] = collectBundles(ledger, 'HQ');
  if (first === undefined) return;
  const { from, to, holds, log, seen, trust } = splitBundle(first.plain).header;
  const { recipients } = recipientsFor(ledger, 'HQ');
  for (const [start, upto] of [
    [middle, last],
    [after, middle],
  ] as const) {
    const piece = new StreamReader(ledger, { ...device, after: start, upto }).next(roomOfBundle(), () => undefined);
    if (piece === null) return;
    const id = randomBytes(16).toString('base64url');
    const facts = { id, from, to, holds, log, seen, trust, ranges: [piece.range] };
    const plain = packBundle(facts, { list: null, ranges: [piece.bytes] }, device.sign);
    world.put(await world.sentOf(by, (await sealBytes(plain, recipients)).bytes, true));
  }
}
