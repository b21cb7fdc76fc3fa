import { join } from 'node:path';
import type { BundlePreview, PreviewedFile } from '../../../shared/contract/views.ts';
import type { Envelope } from '../journal/envelope.ts';
import { inReceivingTransaction, type Ledger, tryOut, type WriteTx } from '../ledger.ts';
import { heldOf } from '../repositories/held.ts';
import { checkDepot } from '../services/checkDepot.ts';
import type { OnProgress } from './applyRange.ts';
import { refusalOfBundle } from './faults.ts';
import { shaOf } from './format.ts';
import { isPart, readPart } from './parts.ts';
import { lookThrough, readSealed } from './receive.ts';
import { identitiesOf, openBytes } from './seal.ts';
import { readSigned, type SignedBundle, type TakenIn, takeIn } from './takeIn.ts';

const NOTHING: BundlePreview = {
  from: null,
  asOfMs: null,
  applied: 0,
  skipped: 0,
  entries: [],
  quarantined: null,
  missing: [],
  conflicts: [],
  findings: 0,
  missingParts: [],
};

const senderOf = ({ sender }: SignedBundle): BundlePreview['from'] => ({ site: sender.site, name: sender.name, device: sender.device });

/** Ranges that begin beyond what is held: what has to come first. */
const missingFor = (ledger: Ledger, { opened }: SignedBundle): BundlePreview['missing'] =>
  opened.header.ranges.flatMap(({ dev, inc, from }) => {
    const { held } = heldOf(ledger, dev, inc);
    return from > held + 1 ? [{ device: dev, from: held + 1, upto: from - 1 }] : [];
  });

/** When the sender's last entry in it was recorded: how old the news is. */
function asOf(ledger: Ledger, { opened, sender }: SignedBundle): number | null {
  const events = opened.header.ranges
    .filter(({ dev }) => dev === sender.device)
    .map(({ dev, inc, upto }) =>
      ledger.sqlite
        .prepare('SELECT event FROM entry JOIN stream USING (stream) WHERE device = ? AND incarnation = ? AND seq = ?')
        .pluck()
        .get(dev, inc, upto),
    )
    // What was left out, since this file can only be read, is not here.
    .filter((event): event is string => event !== undefined);
  return events.length === 0 ? null : Math.max(...events.map((event) => (JSON.parse(event) as Envelope).rec));
}

function countsOf({ ranges }: TakenIn): BundlePreview['entries'] {
  const counts = new Map<string, number>();
  for (const { types } of ranges) for (const [type, count] of types) counts.set(type, (counts.get(type) ?? 0) + count);
  return [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
}

const casesOf = ({ sqlite }: Ledger): ReadonlyMap<string, { kind: string; subject: string }> =>
  new Map(
    (sqlite.prepare('SELECT id, kind, subject FROM conflict_case').all() as { id: string; kind: string; subject: string }[]).map(
      ({ id, kind, subject }) => [id, { kind, subject }],
    ),
  );

function takeInAndLook(tx: WriteTx, signed: SignedBundle, onProgress: OnProgress): BundlePreview {
  const before = casesOf(tx);
  const taken = takeIn(tx, signed, onProgress);
  return {
    ...NOTHING,
    from: senderOf(signed),
    asOfMs: asOf(tx, signed),
    applied: taken.applied,
    skipped: taken.skipped,
    entries: countsOf(taken),
    conflicts: [...casesOf(tx)].flatMap(([id, facts]) => (before.has(id) ? [] : [facts])),
    findings: checkDepot(tx).findings.length,
  };
}

function lookInto(ledger: Ledger, signed: SignedBundle, onProgress: OnProgress): BundlePreview {
  try {
    return tryOut(ledger, (tx) => takeInAndLook(tx, signed, onProgress), inReceivingTransaction);
  } catch (cause) {
    return { ...NOTHING, from: senderOf(signed), quarantined: refusalOfBundle(cause).told(), missing: missingFor(ledger, signed) };
  }
}

/** Takes a bundle in and back again: what it brings, what is missing, what would be a case, and the findings after it. */
export async function previewFile(ledger: Ledger, path: string, onProgress: OnProgress = () => undefined): Promise<BundlePreview> {
  try {
    const sealed = readSealed(path);
    if (isPart(sealed)) {
      const { part, parts } = readPart(sealed);
      return { ...NOTHING, missingParts: Array.from({ length: parts }, (_, at) => at + 1).filter((other) => other !== part) };
    }
    return lookInto(ledger, readSigned(ledger, await openBytes(sealed, identitiesOf(ledger.device)), shaOf(sealed)), onProgress);
  } catch (cause) {
    return { ...NOTHING, quarantined: refusalOfBundle(cause).told() };
  }
}

/** Every bundle and every part in a folder, each looked at by itself; foreign files are not. */
export async function previewFiles(ledger: Ledger, folder: string, onProgress: OnProgress): Promise<PreviewedFile[]> {
  const seen: PreviewedFile[] = [];
  for (const name of lookThrough(folder).names) seen.push({ name, ...(await previewFile(ledger, join(folder, name), onProgress)) });
  return seen;
}
