import type { ProjectionName, ProjectionRow } from '../db/schema.ts';
import { KeyedRows } from './keyedRows.ts';
import { type Cells, type KeyOf, PROJECTION_NAMES, type ProjectionStore, type RowName, type SumName } from './store.ts';

/** Projection rows in plain maps. Movements are one row an entry and never read by a fold, so they go elsewhere at once. */
export abstract class MapStore implements ProjectionStore {
  protected readonly tables = Object.fromEntries(PROJECTION_NAMES.map((name) => [name, new KeyedRows(name)])) as Record<
    ProjectionName,
    KeyedRows
  >;
  protected seq = 0;

  protected abstract takeMovement(row: Cells): void;

  get<N extends RowName>(name: N, key: KeyOf<N>): ProjectionRow<N> | undefined {
    return this.tables[name].find(key)?.row as ProjectionRow<N> | undefined;
  }

  put<N extends RowName>(name: N, row: ProjectionRow<N>): void {
    if (name === 'movement') this.takeMovement(row as Cells);
    else this.tables[name].set({ row: row as Cells, seq: this.seq, isInFile: false });
  }

  remove<N extends RowName>(name: N, key: KeyOf<N>): void {
    this.tables[name].delete(key);
  }

  add<N extends SumName>(name: N, key: Omit<ProjectionRow<N>, 'quantity'>, quantity: number): void {
    const rows = this.tables[name];
    const found = rows.find(key);
    const sum = ((found?.row.quantity as number | undefined) ?? 0) + quantity;
    if (sum === 0) rows.delete(key);
    else if (found === undefined) rows.set({ row: { ...key, quantity }, seq: this.seq, isInFile: false });
    else {
      found.row.quantity = sum;
      found.seq = this.seq;
    }
  }
}
