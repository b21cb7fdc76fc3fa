/**
 * Which stock is needed, and why the rest is there. Pure: facts in, a report out, nothing is decided here.
 *
 * Procedure of life-cycle.md 1.3, steps 1 to 5 and 8, our own design. Years are calendar years from the as-of year on;
 * the need of the running year is taken whole. Dates are `YYYY-MM-DD` and compare as text.
 */
import { invariant } from '../lib/result.ts';
import type { Requirement } from './model.ts';
import { allocate } from './surplusAllocation.ts';
import { setAside } from './surplusClasses.ts';
import type { Need } from './surplusNeed.ts';
import { needOf } from './surplusNeed.ts';

export type SurplusClass =
  | 'REQUIRED_RESERVE'
  | 'REQUIRED_TRAINING'
  | 'RETAINED_ECONOMIC'
  | 'SURPLUS_SERVICEABLE'
  | 'SURPLUS_EXPIRING'
  | 'OBSOLETE'
  | 'UNSERVICEABLE'
  | 'PENDING_TECH'
  | 'HOLD_BANNED'
  | 'URGENT_DISPOSAL'
  | 'TREATY_DISPOSAL';

export type SurplusPolicy = Readonly<{
  horizonYears: number;
  /** From order to delivery. */
  leadYears: number;
  /** What a lot of the reserve must have left at the as-of date. */
  reserveMinLifeYears: number;
  /** Whether the reserve requirement contains the first line. If not, the first line comes on top. */
  firstLineInReserve: boolean;
}>;

/** Some of one lot in one place, in one condition. */
export type SurplusHolding = Readonly<{
  site: string;
  item: string;
  lotId: string;
  /** The lot text as marked. */
  lot: string;
  place: string;
  /** In the unit of issue, whole and not negative. */
  quantity: number;
  /** Group of the condition code; `unknown` where the table does not have it. */
  conditionGroup: 'serviceable' | 'banned' | 'pending' | 'disposal' | 'unknown';
  /** Last day of safe life, inclusive; null is unknown. */
  lifeUntil: string | null;
  restriction: 'ban' | 'suspension' | null;
  /** Forbidden by a treaty. */
  isProhibited?: boolean;
  /** A recorded defect that makes keeping it unsafe. */
  hasSafetyDefect?: boolean;
}>;

export type SurplusInput = Readonly<{
  asOf: string;
  policy: SurplusPolicy;
  holdings: readonly SurplusHolding[];
  requirements: readonly Requirement[];
  /** Whether the ledger was ever counted. */
  hasStocktake: boolean;
  /** Sites of which entries were kept and not understood: what they hold may be another quantity. */
  incompleteSites?: readonly string[];
}>;

export type SurplusReason =
  | 'prohibited'
  | 'safetyDefect'
  | 'conditionDisposal'
  | 'conditionBanned'
  | 'underBan'
  | 'underSuspension'
  | 'conditionPending'
  | 'conditionUnknown'
  | 'lifeUnknown'
  | 'lifeExpired'
  | 'reserveLongestLifeFirst'
  | 'reserveForLaterYear'
  | 'trainingWithinLead'
  | 'trainingAfterLead'
  | 'expiresUnused'
  | 'beyondNeed';

export type SurplusSlice = Readonly<{
  site: string;
  lot: string;
  lotId: string;
  place: string;
  class: SurplusClass;
  quantity: number;
  lifeUntil: string | null;
  /** Key of its sentence in the locale file, under `surplus.reason.`. */
  reason: SurplusReason;
  reasonFacts: Readonly<Record<string, string>>;
}>;

/** `year` is the first year that is short; order by the end of year `orderBy` at the latest. */
export type SurplusDeficit = Readonly<{ kind: 'reserve' | 'training'; year: number; quantity: number; orderBy: number }>;

/** Why a run is not final. */
export type SurplusGate = 'accountIncomplete' | 'noStocktake' | 'requirementUnapproved' | 'firstLineAboveReserve';

