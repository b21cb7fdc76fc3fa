/** What is asked between two places, and what the answer says. */
import type { Underground } from '../../domain/site.ts';
import type { RuleRow } from '../pack.ts';
import type { DistanceCondition, DistanceDivision, PotentialColumn, Protection } from './book.ts';
import type { Method } from './functions.ts';

/** A condition that is recorded as met. */
export type MetCondition = Readonly<{
  condition: string;
  /** The one cell that it was approved for; null: every cell of the place. */
  cell: string | null;
  /** Last day; null where it was recorded without an end. */
  until: string | null;
}>;

/** A chamber as it lies to one target. */
export type ChamberAsk = Readonly<{
  facts: Underground;
  /** Between the axis of the tunnel and the target, the least of all parts of both; zero where the axis is unknown. */
  offAxisMdeg: number;
  isToChamber: boolean;
  /** It is entered as a building above the ground too: the greater distance of both counts. */
  isSurfaceToo: boolean;
}>;

export type PairAsk = Readonly<{
  division: DistanceDivision;
  /** What the two may be. Several where something is unknown: the worst counts. */
  columns: readonly PotentialColumn[];
  rows: readonly string[];
  method: Method;
  met?: readonly MetCondition[];
  /** The potential site is a berth or an anchorage, to which the other is these rows. */
  berth?: readonly string[];
  /** The potential site is a chamber underground. */
  chamber?: ChamberAsk;
}>;

/** A condition that a distance rests on, and the last day on which it does. `isOfBuilding`: entered with the building, not approved. */
export type HeldCondition = Readonly<{ id: string; words: string; until: string | null; isOfBuilding?: boolean }>;

export type RequiredDistance = Readonly<{
  /** Whole metres, rounded up; zero where the row asks for none. */
  distanceM: number;
  /** The value of the function with its factor, before least distance and rounding; the distance where it is fixed. */
  exactM: number;
  /** As `D13` or `0.5 × D12`, or what reaches out of a chamber; null where a fixed distance or none is printed. */
  functionId: string | null;
  /** The least distance, where one governed. */
  minimumM: number | null;
  governedBy: 'function' | 'minimum' | 'fixed' | 'none';
  protection: Protection | null;
  isExtrapolated: boolean;
  column: PotentialColumn | 'berth' | 'underground';
  es: string;
  /** The cell, with its source and status. */
  row: RuleRow;
  /** Smaller distances that would hold if their conditions were met and recorded. */
  alternatives: readonly Readonly<{ needs: readonly DistanceCondition[]; distanceM: number; functionId: string | null }>[];
  /** Without these it would be more. */
  restsOn: readonly HeldCondition[];
}>;
