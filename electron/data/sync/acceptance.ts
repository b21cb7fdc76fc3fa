/** The log of what was accepted: `acceptanceLog.ts` is the authority's side of it, `acceptLog.ts` its partners'. */

export { logFor, recordAcceptance } from './acceptanceLog.ts';
export { acceptLog, seenFor } from './acceptLog.ts';
