/** What is wrong or missing in the description of a nature, wherever some of it lies. */
import { classificationOf, isLegalCode, isSubdivisionAssumed } from './classification.ts';
import type { ItemFacts } from './facts.ts';
import type { Finding, Severity } from './finding.ts';
import type { RulePack, SingleRuleId } from './pack.ts';
import { findingFrom } from './ruleFinding.ts';

/**
 * Findings `class.*` and `unknown.*` of one nature in one place, lots and conditions put together. An illegal code stops:
 * it was written wrongly and nothing about it can be trusted. What is unknown warns, since the checks that need it
 * assume the worst and stop by themselves.
 */
export function checkItem(item: ItemFacts, place: string, pack: RulePack): readonly Finding[] {
  const findings: Finding[] = [];
  const note = (rule: SingleRuleId, severity: Severity, facts: Readonly<Record<string, string>> = {}): void => {
    findings.push(findingFrom(pack.rules[rule], { says: rule, severity, place, subjects: [item.item], facts }));
  };
  if (item.hazardCode === null) note('unknown.hazardCode', 'warn');
  else if (!isLegalCode(item.hazardCode, pack)) note('class.illegal', 'stop', { code: item.hazardCode });
  if (item.neqG === null) note('unknown.neq', 'warn');
  const division = classificationOf(item, pack)?.division;
  if (division !== undefined && isSubdivisionAssumed(division, item, pack)) {
    note('unknown.subdivision', 'warn', {
      division,
      assumed: division === '1.2' || division === '1.3' ? pack.subdivisions[division].worst : division,
    });
  }
  return findings;
}
