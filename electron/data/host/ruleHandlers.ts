import type { DecodedOf } from '../../../shared/contract/procedures.ts';
import { conditionalRules } from '../../../shared/rules/conditional.ts';
import type { Ledger } from '../ledger.ts';
import { choosePack, grantWaiver, setPolicy } from '../services/administer.ts';
import { grantApproval, withdrawApproval, withdrawWaiver } from '../services/approvals.ts';
import { packOf } from '../services/checking.ts';
import { approvalRegister, waiverRegister } from '../services/decisionRegister.ts';
import { previewPack } from '../services/packs.ts';
import { listPacks, policyView } from '../services/ruleChoices.ts';
import { secondPerson } from './operations.ts';

type Context = Readonly<{ ledger: Ledger; progress: (label: string) => (done: number, total: number) => void }>;

/** What an authority decides about the rules: the same services as the terminal's. */
export const RULE_HANDLERS = {
  'pack.list': ({ ledger }: Context) => listPacks(ledger),
  'pack.preview': ({ ledger, progress }: Context, { pack }: DecodedOf<'pack.preview'>) => previewPack(ledger, pack, progress('check')),
  'pack.choose': ({ ledger }: Context, input: DecodedOf<'pack.choose'>) => choosePack(ledger, input),
  'policy.view': ({ ledger }: Context) => policyView(ledger),
  'policy.set': ({ ledger }: Context, input: DecodedOf<'policy.set'>) => setPolicy(ledger, input),
  'approval.list': ({ ledger }: Context) => approvalRegister(ledger),
  'approval.rules': ({ ledger }: Context) => conditionalRules(packOf(ledger)),
  'approval.grant': async ({ ledger }: Context, { approval, second }: DecodedOf<'approval.grant'>) =>
    grantApproval(ledger, approval, await secondPerson(ledger, second)),
  'approval.withdraw': ({ ledger }: Context, input: DecodedOf<'approval.withdraw'>) => withdrawApproval(ledger, input),
  'waiver.list': ({ ledger }: Context) => waiverRegister(ledger),
  'waiver.grant': async ({ ledger }: Context, { waiver, second }: DecodedOf<'waiver.grant'>) =>
    grantWaiver(ledger, waiver, await secondPerson(ledger, second)),
  'waiver.withdraw': ({ ledger }: Context, input: DecodedOf<'waiver.withdraw'>) => withdrawWaiver(ledger, input),
} as const;
