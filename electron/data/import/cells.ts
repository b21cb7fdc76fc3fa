import type { RowError } from '../../../shared/domain/errors.ts';
import type { CsvRow } from './readCsv.ts';

const CODE_LENGTH_MAX = 64;
const TEXT_LENGTH_MAX = 200;
const QUANTITY_MAX = 10_000_000_000;
const KILOGRAM_DIGITS = /^([0-9]{1,9})(?:[.]([0-9]{1,9}))?$/;

/** Reads the cells of one row and collects what is wrong with them; a bad cell answers null and the row goes on. */
export class Cells {
  private readonly row: CsvRow;
  private readonly errors: RowError[];

  constructor(row: CsvRow, errors: RowError[]) {
    this.row = row;
    this.errors = errors;
  }

  raw(column: string): string {
    return this.row.cells[column] ?? '';
  }

  refuse(column: string, message: string): null {
    this.errors.push({ file: this.row.file, row: this.row.row, column, value: this.raw(column), message });
    return null;
  }

  /** A code that must be there. */
  code(column: string): string {
    const value = this.raw(column);
    if (value === '') this.refuse(column, 'is empty');
    else if (value.length > CODE_LENGTH_MAX) this.refuse(column, `is longer than ${CODE_LENGTH_MAX} characters`);
    else if (value.startsWith('ext:')) this.refuse(column, 'codes that begin with ext: are reserved');
    else if (hasControlCharacter(value)) this.refuse(column, 'holds a control character');
    return value;
  }

  /** A text that must be there. */
  words(column: string): string {
    const value = this.text(column);
    if (value === null && this.raw(column) === '') this.refuse(column, 'is empty');
    return value ?? '';
  }

  text(column: string): string | null {
    const value = this.raw(column);
    if (value.length > TEXT_LENGTH_MAX) return this.refuse(column, `is longer than ${TEXT_LENGTH_MAX} characters`);
    if (hasControlCharacter(value)) return this.refuse(column, 'holds a control character');
    return value === '' ? null : value;
  }

  oneOf<T extends string>(column: string, allowed: readonly T[]): T | null {
    const value = this.raw(column);
    if (value === '') return null;
    const found = allowed.find((candidate) => candidate === value);
    return found ?? this.refuse(column, `must be one of ${allowed.join(', ')}`);
  }

  /** Whole number from `least` on; empty is unknown. */
  whole(column: string, least = 0): number | null {
    const value = this.raw(column);
    if (value === '') return null;
    if (!/^[0-9]{1,11}$/.test(value) || Number(value) < least || Number(value) > QUANTITY_MAX)
      return this.refuse(column, `must be a whole number from ${least} on`);
    return Number(value);
  }

  /** A limit in kilograms with decimals → grams, rounded down: a licence never grows by rounding. */
  limitG(column: string): number | null {
    const value = this.raw(column);
    if (value === '') return null;
    const match = KILOGRAM_DIGITS.exec(value);
    if (match === null) return this.refuse(column, 'must be kilograms, with a point for decimals');
    return Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0').slice(0, 3));
  }

  /** `YYYY-MM-DD` that exists in the calendar; empty is unknown. */
  date(column: string): string | null {
    const value = this.raw(column);
    if (value === '') return null;
    return isCalendarDate(value) ? value : this.refuse(column, 'must be a date as YYYY-MM-DD');
  }

  /** Degrees → units of 1e-7 degree. */
  degrees(column: string, most: number): number | null {
    const value = this.raw(column);
    if (value === '') return null;
    const number = Number(value);
    if (!/^-?[0-9]{1,3}([.][0-9]+)?$/.test(value) || Math.abs(number) > most)
      return this.refuse(column, `must be degrees between -${most} and ${most}`);
    return Math.round(number * 1e7);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what the expression is for
const hasControlCharacter = (value: string): boolean => /[\u0000-\u001f\u007f]/.test(value);

export function isCalendarDate(value: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}
