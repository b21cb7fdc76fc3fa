import type { RowError } from '../../../shared/domain/errors.ts';
import type { ImportInputs, PlaceInput, StockInput } from '../../../shared/domain/imports.ts';
import type { Lot, PlaceKind } from '../../../shared/domain/model.ts';
import { laterDateOf } from '../../../shared/domain/shelfLife.ts';
import { type CsvRow, readCsv } from './readCsv.ts';
import {
  COLUMNS,
  IMPORT_KINDS,
  type ImportKind,
  REQUIRED,
  readItem,
  readLot,
  readPlace,
  readRequirement,
  readStock,
  type StockRow,
} from './rows.ts';

export type ImportFile = Readonly<{ name: string; content: string; mapping?: Readonly<Record<string, string>> | undefined }>;
export type ImportFiles = Readonly<Partial<Record<ImportKind, ImportFile>>>;

/** What is in the books already, for references across files and repeated imports. */
export type Books = Readonly<{
  isLegalCode: (code: string) => boolean;
  isItem: (item: string) => boolean;
  kindOf: (place: string) => PlaceKind | undefined;
  isCondition: (condition: string) => boolean;
  lotsOf: (item: string, text: string) => readonly Pick<Lot, 'lotId' | 'maker'>[];
  lotById: (lotId: string) => Omit<Lot, 'site'> | undefined;
  shelfLifeOf: (item: string) => number | null;
  /** Whether some lot of the item would live longer with this shelf life, since it has no date of its own. */
  wouldLiveLonger: (item: string, shelfLifeMonths: number) => boolean;
  newId: () => string;
}>;

const LONGER_LIFE =
  'a longer life of a nature with lots in the books needs an inspection of each lot and a second person: change the life of the lots ' +
  'that have no life_until of their own, then import the row again';

const LATER_LIFE =
  'a later end of life, or the first one, of a lot in the books needs an inspection of it and a second person: change the life of ' +
  'the lot, and leave this cell empty';
const LATER_MADE =
  'a later date of make lets a lot in the books live longer and be inspected later: leave this cell empty, and if the lot is good for ' +
  'longer, inspect it and change its life with a second person';

type Read<T> = Readonly<{ value: T; row: CsvRow }>;
type Sheets = Readonly<Record<ImportKind, readonly CsvRow[]>>;

function readSheets(files: ImportFiles, errors: RowError[]): Sheets {
  const sheet = (kind: ImportKind): readonly CsvRow[] => {
    const file = files[kind];
    if (file === undefined) return [];
    const table = readCsv(file.name, file.content, COLUMNS[kind], REQUIRED[kind], file.mapping);
    errors.push(...table.errors);
    return table.errors.some((error) => error.row === 1) ? [] : table.rows;
  };
  return Object.fromEntries(IMPORT_KINDS.map((kind) => [kind, sheet(kind)])) as Sheets;
}

/** One read of every row of a sheet, and a refusal of the second row with the same key. */
function readAll<T>(
  rows: readonly CsvRow[],
  read: (row: CsvRow) => T,
  keyOf: (value: T) => string | null,
  column: string,
  errors: RowError[],
): Read<T>[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const value = read(row);
    const key = keyOf(value);
    const earlier = key === null ? undefined : seen.get(key);
    if (earlier !== undefined)
      errors.push({ file: row.file, row: row.row, column, value: row.cells[column] ?? '', message: `is there already in row ${earlier}` });
    if (key !== null) seen.set(key, row.row);
    return { value, row };
  });
}

const reporter = (errors: RowError[]) => (row: CsvRow, column: string, message: string) =>
  errors.push({ file: row.file, row: row.row, column, value: row.cells[column] ?? '', message });

/** Lots with their ids: the one given, the one in the books for equal item, text and maker, or a new one. */
function nameLots(
  read: readonly Read<Omit<Lot, 'site'>>[],
  books: Books,
  isItem: (item: string) => boolean,
  errors: RowError[],
): Omit<Lot, 'site'>[] {
  const report = reporter(errors);
  const againstBooks = lotKeeper(books, errors);
  const named = new Map<string, string>();
  return read.flatMap(({ value, row }) => {
    if (value.item !== '' && !isItem(value.item)) report(row, 'item', 'is not among the items');
    if (value.lotId !== '') return [againstBooks(value, row)];
    if (value.identity !== 'known') return [{ ...value, lotId: books.newId() }];
    const key = `${value.item}\n${value.text}\n${value.maker ?? ''}`;
    if (named.has(key)) report(row, 'lot', 'the same item, lot and maker are there already; give a lot_id where it is another lot');
    const known = books.lotsOf(value.item, value.text).find((lot) => lot.maker === value.maker);
    const lotId = known?.lotId ?? books.newId();
    named.set(key, lotId);
    return [againstBooks({ ...value, lotId }, row)];
  });
}

/**
 * A lot as it is recorded. One person signs an import, so nothing of it may let a lot that is in the books count for longer.
 * An empty cell says nothing: it takes no date away, or the true one could not be entered again.
 */
function lotKeeper(books: Books, errors: RowError[]) {
  const report = reporter(errors);
  return (lot: Omit<Lot, 'site'>, row: CsvRow): Omit<Lot, 'site'> => {
    const known = books.lotById(lot.lotId);
    if (known === undefined) return lot;
    if (known.item !== lot.item) report(row, 'lot_id', `is a lot of ${known.item}, and no lot becomes one of another item`);
    const merged = { ...lot, made: lot.made ?? known.made, lifeUntil: lot.lifeUntil ?? known.lifeUntil };
    const later = laterDateOf(known, merged, { shelfLifeMonths: books.shelfLifeOf(known.item) });
    if (later === 'lifeUntil') report(row, 'life_until', LATER_LIFE);
    if (later === 'made') report(row, 'made', LATER_MADE);
    return merged;
  };
}

