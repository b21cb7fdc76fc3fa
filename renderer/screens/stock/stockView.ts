import type { InputOf } from '../../../shared/contract/procedures.ts';
import type { Query } from '../../app/router.ts';
import type { GridSort } from '../../components/grid/gridTypes.ts';

type ListInput = InputOf<'stock.list'>;
export type StockSort = NonNullable<ListInput['sort']>;
export type StockRequest = Readonly<Pick<ListInput, 'search' | 'filters' | 'sort'>>;

const filterColumns = ['site', 'item', 'place', 'condition', 'owner', 'holder', 'hazardCode'] as const;
const sortColumns: readonly StockSort['column'][] = [
  'item',
  'itemName',
  'lot',
  'place',
  'quantity',
  'condition',
  'owner',
  'holder',
  'hazardCode',
  'neqG',
  'made',
  'lifeUntil',
];

export const isSortColumn = (name: string): name is StockSort['column'] => (sortColumns as readonly string[]).includes(name);

/** The whole view is in its address: a link or the back button brings back the same search, filters and order. */
export function requestOf(query: Query): StockRequest {
  const column = query.sort ?? '';
  const filters = filterColumns.filter((name) => query[name]).map((name) => [name, query[name]] as const);
  return {
    search: query.search ?? '',
    filters: Object.fromEntries(filters),
    sort: { column: isSortColumn(column) ? column : 'item', isDescending: query.order === 'down' },
  };
}

export const withSort = (query: Query, sort: GridSort): Query => ({ ...query, sort: sort.column, order: sort.isDescending ? 'down' : '' });
export const hasFilters = (query: Query): boolean => ['search', ...filterColumns].some((name) => (query[name] ?? '') !== '');
/** The order stays; what narrows the list goes. */
export const withoutFilters = ({ sort = '', order = '' }: Query): Query => ({ sort, order });
