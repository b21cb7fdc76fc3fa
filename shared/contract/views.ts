/** What procedures answer: plain data for screens and the terminal. */

import type { DomainError, ListFault, RowError } from '../domain/errors.ts';
import type { LotIdentity, Movement, MovementKind, Place, Restriction, SiteRole } from '../domain/model.ts';
import type { JudgedFinding } from '../rules/finding.ts';
import type { NotUnderstood } from './caseViews.ts';

/** The copy of the journal on a second medium. */
export type TailView = Readonly<{
  /** `away`: the medium is not there, full or not writable; work goes on, and the copy is caught up once it is back. */
  state: 'off' | 'ok' | 'away';
  /** Since when it is in this state. */
  sinceMs: number | null;
  /** The last entry that lies on the medium. */
  lastSeq: number;
}>;

export type SessionView = Readonly<{
  state: 'closed' | 'locked' | 'open';
  file: string | null;
  site: string | null;
  name: string | null;
  role: SiteRole | null;
  person: string | null;
  roles: readonly string[];
  isDemo: boolean;
  /** Set where the file is older than the mark kept outside it: reading only. */
  readOnly: boolean;
  /** Why it is for reading only, and what is known of the later state; null where it may be written. */
  readOnlyWhy: DomainError | null;
  /** Only one person holds all roles: shown on reports. */
  isControlWeakened: boolean;
  /** Entries that no partner has acknowledged: they exist on this machine only. */
  onlyHere: number;
  /** Of these, how many were sent and are not acknowledged yet. */
  sentNotAcknowledged: number;
  tail: TailView;
  head: Readonly<{ seq: number; code: string }> | null;
  pack: string | null;
  /** The last day of the trust list in force; null where there is none. */
  listExpiresOn: string | null;
  /** The list in force is over: work goes on, nobody new is enrolled, and the authority has to send a fresh one. */
  isListExpired: boolean;
  /** Journals with entries that this program does not know: what is shown of their sites is not whole until an update. */
  notUnderstood: readonly NotUnderstood[];
}>;

export type StockRow = Readonly<{
  site: string;
  item: string;
  itemName: string;
  lot: string;
  lotId: string;
  identity: LotIdentity;
  place: string;
  quantity: number;
  unit: string;
  condition: string;
  owner: string;
  holder: string;
  hazardCode: string | null;
  /** Of the whole line, rounded up; null where the NEQ of the item is unknown. */
  neqG: number | null;
  made: string | null;
  lifeUntil: string | null;
}>;
export type StockPage = Readonly<{ total: number; quantitySum: number; neqGSum: number; rows: readonly StockRow[] }>;

export type MovementRow = Movement &
  Readonly<{ item: string; lotText: string; reversedBy: string | null; findings: readonly JudgedFinding[] }>;

export type LotPage = Readonly<{
  lot: Readonly<{
    site: string;
    lotId: string;
    item: string;
    itemName: string;
    text: string;
    identity: LotIdentity;
    maker: string | null;
    made: string | null;
    lifeUntil: string | null;
    /** Set where `lifeUntil` is the shelf life of the nature, in months from the date of make. */
    shelfLifeMonths: number | null;
    hazardCode: string | null;
    neqG: number | null;
    unit: string;
    un: string | null;
  }>;
  holdings: readonly StockRow[];
  /** Newest first, the whole history. */
  movements: readonly MovementRow[];
  restrictions: readonly Restriction[];
  findings: readonly JudgedFinding[];
}>;

export type ItemChoice = Readonly<{ site: string; item: string; name: string; hazardCode: string | null; unit: string }>;
export type PlaceChoice = Pick<Place, 'site' | 'place' | 'name' | 'kind' | 'store'>;
export type LotChoice = Readonly<{
  lotId: string;
  text: string;
  maker: string | null;
  made: string | null;
  lifeUntil: string | null;
  onHand: number;
}>;

/** `consignment`: the number that the other depot receives it under. */
export type PostReply = Readonly<{ id: string; voucher: string; findings: readonly JudgedFinding[]; consignment?: string }>;
export type PostRefusal = Readonly<{ refusal: DomainError; findings: readonly JudgedFinding[] }>;
/** Posting answers with findings in either case, so a refusal is part of the value here. */
export type PostOutcome = Readonly<{ posted: true } & PostReply> | Readonly<{ posted: false } & PostRefusal>;
/** The same without posting: what would happen. */
export type PreviewReply = Readonly<{ refusal: DomainError | null; findings: readonly JudgedFinding[]; onHand: number | null }>;

export type CheckReply = Readonly<{ asOf: string; pack: string; findings: readonly JudgedFinding[] }>;

export type ImportCounts = Readonly<{ items: number; places: number; lots: number; stock: number; requirements: number }>;
export type ImportReply = Readonly<{ imported: ImportCounts | null; findings: number; errors: readonly RowError[]; dryRun: boolean }>;

