import type { CompatibilityGroup, HazardDivision, Item, LicenceDivision, LotIdentity } from '../domain/model.ts';
import type { Construction } from '../domain/site.ts';
import type { ConditionGroup } from './conditions.ts';
import type { LapsedLimits } from './site/basis.ts';

/** What the rules need to know of a nature, NEQ in grams of one unit of issue. `null` is unknown and is assumed worst. */
export type ItemFacts = Pick<
  Item,
  'item' | 'un' | 'hazardCode' | 'subdivision' | 'form' | 'neqG' | 'heNeqG' | 'massG' | 'fillingNeqG' | 'singleBaseNeqG' | 'traits'
>;

/** A nature of which nothing is known but its code: the entry that describes it was not understood, or says nothing. */
export const unknownItem = (item: string): ItemFacts => ({
  item,
  un: null,
  hazardCode: null,
  subdivision: null,
  form: null,
  neqG: null,
  heNeqG: null,
  massG: null,
  fillingNeqG: null,
  singleBaseNeqG: null,
  traits: null,
});

/** A state in which some of a nature lies in a place. */
export type HeapState = Readonly<{ condition: ConditionGroup; identity: LotIdentity }>;
/**
 * One nature in one bay (or in the store itself), all lots and conditions added up: quarantined stock counts too. Without
 * its states nothing is known of them.
 */
export type StoreLine = Readonly<{ item: ItemFacts; place: string; quantity: number; states?: readonly HeapState[] }>;

/** Conditions of a cell that an authority found to be met at one place, in force on the day of the check. */
export type ApprovalFacts = Readonly<{
  rule: string;
  place: string;
  conditions: readonly string[];
  authority: string;
  /** Last day. */
  until: string;
}>;

/** Everything in one storehouse. Limits in grams; a division that is absent is unlicensed, which is not zero. */
export type StoreFacts = Readonly<{
  store: string;
  limitsG: Readonly<Partial<Record<LicenceDivision, number>>>;
  lines: readonly StoreLine[];
  approvals: readonly ApprovalFacts[];
  /** Limits that were licensed and count no more; they are not among `limitsG`. */
  lapsed?: LapsedLimits;
  /** Absent or null: nobody entered how the storehouse is built. */
  floor?: Readonly<{ floorLoadMaxKgPerM2: number | null; floorAreaDm2: number | null }> | null;
  /** The same of what stands around the stock. */
  building?: BuildingFacts | null;
}>;

/** How a storehouse is made, where a standard counts the NEQ in it by that. */
export type BuildingFacts = Readonly<{ construction: Construction | null; isUnderground: boolean }>;

/** What of a storehouse decides how its NEQ is counted. Without approvals nothing is approved, without building nothing known. */
export type StockFacts = Pick<StoreFacts, 'lines'> & Partial<Pick<StoreFacts, 'store' | 'approvals' | 'building'>>;

/** One holding of one lot. */
export type LotFacts = Readonly<{
  item: string;
  lotId: string;
  place: string;
  quantity: number;
  condition: string;
  identity: LotIdentity;
  lifeUntil: string | null;
  /** Months from the date of make, where that day is the nature's shelf life; absent or null where the lot itself says it. */
  shelfLifeMonths?: number | null;
  /** The restriction that holds it, if any. */
  restriction: Readonly<{ id: string; kind: string; reason: string }> | null;
}>;

export type Classification = Readonly<{ division: HazardDivision; group: CompatibilityGroup }>;
