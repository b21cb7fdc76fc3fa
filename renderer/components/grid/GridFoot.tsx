import { classNames } from '../classNames.ts';
import { GridPart } from './GridPart.tsx';
import classes from './grid.module.css';
import type { GridColumn } from './gridTypes.ts';

/** Totals stay in view while the rows scroll. */
export function GridFoot<T>({ columns }: { columns: readonly GridColumn<T>[] }) {
  if (!columns.some((column) => column.foot !== undefined)) return null;
  return (
    <GridPart role="rowgroup" className={classes.foot}>
      <GridPart role="row" className={classes.line}>
        {columns.map((column) => (
          <GridPart key={column.id} role="gridcell" className={classNames(classes.cell, column.isNumber && 'number')}>
            {column.foot}
          </GridPart>
        ))}
      </GridPart>
    </GridPart>
  );
}
