import type { ApprovalView, LastingView, WaiverView } from '../../../shared/contract/ruleViews.ts';
import { lastingOn, lastingStates } from '../../../shared/rules/lasting.ts';
import type { Ledger } from '../ledger.ts';
import { decisionsOf } from '../repositories/decisions.ts';
import { listWaivers } from '../repositories/settings.ts';
import { listAllApprovals } from '../repositories/site.ts';
import { dateOf } from './checking.ts';

/** Columns that both tables have. */
type Row = Pick<LastingView, 'id' | 'rule' | 'place' | 'until' | 'reason' | 'person' | 'second'> &
  Readonly<{ withdrawnAtMs: number | null }>;

/** What ends first stands first; what counts no more comes last. */
const byState = <T extends { state: ApprovalView['state']; until: string; id: string }>(a: T, b: T): number =>
  lastingStates.indexOf(a.state) - lastingStates.indexOf(b.state) || (`${a.until} ${a.id}` < `${b.until} ${b.id}` ? -1 : 1);

function reader(ledger: Ledger, kind: 'approval' | 'waiver') {
  const decided = decisionsOf(ledger);
  const today = dateOf(ledger.deps.nowMs());
  return ({ id, rule, place, until, reason, person, second, withdrawnAtMs }: Row) => {
    const withdrawal = decided(`${kind}.withdrawn`, id);
    return {
      ...lastingOn({ until, isWithdrawn: withdrawnAtMs !== null }, today),
      ...{ id, rule, place, until, reason, person, second },
      grantedAtMs: decided(`${kind}.granted`, id)?.atMs ?? null,
      withdrawn:
        withdrawnAtMs === null ? null : { person: withdrawal?.person ?? '', reason: withdrawal?.reason ?? '', atMs: withdrawnAtMs },
    };
  };
}

/** Every approval that was ever granted here, as it stands today. */
export function approvalRegister(ledger: Ledger): readonly ApprovalView[] {
  const read = reader(ledger, 'approval');
  return listAllApprovals(ledger, ledger.site)
    .map((row) => ({ ...read(row), conditions: row.conditions, authority: row.authority }))
    .sort(byState);
}

/** Every waiver that was ever granted here, as it stands today. */
export function waiverRegister(ledger: Ledger): readonly WaiverView[] {
  const read = reader(ledger, 'waiver');
  return listWaivers(ledger, ledger.site)
    .map((row) => ({
      ...read(row),
      division: row.division,
      quantityMaxKg: row.quantityMaxG === null ? null : row.quantityMaxG / 1000,
    }))
    .sort(byState);
}
