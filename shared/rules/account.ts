/** Whether everything that a depot recorded is in the figures that the rules look at. */
import type { Finding } from './finding.ts';
import type { RulePack } from './pack.ts';
import { findingFrom } from './ruleFinding.ts';

/**
 * `unknown.account` (stop): entries of the site were kept and not understood, since a later program made them. They may say
 * anything, so no check of the site is clear, whatever else it finds.
 *
 * @param entries How many, a whole number; 0 finds nothing.
 */
export function checkAccount(site: string, entries: number, pack: RulePack): readonly Finding[] {
  if (entries === 0) return [];
  const says = 'unknown.account';
  return [
    findingFrom(pack.rules[says], { says, severity: 'stop', place: '', subjects: [], numbers: { entries }, facts: { account: site } }),
  ];
}
