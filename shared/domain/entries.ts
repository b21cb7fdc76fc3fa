import type { Item, LaterItemFacts, LicenceDivision, Lot, Movement, Place, Requirement, Restriction, SiteRole } from './model.ts';
import type { ExposedSite, GoverningLimit, Structure } from './site.ts';
import type { Checklist, Inspection, StoreSurvey } from './surveillance.ts';

/** A finding as an entry keeps it: the journal holds whole numbers only, so measures stand as text. */
export type KeptFinding = Readonly<{
  rule: string;
  says: string;
  severity: string;
  pack: string;
  edition: string;
  source: string;
  status: string;
  place: string;
  subjects: readonly string[];
  lotId?: string;
  numbers: Readonly<Record<string, string>>;
  facts: Readonly<Record<string, string>>;
  blocked: boolean;
  overridden?: boolean;
}>;

/** What each type of entry says. `null` is unknown or none. Version 1 of every type. */
export type EntryData = {
  'depot.opened': Readonly<{ site: string; name: string; role: SiteRole }>;
  'person.put': Readonly<{ person: string; publicKey: string; slot: string; roles: readonly string[]; isActive: boolean }>;
  'recovery.set': Readonly<{ slot: string }>;
  /** Who may read every bundle beside those it is for, where no trust list says so: keys kept in a safe. */
  'recoveryRecipients.set': Readonly<{ recipients: readonly string[] }>;
  'item.put': Omit<Item, 'site' | keyof LaterItemFacts> & Partial<LaterItemFacts>;
  'place.put': Omit<Place, 'site' | 'store'>;
  'licence.set': Readonly<{ place: string; division: LicenceDivision; limitG: number | null }>;
  'lot.put': Omit<Lot, 'site'>;
  'movement.posted': Omit<Movement, 'site' | 'recordedAtMs' | 'person' | 'second' | 'consignment'> &
    Readonly<{ override: string | null; pack: string | null; findings: readonly KeptFinding[]; consignment?: string }>;
  'restriction.set': Omit<Restriction, 'site' | 'liftedAtMs'>;
  'restriction.lifted': Readonly<{ id: string; reason: string; liftedAtMs: number }>;
  'requirement.put': Omit<Requirement, 'site'>;
  'pack.chosen': Readonly<{ pack: string; edition: string }>;
  'policy.set': Readonly<{ family: string; kind: string; mode: string }>;
  /**
   * `division` where the finding is about one: the waiver covers no other. `quantityMaxG` where it is about a quantity, NEQ or
   * the mass on a floor: the waiver covers no more grams. Older entries have none and cover any quantity.
   */
  'waiver.granted': Readonly<{
    id: string;
    rule: string;
    place: string;
    division?: string;
    quantityMaxG?: number;
    until: string;
    reason: string;
  }>;
  'waiver.withdrawn': Readonly<{ id: string; reason: string; atMs: number }>;
  /** Conditions of a conditional cell of the mixing or distance tables that are met at a place, until a day. */
  'approval.granted': Readonly<{
    id: string;
    rule: string;
    place: string;
    conditions: readonly string[];
    authority: string;
    until: string;
    reason: string;
  }>;
  'approval.withdrawn': Readonly<{ id: string; reason: string; atMs: number }>;
  'structure.put': Omit<Structure, 'site' | 'underground'> & Partial<Pick<Structure, 'underground'>>;
  'exposedSite.put': Omit<ExposedSite, 'site' | 'isBusyYard'> & Partial<Pick<ExposedSite, 'isBusyYard'>>;
  /** A licence as it was issued; what it allows stands in `licence.set` entries beside it. */
  'licence.issued': Readonly<{
    id: string;
    place: string;
    number: string;
    authority: string;
    issuedOn: string;
    reviewOn: string;
    pack: string;
    edition: string;
    limits: readonly GoverningLimit[];
  }>;
  /** Rows that a national authority puts in the place of a pack's, as JSON text: rule data keeps its decimals. */
  'pack.put': Readonly<{ pack: string; content: string }>;
  'inspection.recorded': Omit<Inspection, 'site' | 'person'>;
  /** What is inspected how often, as JSON text. */
  'surveillancePlan.put': Readonly<{ plan: string; content: string }>;
  'surveillance.chosen': Readonly<{ plan: string; edition: string }>;
  'conditions.chosen': Readonly<{ table: string; edition: string }>;
  /** A new last day of safe life, and the inspection that it rests on: none where the life is shortened. */
  'life.changed': Readonly<{ id: string; lotId: string; until: string; inspection: string | null; reason: string }>;
  /** Readings of one logger, at most 500 an entry: moment, hundredths of a degree Celsius, thousandths of humidity or null. */
  'climate.logged': Readonly<{ place: string; logger: string; readings: readonly (readonly [number, number, number | null])[] }>;
  'checklist.recorded': Omit<Checklist, 'site' | 'person'>;
  /** A survey of a storehouse or bay. Never edited: the latest by day and entry counts. */
  'measures.recorded': Omit<StoreSurvey, 'site' | 'person'>;
  /** `source` where a trust list names it; else people compared its words. */
  'partner.trusted': Readonly<{ statement: string; source?: 'list' }>;
  /** What an authority took over from a device: a leaf of its log. Hashes are base64url. */
  'range.accepted': Readonly<{ device: string; incarnation: number; from: number; upto: number; head: string; bundle: string }>;
  /** A signed list of who belongs to the network, as it came, without the statements that travel beside it. */
  'list.accepted': Readonly<{ list: string }>;
  /** Nothing of the device after `seq` counts any more; `head` is the hash there, null where nothing was ever accepted. */
  'device.revoked': Readonly<{ device: string; incarnation: number; seq: number; head: string | null; reason: string }>;
  /** The first entry of a device that goes on under new keys: where its earlier journal ends for good. */
  'incarnation.opened': Readonly<{ device: string; incarnation: number; seq: number; head: string; reason: string }>;
  /** `facts` is JSON text: both sides as they were, for a person to decide on. */
  'case.opened': Readonly<{ id: string; kind: CaseKind; subject: string; facts: string }>;
  'case.decided': Readonly<{ id: string; decision: string; reason: string }>;
  /** Somebody let go of a file that waited, or of its parts: SHA-256 of the whole, base64url; `code` and sender where they are known. */
  'bundle.discarded': Readonly<{
    sha: string;
    name: string;
    code: string | null;
    device: string | null;
    incarnation: number | null;
    reason: string;
  }>;
  /** The file lies under another data key since; `closedSlots` key slots of before open it no more. */
  'depot.rekeyed': Readonly<{ closedSlots: number }>;
  'access.failed': Readonly<{ count: number }>;
};
/** What only a person can decide between devices. */
export type CaseKind = 'fork' | 'lotDiffers' | 'consignmentShort' | 'consignmentOver' | 'consignmentTwice' | 'movementTwice' | 'staleCopy';
export type EntryType = keyof EntryData;
export type Entry = { [T in EntryType]: Readonly<{ type: T; data: EntryData[T] }> }[EntryType];

