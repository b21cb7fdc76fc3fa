import type { SiteDifference } from '../../../shared/contract/siteViews.ts';
import type { RowError } from '../../../shared/domain/errors.ts';
import type { ExposedSite, Structure } from '../../../shared/domain/site.ts';
import { type CsvRow, readCsv } from '../import/readCsv.ts';
import type { ImportFile } from '../import/readFiles.ts';
import { readExposed, readStructure, SITE_COLUMNS, SITE_REQUIRED, type SiteKind } from '../import/siteRows.ts';
import { inWriteTransaction, type Ledger, record } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { findPlace } from '../repositories/reference.ts';
import { listStructures } from '../repositories/site.ts';
import { requireRole } from './authority.ts';
import { siteDifference } from './whatIf.ts';

const isPotential = (ledger: Ledger, place: string): boolean => {
  const found = findPlace(ledger, ledger.site, place);
  return found !== undefined && found.kind !== 'external' && (found.store === null || found.store === found.place);
};

type Building = Omit<Structure, 'site'>;

/** Conditions stand with buildings of older entries; every newer one is an approval. */
const conditionsOf = (known: Structure | undefined): Required<Pick<Structure, 'conditionsMet' | 'conditionsUntil'>> => {
  const { conditionsMet = [], conditionsUntil = {} } = known ?? {};
  return { conditionsMet, conditionsUntil };
};

/** They may stay or go. A new or a longer one makes distances shorter, which takes the two people of an approval. */
function checkConditions(ledger: Ledger, { place, conditionsMet, conditionsUntil = {} }: Building): void {
  const known = conditionsOf(listStructures(ledger, ledger.site).get(place));
  const isLonger = ([condition, until]: [string, string]): boolean => !(until <= (known.conditionsUntil[condition] ?? ''));
  const added =
    conditionsMet.find((condition) => !known.conditionsMet.includes(condition)) ?? Object.entries(conditionsUntil).find(isLonger)?.[0];
  if (added !== undefined) throw new Refused({ code: 'conditionNeedsApproval', place, condition: added });
}

/** How a storehouse is built and where it stands. A new entry replaces what was known. */
export function putStructure(ledger: Ledger, data: Building): Readonly<{ place: string }> & SiteDifference {
  requireRole(ledger, 'licence');
  if (!isPotential(ledger, data.place)) throw new Refused({ code: 'unknownPlace', place: data.place });
  checkConditions(ledger, data);
  const difference = siteDifference(ledger, { structures: [data], exposed: [] });
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'structure.put', data }));
  return { place: data.place, ...difference };
}

/** Something around the site that an explosion must not reach. Gone is inactive, never deleted. */
export function putExposed(ledger: Ledger, data: Omit<ExposedSite, 'site'>): Readonly<{ exposed: string }> & SiteDifference {
  requireRole(ledger, 'licence');
  const difference = siteDifference(ledger, { structures: [], exposed: [data] });
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'exposedSite.put', data }));
  return { exposed: data.exposed, ...difference };
}

export type SiteFiles = Readonly<Partial<Record<SiteKind, ImportFile>>>;
export type SiteImport = Readonly<{ imported: Readonly<Record<SiteKind, number>> | null; errors: readonly RowError[] }> & SiteDifference;
const UNCHANGED: SiteDifference = { caused: [], cured: [] };

function readSheet<T>(
  file: ImportFile | undefined,
  kind: SiteKind,
  read: (row: CsvRow, errors: RowError[]) => T | null,
  errors: RowError[],
): readonly Readonly<{ value: T; row: CsvRow }>[] {
  if (file === undefined) return [];
  const table = readCsv(file.name, file.content, SITE_COLUMNS[kind], SITE_REQUIRED[kind], file.mapping);
  errors.push(...table.errors);
  if (table.errors.some((error) => error.row === 1)) return [];
  return table.rows.flatMap((row) => {
    const value = read(row, errors);
    return value === null ? [] : [{ value, row }];
  });
}

/**
 * The plan of a site from CSV files: all of them or nothing; every error with file, row, column, value and reason. A dry run
 * answers too what the plan would bring about.
 */
export function importSitePlan(ledger: Ledger, files: SiteFiles, isDryRun: boolean): SiteImport {
  requireRole(ledger, 'licence');
  const errors: RowError[] = [];
  const structures = readSheet(files.structures, 'structures', readStructure, errors);
  const exposed = readSheet(files.exposed, 'exposed', readExposed, errors);
  for (const { value, row } of structures) {
    if (value.place !== '' && !isPotential(ledger, value.place))
      errors.push({
        file: row.file,
        row: row.row,
        column: 'place',
        value: value.place,
        message: 'is not a storehouse or open ground of this site',
      });
  }
  if (errors.length > 0) return { imported: null, errors, ...UNCHANGED };
  // The file has no column of conditions, so it says nothing of them.
  const known = listStructures(ledger, ledger.site);
  const plan = {
    structures: structures.map(({ value }) => ({ ...value, ...conditionsOf(known.get(value.place)) })),
    exposed: exposed.map(({ value }) => value),
  };
  const difference = siteDifference(ledger, plan);
  const answer = { imported: { structures: structures.length, exposed: exposed.length }, errors: [], ...difference };
  if (isDryRun) return answer;
  inWriteTransaction(ledger, (tx) => {
    for (const data of plan.structures) record(tx, { type: 'structure.put', data });
    for (const data of plan.exposed) record(tx, { type: 'exposedSite.put', data });
  });
  return answer;
}
