import type { DepotApi, InputOf, ProcedureName, Reply } from '../../shared/contract/procedures.ts';
import { err } from '../../shared/lib/result.ts';

declare global {
  var depot: DepotApi;
}

/** A call that never arrived becomes a fault, so that screens have no third case. */
export const call = <P extends ProcedureName>(name: P, input: InputOf<P>, task?: string): Promise<Reply<P>> =>
  globalThis.depot.call(name, input, task).catch((): Reply<P> => err({ code: 'internal', id: 'no-reply' }));