/** Free text goes into a group of its own, so that it can be withheld from a reader without touching the rest. */
export const TEXT_FIELDS: Readonly<Record<EntryType, readonly string[]>> = {
  'depot.opened': ['name'],
  'person.put': [],
  'recovery.set': [],
  'recoveryRecipients.set': [],
  'item.put': ['name'],
  'place.put': ['name'],
  'licence.set': [],
  'lot.put': ['maker', 'text'],
  'movement.posted': ['override', 'reason'],
  'restriction.set': ['reason'],
  'restriction.lifted': ['reason'],
  'requirement.put': ['approvedBy'],
  'pack.chosen': [],
  'policy.set': [],
  'waiver.granted': ['reason'],
  'waiver.withdrawn': ['reason'],
  'approval.granted': ['authority', 'reason'],
  'approval.withdrawn': ['reason'],
  'structure.put': [],
  'exposedSite.put': ['name'],
  'licence.issued': ['authority'],
  'pack.put': ['content'],
  'inspection.recorded': ['remark'],
  'surveillancePlan.put': ['content'],
  'surveillance.chosen': [],
  'conditions.chosen': [],
  'life.changed': ['reason'],
  'climate.logged': ['logger'],
  'checklist.recorded': ['remark'],
  'measures.recorded': ['remark'],
  'partner.trusted': [],
  'range.accepted': [],
  'list.accepted': [],
  'device.revoked': ['reason'],
  'incarnation.opened': ['reason'],
  'case.opened': [],
  'case.decided': ['reason'],
  'bundle.discarded': ['name', 'reason'],
  'depot.rekeyed': [],
  'access.failed': [],
};

/** Bands that may be shown where exact figures may not: the number of decimal digits. 0 for zero, null for unknown. */
export const bandOf = (value: number | null): number | null => (value === null ? null : value === 0 ? 0 : String(value).length);

/** An entry together with who made it, where it stands and when it was recorded: all that a projection may use. */
export type RecordedEntry = Entry &
  Readonly<{ site: string; stream: number; seq: number; recordedAtMs: number; person: string; second: string | null }>;
