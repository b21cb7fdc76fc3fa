/**
 * What a standard says on quantity distances, as `readDistances` indexed it: functions with their rounding, and the
 * matrices that say which function holds between a kind of potential explosion site and a kind of exposed site.
 */
import type { RockKind } from '../../domain/site.ts';
import type { RuleRow } from '../pack.ts';

/** Divisions that have a matrix of their own; the others stand in for one of these. */
export const matrixDivisions = ['1.1', '1.2.1', '1.2.2', '1.3.1', '1.3.2', '1.4'] as const;
export type MatrixDivision = (typeof matrixDivisions)[number];
export type DistanceDivision = MatrixDivision | '1.2' | '1.3' | '1.2.3' | '1.5' | '1.6';
/** Functions go with the division as a whole; ports and underground chambers have their own. */
export const tableDivisions = ['1.1', '1.2', '1.3', 'port', 'underground'] as const;
export type TableDivision = (typeof tableDivisions)[number];

export const potentialColumns = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10'] as const;
export type PotentialColumn = (typeof potentialColumns)[number];
export type Orientation = 'front' | 'side' | 'rear';

export type Power = '1/3' | '1/2' | '2/3';
/** `numerator / denominator · Q^power` for Q below the bound; the last branch has none. */
export type Branch = Readonly<{ belowKg: number | null; numerator: number; denominator: number; power: Power }>;
export type Formula =
  | Readonly<{ kind: 'branches'; branches: readonly Branch[] }>
  /** `a + b·ln Q + c·(ln Q)²`, coefficients in thousandths. */
  | Readonly<{ kind: 'logSquare'; constantMilli: number; linearMilli: number; squareMilli: number }>
  /** A share, in thousandths, of another function of the same table. */
  | Readonly<{ kind: 'share'; of: string; milli: number }>;
export type FunctionRow = RuleRow &
  Readonly<{ functionId: string; formula: Formula; minimumM: number | null; aboveKg: number | null; upToKg: number | null }>;

export type FunctionTable = Readonly<{
  division: TableDivision;
  /** `table7`: steps of 1, 5, 10 and 20 m; `metre`: whole metres. Always up. */
  rounding: 'table7' | 'metre';
  /** Smaller quantities count as this; null where the function itself goes down to nothing. */
  startsAtKg: number | null;
  /** Below it the standard calls its own rows a temporary extrapolation. */
  extrapolatedBelowKg: number | null;
  /** The quantities that are printed, rising. */
  ladderKg: readonly number[];
  functions: ReadonlyMap<string, FunctionRow>;
}>;

/** A printed value that the function does not give. */
export type Misprint = RuleRow &
  Readonly<{ division: TableDivision; functionId: string; neqKg: number; printedM: number; computedM: number; words: string }>;

/** What must be true, and recorded, before a smaller distance of a cell may be used. */
export type DistanceCondition = Readonly<{ id: string; words: string; neqMaxKg: number | null }>;

export type Protection = 'complete' | 'high' | 'limited';
/** One way of a cell. Without `needs` it holds for everybody. */
export type CellOption = Readonly<{
  /** Null where a fixed distance, or none, is printed. */
  functionId: string | null;
  /** Of a function: thousandths of its value. */
  factorMilli: number;
  /** The fixed distance; zero where the cell asks for none. */
  fixedM: number;
  minimumM: number | null;
  protection: Protection | null;
  needs: readonly DistanceCondition[];
}>;
export type Cell = Readonly<{ row: RuleRow; options: readonly CellOption[] }>;
export type Matrix = ReadonlyMap<string, Readonly<Record<PotentialColumn, Cell>>>;

export type SectorRow = RuleRow & Readonly<{ divisions: readonly MatrixDivision[]; frontMdeg: number; rearMdeg: number }>;
export type RouteKind = 'road' | 'rail' | 'waterway' | 'path';
export type DensityRow = RuleRow & Readonly<{ route: RouteKind; highFromPerDay: number; mediumFromPerDay: number }>;
export type StandInRow = RuleRow & Readonly<{ division: '1.2.3' | '1.5' | '1.6'; as: MatrixDivision }>;

/**
 * Columns or rows that a kind of place may be, by which side it turns to the other. Several: the worst counts.
 * `berth`: the rows that it is to a berth, where those are not the same.
 */
