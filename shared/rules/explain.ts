/** What a person needs beside the sentence of a finding: what was assumed, what cures it, and who may let it pass. */
import { allowedRoles, type Role } from '../domain/roles.ts';
import { conditionsByCell } from './distance/conditionCells.ts';
import type { Finding } from './finding.ts';
import { isPerDivision } from './limits.ts';
import type { PackSource, RulePack } from './pack.ts';
import { coverageOf, type WaiverFacts, waivedKgOf } from './waivers.ts';

/** Keys of sentences in the locale file, under `remedy.`. */
export const cures = [
  'approve',
  'correctCode',
  'enterFacts',
  'inspect',
  'keepApproval',
  'moveAway',
  'moveAround',
  'ownPlace',
  'reviewLicence',
  'takeOut',
  'dispose',
  'coolOff',
  'readLogger',
  'decide',
  'liftRestriction',
  'restack',
  'measure',
  'putRight',
  'updateProgram',
  'doChecklist',
] as const;
export type Cure = (typeof cures)[number];

/** Keys under `assumed.`. */
export const assumptions = [
  'worstCode',
  'massAsNeq',
  'worstSubdivision',
  'sternerForm',
  'unknownCondition',
  'neqLeftOut',
  'insensitiveShown',
  'mayFly',
  'shelfLifeOfNature',
  'rowUnverified',
] as const;
export type Assumption = (typeof assumptions)[number];

/** The longest key that begins what a finding says holds. */
const CURES: Readonly<Record<string, readonly Cure[]>> = {
  class: ['correctCode'],
  'mix.prohibited': ['moveAway'],
  'mix.conditional': ['approve', 'moveAway'],
  'mix.approved': ['keepApproval'],
  'mix.formUnknown': ['enterFacts', 'moveAway'],
  'mix.unknown': ['correctCode', 'ownPlace'],
  'mix.segregation': ['ownPlace', 'inspect'],
  'mix.segregation.disposal': ['ownPlace', 'dispose'],
  'mix.segregation.detonators': ['ownPlace'],
  'mix.segregation.whitePhosphorus': ['ownPlace'],
  'mix.segregation.lostPropellant': ['dispose'],
  'mix.segregation.propulsive': ['approve', 'moveAway'],
  'mix.segregation.mayBePropulsive': ['enterFacts'],
  'mix.propulsiveApproved': ['keepApproval'],
  limit: ['takeOut', 'reviewLicence'],
  'limit.indeterminate': ['enterFacts'],
  'limit.lapsed': ['reviewLicence', 'takeOut'],
  'limit.reactsAsOne': ['enterFacts', 'moveAway', 'inspect'],
  qd: ['takeOut', 'moveAround'],
  'qd.unknownPosition': ['enterFacts'],
  'qd.indeterminate': ['enterFacts'],
  'qd.noPlan': ['enterFacts'],
  store: ['takeOut'],
  'store.floorUnknown': ['enterFacts'],
  'store.measure': ['restack', 'measure'],
  'store.measureOld': ['measure'],
  'store.measureOldPart': ['measure'],
  'store.unmeasured': ['measure'],
  'store.unmeasuredPart': ['measure', 'enterFacts'],
  'store.checklistNo': ['putRight', 'doChecklist'],
  'store.checklistDue': ['doChecklist'],
  'store.checklistNever': ['doChecklist'],
  'store.climateHot': ['coolOff', 'moveAway'],
  'store.climateHumid': ['coolOff', 'inspect'],
  'store.climateSilent': ['readLogger'],
  life: ['inspect', 'dispose'],
  'life.unknown': ['enterFacts', 'inspect'],
  'life.restricted': ['liftRestriction'],
  'life.receiptOverdue': ['inspect'],
  'life.overdue': ['inspect'],
  'life.suspended': ['inspect'],
  'life.suspendedLong': ['inspect', 'decide'],
  'life.stabiliserLow': ['dispose'],
  'life.stabiliserWatch': ['dispose', 'inspect'],
  'life.stabiliserTrend': ['inspect'],
  'life.stabiliserConsumed': ['inspect'],
  unknown: ['enterFacts'],
  'unknown.condition': ['inspect'],
  'unknown.account': ['updateProgram'],
};

const ASSUMED: Readonly<Record<string, Assumption>> = {
  'class.illegal': 'worstCode',
  'unknown.hazardCode': 'worstCode',
  'mix.unknown': 'worstCode',
  'unknown.neq': 'massAsNeq',
  'unknown.subdivision': 'worstSubdivision',
  'mix.formUnknown': 'sternerForm',
  'unknown.condition': 'unknownCondition',
  'mix.segregation.unknown': 'unknownCondition',
  'mix.segregation.mayBePropulsive': 'mayFly',
};

