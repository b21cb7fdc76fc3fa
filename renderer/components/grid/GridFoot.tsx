import { classNames } from '../classNames.ts';
import classes from './grid.module.css';
import type { GridColumn } from './gridTypes.ts';

/** Totals stay in view while the rows scroll. */
export function GridFoot<T>({ columns }: { columns: readonly GridColumn<T>[] }) {
  if (!columns.some((column) => column.foot !== undefined)) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see DataGrid.
    <div role="rowgroup" className={classes.foot}>
      {/* biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useSemanticElements: see DataGrid. */}
      <div role="row" className={classes.line}>
        {columns.map((column) => (
          // biome-ignore lint/a11y/useFocusableInteractive: see DataGrid.
          <div key={column.id} role="gridcell" className={classNames(classes.cell, column.isNumber && 'number')}>
            {column.foot}
          </div>
        ))}
      </div>
    </div>
  );
}
