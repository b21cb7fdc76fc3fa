/** What speaks against a lot: its life, its condition, its restrictions, its identity. */

import type { ConditionTable } from './conditions.ts';
import { conditionGroup } from './conditions.ts';
import type { ItemFacts, LotFacts } from './facts.ts';
import type { Finding, Severity } from './finding.ts';
import type { RulePack, SingleRuleId } from './pack.ts';
import { findingFrom } from './ruleFinding.ts';

/** The last day of safe life counts as a day of life; dates `YYYY-MM-DD` compare as text. */
export const isExpired = (lifeUntil: string, today: string): boolean => lifeUntil < today;

/**
 * Findings on stock as it lies: `life.expired` and `life.unknown` (stop), `life.restricted`, `unknown.lot` and
 * `unknown.condition` (warn).
 *
 * @param today The day the question is asked for, `YYYY-MM-DD`.
 */
export function checkLot(facts: LotFacts, item: ItemFacts, pack: RulePack, today: string, conditions: ConditionTable): readonly Finding[] {
  const findings = [...lifeFindings(facts, pack, today)];
  const note = (rule: SingleRuleId, about: Readonly<Record<string, string>>): void => {
    findings.push(lotFinding({ ...facts, item: item.item }, pack, rule, 'warn', about));
  };
  if (facts.restriction !== null) {
    const { id, kind, reason } = facts.restriction;
    note('life.restricted', { restriction: id, kind, reason });
  }
  if (facts.identity !== 'known') note('unknown.lot', { identity: facts.identity });
  if (conditionGroup(facts.condition, conditions) === 'unknown') note('unknown.condition', { condition: facts.condition });
  return findings;
}

/**
 * Findings that stand against issuing this holding: expired, of unknown life, or not serviceable (`life.condition`; an
 * unknown condition is not serviceable). A ban is refused before, by its own name.
 *
 * @param today The day of the issue, `YYYY-MM-DD`.
 */
export function checkIssue(facts: LotFacts, pack: RulePack, today: string, conditions: ConditionTable): readonly Finding[] {
  const findings = [...lifeFindings(facts, pack, today)];
  const group = conditionGroup(facts.condition, conditions);
  if (group !== 'serviceable') findings.push(lotFinding(facts, pack, 'life.condition', 'stop', { condition: facts.condition, group }));
  return findings;
}

function lifeFindings(facts: LotFacts, pack: RulePack, today: string): readonly Finding[] {
  if (facts.lifeUntil === null) return [lotFinding(facts, pack, 'life.unknown', 'stop', {})];
  if (!isExpired(facts.lifeUntil, today)) return [];
  const months = facts.shelfLifeMonths ?? null;
  const source: Readonly<Record<string, string>> = months === null ? {} : { shelfLifeMonths: String(months) };
  return [lotFinding(facts, pack, 'life.expired', 'stop', { lifeUntil: facts.lifeUntil, today, ...source })];
}

function lotFinding(
  lot: LotFacts,
  pack: RulePack,
  rule: SingleRuleId,
  severity: Severity,
  facts: Readonly<Record<string, string>>,
): Finding {
  return findingFrom(pack.rules[rule], { says: rule, severity, place: lot.place, subjects: [lot.item], lotId: lot.lotId, facts });
}
