import type { RowError } from '../../../shared/domain/errors.ts';
import type { PlaceInput } from '../../../shared/domain/imports.ts';
import { type Item, itemTraits, type Lot, type Requirement, UNKNOWN } from '../../../shared/domain/model.ts';
import { Cells } from './cells.ts';
import type { CsvRow } from './readCsv.ts';

/** The columns of each file, and those that must be there. Empty cells are unknown wherever unknown is a value. */
export const COLUMNS = {
  items: [
    'item',
    'name',
    'un',
    'hazard_code',
    'subdivision',
    'form',
    'neq_g',
    'he_neq_g',
    'mass_g',
    'pack_quantity',
    'unit',
    'security_class',
    'group_of_weapons',
    'filling_neq_g',
    'single_base_neq_g',
    'traits',
    'shelf_life_months',
  ],
  places: ['place', 'name', 'kind', 'parent', 'type', 'lat', 'lon', 'limit_1.1_kg', 'limit_1.2_kg', 'limit_1.3_kg', 'limit_1.4_kg'],
  lots: ['item', 'lot', 'lot_id', 'identity', 'maker', 'made', 'life_until'],
  stock: ['item', 'lot', 'lot_id', 'place', 'quantity', 'condition', 'owner', 'holder'],
  requirements: ['item', 'category', 'quantity', 'from', 'to', 'approved_by'],
} as const;
export const REQUIRED = {
  items: ['item', 'name'],
  places: ['place', 'name'],
  lots: ['item', 'lot'],
  stock: ['item', 'lot', 'place', 'quantity'],
  requirements: ['item', 'category', 'quantity', 'from', 'to'],
} as const satisfies Record<keyof typeof COLUMNS, readonly string[]>;
export type ImportKind = keyof typeof COLUMNS;
export const IMPORT_KINDS = Object.keys(COLUMNS) as ImportKind[];

const UN_NUMBER = /^[0-9]{4}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PLACE_TYPES = /^(P([1-9]|10)|light|medium|heavy|ecm|open)$/;

/** @param isLegal whether the rules know the classification code. */
export function readItem(row: CsvRow, errors: RowError[], isLegal: (code: string) => boolean): Omit<Item, 'site'> {
  const cells = new Cells(row, errors);
  const un = cells.text('un');
  if (un !== null && !UN_NUMBER.test(un)) cells.refuse('un', 'must be four digits');
  const hazardCode = cells.text('hazard_code');
  if (hazardCode !== null && !isLegal(hazardCode)) cells.refuse('hazard_code', 'is not one of the legal classification codes');
  const subdivision = cells.oneOf('subdivision', ['1.2.1', '1.2.2', '1.2.3', '1.3.1', '1.3.2'] as const);
  if (subdivision !== null && hazardCode !== null && !subdivision.startsWith(hazardCode.slice(0, 3)))
    cells.refuse('subdivision', 'does not belong to the hazard division');
  return {
    item: cells.code('item'),
    name: cells.words('name'),
    un,
    hazardCode,
    subdivision,
    form: cells.oneOf('form', ['article', 'substance'] as const),
    neqG: cells.whole('neq_g'),
    heNeqG: cells.whole('he_neq_g'),
    massG: cells.whole('mass_g'),
    packQuantity: cells.whole('pack_quantity', 1),
    unit: cells.text('unit') ?? 'each',
    securityClass: cells.whole('security_class', 1),
    weaponGroup: cells.text('group_of_weapons'),
    fillingNeqG: cells.whole('filling_neq_g'),
    singleBaseNeqG: cells.whole('single_base_neq_g'),
    traits: readTraits(cells),
    shelfLifeMonths: cells.whole('shelf_life_months', 1),
  };
}

/** `none`: somebody looked, and it has none of them. */
function readTraits(cells: Cells): string | null {
  const text = cells.text('traits');
  if (text === null || text === 'none') return text === null ? null : '';
  const words = [...new Set(text.split(/[\s;]+/))].sort();
  const isKnown = words.every((word) => itemTraits.some((trait) => trait === word));
  return isKnown ? words.join(' ') : cells.refuse('traits', `must be none or some of ${itemTraits.join(', ')}`);
}

export function readPlace(row: CsvRow, errors: RowError[]): PlaceInput {
  const cells = new Cells(row, errors);
  const type = cells.text('type');
  if (type !== null && !PLACE_TYPES.test(type)) cells.refuse('type', 'must be P1 to P10, light, medium, heavy, ecm or open');
  const limits = (['1.1', '1.2', '1.3', '1.4'] as const).flatMap((division) => {
    const limitG = cells.limitG(`limit_${division}_kg`);
    return limitG === null ? [] : [[division, limitG] as const];
  });
  return {
    place: cells.code('place'),
    name: cells.text('name') ?? '',
    kind: cells.oneOf('kind', ['site', 'store', 'bay', 'external'] as const) ?? 'store',
    parent: cells.text('parent'),
    type,
    lat7: cells.degrees('lat', 90),
    lon7: cells.degrees('lon', 180),
    limitsG: Object.fromEntries(limits),
  };
}

/** A lot of a file; `lotId` empty where the file leaves it to the program. */
export function readLot(row: CsvRow, errors: RowError[]): Omit<Lot, 'site'> {
  const cells = new Cells(row, errors);
  const lotId = cells.raw('lot_id').toLowerCase();
  if (lotId !== '' && !UUID.test(lotId)) cells.refuse('lot_id', 'must be a UUID');
  const text = cells.text('lot') ?? '';
  const identity = cells.oneOf('identity', ['known', 'none', 'mixed', 'unknown'] as const) ?? (text === '' ? 'unknown' : 'known');
  if (identity === 'known' && text === '') cells.refuse('lot', 'a known lot needs its text');
  return {
    item: cells.code('item'),
    lotId,
    text,
    identity,
    maker: cells.text('maker'),
    made: cells.date('made'),
    lifeUntil: cells.date('life_until'),
  };
}

export type StockRow = Readonly<{
  item: string;
  text: string;
  lotId: string;
  place: string;
  quantity: number;
  condition: string;
  owner: string;
  holder: string;
}>;

export function readStock(row: CsvRow, errors: RowError[]): StockRow {
  const cells = new Cells(row, errors);
  const quantity = cells.whole('quantity', 1);
  if (cells.raw('quantity') === '') cells.refuse('quantity', 'is empty');
  return {
    item: cells.code('item'),
    text: cells.text('lot') ?? '',
    lotId: cells.raw('lot_id').toLowerCase(),
    place: cells.code('place'),
    quantity: quantity ?? 0,
    condition: cells.text('condition') ?? UNKNOWN,
    owner: cells.text('owner') ?? UNKNOWN,
    holder: cells.text('holder') ?? UNKNOWN,
  };
}

export function readRequirement(row: CsvRow, errors: RowError[]): Omit<Requirement, 'site'> {
  const cells = new Cells(row, errors);
  const category = cells.oneOf('category', ['first_line', 'reserve', 'training_per_year', 'test_per_year'] as const);
  for (const column of ['category', 'quantity', 'from', 'to']) if (cells.raw(column) === '') cells.refuse(column, 'is empty');
  const from = cells.date('from') ?? '';
  const to = cells.date('to') ?? '';
  if (from > to) cells.refuse('to', 'lies before from');
  return {
    item: cells.code('item'),
    category: category ?? 'reserve',
    quantity: cells.whole('quantity') ?? 0,
    from,
    to,
    approvedBy: cells.text('approved_by'),
  };
}
