import type { Ledger } from '../../electron/data/ledger.ts';
import { listAfter } from './listOracle.ts';
import type { Machine } from './machine.ts';
import type { Sent, World } from './world.ts';

/**
 * What a sound bundle has to come to, told from the rows of the receiver's file and the rows that its maker had: a second
 * way of saying docs/protocol.md 6, which shares no code with the first. `null`: it is taken in. `either`: own entries come
 * back in it that say whom this device trusts, and the rest is judged by what they say; that is not said a second time here.
 */
export type Expected = ReadonlySet<string> | 'either' | null;
type Trusted = Readonly<{ cutSeq: number | null; cutHead: string | null }>;
type Stream = Readonly<{ stream: number; site: string; isOwn: 0 | 1 }>;

const trustedBy = ({ sqlite, device }: Ledger, dev: string, inc: number): Trusted | undefined =>
  sqlite
    .prepare('SELECT cut_off_seq AS cutSeq, cut_off_head AS cutHead FROM partner WHERE stream = ? AND device = ? AND incarnation = ?')
    .get(device.stream, dev, inc) as Trusted | undefined;
const streamOf = ({ sqlite }: Ledger, dev: string, inc: number): Stream | undefined =>
  sqlite.prepare('SELECT stream, site, is_own AS isOwn FROM stream WHERE device = ? AND incarnation = ?').get(dev, inc) as
    | Stream
    | undefined;
/** A fork keeps a device out until it is decided; a cut-off says by a hash what counts, whether or not anybody decides then. */
export const isFrozen = (ledger: Ledger, dev: string, inc: number): boolean => {
  const { sqlite, site } = ledger;
  const open = sqlite.prepare("SELECT facts FROM conflict_case WHERE site = ? AND kind = 'fork' AND decision IS NULL").pluck().all(site);
  const isAbout = (text: string) => {
    const { device, incarnation } = JSON.parse(text) as { device: string; incarnation: number };
    return device === dev && incarnation === inc;
  };
  return (open as string[]).some(isAbout) && (trustedBy(ledger, dev, inc)?.cutSeq ?? null) === null;
};
const hashAt = ({ sqlite }: Ledger, stream: number, seq: number): string | undefined =>
  sqlite.prepare('SELECT hex(hash) FROM entry WHERE stream = ? AND seq = ?').pluck().get(stream, seq) as string | undefined;
const genesisOf = ({ sqlite }: Ledger, stream: number): string =>
  sqlite.prepare('SELECT hex(genesis) FROM stream WHERE stream = ?').pluck().get(stream) as string;
export const lastSeq = ({ sqlite }: Ledger, stream: number): number =>
  (sqlite.prepare('SELECT max(seq) FROM entry WHERE stream = ?').pluck().get(stream) as number | null) ?? 0;
const hexOf = (base64url: string): string => Buffer.from(base64url, 'base64url').toString('hex').toUpperCase();

/** What counts of a device once the list in the bundle counts: it may name the device, and end it earlier. */
function trustedAfter(ledger: Ledger, { list }: Sent, isFresh: boolean, dev: string, inc: number): Trusted | undefined {
  const held = trustedBy(ledger, dev, inc);
  if (list === null || !isFresh) return held;
  const isNamed = list.statements.some((text) => {
    const { statement } = JSON.parse(text) as { statement: { device: string; incarnation: number } };
    return statement.device === dev && statement.incarnation === inc;
  });
  if (held === undefined && !isNamed) return undefined;
  const before = held ?? { cutSeq: null, cutHead: null };
  const cut = list.list.revoked.find((row) => row.dev === dev && row.inc === inc);
  return cut !== undefined && (before.cutSeq === null || cut.seq < before.cutSeq) ? { cutSeq: cut.seq, cutHead: cut.head } : before;
}

