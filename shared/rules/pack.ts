/**
 * A rule pack as the checks use it: indexed once by `readPack`, then passed in as an argument. Nothing here reads a file.
 * Every row carries its own pack, edition, source and status, so that a finding can name the row it rests on even where
 * two packs were joined.
 */
import type { CompatibilityGroup, HazardDivision, ItemTrait, LicenceDivision, LotIdentity, Subdivision } from '../domain/model.ts';
import type { Construction } from '../domain/site.ts';
import type { ConditionGroup } from './conditions.ts';
import type { DistanceBook } from './distance/book.ts';

/** `verified`: read in the document itself; `unverified`: recalled, second hand, or our own rule. */
export type RowStatus = 'verified' | 'unverified';

export type RuleRow = Readonly<{
  /** Permanent: findings, waivers and tests refer to it. */
  id: string;
  pack: string;
  edition: string;
  /** Document with its edition, and the clause. */
  source: string;
  status: RowStatus;
}>;

export type SourceReading = 'document' | 'secondHand' | 'notRead' | 'ownDesign';
export type PackSource = Readonly<{ id: string; title: string; edition: string; cite: string; read: SourceReading }>;

/** What a condition of a mixing cell asks for, in our own words. */
export type MixNote = Readonly<{
  id: string;
  words: string;
  needsSegregation: boolean;
  needsAuthority: boolean;
  /** The group that the whole counts as under this condition. */
  countsAs: CompatibilityGroup | null;
}>;

export type MixVerdict = 'permitted' | 'conditional' | 'prohibited';
/** One cell: it holds between two different natures. One nature alone is never a mix. */
export type MixRow = RuleRow &
  Readonly<{ groups: readonly [CompatibilityGroup, CompatibilityGroup]; verdict: MixVerdict; notes: readonly MixNote[] }>;
/** Keyed by `pairKey`. */
export type MixTable = ReadonlyMap<string, MixRow>;

/**
 * Stock that lies apart whatever the tables say. An empty list matches everything; a fact that is not known matches too.
 * `from`: every other nature and state; only what the row does not match; or nothing, where the stock itself is wrong there.
 */
export type SegregationRow = RuleRow &
  Readonly<{
    conditions: readonly ConditionGroup[];
    identities: readonly LotIdentity[];
    groups: readonly CompatibilityGroup[];
    uns: readonly string[];
    from: 'everything' | 'others' | 'nothing';
    /** Groups from which it lies apart; an empty list is all of them. */
    fromGroups: readonly CompatibilityGroup[];
    /** Whether other bays of one store are apart enough. */
    within: 'store' | 'place';
    severity: 'stop' | 'warn';
  }>;

/**
 * A nature that would fly when ignited lies only where one of the notes is approved. `uns` and `groups` of the second row:
 * what may be such a nature as long as nobody said whether it is.
 */
export type PropulsiveRow = RuleRow & Readonly<{ notes: readonly MixNote[] }>;
export type MayBePropulsiveRow = RuleRow & Readonly<{ groups: readonly CompatibilityGroup[]; uns: readonly string[] }>;

export type SubdivisionRow = RuleRow &
  Readonly<{
    division: '1.2' | '1.3';
    /** Taken where it is unknown, and where several kinds lie together. */
    worst: Subdivision;
    /** Taken where the high explosive of one item does not exceed the threshold. */
    smaller: Subdivision | null;
    heNeqPerItemMaxG: number | null;
  }>;

export type CountsAsRow = RuleRow & Readonly<{ division: HazardDivision; countsAs: LicenceDivision }>;

/** Divisions that are added up; 1.4 never is. */
export type SummedDivision = '1.1' | '1.2' | '1.3';
/** Which of them are present, joined by `+` in rising order. */
export type PresentKey = '1.1' | '1.1+1.2' | '1.1+1.2+1.3' | '1.1+1.3' | '1.2' | '1.2+1.3' | '1.3';
export type AggregationCase = Readonly<{ division: SummedDivision; sumOf: readonly SummedDivision[] }>;
export type AggregationRow = RuleRow & Readonly<{ present: readonly SummedDivision[]; cases: readonly AggregationCase[]; words: string }>;

/** How one standard adds divisions together. A pack that joins two standards has two, and the greater sum counts. */
export type AggregationTable = Readonly<{
  byPresent: Readonly<Record<PresentKey, AggregationRow>>;
  /** 1.4, which is never added to another division. */
  alone: RuleRow & Readonly<{ words: string }>;
  /** 1.6N that is shown not to spread from article to article; all other 1.6N is 1.1 from the start. */
  insensitive: InsensitiveRows;
  /** When 1.2 with 1.3 explodes as one; null where the standard has no such row. */
  reactsAsOne: ReactsAsOneRow | null;
}>;

