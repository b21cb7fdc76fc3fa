import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import type { Ledger } from '../../electron/data/ledger.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { recipientsFor } from '../../electron/data/sync/hooks.ts';
import { sealBytes } from '../../electron/data/sync/seal.ts';
import { copyRows, insertAll, openBare } from './bare.ts';
import { type Figure, say } from './measure.ts';

const TABLES = ['entry', 'head', 'movement', 'holding', 'place_item'] as const;
const BYTES_PER_ENTRY_MAX = 40;

const later = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
};

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

/** The same entries as plain lines through gzip, SHA-256 and age alone, to as many readers. */
async function bareCreate(depot: Ledger, to: string, after: number): Promise<number> {
  const rows = depot.sqlite.prepare('SELECT event, payload FROM entry WHERE stream = ? AND seq > ? ORDER BY seq').raw();
  const text = Buffer.from((rows.all(depot.device.stream, after) as [string, string][]).map((row) => `${row.join('\n')}\n`).join(''));
  const { recipients } = recipientsFor(depot, to);
  return later(async () => {
    const packed = gzipSync(text);
    hash('sha256', packed, 'buffer');
    await sealBytes(packed, recipients);
  });
}

/** What the authority wrote, by the bare library into the same tables under the same cipher. */
function bareApply(authority: Ledger, depot: Ledger, after: number, folder: string): number {
  const { device, incarnation } = depot.device;
  const stream = authority.sqlite
    .prepare('SELECT stream FROM stream WHERE device = ? AND incarnation = ?')
    .pluck()
    .get(device, incarnation);
  const fresh = `WHERE stream = ${stream} AND seq > ${after}`;
  const ofSite = `WHERE site = '${depot.site}'`;
  const where = { entry: fresh, head: fresh, movement: fresh, holding: ofSite, place_item: ofSite };
  const bare = openBare(join(folder, 'bare-bundle.db'));
  for (const table of ['stream', ...TABLES])
    bare.exec(authority.sqlite.prepare('SELECT sql FROM sqlite_master WHERE name = ?').pluck().get(table) as string);
  insertAll(bare, copyRows(authority.sqlite, ['stream']));
  const ms = insertAll(bare, copyRows(authority.sqlite, TABLES, where));
  bare.close();
  return ms;
}

/** A bundle of everything after `after`, made and taken in, each beside what the bare libraries need for the same. */
export async function bundleFigures(depot: Ledger, authority: Ledger, after: number, folder: string): Promise<Figure[]> {
  const path = join(folder, 'later.adi');
  const createMs = await later(() => createBundle(depot, authority.site, path, () => undefined));
  const bareCreateMs = await bareCreate(depot, authority.site, after);
  const entries = depot.journal.last.seq - after;
  const bytes = statSync(path).size / entries;
  const applyMs = await later(() => applyBundleFile(authority, path));
  const bareApplyMs = bareApply(authority, depot, after, folder);
  say(
    `bundle of ${entries}: made in ${createMs.toFixed(0)} ms, bare ${bareCreateMs.toFixed(0)}; taken in ${applyMs.toFixed(0)} ms, bare ${bareApplyMs.toFixed(0)}`,
  );
  return [
    { name: `a bundle of ${entries} entries against gzip, SHA-256 and age`, ratio: createMs / bareCreateMs, limit: 3 },
    { name: `taking in ${entries} entries against inserting them`, ratio: applyMs / bareApplyMs, limit: 6 },
    { name: 'a bundle, bytes an entry', ratio: bytes, limit: BYTES_PER_ENTRY_MAX, unit: 'bytes' },
  ];
}
