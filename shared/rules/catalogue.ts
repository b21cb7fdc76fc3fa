/** The UN class 1 catalogue: numbers, codes and proper shipping names, as facts with their source. */
import type { ItemForm } from '../domain/model.ts';
import type { Result } from '../lib/result.ts';
import { err, ok } from '../lib/result.ts';
import type { Problems } from './jsonReader.ts';
import { listAt, objectAt, refuseOthers, textAt } from './jsonReader.ts';

export type CatalogueEntry = Readonly<{
  /** Four digits. */
  un: string;
  code: string;
  name: string;
  /** Proposed from the name: our own reading, to be confirmed by a person. */
  form: ItemForm;
}>;
export type Catalogue = Readonly<{
  id: string;
  title: string;
  edition: string;
  source: string;
  /** A number may bear several codes: all are kept. */
  byNumber: ReadonlyMap<string, readonly CatalogueEntry[]>;
}>;

const numberForm = /^(?:UN\s*)?(\d{1,4})$/i;

/** Every entry of a number; empty where it is not in class 1. Takes `0168`, `168` and `UN0168`. */
export function findUn(un: string, catalogue: Catalogue): readonly CatalogueEntry[] {
  const digits = numberForm.exec(un.trim())?.[1];
  return digits === undefined ? [] : (catalogue.byNumber.get(digits.padStart(4, '0')) ?? []);
}

/** Reads `resources/catalogue/un-class-1.json`. @returns The catalogue, or one line for each problem. */
export function readCatalogue(json: unknown): Result<Catalogue, readonly string[]> {
  const problems: Problems = [];
  const from = objectAt(json, 'catalogue', problems);
  refuseOthers(from, ['id', 'title', 'edition', 'source', 'remark', 'columns', 'entries'], 'catalogue', problems);
  const byNumber = new Map<string, CatalogueEntry[]>();
  for (const [i, value] of listAt(from, 'entries', 'catalogue', problems).entries()) {
    const entry = readEntry(value);
    if (entry === null) problems.push(`entries[${i}]: number, code, form and name are wanted`);
    else byNumber.set(entry.un, [...(byNumber.get(entry.un) ?? []), entry]);
  }
  const text = (key: string): string => textAt(from, key, 'catalogue', problems);
  const catalogue = { id: text('id'), title: text('title'), edition: text('edition'), source: text('source'), byNumber };
  return problems.length === 0 ? ok(catalogue) : err(problems);
}

function readEntry(value: unknown): CatalogueEntry | null {
  if (!Array.isArray(value)) return null;
  const [un, code, form, name]: unknown[] = value;
  if (typeof un !== 'string' || typeof code !== 'string' || typeof name !== 'string') return null;
  if (!/^\d{4}$/.test(un) || (form !== 'article' && form !== 'substance')) return null;
  return { un, code, form, name };
}
