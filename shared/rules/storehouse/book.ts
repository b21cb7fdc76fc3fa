/** What is shown and kept at a storehouse, as rows of `resources/storehouse/rules.json`. */
import type { CompatibilityGroup, HazardDivision } from '../../domain/model.ts';
import type { SurveyMeasure } from '../../domain/surveillance.ts';
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
export const practiceAreas = ['everywhere', 'indoors', 'outdoors', 'modularBombs'] as const;
/** Where a row holds: under a roof, in the open, or where bombs stand at the modular distance. */
export type PracticeArea = (typeof practiceAreas)[number];
export type PracticeRow = RuleRow &
  Readonly<{
    /** What of a survey is held against it; null is shown and not checked. */
    measure: SurveyMeasure | null;
    where: PracticeArea;
    unit: (typeof practiceUnits)[number];
    least: number | null;
    most: number | null;
    words: string;
  }>;
/** `intervalMonths` null: walked through at its occasion and never overdue. */
export type ChecklistRow = RuleRow &
  Readonly<{ title: string; intervalMonths: number | null; questions: readonly Readonly<{ id: string; words: string }>[] }>;

/** Rules of one amount each, and its unit. */
export const storehouseUnits = { 'store.unmeasured': 'none', 'store.measureOld': 'months', 'store.measure.stackLimit': 'none' } as const;
export type StorehouseRuleId = keyof typeof storehouseUnits;
export const storehouseRuleIds = Object.keys(storehouseUnits) as readonly StorehouseRuleId[];
export type StorehouseRule = RuleRow & Readonly<{ amount: number | null; unit: (typeof storehouseUnits)[StorehouseRuleId] }>;

export type StorehouseBook = Readonly<{
  fire: readonly FireRow[];
  symbols: readonly SymbolRow[];
  withdrawal: readonly WithdrawalRow[];
  practice: readonly PracticeRow[];
  checklists: readonly ChecklistRow[];
  rules: Readonly<Record<StorehouseRuleId, StorehouseRule>>;
}>;
