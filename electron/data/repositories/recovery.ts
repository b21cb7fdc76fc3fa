import type { Ledger } from '../ledger.ts';
import { recoverySetting } from '../projections/syncFolds.ts';
import { findSetting } from './reference.ts';

/** The keys in a safe that this device itself set, in its newest incarnation that says so. Null where nobody did. */
export function ownRecoveryRecipients(ledger: Ledger): readonly string[] | null {
  const streams = ledger.sqlite.prepare('SELECT stream FROM stream WHERE is_own = 1 ORDER BY incarnation DESC').pluck().all() as number[];
  for (const stream of streams) {
    const said = findSetting(ledger, ledger.site, recoverySetting(stream));
    if (said !== undefined && said !== null) return JSON.parse(said) as string[];
  }
  return null;
}