export type SurplusItem = Readonly<{
  site: string;
  item: string;
  /** What should be there: reserve, first line where it comes on top, and training and test for the lead time. */
  hold: number;
  /** The reserve requirement at the as-of date, without the first line. */
  reserve: number;
  firstLine: number;
  trainingPerYear: number;
  testPerYear: number;
  /** All stock of the item: the slices add up to it. */
  ledgerQuantity: number;
  gates: readonly SurplusGate[];
  slices: readonly SurplusSlice[];
  totals: Readonly<Partial<Record<SurplusClass, number>>>;
  deficits: readonly SurplusDeficit[];
}>;

export type SurplusReport = Readonly<{
  asOf: string;
  policy: SurplusPolicy;
  /** True while any gate stands. */
  isDraft: boolean;
  gates: readonly SurplusGate[];
  /** Sorted by site and item; every item that has stock or a requirement. */
  items: readonly SurplusItem[];
}>;

/**
 * Classifies all stock against the requirements, one item after another; items of two sites are two items.
 * Does not depend on the order of its inputs. A prohibited nature, a defect, a condition, a ban or an unknown life takes
 * stock out of use before any need is looked at; the rest goes to the reserve (longest life first), then to training and
 * test year by year (shortest life first), and what is left over is surplus.
 */
export function determineSurplus(input: SurplusInput): SurplusReport {
  const keys = new Map([...input.holdings, ...input.requirements].map(({ site, item }) => [`${site}\u0000${item}`, { site, item }]));
  const items = [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => determineItem(key.site, key.item, input));
  const gates = new Set<SurplusGate>(input.hasStocktake ? [] : ['noStocktake']);
  for (const item of items) for (const gate of item.gates) gates.add(gate);
  for (const site of input.incompleteSites ?? []) if (items.some((item) => item.site === site)) gates.add('accountIncomplete');
  return { asOf: input.asOf, policy: input.policy, isDraft: gates.size > 0, gates: [...gates].sort(), items };
}

function determineItem(site: string, item: string, { asOf, policy, holdings, requirements }: SurplusInput): SurplusItem {
  const isOurs = (row: Readonly<{ site: string; item: string }>): boolean => row.site === site && row.item === item;
  const lines = requirements.filter(isOurs);
  const need = needOf(lines, asOf, policy);
  const { slices: unusable, usable } = setAside(holdings.filter(isOurs), asOf);
  const { slices: allocated, deficits } = allocate(usable, need, asOf, policy);
  const slices = [...allocated, ...unusable];
  const ledgerQuantity = holdings.filter(isOurs).reduce((sum, { quantity }) => sum + quantity, 0);
  invariant(slices.reduce((sum, { quantity }) => sum + quantity, 0) === ledgerQuantity, `slices of ${item} do not add up to the ledger`);
  const { hold, reserve, firstLine, trainingPerYear, testPerYear } = need.atAsOf;
  const levels = { hold, reserve, firstLine, trainingPerYear, testPerYear };
  return { site, item, ...levels, ledgerQuantity, gates: gatesOf(lines, need, policy), slices, totals: totalsOf(slices), deficits };
}

function gatesOf(lines: readonly Requirement[], need: Need, policy: SurplusPolicy): readonly SurplusGate[] {
  const gates: SurplusGate[] = [];
  if (lines.some((line) => line.approvedBy === null)) gates.push('requirementUnapproved');
  // A reserve that is to contain the first line cannot be smaller than it: one of the two figures is wrong.
  if (policy.firstLineInReserve && need.atAsOf.firstLine > need.atAsOf.reserve) gates.push('firstLineAboveReserve');
  return gates;
}

function totalsOf(slices: readonly SurplusSlice[]): Readonly<Partial<Record<SurplusClass, number>>> {
  const totals: Partial<Record<SurplusClass, number>> = {};
  for (const slice of slices) totals[slice.class] = (totals[slice.class] ?? 0) + slice.quantity;
  return totals;
}
