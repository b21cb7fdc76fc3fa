import type { CaseKind } from './entries.ts';

/** One side of a fork, as its device signed it. Hashes and signatures are base64url. For a log, `seq` is the size and `hash` the root. */
export type SignedSide = Readonly<{ seq: number; hash: string; root: string; signature: string }>;

/** What one entry of the branch that is not held says, in the words in which people would record it again. */
export type SaidEntry = Readonly<{
  seq: number;
  type: string;
  recordedAtMs: number;
  person: string;
  happenedAtMs: number | null;
  kind: string | null;
  item: string | null;
  lot: string | null;
  quantity: number | null;
  from: string | null;
  to: string | null;
  condition: string | null;
  voucher: string | null;
  reason: string | null;
}>;

export type LotSide = Readonly<{
  site: string;
  lotId: string;
  identity: string;
  made: string | null;
  lifeUntil: string | null;
}>;
export type ConsignmentLine = Readonly<{ item: string; lot: string; issued: number; received: number }>;
export type MovementSide = Readonly<{
  device: string;
  incarnation: number;
  seq: number;
  id: string;
  kind: string;
  item: string;
  lot: string;
  quantity: number;
  from: string;
  to: string;
  voucher: string;
  happenedAtMs: number;
  person: string;
}>;

/** What a case keeps of both sides. Nothing in it is a judgement. `omitted`: so many lines more than fit into an entry. */
export type CaseFacts =
  | Readonly<{
      kind: 'fork';
      /** `log`: the log of what an authority accepted; `receipt`: it names another entry of ours as accepted. */
      of: 'journal' | 'log' | 'receipt';
      device: string;
      incarnation: number;
      site: string;
      /** The first entry (of a log: the size) at which the two are known to differ. */
      seq: number;
      held: SignedSide | null;
      other: SignedSide;
      /** SHA-256 of the file in quarantine that brought the other side. */
      bundle: string;
      says: readonly SaidEntry[];
      omitted: number;
    }>
  | Readonly<{ kind: 'lotDiffers'; item: string; lot: string; maker: string | null; sides: readonly LotSide[]; omitted?: number }>
  | Readonly<{
      kind: 'consignmentShort' | 'consignmentOver';
      consignment: string;
      from: readonly string[];
      to: readonly string[];
      lines: readonly ConsignmentLine[];
      omitted?: number;
    }>
  | Readonly<{
      kind: 'consignmentTwice';
      consignment: string;
      receivers: readonly Readonly<{ site: string; lines: readonly ConsignmentLine[] }>[];
      omitted?: number;
    }>
  | Readonly<{ kind: 'movementTwice'; site: string; id: string; isReversal: boolean; sides: readonly MovementSide[]; omitted?: number }>
  | Readonly<{
      kind: 'staleCopy';
      site: string;
      device: string;
      incarnation: number;
      /** Where the device itself says that its earlier journal ended, and what is held of it here. */
      wentOnFrom: number;
      heldUpto: number;
      isSameHistory: boolean;
    }>;

/** What people may decide, by kind. A decision is an entry of the authority; it changes no depot's ledger by itself. */
export const CASE_DECISIONS: Readonly<Record<CaseKind, readonly string[]>> = {
  fork: ['heldStays'],
  lotDiffers: ['sameLot', 'otherLot', 'corrected'],
  consignmentShort: ['lost', 'miscounted', 'follows'],
  consignmentOver: ['miscounted', 'otherConsignment'],
  consignmentTwice: ['recordedTwice', 'numberReused'],
  movementTwice: ['recordedTwice', 'bothTrue'],
  staleCopy: ['heldStays'],
};
