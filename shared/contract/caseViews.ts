import type { CaseFacts, ConsignmentLine } from '../domain/cases.ts';
import type { CaseKind } from '../domain/entries.ts';
import type { SiteRole } from '../domain/model.ts';

/** What only people can decide, and what travels between depots. */

export type CaseRow = Readonly<{
  id: string;
  kind: CaseKind;
  /** What it is about, the same in every case about the same thing. */
  subject: string;
  openedAtMs: number;
  /** One of `decisions`; null while it is open. */
  decision: string | null;
  reason: string | null;
  decidedAtMs: number | null;
  person: string | null;
  second: string | null;
}>;
export type CaseView = CaseRow & Readonly<{ facts: CaseFacts; decisions: readonly string[] }>;

/** `notHeard`: received, and the sender's account that issued it is not here yet. */
export type ConsignmentState = 'inTransit' | 'received' | 'short' | 'over' | 'twice' | 'cancelled' | 'notHeard';
export type ConsignmentRow = Readonly<{
  consignment: string;
  from: readonly string[];
  /** The place of the sender's account that it was issued to. */
  sentTo: readonly string[];
  receivedBy: readonly string[];
  sentAtMs: number | null;
  receivedAtMs: number | null;
  state: ConsignmentState;
  lines: readonly (ConsignmentLine & Readonly<{ inTransit: number }>)[];
  /** Open cases about it. */
  cases: readonly string[];
}>;
/** Of one nature: what lies in all depots of the file, and what is between them. Below zero: received, the issue not heard of yet. */
export type NationalTotal = Readonly<{ item: string; name: string; unit: string; onHand: number; inTransit: number; total: number }>;
export type ConsignmentReply = Readonly<{ consignments: readonly ConsignmentRow[]; totals: readonly NationalTotal[] }>;

/** Entries of a journal that a later program made: kept here byte for byte, and in no figure that this program shows. */
export type NotUnderstood = Readonly<{ site: string; device: string; incarnation: number; name: string; entries: number }>;

export type SiteRow = Readonly<{
  site: string;
  name: string;
  role: SiteRole;
  isOwn: boolean;
  /** When its last entry was made: how old its account is. */
  asOfMs: number | null;
  /** When its last bundle was taken in here; null for the own site. */
  heardAtMs: number | null;
  entries: number;
  /** Bundles of it in quarantine that may still be taken in. */
  waiting: number;
  /** Devices of which nothing more is taken in until a case is decided. */
  frozen: number;
  openCases: number;
  /** Entries of it that this program does not know yet: its account here is incomplete until an update. */
  notUnderstood: number;
}>;
