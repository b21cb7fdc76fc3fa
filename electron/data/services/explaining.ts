import { type Explanation, explain } from '../../../shared/rules/explain.ts';
import type { Finding } from '../../../shared/rules/finding.ts';
import { findingKey, troubleOf } from '../../../shared/rules/ruleFinding.ts';
import type { Ledger } from '../ledger.ts';
import { listWaiversInForce } from '../repositories/settings.ts';
import { checkDepot } from './checkDepot.ts';
import { dateOf, packOf } from './checking.ts';

/** What cures each finding, who may let it pass, and until when it does, as of today. */
export function explainFindings(ledger: Ledger, findings: readonly Finding[]): readonly Explanation[] {
  const pack = packOf(ledger);
  const inForce = listWaiversInForce(ledger, ledger.site, dateOf(ledger.deps.nowMs()));
  return findings.map((finding) => explain(finding, pack, inForce));
}

/**
 * The same for one finding of the whole check, by its key; null where it is gone by now. A finding that an authority let
 * pass since is still the same one: its severity does not count.
 */
export function explainFinding(ledger: Ledger, key: string): Explanation | null {
  const found = checkDepot(ledger).findings.filter((finding) => troubleOf(findingKey(finding)) === troubleOf(key));
  return explainFindings(ledger, found)[0] ?? null;
}
