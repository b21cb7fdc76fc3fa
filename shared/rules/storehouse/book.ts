/** What is shown and kept at a storehouse, as rows of `resources/storehouse/rules.json`. */
import type { CompatibilityGroup, HazardDivision } from '../../domain/model.ts';
import type { RuleRow } from '../pack.ts';

export const fireShapes = ['octagon', 'cross', 'invertedTriangle', 'diamond'] as const;
export type FireRow = RuleRow & Readonly<{ division: HazardDivision; fireDivision: 1 | 2 | 3 | 4; shape: (typeof fireShapes)[number] }>;

/** Symbols beside that of the fire division. The first row that a nature fits counts; an empty list of UN numbers fits all. */
export type SymbolRow = RuleRow &
  Readonly<{
    uns: readonly string[];
    groups: readonly CompatibilityGroup[];
    /** Set of full protective clothing. */
    clothingSet: 1 | 2 | 3 | null;
    needsBreathing: boolean;
    isWaterForbidden: boolean;
  }>;

export const withdrawalDivisions = ['unknown', '1.1', '1.2', '1.3', '1.3unknown', '1.4'] as const;
/** How far everybody withdraws: the greater of a distance and a factor times the cube root of the NEQ in kilograms. */
export type WithdrawalRow = RuleRow &
  Readonly<{
    division: (typeof withdrawalDivisions)[number];
    /** Holds up to this quantity; null: without end. */
    neqMaxKg: number | null;
    distanceMinM: number;
    /** Centimetres for each cube root of a kilogram. */
    scaledCm: number;
  }>;

export const practiceUnits = ['mm', 'celsius', 'minutes'] as const;
export type PracticeRow = RuleRow &
  Readonly<{ unit: (typeof practiceUnits)[number]; least: number | null; most: number | null; words: string }>;
export type ChecklistRow = RuleRow & Readonly<{ title: string; questions: readonly Readonly<{ id: string; words: string }>[] }>;

export type StorehouseBook = Readonly<{
  fire: readonly FireRow[];
  symbols: readonly SymbolRow[];
  withdrawal: readonly WithdrawalRow[];
  practice: readonly PracticeRow[];
  checklists: readonly ChecklistRow[];
}>;