export type PartnerView = Readonly<{
  site: string;
  name: string;
  role: SiteRole;
  device: string;
  incarnation: number;
  fingerprint: string;
  /** Compared word by word here, or named by the trust list. */
  source: 'pair' | 'list';
  /** Where it is revoked: its last entry that counts. Nothing goes to it and nothing later is taken in. */
  cutOffSeq: number | null;
  lastSentSeq: number | null;
  lastSentAtMs: number | null;
  entriesHeard: number;
  /** When its last bundle was taken in here. */
  lastHeardAtMs: number | null;
  /** The last entry of the own journal that it says it holds. */
  acknowledgedSeq: number | null;
  /** Entries of the own journal that it has not said it holds. */
  onlyHere: number;
  /** Files of its that wait here. */
  waiting: number;
  /** Entries of it that this program does not know yet: its account here is incomplete until an update. */
  notUnderstood: number;
}>;
/** One bundle of a series; `files` are its parts where it was cut. `from` is one beyond `upto` where nothing of the own journal is in. */
export type BundlePart = Readonly<{
  path: string;
  bytes: number;
  entries: number;
  from: number;
  upto: number;
  files: readonly string[];
}>;
/** `heldBeyond`: entries after the cut-off that were taken in before and stay in the books. */
export type RevokeReply = Readonly<{
  device: string;
  incarnation: number;
  site: string;
  seq: number;
  head: string | null;
  heldBeyond: number;
}>;
export type ListReply = Readonly<{ version: number; expiresOn: string; devices: number; revoked: number; rootsFingerprint: string }>;
/** A trust list as people read it. `missing`: devices that it names and whose statements have not come yet. */
export type TrustListView = ListReply &
  Readonly<{
    isExpired: boolean;
    recipients: 'hybrid' | 'classic';
    recovery: number;
    threshold: number;
    roots: readonly Readonly<{ key: string; words: string; hasSigned: boolean }>[];
    missing: number | null;
  }>;
export type TrustView = Readonly<{
  list: TrustListView | null;
  /** Came in a bundle and waits for a person to compare the words of its roots. */
  pending: TrustListView | null;
  /** Where the list in force revokes this very device: its last entry that counts for others. */
  ownCutOffSeq: number | null;
  /** Whether the list in force names this device. */
  isListed: boolean;
  /** Whether a second person has to sign. */
  needsSecond: Readonly<{ enrol: boolean; revoke: boolean }>;
}>;
export type BundleReply = Readonly<{ parts: readonly BundlePart[] }>;
/** `listFault`: where it is the trust list in it that is not accepted. */
export type Quarantine = Readonly<{ code: BundleCode; message: string; listFault?: ListFault }>;
/** What a read-only file did not take in of a bundle, and why it is read-only: the bundle has to be applied again. */
export type LeftOut = Readonly<{ entries: number; cause: DomainError }>;
/** `cleared`: files that waited and were taken in now. `missingParts`: what was read is one part, and these are still away. */
export type ApplyReply = Readonly<{
  applied: number;
  skipped: number;
  quarantined: Quarantine | null;
  cleared: number;
  missingParts: readonly number[];
  /** How far the clock of a device whose entries came is ahead of this machine's, where more than a day. */
  clockAheadMs?: number;
  leftOut?: LeftOut;
}>;
/** Everything in a folder. `foreign`: what lay there and is no bundle, by name; it was left alone. */
export type ApplyFolderReply = ApplyReply &
  Readonly<{ files: readonly (ApplyReply & Readonly<{ name: string }>)[]; foreign: readonly string[] }>;
/** A file that was not taken in. `isKept`: its bytes are here, and it is tried again by itself. */
export type WaitingFile = Readonly<{
  id: string;
  name: string;
  bytes: number;
  code: BundleCode;
  message: string;
  site: string | null;
  device: string | null;
  receivedAtMs: number;
  triedAtMs: number;
  isKept: boolean;
}>;
/** Parts of a bundle whose others are missing. */
export type WaitingParts = Readonly<{ id: string; parts: number; missing: readonly number[]; receivedAtMs: number }>;
/** What a person let go of. `code`, device and site where they were known. */
export type DiscardedFile = Readonly<{
  id: string;
  name: string;
  code: BundleCode | null;
  site: string | null;
  device: string | null;
  incarnation: number | null;
  reason: string;
  person: string;
  atMs: number;
}>;
export type WaitingReply = Readonly<{
  files: readonly WaitingFile[];
  parts: readonly WaitingParts[];
  discarded: readonly DiscardedFile[];
}>;
/** What would happen if a bundle were taken in; nothing has. `asOfMs`: when its last entry was recorded. */
export type BundlePreview = Readonly<{
  from: Readonly<{ site: string; name: string; device: string }> | null;
  asOfMs: number | null;
  applied: number;
  skipped: number;
  entries: readonly Readonly<{ type: string; count: number }>[];
  quarantined: Quarantine | null;
  missing: readonly Readonly<{ device: string; from: number; upto: number }>[];
  conflicts: readonly Readonly<{ kind: string; subject: string }>[];
  findings: number;
  missingParts: readonly number[];
}>;
/** One file of a folder, looked at by itself: an earlier one in the same folder may bring what it lacks. */
export type PreviewedFile = BundlePreview & Readonly<{ name: string }>;
/**
 * The device goes on under new keys, for which the file has to be opened again. `lacks`: entries of the journal before that
 * somebody holds and this file does not have yet.
 */
export type IncarnationReply = Readonly<{
  device: string;
  incarnation: number;
  previousSeq: number;
  lacks: Readonly<{ from: number; upto: number }> | null;
  fingerprint: string;
}>;
export type BundleCode =
  | 'E_SIZE'
  | 'E_NOT_FOR_US'
  | 'E_FORMAT'
  | 'E_SIG'
  | 'E_UNKNOWN_DEV'
  | 'E_REVOKED'
  | 'E_TRUST'
  | 'E_VERSION'
  | 'E_LIMIT'
  | 'E_CHAIN'
  | 'E_GAP'
  | 'E_FORK'
  | 'E_FAULT';

export type VerifyReply = Readonly<
  { ok: true; entries: number; head: string } | { ok: false; firstBad: { seq: number | null; reason: string } }
>;

/** A half-typed voucher, kept at every key; not part of the journal. */
export type Draft = Readonly<{ form: string; content: Readonly<Record<string, string>>; savedAtMs: number }>;

export type MovementKindChoice = Exclude<MovementKind, 'opening'>;
export type ChosenFile = Readonly<{ token: string; name: string }>;
