import type { RowError } from '../../../shared/domain/errors.ts';
import type { ClimateReading } from '../../../shared/domain/surveillance.ts';
import { Cells, isCalendarDate } from './cells.ts';
import type { CsvRow } from './readCsv.ts';

/** The file of a logger. A moment without a zone is UTC, or what the import was told. */
export const CLIMATE_COLUMNS = ['at', 'temperature_c', 'humidity_percent'] as const;
export const CLIMATE_REQUIRED = ['at', 'temperature_c'] as const;

export type ReadingRow = Pick<ClimateReading, 'atMs' | 'temperatureCentiC' | 'humidityPermille'>;

const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const ZONE = /^(Z|[+-](0\d|1[0-4]):?[0-5]\d)$/;
const DECIMAL = /^-?\d{1,3}(?:[.,]\d{1,4})?$/;
/** What no place on land has had; a logger that says so is broken, or its column is another. */
const [COLDEST_C, HOTTEST_C] = [-90, 100];

export const isZone = (text: string): boolean => ZONE.test(text);

/** @param zone `Z` or `+HH:MM`, for moments that name none. */
export function readReading(row: CsvRow, zone: string, errors: RowError[]): ReadingRow | null {
  const cells = new Cells(row, errors);
  const atMs = momentOf(cells, zone);
  const celsius = decimalOf(cells, 'temperature_c', COLDEST_C, HOTTEST_C);
  const isDry = cells.raw('humidity_percent') === '';
  const percent = isDry ? null : decimalOf(cells, 'humidity_percent', 0, 100);
  if (atMs === null || celsius === null || (percent === null && !isDry)) return null;
  return { atMs, temperatureCentiC: Math.round(celsius * 100), humidityPermille: percent === null ? null : Math.round(percent * 10) };
}

function momentOf(cells: Cells, zone: string): number | null {
  const [, day, minute, second, own] = MOMENT.exec(cells.raw('at')) ?? [];
  const atMs = day === undefined || !isCalendarDate(day) ? Number.NaN : Date.parse(`${day}T${minute}:${second ?? '00'}${own ?? zone}`);
  return Number.isNaN(atMs) ? cells.refuse('at', 'must be a moment as 2026-05-01 14:30 or 2026-05-01T14:30:00Z') : atMs;
}

/** Rounded to the nearest of what is kept: a logger is no finer than that. */
function decimalOf(cells: Cells, column: string, least: number, most: number): number | null {
  const text = cells.raw(column);
  const value = DECIMAL.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  return value >= least && value <= most ? value : cells.refuse(column, `must be a number from ${least} to ${most}`);
}
