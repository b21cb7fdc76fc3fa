import type { ImportReply } from '../../../shared/contract/views.ts';
import { UNKNOWN } from '../../../shared/domain/model.ts';
import { isLegalCode } from '../../../shared/rules/classification.ts';
import type { JudgedFinding } from '../../../shared/rules/finding.ts';
import { type Books, type ImportFiles, readImport } from '../import/readFiles.ts';
import type { Ledger } from '../ledger.ts';
import { findItem, findLot, findPlace, hasUndatedLot, listLotsByText } from '../repositories/reference.ts';
import { conditionTable } from '../rules/books.ts';
import { requireRole } from './authority.ts';
import { packOf } from './checking.ts';
import { type OnProgress, recordInputs } from './recordInputs.ts';

const booksOf = (ledger: Ledger): Books => ({
  isLegalCode: (code) => isLegalCode(code, packOf(ledger)),
  isItem: (item) => findItem(ledger, ledger.site, item) !== undefined,
  kindOf: (place) => findPlace(ledger, ledger.site, place)?.kind,
  isCondition: (condition) => condition === UNKNOWN || conditionTable().codes.has(condition),
  lotsOf: (item, text) => listLotsByText(ledger, ledger.site, item, text),
  lotById: (lotId) => {
    const found = findLot(ledger, ledger.site, lotId);
    if (found === undefined) return undefined;
    const { site: _, ...lot } = found;
    return lot;
  },
  shelfLifeOf: (item) => findItem(ledger, ledger.site, item)?.shelfLifeMonths ?? null,
  wouldLiveLonger: (item, shelfLifeMonths) => {
    const known = findItem(ledger, ledger.site, item);
    const isLonger = known !== undefined && (known.shelfLifeMonths === null || shelfLifeMonths > known.shelfLifeMonths);
    return isLonger && hasUndatedLot(ledger, ledger.site, item);
  },
  newId: ledger.deps.newId,
});

export type ImportOptions = Readonly<{ files: ImportFiles; atMs?: number | undefined; isDryRun: boolean; onProgress?: OnProgress }>;
export type ImportOutcome = ImportReply & Readonly<{ caused: readonly JudgedFinding[] }>;

/**
 * Reads, checks and records the files of a depot: all of them or nothing. Opening stock is posted, so it needs that role too. A
 * dry run finds what the real one would, and records nothing.
 */
export function importFiles(ledger: Ledger, { files, atMs, isDryRun, onProgress = () => undefined }: ImportOptions): ImportOutcome {
  requireRole(ledger, 'reference');
  if (files.stock !== undefined) requireRole(ledger, 'movement');
  const { inputs, errors } = readImport(files, booksOf(ledger));
  if (errors.length > 0) return { imported: null, findings: 0, errors, dryRun: isDryRun, caused: [] };
  const caused = recordInputs(ledger, inputs, atMs ?? ledger.deps.nowMs(), onProgress, isDryRun);
  const { items, places, stock, requirements } = inputs;
  const imported = {
    items: items.length,
    places: places.length,
    lots: inputs.lots.length,
    stock: stock.length,
    requirements: requirements.length,
  };
  return { imported, findings: caused.length, errors: [], dryRun: isDryRun, caused };
}
