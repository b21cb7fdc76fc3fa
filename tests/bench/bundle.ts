import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import type { Ledger } from '../../electron/data/ledger.ts';
import { recipientsFor, trustPartner } from '../../electron/data/services/partners.ts';
import { sealBytes } from '../../electron/data/sync/seal.ts';
import { copyRows, insertAll, openBare } from './bare.ts';
import { type Figure, say } from './measure.ts';

const TABLES = ['entry', 'head', 'movement', 'holding', 'place_item'] as const;
const BYTES_PER_ENTRY_MAX = 40;

/** What a work took: by the clock, and of the processors, whatever else ran on them. */
type Spent = Readonly<{ wallMs: number; processorMs: number }>;

const spent = async (work: () => unknown): Promise<Spent> => {
  const startedAtMs = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - startedAtMs, processorMs: (user + system) / 1_000 };
};
const shown = ({ wallMs, processorMs }: Spent): string => `${wallMs.toFixed(0)} ms (${processorMs.toFixed(0)} of a processor)`;
const byClock = (ours: Spent, bare: Spent): string => `${(ours.wallMs / bare.wallMs).toFixed(3)} by the clock`;

async function carry(from: Ledger, to: Ledger, path: string): Promise<void> {
  const { parts } = await createBundle(from, to.site, path, () => undefined);
  for (const part of parts) {
    const { quarantined } = await applyBundleFile(to, part.path);
    if (quarantined !== null) throw new Error(quarantined.message);
  }
}

/** Both trust each other and hold what there is so far; so what comes later is all that the next bundle carries. */
export async function acquaint(depot: Ledger, authority: Ledger, folder: string): Promise<void> {
  trustPartner(depot, authority.device.statement, fingerprintOf(authority.device.statement));
  trustPartner(authority, depot.device.statement, fingerprintOf(depot.device.statement));
  await carry(depot, authority, join(folder, 'there.adi'));
  await carry(authority, depot, join(folder, 'back.adi'));
}

/**
 * The same entries as plain lines, event and payload as they lie in the file (65 MiB for 100,000), read before the clock
 * starts: gzip over the lines, SHA-256 and age over what gzip made of them, to as many readers.
 */
async function bareCreate(depot: Ledger, to: string, after: number): Promise<Spent> {
  const rows = depot.sqlite.prepare('SELECT event, payload FROM entry WHERE stream = ? AND seq > ? ORDER BY seq').raw();
  const text = Buffer.from((rows.all(depot.device.stream, after) as [string, string][]).map((row) => `${row.join('\n')}\n`).join(''));
  const { recipients } = recipientsFor(depot, to);
  return spent(async () => {
    const packed = gzipSync(text);
    hash('sha256', packed, 'buffer');
    await sealBytes(packed, recipients);
  });
}

/** What the authority wrote, by the bare library into the same tables under the same cipher. */
async function bareApply(authority: Ledger, depot: Ledger, after: number, folder: string): Promise<Spent> {
  const { device, incarnation } = depot.device;
  const stream = authority.sqlite
    .prepare('SELECT stream FROM stream WHERE device = ? AND incarnation = ?')
    .pluck()
    .get(device, incarnation);
  const fresh = `WHERE stream = ${stream} AND seq > ${after}`;
  const ofSite = `WHERE site = '${depot.site}'`;
  const where = { entry: fresh, head: fresh, movement: fresh, holding: ofSite, place_item: ofSite };
  const bare = openBare(join(folder, 'bare-bundle.db'));
  insertAll(bare, copyRows(authority.sqlite, ['stream']));
  const rows = copyRows(authority.sqlite, TABLES, where);
  const took = await spent(() => insertAll(bare, rows));
  bare.close();
  return took;
}

/** A bundle of everything after `after`, made and taken in, each beside what the bare libraries need for the same. */
export async function bundleFigures(depot: Ledger, authority: Ledger, after: number, folder: string): Promise<Figure[]> {
  const path = join(folder, 'later.adi');
  const made = await spent(() => createBundle(depot, authority.site, path, () => undefined));
  const bareMade = await bareCreate(depot, authority.site, after);
  const entries = depot.journal.last.seq - after;
  const bytes = statSync(path).size / entries;
  const taken = await spent(() => applyBundleFile(authority, path));
  const bareTaken = await bareApply(authority, depot, after, folder);
  say(
    `bundle of ${entries}: made in ${shown(made)}, bare ${shown(bareMade)}; taken in ${shown(taken)}, bare ${shown(bareTaken)}; ` +
      `making ${byClock(made, bareMade)}, taking in ${byClock(taken, bareTaken)}`,
  );
  return [
    {
      name: `a bundle of ${entries} entries against gzip, SHA-256 and age, processor time`,
      ratio: made.processorMs / bareMade.processorMs,
      limit: 3,
    },
    {
      name: `taking in ${entries} entries against inserting them, processor time`,
      ratio: taken.processorMs / bareTaken.processorMs,
      limit: 6,
    },
    { name: 'a bundle, bytes an entry', ratio: bytes, limit: BYTES_PER_ENTRY_MAX, unit: 'bytes' },
  ];
}
