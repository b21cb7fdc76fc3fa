import { readFileSync } from 'node:fs';
import { UsageError } from './io.ts';

/** Names inside the program whose option is called otherwise than their words written with dashes. */
const OTHERWISE: Readonly<Record<string, string>> = {
  onDate: 'on',
  happenedAtMs: 'at',
  reverses: 'of',
  role: 'roles',
  quantityMaxKg: 'up-to-kg',
  distanceM: 'distance-m',
  incidentKPa: 'overpressure-kpa',
};

/** `stabiliserPpm` → `--stabiliser-ppm`: what a person typed, of what the program calls a field. */
export const optionOf = (field: string): string =>
  `--${OTHERWISE[field] ?? field.replace(/[A-Z]+/g, (capitals) => `-${capitals.toLowerCase()}`)}`;

type Issues = readonly Readonly<{ path: readonly PropertyKey[]; message: string }>[];

/** What does not fit in the options of a command, each by the name under which it was typed. */
export const wrongOptions = (issues: Issues): UsageError =>
  new UsageError(issues.map(({ path, message }) => `${optionOf(String(path[0]))}: ${message}`).join('; '));

/** What does not fit in a file of JSON, by the names that stand in the file: `structures[0].construction`. */
export const wrongFile = (option: string, issues: Issues): UsageError => {
  const at = (path: readonly PropertyKey[]): string =>
    path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`)).join('');
  return new UsageError(issues.map(({ path, message }) => `--${option}, ${at(path) || 'the whole file'}: ${message}`).join('; '));
};

/** The content of a JSON file that an option names. @param form How it looks, for whoever got it wrong. */
export function jsonIn(path: string, option: string, form: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    throw new UsageError(`--${option}: ${path} is not there or is no JSON; it takes ${form}`);
  }
}
