/** What a rule says about a place, with everything needed to check it by hand. */
export type Severity = 'stop' | 'warn' | 'info';

export type Finding = Readonly<{
  /** Begins with its family: `class.`, `mix.`, `limit.`, `life.`, `qd.`, `store.`, `unknown.`. */
  rule: string;
  /** Key of its sentence in the locale file, under `finding.`: several rows share one sentence. */
  says: string;
  /** Of the rule. A conditional verdict is `stop` until its authority and reason are recorded. */
  severity: Severity;
  pack: string;
  edition: string;
  /** Document, edition and clause of the row. */
  source: string;
  /** Whether the row itself was read in the document, or only recalled or inferred. */
  status: 'verified' | 'unverified';
  /** Code of the storehouse or bay; empty where the finding is about an item as such. */
  place: string;
  /** Item codes, sorted. */
  subjects: readonly string[];
  /** Set where the finding is about one lot. */
  lotId?: string;
  /** The numbers used, in the unit that the name says. A licence finding has `neqKg` and `limitKg`. */
  numbers: Readonly<Record<string, number>>;
  /** Other facts for the wording: groups, dates, condition codes. */
  facts: Readonly<Record<string, string>>;
}>;

/** What the policy made of a finding at the moment of an operation. */
export type JudgedFinding = Finding & Readonly<{ blocked: boolean; overridden?: boolean }>;

export type RuleFamily = 'class' | 'mix' | 'limit' | 'life' | 'qd' | 'store' | 'unknown';
export const familyOf = (rule: string): RuleFamily => rule.slice(0, rule.indexOf('.')) as RuleFamily;
