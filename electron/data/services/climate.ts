import type { ClimateImport, ClimateView, LoggedPlace } from '../../../shared/contract/lifeViews.ts';
import type { RowError } from '../../../shared/domain/errors.ts';
import { daysOf, hotSpells } from '../../../shared/rules/surveillance/climate.ts';
import { CLIMATE_COLUMNS, CLIMATE_REQUIRED, isZone, type ReadingRow, readReading } from '../import/climateRows.ts';
import { readCsv } from '../import/readCsv.ts';
import type { ImportFile } from '../import/readFiles.ts';
import { inWriteTransaction, type Ledger, record } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { findPlace } from '../repositories/reference.ts';
import { listPotentials } from '../repositories/site.ts';
import { listLoggedPlaces, listReadings } from '../repositories/surveillance.ts';
import { requireRole } from './authority.ts';
import { dateOf, packOf } from './checking.ts';
import { lifeContext } from './lifeFacts.ts';

const READINGS_PER_ENTRY = 500;
/** Ten years of a reading every ten minutes. */
const READINGS_MAX = 600_000;

export type ClimateInput = Readonly<{
  place: string;
  logger: string;
  file: ImportFile;
  /** Of moments that name none: `Z` or `+HH:MM`. */
  zone: string;
  isDryRun: boolean;
}>;

/**
 * The file of a logger, all of it or nothing. What was read before is counted and left; another value for a moment that is
 * known is an error, since one of the two is wrong.
 */
export function importClimate(ledger: Ledger, { place, logger, file, zone, isDryRun }: ClimateInput): ClimateImport {
  requireRole(ledger, 'climate');
  if (!['store', 'bay'].includes(findPlace(ledger, ledger.site, place)?.kind ?? '')) throw new Refused({ code: 'unknownPlace', place });
  if (!isZone(zone)) throw new Refused({ code: 'badValue', field: 'zone', value: zone, expected: 'Z, +HH:MM' });
  const table = readCsv(file.name, file.content, CLIMATE_COLUMNS, CLIMATE_REQUIRED, file.mapping);
  const errors: RowError[] = [...table.errors];
  const before = new Map<number, ReadingRow>(listReadings(ledger, ledger.site, place).map((each) => [each.atMs, each]));
  const added: ReadingRow[] = [];
  let known = 0;
  for (const row of table.errors.some((each) => each.row === 1) ? [] : table.rows) {
    const reading = readReading(row, zone, errors);
    if (reading === null) continue;
    const same = before.get(reading.atMs);
    if (same === undefined) {
      before.set(reading.atMs, reading);
      added.push(reading);
    } else if (same.temperatureCentiC === reading.temperatureCentiC && same.humidityPermille === reading.humidityPermille) known += 1;
    else
      errors.push({
        file: row.file,
        row: row.row,
        column: 'at',
        value: row.cells.at ?? '',
        message: 'another reading is known of this moment',
      });
  }
  const future = added.find(({ atMs }) => atMs > ledger.deps.nowMs());
  if (future !== undefined)
    errors.push({
      file: file.name,
      row: 1,
      column: 'at',
      value: new Date(future.atMs).toISOString(),
      message: 'lies in the future; check the time zone',
    });
  if (added.length > READINGS_MAX)
    errors.push({ file: file.name, row: 1, column: '', value: '', message: `has more than ${READINGS_MAX} readings` });
  if (errors.length > 0) return { added: null, known, errors };
  if (!isDryRun) write(ledger, place, logger, added);
  return { added: added.length, known, errors: [] };
}

function write(ledger: Ledger, place: string, logger: string, readings: readonly ReadingRow[]): void {
  inWriteTransaction(ledger, (tx) => {
    for (let at = 0; at < readings.length; at += READINGS_PER_ENTRY) {
      const part = readings.slice(at, at + READINGS_PER_ENTRY);
      const rows = part.map(({ atMs, temperatureCentiC, humidityPermille }) => [atMs, temperatureCentiC, humidityPermille] as const);
      record(tx, { type: 'climate.logged', data: { place, logger, readings: rows } });
    }
  });
}

/** What the logger of a place said, day by day, and when it was too hot for too long. */
export function climateOf(ledger: Ledger, place: string): ClimateView {
  if (findPlace(ledger, ledger.site, place) === undefined) throw new Refused({ code: 'unknownPlace', place });
  const nowMs = ledger.deps.nowMs();
  const { plan } = lifeContext(ledger, ledger.site, packOf(ledger), dateOf(nowMs));
  const readings = listReadings(ledger, ledger.site, place);
  return {
    place,
    days: daysOf(readings),
    readings: readings.length,
    hot: hotSpells(readings, plan, nowMs).toReversed(),
    limitC: plan.rules['store.climateLimit'].amount,
    limitHours: plan.rules['store.climateHot'].amount,
    limitPermille: plan.rules['store.climateHumid'].amount,
  };
}

/** Storehouses, those with a logger first. */
export function listLoggers(ledger: Ledger): readonly LoggedPlace[] {
  const logged = new Set(listLoggedPlaces(ledger, ledger.site));
  const known = listPotentials(ledger, ledger.site).map(({ place, name }) => ({ place, name, hasReadings: logged.has(place) }));
  return known.sort((a, b) => Number(b.hasReadings) - Number(a.hasReadings));
}
