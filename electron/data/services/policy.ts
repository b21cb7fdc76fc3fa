import { defaultPolicy, type Policy, type PolicyMode } from '../../../shared/rules/policy.ts';
import type { Ledger } from '../ledger.ts';
import { listSettings } from '../repositories/settings.ts';

const PREFIX = 'policy.';

/** The policy of a site: the default, with what the authority's entries changed. */
export function policyOf(ledger: Ledger, site = ledger.site): Policy {
  const changes = listSettings(ledger, site).filter(({ name }) => name.startsWith(PREFIX));
  if (changes.length === 0) return defaultPolicy;
  // Families of the default share their rows, and a deep clone would keep them shared: one change would change them all.
  const policy: Record<string, Record<string, PolicyMode>> = Object.fromEntries(
    Object.entries(defaultPolicy).map(([family, modes]) => [family, { ...modes }]),
  );
  for (const { name, value } of changes) {
    const [family, kind] = name.slice(PREFIX.length).split('.') as [string, string];
    const modes = policy[family];
    if (modes !== undefined) modes[kind] = value as PolicyMode;
  }
  return policy as Policy;
}
