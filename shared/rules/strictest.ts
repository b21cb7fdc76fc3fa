import type { HazardDivision, LicenceDivision } from '../domain/model.ts';
import type {
  CountsAsRow,
  ExclusionRow,
  MayBePropulsiveRow,
  MixRow,
  MixTable,
  PropulsiveRow,
  RulePack,
  RuleRow,
  SegregationRow,
  SingleRuleId,
  SubdivisionRow,
} from './pack.ts';
import { compareVerdicts, singleRuleIds } from './pack.ts';

/**
 * A pack that is nowhere weaker than either: codes legal in both, the sterner verdict of every cell (with both sets of
 * conditions where the verdicts agree), the lower threshold, every aggregation case of both, and of the NEQ only that left
 * out which both leave out.
 * A finding names the pack whose row governed; where both say the same, the first.
 */
export function strictestOf(a: RulePack, b: RulePack): RulePack {
  return {
    id: 'strictest',
    title: `Strictest of ${a.title} and ${b.title}`,
    edition: `${a.edition}, ${b.edition}`,
    status: a.status === 'verified' && b.status === 'verified' ? 'verified' : 'unverified',
    remark: `${a.remark} ${b.remark}`,
    sources: [...a.sources, ...b.sources.filter((source) => !a.sources.some((known) => known.id === source.id))],
    legalCodes: new Map([...a.legalCodes].filter(([code]) => b.legalCodes.has(code))),
    subdivisions: {
      '1.2': sternerSubdivision(a.subdivisions['1.2'], b.subdivisions['1.2']),
      '1.3': sternerSubdivision(a.subdivisions['1.3'], b.subdivisions['1.3']),
    },
    countsAs: sternerCountsAs(a.countsAs, b.countsAs),
    articles: sternerTable(a.articles, b.articles),
    substances: sternerTable(a.substances, b.substances),
    segregation: new Map([...a.segregation].map(([id, row]) => [id, sternerSegregation(row, b.segregation.get(id) ?? row)])),
    propulsive: sternerPropulsive(a.propulsive, b.propulsive),
    mayBePropulsive: joinedSuspicion(a.mayBePropulsive, b.mayBePropulsive),
    exclusions: a.exclusions.flatMap((row) => b.exclusions.filter(({ id }) => id === row.id).map((other) => sternerExclusion(row, other))),
    aggregations: [...a.aggregations, ...b.aggregations],
    rules: Object.fromEntries(singleRuleIds.map((id) => [id, sternerRule(a.rules[id], b.rules[id])])) as Readonly<
      Record<SingleRuleId, RuleRow>
    >,
    distances: [...a.distances, ...b.distances],
  };
}

/** The rule itself is the same in both; a row that was read is the better witness. */
const sternerRule = (a: RuleRow, b: RuleRow): RuleRow => (a.status !== 'verified' && b.status === 'verified' ? b : a);

const bothSources = <T extends RuleRow>(a: T, b: T): Pick<T, 'source' | 'status'> => ({
  source: a.source === b.source ? a.source : `${a.source}; ${b.source}`,
  status: a.status === 'verified' && b.status === 'verified' ? 'verified' : 'unverified',
});

/** What both leave out, and where both do. */
function sternerExclusion(a: ExclusionRow, b: ExclusionRow): ExclusionRow {
  const [some, others] = [a.constructions, b.constructions];
  return {
    ...a,
    ...bothSources(a, b),
    divisions: a.divisions.filter((division) => b.divisions.includes(division)),
    constructions: some === null ? others : others === null ? some : some.filter((each) => others.includes(each)),
    isAboveGroundOnly: a.isAboveGroundOnly || b.isAboveGroundOnly,
  };
}

/** Only the conditions that either would do with. */
function sternerPropulsive(a: PropulsiveRow, b: PropulsiveRow): PropulsiveRow {
  const notes = a.notes.filter((note) => b.notes.some(({ id }) => id === note.id));
  return { ...(sternerRule(a, b) === b ? b : a), notes };
}

/** What either suspects; an empty list is all of them. */
function joinedSuspicion(a: MayBePropulsiveRow, b: MayBePropulsiveRow): MayBePropulsiveRow {
  const joined = <T>(some: readonly T[], others: readonly T[]): readonly T[] =>
    some.length === 0 || others.length === 0 ? [] : [...new Set([...some, ...others])];
  return { ...a, groups: joined(a.groups, b.groups), uns: joined(a.uns, b.uns) };
}

/** A stop before a warning, the store before the bay; else the better witness. */
function sternerSegregation(a: SegregationRow, b: SegregationRow): SegregationRow {
  const weigh = (row: SegregationRow): number => (row.severity === 'stop' ? 2 : 0) + (row.within === 'store' ? 1 : 0);
  if (weigh(a) !== weigh(b)) return weigh(a) > weigh(b) ? a : b;
  return a.status !== 'verified' && b.status === 'verified' ? b : a;
}

/** The one of two cells that may be less; equal verdicts carry the conditions of both. */
export function sternerCell(a: MixRow, b: MixRow): MixRow {
  const order = compareVerdicts(a.verdict, b.verdict);
  if (order !== 0) return order > 0 ? a : b;
  const more = b.notes.filter((note) => !a.notes.some((known) => known.id === note.id));
  if (more.length === 0) return a;
  const isVerified = a.status === 'verified' && b.status === 'verified';
  return { ...a, notes: [...a.notes, ...more], source: `${a.source}; ${b.source}`, status: isVerified ? 'verified' : 'unverified' };
}

function sternerTable(a: MixTable, b: MixTable): MixTable {
  // Both matrices are whole (readPack refuses others), so every key of one is a key of the other.
  return new Map([...a].map(([key, cell]) => [key, sternerCell(cell, b.get(key) ?? cell)]));
}

/** A lower threshold puts more items into the worse sub-division; no threshold puts all of them there. */
function sternerSubdivision(a: SubdivisionRow, b: SubdivisionRow): SubdivisionRow {
  return (a.heNeqPerItemMaxG ?? -1) <= (b.heNeqPerItemMaxG ?? -1) ? a : b;
}

function sternerCountsAs(a: RulePack['countsAs'], b: RulePack['countsAs']): RulePack['countsAs'] {
  const joined = new Map<HazardDivision, CountsAsRow>(a);
  for (const [division, row] of b) {
    const known = joined.get(division);
    if (known === undefined || isWorse(row.countsAs, known.countsAs)) joined.set(division, row);
  }
  return joined;
}

/** 1.1 is the worst, and the divisions fall from there. */
const isWorse = (a: LicenceDivision, b: LicenceDivision): boolean => a < b;
