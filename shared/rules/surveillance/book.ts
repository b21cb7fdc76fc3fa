/** A surveillance plan: what is inspected how often, and what a result means. Data with sources, as the rule packs are. */
import type { CompatibilityGroup, HazardDivision, ItemForm } from '../../domain/model.ts';
import type { InspectionKind } from '../../domain/surveillance.ts';
import type { PackSource, RuleRow } from '../pack.ts';

/** Kinds that come round again. A receipt inspection looks at what a visual one looks at and counts as one. */
export const periodicKinds = ['visual', 'functional', 'stabiliser'] as const satisfies readonly InspectionKind[];
export type PeriodicKind = (typeof periodicKinds)[number];

/** The first row of a kind that a nature fits counts; an empty list fits all, and so does a fact that is not known. */
export type IntervalRow = RuleRow &
  Readonly<{
    kind: PeriodicKind;
    items: readonly string[];
    groups: readonly CompatibilityGroup[];
    divisions: readonly HazardDivision[];
    forms: readonly ItemForm[];
    intervalMonths: number;
  }>;

/** Rules of one amount each, and its unit. */
export const surveillanceUnits = {
  'life.receiptOverdue': 'days',
  'life.overdue': 'months',
  'life.suspended': 'intervals',
  'life.suspendedLong': 'days',
  'life.inspectionFailed': 'none',
  'life.inspectionRestricted': 'none',
  'life.stabiliserLow': 'ppm',
  'life.stabiliserWatch': 'ppm',
  'life.stabiliserConsumed': 'permille',
  'life.stabiliserTrend': 'months',
  'life.extensionAge': 'months',
  'life.extensionMost': 'months',
  'store.climateHot': 'hours',
  'store.climateLimit': 'celsius',
  'store.climateHumid': 'permille',
  'store.climateSilent': 'days',
  'store.climateShown': 'days',
} as const;
export type SurveillanceRuleId = keyof typeof surveillanceUnits;
export const surveillanceRuleIds = Object.keys(surveillanceUnits) as readonly SurveillanceRuleId[];
/** Null: this plan sets no such amount, and the rule finds nothing. */
export type AmountRow = RuleRow & Readonly<{ amount: number | null; unit: (typeof surveillanceUnits)[SurveillanceRuleId] }>;

/** How many are looked at, and with how many faulty ones a lot is still accepted. */
export type SampleRow = RuleRow &
  Readonly<{
    title: string;
    sampleSize: number;
    criticalAccept: number;
    majorAccept: number;
    minorAccept: number;
    /** Outer packs that the sample comes from, at least. */
    packsMin: number;
  }>;

export type SurveillancePlan = Readonly<{
  id: string;
  title: string;
  edition: string;
  sources: readonly PackSource[];
  intervals: readonly IntervalRow[];
  rules: Readonly<Record<SurveillanceRuleId, AmountRow>>;
  samples: readonly SampleRow[];
}>;
