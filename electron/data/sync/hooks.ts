/** Where the way of a bundle meets trust, order and log. Each stands in a file of its own. */

export { foldRange, type NewEntry } from '../projections/foldForeign.ts';
export { cutOffOf, findTrusted, isBeyondCutOff, type TrustedDevice as Enrolled } from '../repositories/trusted.ts';
export { heldOf } from '../services/enrol.ts';
export { recipientsFor, recoveryRecipients } from '../services/partners.ts';
export { acceptLog, logFor, recordAcceptance, seenFor } from './acceptance.ts';
export { frozenBy, keepFork, openCases } from './cases.ts';
export { forkFound } from './fork.ts';
export { acceptList, listToSend } from './trustList.ts';
