/**
 * The things a depot has, as the projections hold them.
 *
 * Whole numbers only: quantities in the item's unit of issue, masses and NEQ in grams, positions in units of 1e-7
 * degree. `null` means unknown, which is a value of its own: counted, listed for clearing up, and assumed worst by
 * every check. Codes (`item`, `place`) belong to the site; the key everywhere is site + code.
 */

export type HazardDivision = '1.1' | '1.2' | '1.3' | '1.4' | '1.5' | '1.6';
export type CompatibilityGroup = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'J' | 'K' | 'L' | 'N' | 'S';
/** Storage sub-division, by the HE NEQ of one item (1.2) or the kind of fire (1.3). */
export type Subdivision = '1.2.1' | '1.2.2' | '1.2.3' | '1.3.1' | '1.3.2';
export type ItemForm = 'article' | 'substance';
export type SiteRole = 'depot' | 'authority' | 'team';

export type Item = Readonly<{
  site: string;
  item: string;
  name: string;
  un: string | null;
  /** Division and group as written on the package, for instance `1.1D`. */
  hazardCode: string | null;
  subdivision: Subdivision | null;
  form: ItemForm | null;
  /** Net explosive quantity of one unit of issue, rounded up. */
  neqG: number | null;
  /** The high explosive in it: decides between 1.2.1 and 1.2.2. */
  heNeqG: number | null;
  /** Gross mass of one unit of issue. */
  massG: number | null;
  packQuantity: number | null;
  unit: string;
  /** 1 = very attractive (MANPADS class) … 4. */
  securityClass: number | null;
  weaponGroup: string | null;
}> &
  LaterItemFacts;

/** What migration 0007 added; entries made before it do not say it. */
export type LaterItemFacts = Readonly<{
  /** Of the NEQ: white phosphorus, toxic, smoke or incendiary filling that adds nothing to the dominant hazard. Null: none is left out. */
  fillingNeqG: number | null;
  /** Of the NEQ: single-base propellant of at least 0.5 mm web in fixed, semi-fixed or mortar ammunition. Null: none is left out. */
  singleBaseNeqG: number | null;
  /** Sorted `itemTraits` divided by blanks; empty where somebody looked and found none of them. */
  traits: string | null;
  /** From the date of make, where the lot itself says no date. */
  shelfLifeMonths: number | null;
}>;
export const UNTOLD_ITEM_FACTS: LaterItemFacts = { fillingNeqG: null, singleBaseNeqG: null, traits: null, shelfLifeMonths: null };

/**
 * What a nature does beyond what its code says. `demonstrated`: tests show that no more than one article reacts (1.6N).
 * `propulsive`: it would fly when ignited, as it lies in its package.
 */
export const itemTraits = ['confinedPropellant', 'demonstrated', 'highEnergyPropellant', 'propulsive', 'shapedCharge'] as const;
export type ItemTrait = (typeof itemTraits)[number];

/** @returns null where nobody knows. */
export const hasTrait = ({ traits }: Pick<LaterItemFacts, 'traits'>, trait: ItemTrait): boolean | null =>
  traits === null ? null : traits.split(' ').includes(trait);

export type PlaceKind = 'site' | 'store' | 'bay' | 'external';
export type Place = Readonly<{
  site: string;
  place: string;
  name: string;
  kind: PlaceKind;
  parent: string | null;
  /** Construction and orientation: `P1`-`P10` or `light|medium|heavy|ecm|open`; unknown means the worst. */
  type: string | null;
  lat7: number | null;
  lon7: number | null;
  /** The storehouse whose licence counts: the place itself, or the one a bay lies in; null for sites and externals. */
  store: string | null;
}>;

/** Divisions that a licence names. 1.5 and 1.6 count as 1.1. */
export type LicenceDivision = '1.1' | '1.2' | '1.3' | '1.4';
/** Explosives limit of one storehouse for one division. Unset is no row, and is not zero. */
export type Licence = Readonly<{ site: string; place: string; division: LicenceDivision; limitG: number }>;

/** `none`: made without a lot; `mixed`: several lots in one heap; `unknown`: it had one that cannot be read. */
export type LotIdentity = 'known' | 'none' | 'mixed' | 'unknown';
export type Lot = Readonly<{
  site: string;
  /** UUID. Two lots may bear the same text, and every unknown lot is a lot of its own. */
  lotId: string;
  item: string;
  /** As marked, any script; empty when there is nothing to read. */
  text: string;
  identity: LotIdentity;
  maker: string | null;
  /** Calendar date `YYYY-MM-DD`. */
  made: string | null;
  /** Last day of safe life, inclusive. */
  lifeUntil: string | null;
}>;

/** What makes a heap of one lot different from the next. */
export type HoldingKey = Readonly<{
  site: string;
  lotId: string;
  place: string;
  /** Code of the condition table, or `unknown`. */
  condition: string;
  owner: string;
  holder: string;
}>;
/** Inside places are never below zero; external places may be, so that every lot sums to zero. */
export type Holding = HoldingKey & Readonly<{ quantity: number }>;

export type MovementKind = 'opening' | 'receipt' | 'issue' | 'move' | 'return' | 'expend' | 'condition' | 'reverse';
export type Movement = Readonly<{
  site: string;
  /** UUID made by the caller: the key of idempotence. */
  id: string;
  kind: MovementKind;
  lotId: string;
  from: string;
  to: string;
  quantity: number;
  /** Condition on leaving; differs from `condition` in a condition change and some returns. */
  fromCondition: string;
  condition: string;
  owner: string;
  holder: string;
  voucher: string;
  /** When it happened: a person says. UTC milliseconds. */
  happenedAtMs: number;
  /** When it was recorded: the device says. UTC milliseconds. */
  recordedAtMs: number;
  person: string;
  /** The second person, where one signed. */
  second: string | null;
  reason: string | null;
  /** Id of the movement that this one undoes. A movement is reversed once. */
  reverses: string | null;
  /** What travels between two sites bears one number at both: the sender's site, voucher and the first of its device. Null for any other movement. */
  consignment: string | null;
}>;

export type RestrictionKind = 'ban' | 'suspension';
/** Blocks issue of every holding of an item, or of one lot, everywhere. */
export type Restriction = Readonly<{
  site: string;
  id: string;
  kind: RestrictionKind;
  item: string;
  lotId: string | null;
  reason: string;
  setAtMs: number;
  liftedAtMs: number | null;
}>;

export type RequirementCategory = 'first_line' | 'reserve' | 'training_per_year' | 'test_per_year';
export type Requirement = Readonly<{
  site: string;
  item: string;
  category: RequirementCategory;
  quantity: number;
  /** Calendar dates, both inclusive. */
  from: string;
  to: string;
  /** Null: not approved, so a surplus run stays a draft. */
  approvedBy: string | null;
}>;

/** Places that every ledger has, so that the sum over all places of a lot is zero from the first entry. */
export const OUTSIDE = {
  opening: 'ext:opening',
  supplier: 'ext:supplier',
  expended: 'ext:expended',
} as const;
export const UNKNOWN = 'unknown';
