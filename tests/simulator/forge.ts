import { randomBytes } from 'node:crypto';
import { canonical, type Plain } from '../../electron/data/journal/canonical.ts';
import type { Signer } from '../../electron/data/journal/keys.ts';
import { ProofTree } from '../../electron/data/journal/merkleProofs.ts';
import type { Ledger } from '../../electron/data/ledger.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { signCheckpoint } from '../../electron/data/sync/acceptanceLog.ts';
import { type BundleHeader, paddedSize, splitBundle } from '../../electron/data/sync/format.ts';
import type { Machine } from './machine.ts';
import { openBytes, sealBytes } from './sealing.ts';
import { hashHeld, heldOf, siteOf, type World } from './world.ts';

/** Bundles that no sound device makes: by strangers, by people on the way, by a device that is broken or lies. */

export type Forged = Readonly<{ sealed: Buffer; what: string }>;
const recipientOf = ({ device }: Ledger): string =>
  (JSON.parse(device.statement) as { statement: { recipient: string } }).statement.recipient;

/** A header changed and signed anew, around the same body. */
async function changed(
  by: Machine,
  sealed: Buffer,
  to: Ledger,
  sign: Signer,
  change: (header: BundleHeader) => BundleHeader,
): Promise<Buffer> {
  const { header, body } = splitBundle(await openBytes(sealed, by.ledger.device.ageIdentity));
  const headerBytes = Buffer.from(canonical(change(header) as unknown as Plain));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(headerBytes.length);
  const whole = Buffer.concat([Buffer.from('ADB1'), length, headerBytes, sign('adi/bundle/1', headerBytes), body]);
  const plain = Buffer.concat([whole, Buffer.alloc(paddedSize(whole.length) - whole.length)]);
  return (await sealBytes(plain, [recipientOf(to)])).bytes;
}

/** Somebody who can write to a stick, and knows what is public: the devices and their recipients. */
async function byAStranger(world: World, by: Machine, to: Machine): Promise<Forged> {
  const { sealed } = await world.send(by, siteOf(to));
  const stranger = world.stranger.ledger.device.sign;
  const id = randomBytes(16).toString('base64url');
  return { sealed: await changed(by, sealed, to.ledger, stranger, (header) => ({ ...header, id })), what: 'signed by a stranger' };
}

async function withOtherBody(world: World, by: Machine, to: Machine): Promise<Forged> {
  const { sealed } = await world.send(by, siteOf(to));
  const sha = randomBytes(32).toString('base64url');
  return { sealed: await changed(by, sealed, to.ledger, by.ledger.device.sign, (header) => ({ ...header, sha })), what: 'another body' };
}

async function withoutHeadSignature(world: World, by: Machine, to: Machine): Promise<Forged | null> {
  if (by.ledger.readOnly !== null) return null;
  setPolicy(by.ledger, { family: 'mix', kind: 'move', mode: 'warn' });
  const { sealed } = await world.send(by, siteOf(to));
  const headSig = randomBytes(64).toString('base64url');
  const change = (header: BundleHeader) => ({ ...header, ranges: header.ranges.map((range) => ({ ...range, headSig })) });
  return { sealed: await changed(by, sealed, to.ledger, by.ledger.device.sign, change), what: 'a head that is not signed' };
}

/** A device whose clock is stuck and whose program does not mind. */
async function withOldStamp(world: World, by: Machine, to: Machine): Promise<Forged | null> {
  const { device, readOnly } = by.ledger;
  // Where another entry is held in its place it is a fork besides, and found as one.
  const of = [device.device, device.incarnation] as const;
  const held = heldOf(to, ...of);
  if (readOnly !== null || hashHeld(to, ...of, held) !== hashHeld(by, ...of, held)) return null;
  const rogue = world.copyOf(by, 'rogue');
  rogue.offsetMs = by.offsetMs - 1_000 * 86_400_000;
  const { position } = rogue.ledger.journal as unknown as { position: { hlc: string | null } };
  position.hlc = null;
  setPolicy(rogue.ledger, { family: 'mix', kind: 'move', mode: 'warn' });
  const { sealed } = await world.send(rogue, siteOf(to));
  rogue.close();
  return { sealed, what: 'a stamp that does not grow' };
}

/** What was meant for the authority, opened there and sealed to somebody else. */
async function sealedToAnother(world: World, by: Machine): Promise<Forged> {
  const { sealed } = await world.send(by, 'HQ');
  const plain = await openBytes(sealed, by.ledger.device.ageIdentity);
  return { sealed: (await sealBytes(plain, [recipientOf(world.the('B').ledger)])).bytes, what: 'meant for somebody else' };
}

/** An authority that leaves its journal alone and tells another log. */
async function withOtherLog(world: World, to: Machine): Promise<Forged | null> {
  const by = world.the('HQ');
  const { sealed, header, leaves } = await world.send(by, siteOf(to));
  const { device, incarnation } = to.ledger.device;
  const { device: dev, incarnation: inc, sign } = by.ledger.device;
  const seen = to.ledger.sqlite
    .prepare('SELECT checkpoint_size FROM partner_state WHERE device = ? AND incarnation = ?')
    .pluck()
    .get(dev, inc) as number | null | undefined;
  if (header.log === null || seen == null || seen > leaves.length) return null;
  const tree = new ProofTree();
  for (const [at, leaf] of [...leaves, 'one more'].entries()) tree.append(Buffer.from(at === 0 ? 'another' : leaf, 'latin1'));
  const root = tree.root().toString('base64url');
  const { size } = tree;
  const path = tree.consistency(seen).map((node) => node.toString('base64url'));
  const log = {
    size,
    root,
    sig: signCheckpoint({ dev, inc, size, root }, sign),
    receipts: [],
    since: [{ dev: device, inc: incarnation, size: seen, path }],
  };
  return { sealed: await changed(by, sealed, to.ledger, sign, (it) => ({ ...it, log })), what: 'a log that was rewritten' };
}

/** The receiver, and what must be refused there whatever it holds; null where it makes no sense now. */
export async function forge(world: World, kind: number, depot: Machine): Promise<{ to: Machine; forged: Forged } | null> {
  const hq = world.the('HQ');
  const at = async (to: Machine, forged: Promise<Forged | null>) => {
    const made = await forged;
    return made === null ? null : { to, forged: made };
  };
  switch (kind % 6) {
    case 0:
      return at(hq, byAStranger(world, depot, hq));
    case 1:
      return at(hq, withOtherBody(world, depot, hq));
    case 2:
      return at(hq, withoutHeadSignature(world, depot, hq));
    case 3:
      return at(hq, withOldStamp(world, depot, hq));
    case 4:
      return at(world.the('B'), sealedToAnother(world, world.the('A')));
    default:
      return at(world.the('C'), withOtherLog(world, world.the('C')));
  }
}
