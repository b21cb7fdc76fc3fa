/** What the procedures on life and climate answer. Dates `YYYY-MM-DD`. */
import type { RowError } from '../domain/errors.ts';
import type { Inspection } from '../domain/surveillance.ts';
import type { RowStatus } from '../rules/pack.ts';
import type { ClimateDay, Excursion } from '../rules/surveillance/climate.ts';
import type { Due } from '../rules/surveillance/schedule.ts';
import type { StabiliserResult, StabiliserTrend, StabiliserVerdict } from '../rules/surveillance/stabiliser.ts';

/** One inspection that a lot is due for, and the row of the plan that says so. */
export type DueRow = Omit<Due, 'row' | 'overdueAfter'> &
  Readonly<{
    lotId: string;
    item: string;
    itemName: string;
    lotText: string;
    /** Where some of it lies, sorted. */
    places: readonly string[];
    intervalMonths: number;
    rule: string;
    source: string;
    status: RowStatus;
  }>;
/** `plan` null: the site chose none, so nothing is due. */
export type DueView = Readonly<{ plan: string | null; edition: string; rows: readonly DueRow[] }>;

/** Lots with stock by the inspection that weighs most on them. `heldBack`: those that are not issued until they are inspected. */
export type LotsByState = Readonly<{ due: number; overdue: number; suspended: number; heldBack: number }>;
/** What a plan would do to the stock of today. `worse`: the lots that come off worse, the worst first; not all of them. */
export type PlanPreview = Readonly<{
  plan: string;
  title: string;
  edition: string;
  /** By the plan in force; all zero where none is. */
  before: LotsByState;
  after: LotsByState;
  worseTotal: number;
  betterTotal: number;
  worse: readonly (DueRow & Readonly<{ isHeldBack: boolean }>)[];
}>;

export type LifeChangeView = Readonly<{
  id: string;
  lotId: string;
  previous: string | null;
  until: string;
  inspection: string | null;
  reason: string;
  person: string;
  second: string;
  recordedAtMs: number;
}>;

export type LotLifeView = Readonly<{
  /** The latest first. */
  inspections: readonly Inspection[];
  due: readonly (Omit<Due, 'row'> & Readonly<{ intervalMonths: number }>)[];
  changes: readonly LifeChangeView[];
  stabiliser: Readonly<{
    results: readonly StabiliserResult[];
    verdict: StabiliserVerdict | null;
    /** Towards `lowPpm`. */
    trend: StabiliserTrend | null;
    lowPpm: number | null;
    watchPpm: number | null;
  }>;
  /** The serviceable US code that the life left allows; null where the life is unknown or ended. */
  codeForLifeLeft: string | null;
  plan: string | null;
}>;

export type ClimateView = Readonly<{
  place: string;
  /** UTC days, in their order. */
  days: readonly ClimateDay[];
  readings: number;
  /** Too hot for too long, the latest first. `peak` in hundredths of a degree Celsius. */
  hot: readonly Excursion[];
  limitC: number | null;
  limitHours: number | null;
  /** Thousandths of relative humidity; null where the plan sets none. */
  limitPermille: number | null;
}>;
/** `added` and `known` count readings; null where nothing was taken in, because of the errors. */
export type ClimateImport = Readonly<{ added: number | null; known: number; errors: readonly RowError[] }>;
export type PlanChoice = Readonly<{ plan: string; title: string; edition: string; isChosen: boolean }>;
export type LoggedPlace = Readonly<{ place: string; name: string; hasReadings: boolean }>;