/** Why one range of a bundle is refused; null where it is not. */
function rangeRefusal(ledger: Ledger, sent: Sent, at: number, { isFresh, isCut }: { isFresh: boolean; isCut: boolean }): string | null {
  const range = sent.header.ranges[at] as Sent['header']['ranges'][number];
  const hashes = sent.hashes[at] as readonly string[];
  const stream = streamOf(ledger, range.dev, range.inc);
  const trusted = stream?.isOwn === 1 ? null : trustedAfter(ledger, sent, isFresh, range.dev, range.inc);
  if (trusted === undefined) return 'E_UNKNOWN_DEV';
  if (stream === undefined) return range.from > 1 ? 'E_GAP' : null; // named by the list in this very bundle
  if (range.dev !== sent.header.from.dev && stream.site !== ledger.site) return 'E_FORMAT';
  const cutSeq = trusted?.cutSeq ?? null;
  const isPastCut = cutSeq !== null && (range.upto > cutSeq || (range.upto === cutSeq && range.head !== trusted?.cutHead));
  if (isPastCut) return 'E_REVOKED';
  const held = lastSeq(ledger, stream.stream);
  // Whoever keeps a key that was revoked could fill what is missing before the cut-off.
  if (isCut && cutSeq !== null && range.upto < cutSeq && range.upto > held) return 'E_REVOKED';
  if (isFrozen(ledger, range.dev, range.inc)) return null;
  if (range.from > held + 1) return 'E_GAP';
  for (let seq = range.from - 1; seq <= Math.min(held, range.upto); seq++) {
    const ours = seq === 0 ? genesisOf(ledger, stream.stream) : hashAt(ledger, stream.stream, seq);
    if (ours !== hashes[seq - range.from + 1]) return 'E_FORK';
  }
  return null;
}

/** What the log of an authority comes to, told from its leaves one by one. */
function logRefusal(world: World, { ledger }: Machine, { header, leaves }: Sent): string | null {
  const { log, from } = header;
  if (log === null) return null;
  const seen = ledger.sqlite
    .prepare('SELECT checkpoint_size AS size, checkpoint_root AS root FROM partner_state WHERE device = ? AND incarnation = ?')
    .get(from.dev, from.inc) as { size: number | null; root: string | null } | undefined;
  const isBehind = seen?.size != null && log.size < seen.size;
  if (seen?.size != null && !isBehind) {
    const { device, incarnation } = ledger.device;
    const isShown = log.since.some(({ dev, inc, size }) => dev === device && inc === incarnation && size === seen.size);
    if (log.size > seen.size && !isShown) return 'E_GAP';
    const before = world.logs.get(`${seen.size} ${seen.root}`) ?? [];
    if (before.slice(0, seen.size).some((leaf, at) => leaf !== leaves[at])) return 'E_FORK';
  }
  const denied = log.receipts.some(({ dev, inc, upto, head }) => {
    const stream = streamOf(ledger, dev, inc);
    const ours = stream?.site === ledger.site ? hashAt(ledger, stream.stream, upto) : undefined;
    const said = header.holds.find((one) => one.dev === dev && one.inc === inc);
    // Where it says that it holds another history, its receipt is true and the journal has two.
    const holdsOther = stream !== undefined && said !== undefined && hashAt(ledger, stream.stream, said.seq) !== hexOf(said.head);
    return ours !== undefined && ours !== hexOf(head) && !holdsOther;
  });
  return denied ? 'E_FORK' : null;
}

/** What a bundle that nobody touched on its way comes to here and now. */
export function expected(world: World, machine: Machine, sent: Sent): Expected {
  const { ledger } = machine;
  const { from, to, ranges } = sent.header;
  const { device, incarnation } = ledger.device;
  const isOwn = streamOf(ledger, from.dev, from.inc)?.isOwn === 1;
  const isAddressed = to.some(({ dev, inc }) => dev === device && inc <= incarnation);
  const sender = trustedBy(ledger, from.dev, from.inc);
  if (!isAddressed && !isOwn) return new Set(['E_NOT_FOR_US', 'E_UNKNOWN_DEV', 'E_FORK']);
  if (!isOwn && sender === undefined) return new Set(['E_UNKNOWN_DEV']);
  if (isFrozen(ledger, from.dev, from.inc)) return new Set(['E_FORK']);
  const cutSeq = isOwn ? null : (sender?.cutSeq ?? null);
  if (cutSeq !== null && ranges.length === 0) return new Set(['E_REVOKED']);
  const isTrustBack = ranges.some(
    ({ dev, inc, upto }, at) => sent.saysTrust[at] === true && dev === device && inc === incarnation && upto > ledger.journal.last.seq,
  );
  if (isTrustBack) return 'either';
  const isCut = cutSeq !== null;
  const ofList = isOwn || isCut ? null : listAfter(ledger, sent);
  const isFresh = ofList?.fresh != null;
  const codes = ranges.flatMap((_, at) => rangeRefusal(ledger, sent, at, { isFresh, isCut }) ?? []);
  if (ofList?.isRefused) codes.push('E_TRUST');
  const ofLog = isOwn || cutSeq !== null || codes.length > 0 ? null : logRefusal(world, machine, sent);
  if (ofLog !== null) codes.push(ofLog);
  return codes.length === 0 ? null : new Set(codes);
}
