import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restoreBackup } from '../../electron/data/host/backup.ts';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { applyBundleFile } from '../../electron/data/host/operations.ts';
import { unlockSlots } from '../../electron/data/host/unlock.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { listAllStock } from '../../electron/data/repositories/stock.ts';
import { listCases } from '../../electron/data/services/cases.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { listSites } from '../../electron/data/services/sites.ts';
import { LIMITS } from '../../electron/data/sync/format.ts';
import { acceptListFile, trustView } from '../../electron/data/sync/trustListService.ts';
import type { ApplyReply } from '../../shared/contract/views.ts';
import { fakeDeps } from '../support/depot.ts';

/** Takes the frozen bundles in, one after the other, into the frozen file of their reader, and tells everything that came of it. */

export type Manifest = Readonly<{
  /** What opens the reader's file. */
  passphrase: string;
  /** In the order in which they are taken in; `made` is made on the spot, being too large to keep. */
  steps: readonly Readonly<{ file: string; what: string }>[];
  /** SHA-256 of every file in hex. */
  sha256: Readonly<Record<string, string>>;
}>;
export type StepResult = Readonly<{
  file: string;
  applied: number;
  skipped: number;
  cleared: number;
  missing: readonly number[];
  code: string | null;
}>;
export type Results = Readonly<{
  steps: readonly StepResult[];
  listVersions: readonly number[];
  stock: readonly string[];
  heads: readonly string[];
  /** SHA-256 over all entries that were taken in, byte for byte. */
  entries: string;
  sites: readonly string[];
  cases: readonly string[];
  findings: number;
  verified: boolean;
}>;

export const TOO_LARGE = '(a file of 73 MiB)';

function pathOf(folder: string, scratch: string, file: string): string {
  if (file !== TOO_LARGE) return join(folder, file);
  const path = join(scratch, 'large.adi');
  const handle = openSync(path, 'w');
  ftruncateSync(handle, LIMITS.fileBytesMax + 1024 * 1024); // holes only: takes no room
  closeSync(handle);
  return path;
}

const resultOf = (file: string, { applied, skipped, cleared, missingParts, quarantined }: ApplyReply): StepResult => ({
  ...{ file, applied, skipped, cleared: Number(cleared) },
  ...{ missing: missingParts, code: quarantined?.code ?? null },
});

/** The journals of others; the reader's own holds what it accepted and when. */
const foreign = 'FROM entry e JOIN stream s USING (stream) WHERE s.is_own = 0';

function tell(ledger: Ledger): Omit<Results, 'steps' | 'listVersions'> {
  const { sqlite } = ledger;
  const entries = createHash('sha256');
  const rows = sqlite.prepare(`SELECT e.event, e.payload ${foreign} ORDER BY s.device, s.incarnation, e.seq`).all();
  for (const { event, payload } of rows as { event: string; payload: string }[]) entries.update(`${event}\n${payload}\n`);
  const heads = sqlite
    .prepare(`SELECT s.site, s.device, max(e.seq) AS seq, hex(e.hash) AS hash ${foreign} GROUP BY s.stream ORDER BY s.site, s.device`)
    .all() as { site: string; device: string; seq: number; hash: string }[];
  return {
    stock: listAllStock(ledger)
      .map(({ site, item, lotId, place, quantity }) => [site, item, lotId, place, quantity].join(' '))
      .sort(),
    heads: heads.map(({ site, device, seq, hash }) => `${site} ${device} ${seq} ${hash.toLowerCase()}`),
    entries: entries.digest('hex'),
    sites: listSites(ledger).map(
      ({ site, role, frozen, notUnderstood }) => `${site} ${role}, frozen ${frozen}, not understood ${notUnderstood}`,
    ),
    cases: listCases(ledger, { isOpenOnly: true }).map(({ kind, subject }) => `${kind} ${subject}`),
    findings: checkDepot(ledger).findings.length,
    verified: verifyLedger(ledger).ok,
  };
}

/** The reader as it was frozen, on this machine. */
export async function openReader(folder: string, passphrase: string): Promise<Readonly<{ ledger: Ledger; scratch: string }>> {
  const scratch = mkdtempSync(join(tmpdir(), 'vectors-'));
  const file = join(scratch, 'HQ.depot');
  restoreBackup(join(folder, 'reader.backup'), file);
  const deps = fakeDeps();
  const candidates = await unlockSlots(file, passphrase, deps.nowMs);
  return { ledger: openLedger({ file, candidates, userDataDir: join(scratch, 'machine'), deps }), scratch };
}

export async function runVectors(folder: string, { passphrase, steps }: Pick<Manifest, 'passphrase' | 'steps'>): Promise<Results> {
  const { ledger, scratch } = await openReader(folder, passphrase);
  try {
    const done: StepResult[] = [];
    for (const { file } of steps) done.push(resultOf(file, (await applyBundleFile(ledger, pathOf(folder, scratch, file))) as ApplyReply));
    const listVersions = [trustView(ledger).list?.version ?? 0];
    listVersions.push(acceptListFile(ledger, readFileSync(join(folder, 'trust-list-2.json'), 'utf8'), undefined, undefined).version);
    return { steps: done, listVersions, ...tell(ledger) };
  } finally {
    closeLedger(ledger);
  }
}
