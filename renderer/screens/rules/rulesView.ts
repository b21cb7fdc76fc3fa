import type { ApprovalView, WaiverView } from '../../../shared/contract/ruleViews.ts';
import type { PackPreview } from '../../../shared/contract/siteViews.ts';
import type { Finding, RuleFamily } from '../../../shared/rules/finding.ts';
import { type LastingState, lastingStates } from '../../../shared/rules/lasting.ts';
import { limitGOf } from '../../../shared/rules/limits.ts';
import { defaultPolicy, type PolicyKind, type PolicyMode, policyKinds, policyModes, ruleFamilies } from '../../../shared/rules/policy.ts';
import { waivedQuantityOf } from '../../../shared/rules/waivers.ts';
import type { Query } from '../../app/router.ts';
import type { Mark } from '../../components/Severity.tsx';

/** What an authority decides about rules; each has its address. */
export const ruleParts = ['pack', 'policy', 'approvals', 'waivers'] as const;
export type RulePart = (typeof ruleParts)[number];
export const partOf = (query: Query): RulePart => ruleParts.find((part) => part === query.part) ?? 'pack';

/** The word stands beside, so that the shape is never alone. */
export const stateMark: Readonly<Record<LastingState, Mark>> = { inForce: 'done', ending: 'warn', expired: 'info', withdrawn: 'info' };
export const modeMark: Readonly<Record<PolicyMode, Mark>> = { block: 'stop', warn: 'warn', off: 'info' };

export const isStillInForce = (state: LastingState): boolean => state === 'inForce' || state === 'ending';

/** Whether a mode lets more pass than the one that holds where nobody decided. */
export const isMilder = (mode: PolicyMode, { family, kind }: PolicyCellName): boolean =>
  policyModes.indexOf(mode) > policyModes.indexOf(defaultPolicy[family][kind]);

export type PolicyCellName = Readonly<{ family: RuleFamily; kind: PolicyKind }>;
/** The cell that an address names; null where it names none. */
export function cellOf(query: Query): PolicyCellName | null {
  const family = ruleFamilies.find((each) => each === query.family);
  const kind = policyKinds.find((each) => each === query.kind);
  return family && kind ? { family, kind } : null;
}

/** What a waiver is signed for, as a key and its kilograms: up to so much, any quantity, or a rule that has none. */
export function waivedWords({ rule, quantityMaxKg }: Pick<WaiverView, 'rule' | 'quantityMaxKg'>) {
  if (quantityMaxKg !== null) return { says: 'rules.waivedUpTo', kilograms: quantityMaxKg } as const;
  return { says: waivedQuantityOf(rule) === null ? 'rules.waivedWhole' : 'rules.waivedAny', kilograms: 0 } as const;
}

/** Grams that the form asks to sign for; null while it says no kilograms above zero. */
export function signedGramsOf(kilograms: string): number | null {
  if (!/^[0-9]{1,7}([.,][0-9]{1,6})?$/.test(kilograms.trim())) return null;
  const grams = limitGOf(Number(kilograms.trim().replace(',', '.')));
  return grams > 0 ? grams : null;
}

/** One finding that another pack would bring or take away. */
export type Altered = Readonly<{ change: 'caused' | 'cured'; finding: Finding }>;
export type AlteredRule = Readonly<{ rule: string; caused: number; cured: number }>;

/** What appears comes first: that is what somebody has to deal with. */
export const alteredIn = ({ caused, cured }: PackPreview): readonly Altered[] => [
  ...caused.map((finding) => ({ change: 'caused', finding }) as const),
  ...cured.map((finding) => ({ change: 'cured', finding }) as const),
];

/** By rule, the one that would bring the most findings first. */
export function alteredRules(altered: readonly Altered[]): readonly AlteredRule[] {
  const rules = new Map<string, { rule: string; caused: number; cured: number }>();
  for (const { change, finding } of altered) {
    const counts = rules.get(finding.rule) ?? { rule: finding.rule, caused: 0, cured: 0 };
    rules.set(finding.rule, counts);
    counts[change] += 1;
  }
  return [...rules.values()].sort(
    (a, b) => b.caused - a.caused || b.cured - a.cured || a.rule.localeCompare(b.rule, undefined, { numeric: true }),
  );
}

const severityOrder = { stop: 0, warn: 1, info: 2 } as const;

/** What a column of the altered findings sorts by. */
export function alteredValue({ change, finding }: Altered, column: string): string | number | null {
  if (column === 'change') return (change === 'caused' ? 0 : 3) + severityOrder[finding.severity];
  if (column === 'severity') return severityOrder[finding.severity];
  if (column === 'place') return finding.place === '' ? null : finding.place;
  return finding.rule;
}

/** What a column of a register sorts by. */
export function registerValue(row: ApprovalView | WaiverView, column: string): string | number | null {
  if (column === 'state') return lastingStates.indexOf(row.state) * 100_000 + (row.daysLeft ?? 0);
  if (column === 'conditions') return 'conditions' in row ? row.conditions.join(' ') : null;
  if (column === 'people') return row.person;
  const value = row[column as keyof typeof row];
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
