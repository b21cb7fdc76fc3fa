import type { Item, LicenceDivision, Lot, MovementKind, Place, Requirement } from './model.ts';

/** Rows of an import after every cell was read: what the service records. Lots have their ids by now. */
export type PlaceInput = Omit<Place, 'site' | 'store'> & Readonly<{ limitsG: Readonly<Partial<Record<LicenceDivision, number>>> }>;
export type StockInput = Readonly<{ lotId: string; place: string; quantity: number; condition: string; owner: string; holder: string }>;
export type ImportInputs = Readonly<{
  items: readonly Omit<Item, 'site'>[];
  /** Parents before what lies in them. */
  places: readonly PlaceInput[];
  lots: readonly Omit<Lot, 'site'>[];
  stock: readonly StockInput[];
  requirements: readonly Omit<Requirement, 'site'>[];
}>;

/** One movement of the years before the program, typed in or generated, in the order in which it happened. */
export type PastMovement = Readonly<{
  kind: Exclude<MovementKind, 'opening' | 'reverse'>;
  lotId: string;
  from: string;
  to: string;
  quantity: number;
  fromCondition: string;
  condition: string;
  owner: string;
  holder: string;
  happenedAtMs: number;
}>;
