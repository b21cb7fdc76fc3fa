import type { ProjectionName } from '../db/schema.ts';
import { type Cells, SHAPES } from './store.ts';

/** A row that a fold made, and the entry that wrote it last. */
export type Held = { row: Cells; seq: number; isInFile: boolean };
type Level = Map<string, Level | Held>;

/** Most rows differ in it: as the last step it leads through few maps, and large ones. */
const LAST_MEMBER = 'lotId';

/**
 * Rows of one table, found by one member of their key after the other. A fold looks for a row eight times an entry; to
 * make a text of each key and hash it would take longer than all the rest of the fold.
 */
export class KeyedRows {
  private readonly top: Level = new Map();
  private readonly members: readonly string[];
  private readonly last: string;
  /** The places of the same members in a row as it lies in the file. */
  private readonly places: readonly number[];
  private readonly lastPlace: number;

  constructor(name: ProjectionName) {
    const { keyMembers, keyAt } = SHAPES[name];
    const isLast = (at: number) => (keyMembers[at] === LAST_MEMBER ? 1 : 0);
    const order = [...keyMembers.keys()].sort((a, b) => isLast(a) - isLast(b));
    const members = order.map((at) => keyMembers[at] as string);
    const places = order.map((at) => keyAt[at] as number);
    [this.members, this.last] = [members.slice(0, -1), members.at(-1) as string];
    [this.places, this.lastPlace] = [places.slice(0, -1), places.at(-1) as number];
  }

  find(key: Cells): Held | undefined {
    let level: Level | undefined = this.top;
    for (const member of this.members) {
      level = level.get(String(key[member])) as Level | undefined;
      if (level === undefined) return undefined;
    }
    return level.get(String(key[this.last])) as Held | undefined;
  }

  /** The same by the cells of a row in the order of its columns. */
  findByCells(cells: readonly unknown[]): Held | undefined {
    let level: Level | undefined = this.top;
    for (const place of this.places) {
      level = level.get(String(cells[place])) as Level | undefined;
      if (level === undefined) return undefined;
    }
    return level.get(String(cells[this.lastPlace])) as Held | undefined;
  }

  set(held: Held): void {
    this.levelFor(held.row).set(String(held.row[this.last]), held);
  }

  delete(key: Cells): void {
    this.levelFor(key).delete(String(key[this.last]));
  }

  private levelFor(key: Cells): Level {
    let level = this.top;
    for (const member of this.members) {
      const value = String(key[member]);
      let next = level.get(value) as Level | undefined;
      if (next === undefined) {
        next = new Map();
        level.set(value, next);
      }
      level = next;
    }
    return level;
  }

  *all(level = this.top, depth = this.members.length): Generator<Held, void> {
    for (const below of level.values()) {
      if (depth === 0) yield below as Held;
      else yield* this.all(below as Level, depth - 1);
    }
  }
}
