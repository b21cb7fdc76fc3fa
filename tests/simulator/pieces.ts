import { randomBytes } from 'node:crypto';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { recipientsFor } from '../../electron/data/services/partners.ts';
import { collectBundles } from '../../electron/data/sync/collect.ts';
import { packBundle, splitBundle } from '../../electron/data/sync/format.ts';
import { roomOfBundle, StreamReader } from '../../electron/data/sync/streamReader.ts';
import { deliver } from './deliver.ts';
import type { Machine } from './machine.ts';
import { sealBytes } from './sealing.ts';
import { heldOf, type Sent, type World } from './world.ts';

/** The entries of the own journal after `start` up to `upto`, to the authority; null where there are none. */
async function sendPiece(world: World, by: Machine, start: number, upto: number): Promise<Sent | null> {
  const { ledger } = by;
  const [first] = collectBundles(ledger, 'HQ');
  const piece = new StreamReader(ledger, { ...ledger.device, after: start, upto }).next(roomOfBundle(), () => undefined);
  if (first === undefined || piece === null) return null;
  const { from, to, holds, log, seen, trust } = splitBundle(first.plain).header;
  const { recipients } = recipientsFor(ledger, 'HQ');
  const id = randomBytes(16).toString('base64url');
  const facts = { id, from, to, holds, log, seen, trust, ranges: [piece.range] };
  const plain = packBundle(facts, { list: null, ranges: [piece.bytes] }, ledger.device.sign);
  return world.sentOf(by, (await sealBytes(plain, recipients)).bytes, true);
}

/**
 * The last entries of a journal as a series of two bundles, as a very long one is sent; the second of them first, so that
 * it may arrive before what it goes on from.
 */
export async function sendPieces(world: World, by: Machine, number: number): Promise<void> {
  const last = by.ledger.journal.last.seq;
  const after = Math.max(0, last - 2 - (number % 5));
  const middle = after + 1 + (number % Math.max(1, last - after - 1));
  if (middle >= last) return;
  for (const [start, upto] of [
    [middle, last],
    [after, middle],
  ] as const) {
    const sent = await sendPiece(world, by, start, upto);
    if (sent !== null) world.put(sent);
  }
}

const WRITTEN_MAX = 8;

/**
 * An older copy that goes on elsewhere, and of which the authority gets only what comes after all that it holds: both
 * histories differ before the first entry that is in the bundle.
 */
export async function meetBranch(world: World, machine: Machine, number: number): Promise<void> {
  const { copies } = machine;
  const image = copies[number % copies.length];
  const hq = world.the('HQ');
  if (image === undefined || world.machines.length > 7) return;
  const branch = world.machineFrom(machine, `${machine.name}${world.machines.length}`, image.path);
  world.unsteady.add(machine.name);
  world.machines.push(branch);
  const { device, incarnation } = branch.ledger.device;
  const held = heldOf(hq, device, incarnation);
  for (let written = 0; branch.ledger.readOnly === null && branch.ledger.journal.last.seq <= held && written < WRITTEN_MAX; written++)
    setPolicy(branch.ledger, { family: 'mix', kind: 'move', mode: 'warn' });
  world.learn(branch);
  const { seq } = branch.ledger.journal.last;
  const sent = seq > held ? await sendPiece(world, branch, held, seq) : null;
  if (sent === null) return;
  world.count('a branch that begins before its bundle');
  world.put(sent);
  await deliver(world, hq, sent, false);
}
