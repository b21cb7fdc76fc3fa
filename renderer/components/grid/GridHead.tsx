import { useTranslation } from 'react-i18next';
import { classNames } from '../classNames.ts';
import { Icon } from '../Icon.tsx';
import { GridPart } from './GridPart.tsx';
import classes from './grid.module.css';
import type { GridColumn } from './gridTypes.ts';
import type { GridTable } from './useGridTable.ts';

type Filters = Readonly<{ values: Readonly<Record<string, string>>; set: (column: string, value: string) => void }>;
type HeadProps<T> = Readonly<{ table: GridTable<T>; columns: readonly GridColumn<T>[]; filters: Filters | undefined }>;
type Header<T> = ReturnType<GridTable<T>['getHeaderGroups']>[number]['headers'][number];

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

function HeadCell<T>({ header, column }: { header: Header<T>; column: GridColumn<T> }) {
  const sorted = header.column.getIsSorted();
  const mayResize = header.column.getCanResize();
  return (
    <GridPart
      role="columnheader"
      className={classNames(classes.headCell, column.isNumber && classes.end)}
      {...(column.isSortable ? { 'aria-sort': sorted ? ariaSort[sorted] : ('none' as const) } : {})}
    >
      {column.isSortable ? (
        <button type="button" className={classes.sort} onClick={header.column.getToggleSortingHandler()} title={column.header}>
          <span className={classes.headText}>{column.header}</span>
          {sorted && <Icon name={sorted === 'asc' ? 'up' : 'down'} size={12} />}
        </button>
      ) : (
        <span className={classes.headText}>{column.header}</span>
      )}
      {mayResize && <span className={classes.resize} aria-hidden="true" onPointerDown={header.getResizeHandler()} />}
    </GridPart>
  );
}

function FilterCell<T>({ column, filters }: { column: GridColumn<T>; filters: Filters }) {
  const { t } = useTranslation();
  const label = t('grid.filterBy', { column: column.header });
  return (
    <GridPart role="gridcell" className={classes.filterCell}>
      {column.isFilterable && (
        <input
          className={classes.filter}
          aria-label={label}
          placeholder={t('grid.filter')}
          value={filters.values[column.id] ?? ''}
          onChange={(event) => filters.set(column.id, event.currentTarget.value)}
        />
      )}
    </GridPart>
  );
}

export function GridHead<T>({ table, columns, filters }: HeadProps<T>) {
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <GridPart role="rowgroup" className={classes.head}>
      <GridPart role="row" aria-rowindex={1} className={classes.line}>
        {headers.map((header, index) => {
          const column = columns[index];
          return column && <HeadCell key={header.id} header={header} column={column} />;
        })}
      </GridPart>
      {filters && (
        <GridPart role="row" aria-rowindex={2} className={classes.line}>
          {columns.map((column) => (
            <FilterCell key={column.id} column={column} filters={filters} />
          ))}
        </GridPart>
      )}
    </GridPart>
  );
}
