import type { Approval } from './roles.ts';

/**
 * Every refusal a person can cause: one code, one set of facts. Wording lives in the locale files; `message` in the
 * terminal is made from them too.
 */
export type DomainError =
  // the file and its keys
  | { code: 'wrongPassphrase'; waitSeconds: number }
  | { code: 'waitBeforeNextTry'; waitSeconds: number }
  | { code: 'weakPassphrase'; lengthMin: number }
  | { code: 'passphraseTaken' }
  | { code: 'slotRevoked' }
  | { code: 'recoveryWordsWrong' }
  | { code: 'rootWordsGiven' }
  | { code: 'depotInUse' }
  | { code: 'fileExists'; file: string }
  | { code: 'fileMissing'; file: string }
  | { code: 'fileDamaged'; detail: string }
  | { code: 'fileNotEncrypted' }
  | { code: 'newerFile'; fileVersion: number; programVersion: number }
  | { code: 'readOnlyCopy'; ownSeq: number; markSeq: number }
  | { code: 'partnerHoldsMore'; site: string; ownSeq: number; partnerSeq: number }
  | { code: 'partnerHoldsOther'; site: string; seq: number }
  | { code: 'incarnationOpened'; incarnation: number }
  | { code: 'diskFull' }
  | { code: 'notWritable'; detail: string }
  | { code: 'printFailed'; detail: string }
  | { code: 'locked' }
  | { code: 'cancelled' }
  // movements, in the order in which they are looked for
  | { code: 'idReused'; id: string }
  | { code: 'badQuantity'; value: string }
  | { code: 'unknownItem'; item: string }
  | { code: 'unknownPlace'; place: string }
  | { code: 'unknownLot'; item: string; lot: string }
  | { code: 'unknownMovement'; id: string }
  | { code: 'alreadyReversed'; id: string; by: string }
  | { code: 'ambiguousLot'; candidates: readonly { lotId: string; maker: string | null; made: string | null }[] }
  | { code: 'ambiguousHolding'; candidates: readonly { condition: string; owner: string; holder: string; quantity: number }[] }
  | { code: 'sameLocation'; place: string }
  | { code: 'wrongDirection'; kind: string; from: string; to: string }
  | { code: 'inTheFuture'; happenedAtMs: number }
  | { code: 'insufficientStock'; requested: number; onHand: number }
  | { code: 'reasonRequired' }
  | { code: 'authorityRequired' }
  | { code: 'secretNotWanted' }
  | { code: 'remarkRequired' }
  | { code: 'negativeInThePast'; atMs: number; short: number }
  | { code: 'banned'; restriction: string; reason: string }
  | { code: 'secondPersonRequired'; why: Approval; cause: SecondCause; roles: readonly string[] }
  | { code: 'blockedByFinding'; rules: readonly string[] }
  // people and reference data
  | { code: 'notAllowed'; action: string; roles: readonly string[] }
  | { code: 'rolesConflict'; person: string; roles: readonly string[] }
  | { code: 'unknownPerson'; person: string }
  | { code: 'personExists'; person: string }
  | { code: 'lastAdministrator'; person: string }
  | { code: 'unknownCondition'; condition: string }
  | { code: 'unknownPack'; pack: string }
  | { code: 'unknownPlan'; plan: string }
  | { code: 'noBasisForExtension'; inspection: string; since: string }
  | { code: 'unknownRestriction'; id: string }
  | { code: 'unknownApproval'; id: string }
  | { code: 'cellNotHere'; rule: string; place: string; cells: readonly string[] }
  | { code: 'conditionNeedsApproval'; place: string; condition: string }
  | { code: 'unknownWaiver'; id: string }
  | { code: 'waiverQuantityRequired'; rule: string }
  | { code: 'badValue'; field: string; value: string; expected: string }
  | { code: 'importRefused'; errors: readonly RowError[] }
  // partners and bundles
  | { code: 'badIdentity'; detail: string }
  | { code: 'fingerprintRequired'; fingerprint: string }
  | { code: 'fingerprintMismatch' }
  | { code: 'unknownPartner'; site: string }
  | { code: 'unknownCase'; id: string }
  | { code: 'caseDecided'; id: string; decision: string }
  | { code: 'entryTooLarge'; lengthMax: number }
  | { code: 'nothingToSend' }
  | { code: 'notWaiting'; id: string }
  | { code: 'unknownDevice'; device: string; known: readonly string[] }
  | { code: 'deviceRevoked'; device: string; seq: number }
  | { code: 'copyBehind'; device: string; held: number; seq: number }
  | { code: 'historyDiffers'; device: string; seq: number }
  | { code: 'incarnationMissing'; device: string; incarnation: number }
  | { code: 'tooManyDevices'; site: string; count: number; max: number }
  | { code: 'onlyAuthority' }
  | ({ code: 'listRefused' } & ListFault)
  | { code: 'listExpired'; expiresOn: string }
  | { code: 'noClassicRecipient'; site: string; device: string }
  | { code: 'badRootKey'; detail: string };

/** Why a trust list is not accepted; the sentences stand under `listwhy.` in the locale file. */
export type ListFault =
  | { fault: 'newerProgram' | 'noList' | 'tooLarge' | 'nothingWaits' | 'doesNotFollow' | 'deviceMissing' | 'revocationTakenBack' }
  | { fault: 'inForce' | 'otherInForce'; version: number }
  | { fault: 'tooFarAhead'; version: number; held: number }
  | { fault: 'unsignedByRootsInForce' | 'unsignedByOwnRoots'; threshold: number };

/**
 * Why nobody counts as the second person. `notRecognised` joins an unknown name, a wrong passphrase and one that is another
 * person's: which of them it was is nobody's business who does not know both.
 */
export type SecondCause = 'nobody' | 'noPassphrase' | 'self' | 'notRecognised' | 'role';

export type DomainErrorCode = DomainError['code'];

/** One cell of an imported file. Row 1 is the header. */
export type RowError = Readonly<{ file: string; row: number; column: string; value: string; message: string }>;

/** A fault of ours: the page gets an id, the log gets the cause. */
export type Fault = { code: 'badRequest' | 'internal'; id: string; detail?: string };
