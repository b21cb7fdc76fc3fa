import { randomBytes } from 'node:crypto';
import { canonical, type Plain } from '../journal/canonical.ts';
import { byteText } from '../journal/digest.ts';
import type { Envelope } from '../journal/envelope.ts';
import { signHead } from '../journal/head.ts';
import { Frontier } from '../journal/merkle.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { listTrusted } from '../services/partners.ts';
import { LIMITS, packBundle } from './format.ts';

export type CollectedPart = Readonly<{ plain: Buffer; entries: number; from: number; upto: number }>;
type Row = Readonly<{ seq: number; event: string; payload: string; hash: Buffer }>;

/** The reader holds the commitment key, so a full bundle leaves out the 32 bytes that do not compress. */
export function withoutCommitment(event: string): string {
  const { pc: _, ...rest } = JSON.parse(event) as Envelope;
  return canonical(rest as unknown as Plain);
}

const ENTRIES_PER_REPORT = 1_000;
const base64url = (bytes: Buffer) => bytes.toString('base64url');

/**
 * Everything of the own journal for a partner, signed and not yet encrypted, in parts of limited size. Nothing is
 * acknowledged yet, so every export begins at the first entry: a lost stick costs nothing.
 */
export function* collectBundles(ledger: Ledger, to: string, onEntries: (seq: number) => void = () => undefined): Iterable<CollectedPart> {
  const devices = listTrusted(ledger).filter((device) => device.site === to);
  if (devices.length === 0) throw new Refused({ code: 'unknownPartner', site: to });
  const { device } = ledger;
  const frontier = new Frontier();
  let previous = device.genesis;
  const rows = ledger.sqlite
    .prepare('SELECT seq, event, payload, hash FROM entry WHERE stream = ? ORDER BY seq')
    .iterate(device.stream) as IterableIterator<Row>;
  let part: { lines: string[]; bytes: number; first: Buffer; from: number } = { lines: [], bytes: 0, first: previous, from: 1 };
  const seal = (upto: number): CollectedPart => {
    const head = { ...device, seq: upto, hash: previous, root: frontier.root() };
    const plain = packBundle(
      {
        id: base64url(randomBytes(16)),
        from: { dev: device.device, inc: device.incarnation },
        to: devices.map(({ device: dev, incarnation: inc }) => ({ dev, inc })),
        ranges: [
          {
            dev: device.device,
            inc: device.incarnation,
            from: part.from,
            upto,
            prev: base64url(part.first),
            head: base64url(previous),
            root: base64url(head.root),
            headSig: base64url(signHead(head, device.sign)),
            ck: base64url(device.commitmentKey),
          },
        ],
        holds: [],
        log: null,
        seen: [],
        trust: 0,
        list: 0,
      },
      part.lines,
      device.sign,
    );
    const made = { plain, entries: part.lines.length / 2, from: part.from, upto };
    part = { lines: [], bytes: 0, first: previous, from: upto + 1 };
    return made;
  };
  for (const row of rows) {
    const event = withoutCommitment(row.event);
    const bytes = Buffer.byteLength(event) + Buffer.byteLength(row.payload) + 2;
    if (part.lines.length / 2 >= LIMITS.entriesMax || part.bytes + bytes > LIMITS.rawBytesMax) yield seal(row.seq - 1);
    part.lines.push(event, row.payload);
    part.bytes += bytes;
    frontier.append(byteText(row.hash));
    previous = row.hash;
    if (row.seq % ENTRIES_PER_REPORT === 0) onEntries(row.seq);
  }
  if (part.lines.length > 0) yield seal(ledger.journal.last.seq);
}