export type TypeRow<Id extends string> = Readonly<Record<Orientation, readonly Id[]>> & Readonly<{ berth?: readonly string[] }>;

/** What a marshalling yard counts as. Busy: used on more than one day a week, or for 1.1. */
export type YardRow = RuleRow & Readonly<{ isBusy: boolean; es: string }>;

/** What reaches out of a chamber. */
export const undergroundHazards = ['crater', 'groundShock', 'tunnelMouth', 'debris'] as const;
export type UndergroundHazard = (typeof undergroundHazards)[number];
/** Lengths scaled by the cube root of the kilograms (ground shock: their power 4/9), in millimetres. */
export type UndergroundRules = Readonly<{
  /** What a division counts as underground; `none` asks for no distance. */
  divisions: ReadonlyMap<MatrixDivision, RuleRow & Readonly<{ countsAs: '1.1' | 'none' }>>;
  /** By the cover, the thinnest first. */
  craters: readonly (RuleRow & Readonly<{ scaledCoverMaxMm: number | null; scaledMm: number }>)[];
  shocks: readonly (RuleRow & Readonly<{ rock: RockKind; scaledMm: number }>)[];
  /** What stands for facts that nobody entered. */
  assumed: RuleRow & Readonly<{ decouplingMilli: number; chamberVolumeM3: number; hydraulicDiameterMm: number }>;
  /** `factor · hydraulic diameter · ∛density / (1 + (θ / offAxis)²)^power`. */
  mouth: RuleRow & Readonly<{ factorMilli: number; offAxisMdeg: number; offAxisPowerMilli: number }>;
  debris: RuleRow & Readonly<{ distanceM: number; arcMdeg: number }>;
  /** Exposed sites that ask for another share than an inhabited building. */
  shares: readonly (RuleRow &
    Readonly<{ hazards: readonly UndergroundHazard[]; es: readonly string[]; numerator: number; denominator: number }>)[];
  /** From chamber to chamber; by rock the sparsest first. */
  intervals: readonly (RuleRow &
    Readonly<{ rock: RockKind; loadingDensityBelowKgPerM3: number | null; cell: Cell; protectedCell: Cell }>)[];
}>;

export type DistanceBook = Readonly<{
  pack: string;
  edition: string;
  conditions: ReadonlyMap<string, DistanceCondition>;
  tables: ReadonlyMap<TableDivision, FunctionTable>;
  misprints: readonly Misprint[];
  standIns: ReadonlyMap<string, StandInRow>;
  sectors: ReadonlyMap<MatrixDivision, SectorRow>;
  densities: ReadonlyMap<RouteKind, DensityRow>;
  potentialTypes: ReadonlyMap<string, TypeRow<PotentialColumn>>;
  exposedTypes: ReadonlyMap<string, TypeRow<string>>;
  yards: readonly YardRow[];
  /** Of a berth, by `portKey`; what has no cell here is held against the worst column of the matrix. */
  ports: ReadonlyMap<string, Cell>;
  /** Null where nothing was read: a chamber is then the worst that stands above the ground. */
  underground: UndergroundRules | null;
  matrices: ReadonlyMap<MatrixDivision, Matrix>;
}>;

export const portKey = (division: MatrixDivision, es: string): string => `${division} ${es}`;

/** The division whose matrix is asked: 1.2 and 1.3 as a whole as their worse sub-division, the rest by the book's rows. */
export function matrixDivisionOf(book: DistanceBook, division: DistanceDivision): MatrixDivision {
  if (division === '1.2') return '1.2.1';
  if (division === '1.3') return '1.3.1';
  return book.standIns.get(division)?.as ?? (matrixDivisions.find((each) => each === division) as MatrixDivision);
}

/** The table whose functions a division uses; null for 1.4, which asks for no distance by quantity. */
export function tableOf(book: DistanceBook, division: DistanceDivision | TableDivision): FunctionTable | null {
  if (division === 'port' || division === 'underground') return book.tables.get(division) ?? null;
  const asked = matrixDivisionOf(book, division).slice(0, 3);
  return asked === '1.4' ? null : (book.tables.get(asked as TableDivision) ?? null);
}
