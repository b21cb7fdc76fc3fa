/** What hangs at the door of a storehouse and what is known of it: symbols, withdrawal, practice, checklists. */
import type { LicenceDivision } from '../../domain/model.ts';
import type { Structure } from '../../domain/site.ts';
import { casesOfStore } from '../aggregation.ts';
import { classificationOf, licenceDivisionOf } from '../classification.ts';
import { assumedNeqG, contributionsOf } from '../contributions.ts';
import type { ItemFacts, StoreFacts, StoreLine } from '../facts.ts';
import type { RulePack } from '../pack.ts';
import type { ChecklistRow, FireRow, PracticeRow, StorehouseBook, SymbolRow, WithdrawalRow } from './book.ts';
import { type FloorLoad, floorLoadOf } from './floor.ts';

export type Symbols = Readonly<{
  /** The one of the most dangerous division; null where nothing lies there. */
  fire: FireRow | null;
  /** Each that some of the stock asks for. */
  supplementary: readonly SymbolRow[];
  /** Natures whose code is unknown: they count as fire division 1. */
  assumed: readonly string[];
}>;

/** @source AASTP-1 1.7.2 and Table T.1. Where a filling is not known, all that its group may hold. */
export function symbolsFor(lines: readonly StoreLine[], pack: RulePack, book: StorehouseBook): Symbols {
  const items = lines.filter(({ quantity }) => quantity > 0).map(({ item }) => item);
  const divisions = items.map((item) => classificationOf(item, pack)?.division ?? '1.1');
  const fire = book.fire.filter((row) => divisions.includes(row.division)).sort((a, b) => a.fireDivision - b.fireDivision);
  const asked = new Set(items.map((item) => symbolOf(item, pack, book)));
  return {
    fire: fire[0] ?? null,
    supplementary: book.symbols.filter((row) => asked.has(row)),
    assumed: [...new Set(items.filter((item) => classificationOf(item, pack) === null).map(({ item }) => item))].sort(),
  };
}

function symbolOf(item: ItemFacts, pack: RulePack, book: StorehouseBook): SymbolRow | undefined {
  const group = classificationOf(item, pack)?.group;
  const rows = book.symbols.filter((row) => group !== undefined && row.groups.includes(group));
  return rows.find(({ uns }) => item.un !== null && uns.includes(item.un)) ?? rows.find(({ uns }) => uns.length === 0);
}

/** What would burn or explode; null is not known. Grams. */
export type WithdrawalCase = Readonly<{ division: LicenceDivision | null; neqG: number | null }>;
export type Withdrawal = Readonly<{ distanceM: number; row: WithdrawalRow }>;

/**
 * How far everybody withdraws from a storehouse on fire: the greatest of all cases.
 *
 * @returns Whole metres, rounded up; null where nothing lies there.
 * @source AASTP-1 Table T.2. More NEQ never shortens it; unknown NEQ takes the unknown row and every fixed one of its division.
 */
export function withdrawalFor(cases: readonly WithdrawalCase[], book: StorehouseBook): Withdrawal | null {
  const all = cases.flatMap((each) => rowsFor(each, book).map((row): Withdrawal => ({ distanceM: distanceOf(row, each.neqG ?? 0), row })));
  return all.reduce<Withdrawal | null>((worst, each) => (worst === null || each.distanceM > worst.distanceM ? each : worst), null);
}

function rowsFor({ division, neqG }: WithdrawalCase, { withdrawal }: StorehouseBook): readonly WithdrawalRow[] {
  const of = (wanted: WithdrawalRow['division']) => withdrawal.filter((row) => row.division === wanted);
  if (division === '1.3') return neqG === null ? of('1.3unknown') : of('1.3');
  if (division === null) return of('unknown');
  if (neqG === null) return division === '1.1' ? [...of('unknown'), ...of('1.1')] : of(division);
  const reached = of(division).filter(({ neqMaxKg }) => neqMaxKg === null || neqG <= neqMaxKg * 1000);
  return reached.toSorted((a, b) => (a.neqMaxKg ?? Number.POSITIVE_INFINITY) - (b.neqMaxKg ?? Number.POSITIVE_INFINITY)).slice(0, 1);
}

/** The sixth decimal absorbs what a cube root adds to a whole number. */
const distanceOf = ({ distanceMinM, scaledCm }: WithdrawalRow, neqG: number): number =>
  Math.max(distanceMinM, Math.ceil(Number(((scaledCm / 100) * Math.cbrt(neqG / 1000)).toFixed(6))));

export type SheetFacts = Pick<Structure, 'floorLoadMaxKgPerM2' | 'floorAreaDm2' | 'stackHeightMaxMm'>;
export type StorehouseSheet = Readonly<{
  symbols: Symbols;
  withdrawal: Withdrawal | null;
  floor: FloorLoad;
  practice: readonly PracticeRow[];
  checklists: readonly ChecklistRow[];
  /** Facts of the building that nobody entered. */
  unknown: readonly (keyof SheetFacts)[];
}>;

/** Everything that the sheet of a storehouse shows beside its licence. */
export function storehouseSheet(store: StoreFacts, structure: SheetFacts | null, pack: RulePack, book: StorehouseBook): StorehouseSheet {
  const lines = store.lines.filter(({ quantity }) => quantity > 0);
  const known = casesOfStore(contributionsOf(store, pack), pack).map(({ division, neqG }): WithdrawalCase => ({ division, neqG }));
  const unknownNeq = lines
    .filter(({ item }) => assumedNeqG(item) === null)
    .map(({ item }): WithdrawalCase => ({ division: licenceDivisionOf(classificationOf(item, pack), pack), neqG: null }));
  const unknownCode = lines
    .filter(({ item }) => classificationOf(item, pack) === null)
    .map((): WithdrawalCase => ({ division: null, neqG: null }));
  const facts = ['floorLoadMaxKgPerM2', 'floorAreaDm2', 'stackHeightMaxMm'] as const;
  return {
    symbols: symbolsFor(lines, pack, book),
    withdrawal: withdrawalFor([...known, ...unknownNeq, ...unknownCode], book),
    floor: floorLoadOf(lines, structure),
    practice: book.practice,
    checklists: book.checklists,
    unknown: facts.filter((fact) => (structure?.[fact] ?? null) === null),
  };
}
