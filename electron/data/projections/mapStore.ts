import type { ProjectionName, ProjectionRow } from '../db/schema.ts';
import { type KeyOf, keyText, PROJECTION_NAMES, type ProjectionStore, type RowName, type SumName } from './store.ts';

export type Cells = Record<string, unknown>;
/** A row that a fold made, and the entry that wrote it last. */
export type Held = { row: Cells; seq: number; isInFile: boolean };

/** Projection rows in plain maps. Movements are one row an entry and never read by a fold, so they go elsewhere at once. */
export abstract class MapStore implements ProjectionStore {
  protected readonly tables = new Map<ProjectionName, Map<string, Held>>(PROJECTION_NAMES.map((name) => [name, new Map()]));
  protected seq = 0;

  protected abstract takeMovement(row: Cells): void;

  get<N extends RowName>(name: N, key: KeyOf<N>): ProjectionRow<N> | undefined {
    return this.tables.get(name)?.get(keyText(name, key))?.row as ProjectionRow<N> | undefined;
  }

  put<N extends RowName>(name: N, row: ProjectionRow<N>): void {
    if (name === 'movement') this.takeMovement(row as Cells);
    else this.tables.get(name)?.set(keyText(name, row as Cells), { row: row as Cells, seq: this.seq, isInFile: false });
  }

  remove<N extends RowName>(name: N, key: KeyOf<N>): void {
    this.tables.get(name)?.delete(keyText(name, key));
  }

  add<N extends SumName>(name: N, key: Omit<ProjectionRow<N>, 'quantity'>, quantity: number): void {
    const rows = this.tables.get(name) as Map<string, Held>;
    const text = keyText(name, key);
    const found = rows.get(text);
    const sum = ((found?.row.quantity as number | undefined) ?? 0) + quantity;
    if (sum === 0) rows.delete(text);
    else if (found === undefined) rows.set(text, { row: { ...key, quantity }, seq: this.seq, isInFile: false });
    else {
      found.row.quantity = sum;
      found.seq = this.seq;
    }
  }
}
