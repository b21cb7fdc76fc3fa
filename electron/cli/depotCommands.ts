import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { surplusPolicy } from '../../shared/contract/inputs.ts';
import { backupLedger, restoreBackup } from '../data/host/backup.ts';
import { createDepot } from '../data/host/createDepot.ts';
import { readImportFiles } from '../data/host/operations.ts';
import { PASSPHRASE_LENGTH_MIN } from '../data/host/people.ts';
import { isCalendarDate } from '../data/import/cells.ts';
import { IMPORT_KINDS } from '../data/import/rows.ts';
import { fingerprintOf } from '../data/journal/statement.ts';
import { verifyLedger } from '../data/journal/verify.ts';
import { measureCost } from '../data/keys/slots.ts';
import type { Ledger } from '../data/ledger.ts';
import { Refused } from '../data/refused.ts';
import { listAllStock } from '../data/repositories/stock.ts';
import { checkDepot, checkPlace } from '../data/services/checkDepot.ts';
import { explainFindings } from '../data/services/explaining.ts';
import { importFiles } from '../data/services/importFiles.ts';
import { runSurplus } from '../data/services/runSurplus.ts';
import { listSites } from '../data/services/sites.ts';
import { stockAsOf } from '../data/services/stockAsOf.ts';
import { tellingAccounts } from './accounts.ts';
import { instantOf, needed, optional, type Parsed, positional } from './arguments.ts';
import { findingWriter } from './findings.ts';
import { type Answer, secret, UsageError } from './io.ts';
import { deps, showProgress, withLedger } from './openFile.ts';
import { jsonIn, wrongFile } from './options.ts';
import { describeReason } from './wording.ts';

const DAY_MS = 86_400_000;
const MAP_FORM = '{"items": {"our column": "column in the file", …}, …}';
const POLICY_FORM = '{"horizonYears": 10, "leadYears": 3, "reserveMinLifeYears": 5, "firstLineInReserve": true}';

export async function init(parsed: Parsed): Promise<Answer> {
  const role = optional(parsed, 'role') ?? 'depot';
  if (role !== 'depot' && role !== 'authority' && role !== 'team') throw new UsageError('--role must be depot, authority or team');
  const site = needed(parsed, 'site');
  if (!/^[\p{L}\p{N}._-]{1,16}$/u.test(site)) throw new UsageError('--site must be 1 to 16 letters, digits, dots or dashes');
  const passphrase = await secret('DEPOT_PASSPHRASE', 'New passphrase');
  if (passphrase.length < PASSPHRASE_LENGTH_MIN) throw new Refused({ code: 'weakPassphrase', lengthMin: PASSPHRASE_LENGTH_MIN });
  const made = await createDepot(
    {
      file: resolve(positional(parsed, 0, 'FILE')),
      site,
      name: needed(parsed, 'name'),
      role,
      user: optional(parsed, 'user') ?? 'admin',
      passphrase,
      cost: await measureCost(() => performance.now()),
    },
    { ...deps, onCommitted: () => undefined },
  );
  const words = made.recoveryWords.map((word, at) => `${at + 1}. ${word}`).join('  ');
  return {
    json: made,
    lines: [
      `${made.file} is made.`,
      `Fingerprint: ${made.fingerprint}`,
      'Recovery words of this depot. Write these 24 words down and keep them in the safe; they open it when every passphrase is lost:',
      words,
    ],
  };
}

export const importCsv = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const paths = Object.fromEntries(IMPORT_KINDS.map((kind) => [kind, optional(parsed, kind)]));
    if (Object.values(paths).every((path) => path === undefined))
      throw new UsageError(`name at least one of ${IMPORT_KINDS.map((kind) => `--${kind}`).join(' ')}`);
    const map = optional(parsed, 'map');
    const mapping = map === undefined ? {} : (jsonIn(map, 'map', MAP_FORM) as Record<string, Record<string, string>>);
    const atMs = instantOf(optional(parsed, 'at'), 'at');
    const outcome = importFiles(ledger, {
      files: readImportFiles(paths, mapping),
      atMs,
      isDryRun: parsed.options['dry-run'] === true,
      onProgress: showProgress('import'),
    });
    if (outcome.imported === null) {
      return {
        isRefused: true,
        json: { imported: null, errors: outcome.errors },
        lines: ['Nothing was imported:', ...outcome.errors.map((e) => `${e.file} row ${e.row}, ${e.column} "${e.value}": ${e.message}`)],
      };
    }
    const { items, places, lots, stock, requirements } = outcome.imported;
    return {
      json: {
        imported: { items, places, lots, stock, requirements },
        findings: outcome.findings,
        ...(outcome.dryRun ? { dryRun: true } : {}),
      },
      lines: [
        `${outcome.dryRun ? 'Would import' : 'Imported'} ${items} items, ${places} places, ${lots} lots, ${stock} stock lines, ${requirements} requirements. ${outcome.dryRun ? 'Findings it would cause' : 'Findings caused'}: ${outcome.findings}.`,
      ],
    };
  });

