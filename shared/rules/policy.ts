/** What a finding does to an operation. Severity belongs to the rule; blocking belongs to the authority's policy. */
import type { Finding, JudgedFinding, RuleFamily } from './finding.ts';
import { familyOf } from './finding.ts';

/** `off` still lists the finding, as information. */
export const policyModes = ['block', 'warn', 'off'] as const;
export type PolicyMode = (typeof policyModes)[number];
export const policyKinds = [
  'receipt',
  'issue',
  'move',
  'return',
  'expend',
  'condition',
  'reverse',
  'opening',
  'stocktake',
  'import',
] as const;
export type PolicyKind = (typeof policyKinds)[number];
export const ruleFamilies = ['class', 'mix', 'limit', 'life', 'qd', 'store', 'unknown'] as const satisfies readonly RuleFamily[];
export type Policy = Readonly<Record<RuleFamily, Readonly<Record<PolicyKind, PolicyMode>>>>;

/** What is there already, or has physically happened, must be recordable. */
const warnAlways: Policy[RuleFamily] = {
  receipt: 'warn',
  issue: 'warn',
  move: 'warn',
  return: 'warn',
  expend: 'warn',
  condition: 'warn',
  reverse: 'warn',
  opening: 'warn',
  stocktake: 'warn',
  import: 'warn',
};
const blockMove: Policy[RuleFamily] = { ...warnAlways, move: 'block' };

/**
 * The policy of a depot whose authority has not set one (design.md, part 7). A move is a choice, so it is blocked by what
 * it would bring about at its destination: mixing, limits, distances, the place itself. It is not blocked by what the lot
 * or the nature carries with it, or suspect stock could not be moved out of harm's way. An issue is blocked by the life and
 * condition of the lot and by nothing else: taking out makes no place worse. Of what is unknown only an account that is not whole
 * stops, and with it every move: nobody can say here what lies where it would go.
 */
export const defaultPolicy: Policy = {
  class: warnAlways,
  mix: blockMove,
  limit: blockMove,
  life: { ...warnAlways, issue: 'block' },
  qd: blockMove,
  store: blockMove,
  unknown: blockMove,
};

/** Only a `stop` blocks. The order of the findings is kept. */
export function judge(findings: readonly Finding[], kind: PolicyKind, policy: Policy): readonly JudgedFinding[] {
  return findings.map((finding) => {
    const mode = policy[familyOf(finding.rule)][kind];
    if (mode === 'off') return { ...finding, severity: 'info', blocked: false };
    return { ...finding, blocked: mode === 'block' && finding.severity === 'stop' };
  });
}
