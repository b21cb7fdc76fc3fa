import type { CaseFacts, SaidEntry, SignedSide } from '../../../shared/domain/cases.ts';
import type { Payload } from '../journal/commitment.ts';
import { bytesOf, byteText } from '../journal/digest.ts';
import { chainHash, type Envelope, type StreamKeys } from '../journal/envelope.ts';
import { isHeadSignedBy } from '../journal/head.ts';
import type { Ledger } from '../ledger.ts';
import { BundleRefused } from './format.ts';

/** Both sides of a history that cannot be one: the facts of the case that keeps it. */
export type ForkEvidence = Extract<CaseFacts, { kind: 'fork' }>;

/** Refuses a bundle and brings what proves the fork: the caller keeps it as a case once the transaction is taken back. */
export class ForkFound extends BundleRefused {
  readonly evidence: ForkEvidence;
  constructor(message: string, evidence: ForkEvidence) {
    super('E_FORK', message);
    this.evidence = evidence;
  }
}

type Branch = Readonly<{ prev: string; upto: number; head: string; root: string; headSig: string }>;
type ReadEntry = Readonly<{ event: string; envelope: Envelope; payload: Payload }>;
type Device = Pick<StreamKeys, 'stream' | 'site' | 'device' | 'incarnation'> & Readonly<{ publicKey: string }>;

/** What a case may say, so that the entry that opens it stays far below the largest that can travel. */
const SAID_CHARACTERS_MAX = 40_000;

/** The signed head nearest to the fork on the held branch: it covers the entry that the other branch denies. */
function heldSide(ledger: Ledger, { stream }: Device, seq: number): SignedSide | null {
  const row = ledger.sqlite
    .prepare('SELECT seq, hash, root, device_signature AS signature FROM head WHERE stream = ? AND seq >= ? ORDER BY seq LIMIT 1')
    .get(stream, seq) as { seq: number; hash: Buffer; root: Buffer; signature: Buffer } | undefined;
  if (row === undefined) return null;
  const [hash, root, signature] = [row.hash, row.root, row.signature].map((bytes) => bytes.toString('base64url')) as [
    string,
    string,
    string,
  ];
  return { seq: row.seq, hash, root, signature };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);

/** Lots that only the other branch knows, and those that are held. */
function lotNames(ledger: Ledger, site: string, entries: readonly ReadEntry[]): (lotId: string) => { item: string; lot: string } | null {
  const told = new Map<string, { item: string; lot: string }>();
  for (const { envelope, payload } of entries) {
    const data = { ...(payload.exact as object), ...(payload.text as object) } as Record<string, unknown>;
    if (envelope.type === 'lot.put') told.set(String(data.lotId), { item: String(data.item), lot: String(data.text) });
  }
  return (lotId) => {
    const held = ledger.store.get('lot', { site, lotId });
    return told.get(lotId) ?? (held === undefined ? null : { item: held.item, lot: held.text });
  };
}

/** One entry as a person can record it again. */
function saidOf({ envelope, payload }: ReadEntry, nameOf: ReturnType<typeof lotNames>): SaidEntry {
  const data = { ...(payload.exact as object), ...(payload.text as object) } as Record<string, unknown>;
  const lot = textOf(data.lotId) === null ? null : nameOf(String(data.lotId));
  const who = payload.who as { usr?: string };
  return {
    seq: envelope.seq,
    type: envelope.type,
    recordedAtMs: envelope.rec,
    person: who.usr ?? '',
    happenedAtMs: typeof data.happenedAtMs === 'number' ? data.happenedAtMs : null,
    kind: textOf(data.kind),
    item: lot?.item ?? textOf(data.item),
    lot: lot?.lot ?? (envelope.type === 'lot.put' ? textOf(data.text) : null),
    quantity: typeof data.quantity === 'number' ? data.quantity : null,
    from: textOf(data.from),
    to: textOf(data.to) ?? textOf(data.place),
    condition: textOf(data.condition),
    voucher: textOf(data.voucher),
    reason: textOf(data.reason),
  };
}

/** As many as fit; the number of those left out says that the file itself has to be read for them. */
function saidBy(ledger: Ledger, site: string, entries: readonly ReadEntry[]): Pick<ForkEvidence, 'says' | 'omitted'> {
  const nameOf = lotNames(ledger, site, entries);
  const says: SaidEntry[] = [];
  let size = 0;
  for (const entry of entries) {
    const said = saidOf(entry, nameOf);
    size += JSON.stringify(said).length;
    if (size > SAID_CHARACTERS_MAX) break;
    says.push(said);
  }
  return { says, omitted: entries.length - says.length };
}

/**
 * The refusal of a range that contradicts what is held from entry `seq` on. Evidence only where the other branch really
 * is the device's own: its entries chain to the head that the device signed. Anything else is a bad bundle and no fork.
 *
 * @param entries the whole range, in its order; @param bundle SHA-256 of the sealed file.
 */
export function forkFound(
  ledger: Ledger,
  device: Device,
  range: Branch,
  { seq, entries, bundle }: Readonly<{ seq: number; entries: readonly ReadEntry[]; bundle: string }>,
): BundleRefused {
  const head = entries.reduce((hash, { event }) => chainHash(hash, event), byteText(Buffer.from(range.prev, 'base64url')));
  if (bytesOf(head).toString('base64url') !== range.head)
    return new BundleRefused('E_CHAIN', 'the entries do not end in the head that was signed');
  const signed = { ...device, seq: range.upto, hash: bytesOf(head), root: Buffer.from(range.root, 'base64url') };
  if (!isHeadSignedBy(device.publicKey, signed, Buffer.from(range.headSig, 'base64url')))
    return new BundleRefused('E_SIG', 'the head of the journal is not signed by its device');
  return new ForkFound(`another entry ${seq} is held; both histories cannot be true`, {
    kind: 'fork',
    of: 'journal',
    device: device.device,
    incarnation: device.incarnation,
    site: device.site,
    seq,
    held: heldSide(ledger, device, seq),
    other: { seq: range.upto, hash: range.head, root: range.root, signature: range.headSig },
    bundle,
    ...saidBy(
      ledger,
      device.site,
      entries.filter(({ envelope }) => envelope.seq >= seq),
    ),
  });
}