/** How old the account of each depot is: stock is what was known then. */
const accountsOf = (ledger: Ledger, site: string | undefined) =>
  listSites(ledger)
    .filter((row) => (site === undefined || row.site === site) && row.entries > 0)
    .map(({ site: of, asOfMs, heardAtMs, isOwn }) => ({ site: of, isOwn, asOf: isoOf(asOfMs), heardAt: isoOf(heardAtMs) }));
const isoOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
const ages = (accounts: ReturnType<typeof accountsOf>): string[] =>
  accounts.filter(({ isOwn }) => !isOwn).map(({ site, asOf }) => `${site} as of ${asOf ?? 'never'}`);

export const stock = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const at = optional(parsed, 'at');
    if (at !== undefined && !isCalendarDate(at)) throw new UsageError('--at must be a date as YYYY-MM-DD');
    const rows = at === undefined ? listAllStock(ledger) : stockAsOf(ledger, Date.parse(`${at}T00:00:00Z`) + DAY_MS);
    const site = optional(parsed, 'site');
    const holdings = rows
      .filter((row) => site === undefined || row.site === site)
      .map(({ site: of, item, lot, lotId, place, quantity, condition, owner, holder, hazardCode, neqG }) => ({
        site: of,
        item,
        lot,
        lotId,
        place,
        quantity,
        condition,
        owner,
        holder,
        hazardCode,
        neqG,
      }));
    const asOf = at ?? new Date().toISOString();
    const sites = accountsOf(ledger, site);
    return tellingAccounts(ledger, {
      json: { asOf, holdings, sites },
      lines:
        holdings.length === 0
          ? ['Nothing was in stock.']
          : holdings
              .map((h) => [h.site, h.item, h.lot || '(unknown lot)', h.place, h.quantity, h.condition, h.owner, h.holder].join('\t'))
              .concat(ages(sites)),
    });
  });

/** Until when two people let it pass. */
const passes = (until: string | null | undefined): string => (until == null ? '' : ` – passes until ${until}`);

export const check = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const place = optional(parsed, 'place');
    const { asOf, pack, findings } = place === undefined ? checkDepot(ledger) : checkPlace(ledger, place);
    const explanations = explainFindings(ledger, findings);
    const write = findingWriter(ledger);
    return tellingAccounts(ledger, {
      json: { asOf, pack, findings: findings.map((finding, at) => ({ ...write.json(finding), explanation: explanations[at] })) },
      lines: [
        `${findings.length === 1 ? '1 finding' : `${findings.length} findings`} as of ${asOf}, ${pack}`,
        ...findings.map((finding, at) => `${write.line(finding)}${passes(explanations[at]?.passesUntil)}`),
      ],
    });
  });

export const surplus = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const asOf = needed(parsed, 'as-of');
    if (!isCalendarDate(asOf)) throw new UsageError('--as-of must be a date as YYYY-MM-DD');
    const path = optional(parsed, 'policy');
    const policy = surplusPolicy.safeParse(path === undefined ? {} : jsonIn(path, 'policy', POLICY_FORM));
    if (!policy.success) throw wrongFile('policy', policy.error.issues);
    const report = runSurplus(ledger, { asOf, item: optional(parsed, 'item'), policy: policy.data });
    const items = report.items.map(({ slices, ...item }) => ({
      ...item,
      slices: slices.map((slice) => ({ ...slice, reasonKey: slice.reason, reason: describeReason(slice.reason, slice.reasonFacts) })),
    }));
    const lines = items.map(
      (item) =>
        `${item.item}: hold ${item.hold}, ${Object.entries(item.totals)
          .map(([name, quantity]) => `${name} ${quantity}`)
          .join(', ')}`,
    );
    return tellingAccounts(ledger, {
      json: { asOf: report.asOf, draft: report.isDraft, gates: report.gates, items },
      lines: [...(report.isDraft ? [`DRAFT: ${report.gates.join(', ')}`] : []), ...lines],
    });
  });

export const verify = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const reply = verifyLedger(ledger, (label, done, total) => showProgress(label)(done, total));
    if (reply.ok) return { json: reply, lines: [`Sound: ${reply.entries} entries, head ${reply.head}`] };
    return {
      json: reply,
      isRefused: true,
      lines: [`Not sound: ${reply.firstBad.reason}${reply.firstBad.seq === null ? '' : ` (entry ${reply.firstBad.seq})`}`],
    };
  });

export const backup = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const path = resolve(needed(parsed, 'out'));
    backupLedger(ledger, path);
    return { json: { path }, lines: [`Backup written to ${path}`] };
  });

export async function restore(parsed: Parsed): Promise<Answer> {
  const file = resolve(needed(parsed, 'out'));
  restoreBackup(resolve(positional(parsed, 0, 'PATH')), file);
  return withLedger(file, (ledger) => ({
    json: { file, entries: ledger.journal.last.seq },
    lines: [`Restored to ${file}: ${ledger.journal.last.seq} entries`],
  }));
}

export const identity = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const path = resolve(needed(parsed, 'out'));
    writeFileSync(path, `${ledger.device.statement}\n`);
    const fingerprint = fingerprintOf(ledger.device.statement);
    return {
      json: { path, fingerprint },
      lines: [`Identity written to ${path}`, `Fingerprint, to be read out to the other side: ${fingerprint}`],
    };
  });
