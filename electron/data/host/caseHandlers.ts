import type { DecodedOf } from '../../../shared/contract/procedures.ts';
import type { Ledger } from '../ledger.ts';
import { decideCase, listCases, showCase } from '../services/cases.ts';
import { listConsignments } from '../services/consignments.ts';
import { listSites } from '../services/sites.ts';
import { secondPerson } from './operations.ts';

type Context = Readonly<{ ledger: Ledger }>;

/** What lies between depots: the same services as the terminal's. */
export const CASE_HANDLERS = {
  'case.list': ({ ledger }: Context, input: DecodedOf<'case.list'>) => listCases(ledger, input),
  'case.show': ({ ledger }: Context, input: DecodedOf<'case.show'>) => showCase(ledger, input),
  'case.decide': async ({ ledger }: Context, { decided, second }: DecodedOf<'case.decide'>) =>
    decideCase(ledger, decided, await secondPerson(ledger, second)),
  'consignment.list': ({ ledger }: Context) => listConsignments(ledger),
  'site.list': ({ ledger }: Context) => listSites(ledger),
} as const;
