/** What the procedures on the site plan answer. */
import type { EntryData } from '../domain/entries.ts';
import type { DomainError } from '../domain/errors.ts';
import type { ExposedKind, GoverningLimit, Shape, Structure } from '../domain/site.ts';
import type { EffectTarget } from '../rules/blast/blast.ts';
import type { Finding, JudgedFinding } from '../rules/finding.ts';
import type { RowStatus } from '../rules/pack.ts';

/** A licence as it was issued, with who issued it and who signed beside. */
export type LicenceDocumentView = EntryData['licence.issued'] & Readonly<{ person: string; second: string }>;

/** A limit with the row of the distance tables that governs it; all null where nothing around sets a limit. */
export type LicenceLimit = GoverningLimit & Readonly<{ rule: string | null; source: string | null; status: RowStatus | null }>;

/** What a licence rests on beside the distances, as far as it is in force today. Days are the last ones. */
export type LicenceBasis = Readonly<{
  /** `rule` is the cell it was approved for; it and `authority` are null where it was entered with the building. */
  conditions: readonly Readonly<{
    id: string;
    words: string;
    rule: string | null;
    authority: string | null;
    until: string;
  }>[];
  /** Entered with the building, and counted as not met: it is over, or nobody entered its last day (null). */
  uncounted: readonly Readonly<{ id: string; words: string; until: string | null }>[];
  waivers: readonly Readonly<{
    id: string;
    rule: string;
    division: string | null;
    /** Null: any quantity, or a rule without one. */
    quantityMaxKg: number | null;
    until: string;
    reason: string;
    person: string;
    second: string;
  }>[];
}>;

/** The licence sheet of one storehouse. Kilograms: NEQ rounded up, limits rounded down; metres rounded down where actual. */
export type LicenceView = Readonly<{
  place: string;
  name: string;
  pack: string;
  edition: string;
  structure: Structure | null;
  shape: Shape | null;
  /** What the surroundings allow today; null where the position is unknown. */
  limits: readonly LicenceLimit[] | null;
  /** What is in force. */
  set: readonly Readonly<{ division: string; limitKg: number }>[];
  /** Limits that were issued and count no more, with the words of what they rested on. */
  lapsed: readonly Readonly<{ division: string; licence: string; conditions: readonly string[] }>[];
  neqKg: number;
  /** The latest first. */
  documents: readonly LicenceDocumentView[];
  basis: LicenceBasis;
  /** Everything that the place could reach, the nearest first. `kind` null: a store, or not known. */
  surroundings: readonly Readonly<{ target: string; name: string; kind: ExposedKind | null; isStore: boolean; actualM: number }>[];
  findings: readonly Finding[];
  effects: readonly Readonly<{
    target: string;
    name: string;
    actualM: number;
    /** Peak side-on overpressure, rounded up; null outside the range of the formula. */
    incidentKPa: number | null;
    bands: readonly Readonly<{ target: EffectTarget; words: string; source: string; status: 'verified' | 'unverified' }>[];
  }>[];
}>;

export type RegisterRow = Readonly<{
  place: string;
  name: string;
  /** In force: what lost its basis is not among them. */
  limits: readonly Readonly<{ division: string; limitKg: number }>[];
  number: string | null;
  issuedOn: string | null;
  reviewOn: string | null;
  isReviewDue: boolean;
  /** Where it stands, for the drawing of the site. */
  shape: Shape | null;
  neqKg: number;
  stops: number;
}>;

export type SiteDifference = Readonly<{
  /** New or worse. */
  caused: readonly Finding[];
  /** Gone. */
  cured: readonly Finding[];
}>;
export type WhatIfAnswer = SiteDifference &
  Readonly<{
    /** Places whose computed limits change. */
    limits: readonly Readonly<{ place: string; before: readonly GoverningLimit[] | null; after: readonly GoverningLimit[] | null }>[];
  }>;

/** One place for a lot, the best first. */
export type PlaceRanking = Readonly<{
  place: string;
  name: string;
  isPossible: boolean;
  refusal: DomainError | null;
  /** What it would bring about, worst first. */
  findings: readonly JudgedFinding[];
}>;

/** What another rule pack would find. */
export type PackPreview = Readonly<{ pack: string; edition: string; caused: readonly Finding[]; cured: readonly Finding[] }>;
