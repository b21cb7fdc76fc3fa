import type { DecodedOf } from '../../../shared/contract/procedures.ts';
import type { Ledger, Second } from '../ledger.ts';
import { type CaseDecision, decideCase, listCases, showCase } from '../services/cases.ts';
import { listConsignments } from '../services/consignments.ts';
import { listSites } from '../services/sites.ts';
import { retryWaiting } from '../sync/receive.ts';
import { secondPerson } from './operations.ts';

type Context = Readonly<{ ledger: Ledger }>;

/** What the case kept out may be taken in now. */
export async function decideAndRetry(ledger: Ledger, decided: CaseDecision, second: Second | undefined) {
  const reply = decideCase(ledger, decided, second);
  await retryWaiting(ledger, ['case']);
  return reply;
}

/** What lies between depots: the same services as the terminal's. */
export const CASE_HANDLERS = {
  'case.list': ({ ledger }: Context, input: DecodedOf<'case.list'>) => listCases(ledger, input),
  'case.show': ({ ledger }: Context, input: DecodedOf<'case.show'>) => showCase(ledger, input),
  'case.decide': async ({ ledger }: Context, { decided, second }: DecodedOf<'case.decide'>) =>
    decideAndRetry(ledger, decided, await secondPerson(ledger, second)),
  'consignment.list': ({ ledger }: Context) => listConsignments(ledger),
  'site.list': ({ ledger }: Context) => listSites(ledger),
} as const;
