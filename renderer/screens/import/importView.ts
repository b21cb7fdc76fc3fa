import type { InputOf } from '../../../shared/contract/procedures.ts';
import type { ChosenFile, ImportCounts } from '../../../shared/contract/views.ts';

export type ImportRequest = InputOf<'import.run'>;
export type ImportKind = keyof ImportCounts;
/** In the order in which they build on each other. */
export const importKinds = ['items', 'places', 'lots', 'stock', 'requirements'] as const satisfies readonly ImportKind[];

/** The columns of the program, as the files name them. */
export const columnsOf: Readonly<Record<ImportKind, readonly string[]>> = {
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
};

export type ChosenFiles = Readonly<Partial<Record<ImportKind, ChosenFile>>>;
export type Mapping = Readonly<Partial<Record<ImportKind, Readonly<Record<string, string>>>>>;

/** A header that is left empty stays as it is; a kind without any is left out. */
export function requestFor(files: ChosenFiles, mapping: Mapping, atMs: number | null, isDryRun: boolean): ImportRequest {
  const tokens = importKinds.filter((kind) => files[kind]).map((kind) => [kind, files[kind]?.token ?? '']);
  const mapped = importKinds
    .filter((kind) => files[kind])
    .map((kind) => [kind, Object.fromEntries(Object.entries(mapping[kind] ?? {}).filter(([, header]) => header.trim() !== ''))] as const)
    .filter(([, headers]) => Object.keys(headers).length > 0);
  return { files: Object.fromEntries(tokens), mapping: Object.fromEntries(mapped), isDryRun, ...(atMs === null ? {} : { atMs }) };
}