/** One article, or all of them, evaluated with the distances of `hazardDivision`. */
export type InsensitiveCase = Readonly<{
  division: SummedDivision;
  hazardDivision: SummedDivision | Subdivision;
  neqOf: 'oneArticle' | 'sum';
}>;
/** What it counts as beside stock of `with`, the lowest division present. */
export type InsensitiveJoinedRow = RuleRow & Readonly<{ with: SummedDivision; division: SummedDivision; subdivision: Subdivision | null }>;
export type InsensitiveRows = Readonly<{
  alone: RuleRow & Readonly<{ cases: readonly InsensitiveCase[]; words: string }>;
  joined: Readonly<Record<SummedDivision, InsensitiveJoinedRow>>;
}>;

/** An article of 1.2.1 that holds more than this, or a trait of one side, makes 1.2 and 1.3 explode as one. */
export type ReactsAsOneRow = RuleRow &
  Readonly<{ neqPerArticleMaxG: number; traits12: readonly ItemTrait[]; traits13: readonly ItemTrait[]; words: string }>;

/** What a standard leaves out of the NEQ, by the fact of the nature that says how much of it there is. */
export const exclusionFacts = { 'limit.exclusion.filling': 'fillingNeqG', 'limit.exclusion.singleBase': 'singleBaseNeqG' } as const;
type ExclusionId = keyof typeof exclusionFacts;
export const exclusionIds = Object.keys(exclusionFacts) as readonly ExclusionId[];
export type ExclusionRow = RuleRow &
  Readonly<{
    id: ExclusionId;
    /** Of the nature. An empty list leaves nothing out. */
    divisions: readonly HazardDivision[];
    /** Of the storehouse; null where it does not matter. An unknown one is none of them. */
    constructions: readonly Construction[] | null;
    isAboveGroundOnly: boolean;
  }>;

/** Rules that are one row each: what is refused, listed or assumed, and where that comes from. */
export const singleRuleIds = [
  'class.illegal',
  'mix.unknown',
  'limit.unlicensed',
  'limit.indeterminate',
  'qd.tooNear',
  'qd.oneSite',
  'qd.unknownPosition',
  'qd.indeterminate',
  'qd.noPlan',
  'store.floorLoad',
  'store.floorUnknown',
  'life.expired',
  'life.unknown',
  'life.restricted',
  'life.condition',
  'unknown.account',
  'unknown.lot',
  'unknown.condition',
  'unknown.neq',
  'unknown.hazardCode',
  'unknown.subdivision',
] as const;
export type SingleRuleId = (typeof singleRuleIds)[number];

export type RulePack = Readonly<{
  id: string;
  title: string;
  edition: string;
  status: RowStatus;
  remark: string;
  sources: readonly PackSource[];
  /** Keyed by the code, for instance `1.1D`. */
  legalCodes: ReadonlyMap<string, RuleRow>;
  subdivisions: Readonly<Record<'1.2' | '1.3', SubdivisionRow>>;
  /** Divisions that a licence does not name. */
  countsAs: ReadonlyMap<HazardDivision, CountsAsRow>;
  articles: MixTable;
  /** Groups that are absent from it exist as articles only. */
  substances: MixTable;
  /** By id. */
  segregation: ReadonlyMap<string, SegregationRow>;
  propulsive: PropulsiveRow;
  mayBePropulsive: MayBePropulsiveRow;
  /** Only what the standard itself leaves out. */
  exclusions: readonly ExclusionRow[];
  aggregations: readonly AggregationTable[];
  rules: Readonly<Record<SingleRuleId, RuleRow>>;
  /** What the standard says on distances. A pack that joins two standards has two, and the greater distance counts. */
  distances: readonly DistanceBook[];
}>;

export const compatibilityGroups = [
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
  'J',
  'K',
  'L',
  'N',
  'S',
] as const satisfies readonly CompatibilityGroup[];
/** Groups that the substances table has. */
export const substanceGroups = ['A', 'C', 'D', 'G', 'L', 'S'] as const satisfies readonly CompatibilityGroup[];
export const presentKeys = ['1.1', '1.1+1.2', '1.1+1.2+1.3', '1.1+1.3', '1.2', '1.2+1.3', '1.3'] as const satisfies readonly PresentKey[];

/** The same for both orders of a pair. */
export const pairKey = (a: CompatibilityGroup, b: CompatibilityGroup): string => (a <= b ? `${a}-${b}` : `${b}-${a}`);

const severityOfVerdict: Readonly<Record<MixVerdict, number>> = { permitted: 0, conditional: 1, prohibited: 2 };
/** Below zero where `a` is the milder verdict. */
export const compareVerdicts = (a: MixVerdict, b: MixVerdict): number => severityOfVerdict[a] - severityOfVerdict[b];