/** What an authority may approve, and what it says once it did. */
const APPROVABLE: readonly string[] = ['mix.conditional', 'mix.segregation.propulsive'];
const APPROVED: readonly string[] = ['mix.approved', 'mix.propulsiveApproved'];
/** Facts of a finding that stand for something that was assumed. */
const ASSUMED_BY_FACT: Readonly<Record<string, Assumption>> = {
  leftOut: 'neqLeftOut',
  insensitive: 'insensitiveShown',
  shelfLifeMonths: 'shelfLifeOfNature',
};

export type Explanation = Readonly<{
  /** The document of the row, where the pack lists it. */
  document: PackSource | null;
  assumed: readonly Assumption[];
  cures: readonly Cure[];
  /** Ids of the conditions that an authority may find to be met here; empty where none would help. */
  conditions: readonly string[];
  /** The row that an approval of them names: of a distance its cell, else the rule itself. */
  approvalRule: string;
  /** Roles that may let it pass, two people together; none where it stops nothing. */
  waivedBy: readonly Role[];
  /** What the waiver has to name beside rule and place; null where nothing. */
  division: string | null;
  /** Kilograms that it is signed for at least, so that it lets this finding pass; null where the rule has no quantity. */
  waivedKg: number | null;
  /** Kilograms of the greatest waiver in force for it, where that is too small; null where there is none. */
  waiverTooSmallKg: number | null;
  /** Last day of the waiver or the approval that lets it pass; null where none does. */
  passesUntil: string | null;
  /** Which of the two lasts until then; the approval where both do. */
  passesBy: 'approval' | 'waiver' | null;
}>;

/** @param waivers In force on the day of the check. The greatest last day counts. */
export function explain(finding: Finding, pack: RulePack, waivers: readonly WaiverFacts[] = []): Explanation {
  const division = isPerDivision(finding.rule) ? (finding.facts.division ?? null) : null;
  const { by: waiver, tooSmallKg } = coverageOf(finding, waivers);
  const ends = [
    ...(waiver === null ? [] : [{ until: waiver.until, by: 'waiver' as const }]),
    ...(APPROVED.includes(finding.says) ? [{ until: finding.facts.until ?? '', by: 'approval' as const }] : []),
  ].sort((a, b) => (a.until < b.until ? -1 : Number(a.until > b.until)));
  const last = ends.at(-1);
  return {
    document: documentOf(finding, pack),
    assumed: assumedIn(finding),
    cures: curesOf(finding.says),
    ...approvableIn(finding, pack),
    waivedBy: finding.severity === 'stop' ? allowedRoles('override') : [],
    division,
    waivedKg: waivedKgOf(finding),
    waiverTooSmallKg: tooSmallKg,
    passesUntil: last?.until ?? null,
    passesBy: last?.by ?? null,
  };
}

/** A distance may be smaller where its cell says so: that is approved by the name of the cell. */
function approvableIn({ rule, says, facts }: Finding, pack: RulePack): Pick<Explanation, 'conditions' | 'approvalRule'> {
  if (rule === 'qd.tooNear') {
    const cell = facts.cell ?? rule;
    return { approvalRule: cell, conditions: conditionsByCell(pack.distances).get(cell) ?? [] };
  }
  const asked = APPROVABLE.includes(says) ? (facts.notes ?? '').split(',').filter((note) => note !== '') : [];
  return { approvalRule: rule, conditions: asked };
}

/** The longest citation that begins the source of the row: `IATG 02.20:2021` and not `IATG 02.20`. */
const documentOf = ({ source }: Finding, { sources }: RulePack): PackSource | null =>
  sources.filter(({ cite }) => source.startsWith(cite)).sort((a, b) => b.cite.length - a.cite.length)[0] ?? null;

function assumedIn({ says, status, facts }: Finding): readonly Assumption[] {
  const assumed = ASSUMED[says];
  const byFact = Object.entries(ASSUMED_BY_FACT).flatMap(([fact, assumption]) => (facts[fact] === undefined ? [] : [assumption]));
  return [...(assumed === undefined ? [] : [assumed]), ...byFact, ...(status === 'unverified' ? (['rowUnverified'] as const) : [])];
}

function curesOf(says: string): readonly Cure[] {
  const words = says.split('.');
  for (let length = words.length; length > 0; length--) {
    const found = CURES[words.slice(0, length).join('.')];
    if (found !== undefined) return found;
  }
  return [];
}
