/** What the procedures on the authority's decisions answer. Instants in UTC milliseconds, dates `YYYY-MM-DD`. */

import type { RuleFamily } from '../rules/finding.ts';
import type { Lasting } from '../rules/lasting.ts';
import type { PackSource, RowStatus } from '../rules/pack.ts';
import type { Policy, PolicyKind } from '../rules/policy.ts';
import type { RowCounts } from '../rules/ruleIds.ts';

/** Who recorded something, and when. */
export type Decided = Readonly<{ person: string; atMs: number }>;

/** A rule pack at hand. `problem`: why a national pack of the ledger cannot be read by this version of the program. */
export type PackChoice = Readonly<{
  pack: string;
  title: string;
  edition: string;
  status: RowStatus;
  remark: string;
  sources: readonly PackSource[];
  rows: RowCounts;
  isNational: boolean;
  isInForce: boolean;
  problem: string | null;
}>;
export type PackList = Readonly<{
  /** What was chosen; null where nobody chose and the program's own default holds. */
  chosen: string | null;
  /** Differs from `chosen` where that is not at hand: then the strictest counts. */
  inForce: string;
  /** Null where nobody chose. */
  decided: Decided | null;
  packs: readonly PackChoice[];
}>;

export type PolicyView = Readonly<{
  policy: Policy;
  /** The last change of each cell that was ever changed. */
  changes: readonly (Readonly<{ family: RuleFamily; kind: PolicyKind }> & Decided)[];
}>;

/** A decision that lasts until a day. `grantedAtMs` null where the entry that granted it is not in this file. */
export type LastingView = Lasting &
  Readonly<{
    id: string;
    rule: string;
    place: string;
    /** The last day on which it counts, unless it was withdrawn. */
    until: string;
    reason: string;
    person: string;
    second: string;
    grantedAtMs: number | null;
    withdrawn: (Decided & Readonly<{ reason: string }>) | null;
  }>;
export type ApprovalView = LastingView & Readonly<{ conditions: readonly string[]; authority: string }>;
/** `quantityMaxKg` null: any quantity, where the rule has one. */
export type WaiverView = LastingView & Readonly<{ division: string | null; quantityMaxKg: number | null }>;
