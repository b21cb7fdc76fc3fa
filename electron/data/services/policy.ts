import { defaultPolicy, type Policy, type PolicyMode } from '../../../shared/rules/policy.ts';
import type { Ledger } from '../ledger.ts';
import { listSettings } from '../repositories/settings.ts';

const PREFIX = 'policy.';

/** The policy of a site: the default, with what the authority's entries changed. */
export function policyOf(ledger: Ledger, site = ledger.site): Policy {
  const changes = listSettings(ledger, site).filter(({ name }) => name.startsWith(PREFIX));
  if (changes.length === 0) return defaultPolicy;
  const policy = structuredClone(defaultPolicy) as Record<string, Record<string, PolicyMode>>;
  for (const { name, value } of changes) {
    const [family, kind] = name.slice(PREFIX.length).split('.') as [string, string];
    const modes = policy[family];
    if (modes !== undefined) modes[kind] = value as PolicyMode;
  }
  return policy as Policy;
}