type LotFinder = (line: StockRow, row: CsvRow) => string;

/** Finds the lot of a stock line: by id, else the only one with this text. Empty text makes an unknown lot of its own. */
function lotFinder(lots: readonly Omit<Lot, 'site'>[], made: Omit<Lot, 'site'>[], books: Books, errors: RowError[]): LotFinder {
  const report = reporter(errors);
  const byId = new Map(lots.map((lot) => [lot.lotId, lot.item]));
  const byText = Map.groupBy(lots, (lot) => `${lot.item}\n${lot.text}`);
  return (line, row) => {
    if (line.lotId !== '') {
      const isThere = byId.get(line.lotId) === line.item || books.lotById(line.lotId)?.item === line.item;
      if (!isThere) report(row, 'lot_id', 'is not a lot of this item');
      return line.lotId;
    }
    if (line.text === '') {
      const lotId = books.newId();
      made.push({ lotId, item: line.item, text: '', identity: 'unknown', maker: null, made: null, lifeUntil: null });
      return lotId;
    }
    const inFile = (byText.get(`${line.item}\n${line.text}`) ?? []).map((lot) => lot.lotId);
    const found = [...new Set([...inFile, ...books.lotsOf(line.item, line.text).map((lot) => lot.lotId)])];
    if (found.length === 0) report(row, 'lot', 'is not among the lots of this item');
    if (found.length > 1) report(row, 'lot', 'several lots bear this text; give the lot_id');
    return found[0] ?? '';
  };
}

/** Refuses a cell that names no place inside the depot; the places of the file count before those of the books. */
function placeRequirer(places: readonly Read<PlaceInput>[], books: Books, errors: RowError[]) {
  const kinds = new Map(places.map(({ value }) => [value.place, value.kind]));
  const report = reporter(errors);
  return (place: string, row: CsvRow, column: string): void => {
    const kind = kinds.get(place) ?? books.kindOf(place);
    if (kind === undefined) report(row, column, 'is not among the places');
    if (kind === 'external') report(row, column, 'is an external place, which holds no stock of the depot');
  };
}

function parentsFirst(places: ImportInputs['places']): ImportInputs['places'] {
  const byCode = new Map(places.map((place) => [place.place, place]));
  const depth = (code: string | null, steps = 0): number =>
    code === null || steps > 10 ? steps : depth(byCode.get(code)?.parent ?? null, steps + 1);
  return places.toSorted((a, b) => depth(a.place) - depth(b.place));
}

/** One person signs an import: what makes stock live longer needs an inspection and a second person, so it is refused here. */
function refuseLongerLives(items: readonly Read<ImportInputs['items'][number]>[], books: Books, errors: RowError[]): void {
  const report = reporter(errors);
  for (const { value, row } of items) {
    const months = value.shelfLifeMonths ?? null;
    if (months === null || !books.wouldLiveLonger(value.item, months)) continue;
    report(row, 'shelf_life_months', LONGER_LIFE);
  }
}

function readRequirements(rows: readonly CsvRow[], isItem: (item: string) => boolean, errors: RowError[]): ImportInputs['requirements'] {
  const report = reporter(errors);
  return rows.map((row) => {
    const line = readRequirement(row, errors);
    if (line.item !== '' && !isItem(line.item)) report(row, 'item', 'is not among the items');
    return line;
  });
}

/** Reads every file to the end and answers all errors at once, or everything that is to be recorded. */
export function readImport(files: ImportFiles, books: Books): Readonly<{ inputs: ImportInputs; errors: readonly RowError[] }> {
  const errors: RowError[] = [];
  const report = reporter(errors);
  const sheets = readSheets(files, errors);
  const items = readAll(
    sheets.items,
    (row) => readItem(row, errors, books.isLegalCode),
    (item) => item.item,
    'item',
    errors,
  );
  refuseLongerLives(items, books, errors);
  const places = readAll(
    sheets.places,
    (row) => readPlace(row, errors),
    (place) => place.place,
    'place',
    errors,
  );
  const codes = new Set(items.map(({ value }) => value.item));
  const isItem = (item: string) => codes.has(item) || books.isItem(item);
  const requirePlace = placeRequirer(places, books, errors);
  for (const { value, row } of places) if (value.parent !== null) requirePlace(value.parent, row, 'parent');
  const lots = nameLots(
    readAll(
      sheets.lots,
      (row) => readLot(row, errors),
      (lot) => lot.lotId || null,
      'lot_id',
      errors,
    ),
    books,
    isItem,
    errors,
  );
  const made: Omit<Lot, 'site'>[] = [];
  const findLot = lotFinder(lots, made, books, errors);
  const stock = sheets.stock.map((row): StockInput => {
    const line = readStock(row, errors);
    if (line.item !== '' && !isItem(line.item)) report(row, 'item', 'is not among the items');
    if (line.place !== '') requirePlace(line.place, row, 'place');
    if (!books.isCondition(line.condition)) report(row, 'condition', 'is not a condition code');
    const { item: _item, text: _text, ...heap } = line;
    return { ...heap, lotId: isItem(line.item) ? findLot(line, row) : '' };
  });
  const requirements = readRequirements(sheets.requirements, isItem, errors);
  const inputs = {
    items: items.map(({ value }) => value),
    places: parentsFirst(places.map(({ value }) => value)),
    lots: [...lots, ...made],
    stock,
    requirements,
  };
  return { inputs, errors };
}
