/** How the NEQ of different divisions in one place is added up: the cases that a limit or a distance is asked for. */

import { type HazardDivision, hasTrait, type ItemTrait, type LicenceDivision, type Subdivision } from '../domain/model.ts';
import { joinedSubdivision } from './classification.ts';
import type { Contribution, LeftOut } from './contributions.ts';
import type { AggregationTable, PresentKey, ReactsAsOneRow, RulePack, RuleRow, SummedDivision } from './pack.ts';

export type AggregatedCase = Readonly<{
  /** The division whose licence limit the case is held against. */
  division: LicenceDivision;
  /** The division or sub-division whose distances it is evaluated with. */
  hazardDivision: HazardDivision | Subdivision;
  /** Grams. */
  neqG: number;
  subjects: readonly string[];
  /** What of these natures does not count. */
  leftOut: readonly LeftOut[];
  row: RuleRow;
  /** The row by which 1.6N is in it as something else; null where none is. */
  insensitive: RuleRow | null;
  words: string;
}>;

/** What is added up; 1.6N of which a proof is at hand stands by itself until it is known what lies with it. */
type Part = LicenceDivision | '1.6';
type Sum = {
  neqG: number;
  subjects: string[];
  subdivisions: Set<Subdivision>;
  leftOut: LeftOut[];
  oneArticleG: number;
  /** Whether some of it makes 1.2 and 1.3 explode as one, and of which natures that is not known. */
  isViolent: boolean;
  doubtful: string[];
};
type Sums = ReadonlyMap<Part, Sum>;

const summedDivisions = ['1.1', '1.2', '1.3'] as const;
const nothing = (): Sum => ({
  neqG: 0,
  subjects: [],
  subdivisions: new Set(),
  leftOut: [],
  oneArticleG: 0,
  isViolent: false,
  doubtful: [],
});

/**
 * Every case of the pack for what lies together; where the pack joins two standards, the greater sum of each division.
 * 1.4 is a case of its own and is added to nothing.
 *
 * @returns One case for each division and sub-division, in rising order.
 * @source rows `limit.case.*`
 */
export const aggregate = (contributions: readonly Contribution[], pack: RulePack): readonly AggregatedCase[] =>
  greatest(
    pack.aggregations.flatMap((table) => {
      const sums = sumUp(contributions, table);
      return [...waysOf(contributions).flatMap((isAsOne) => casesOf(table, sums, isAsOne, pack)), ...aloneOf(table, sums)];
    }),
  );

/**
 * The pack's cases for everything in a store, and those of each part of it: more stock never takes a case away. Else 1.1
 * that is brought in would licence the 1.3 that lies there.
 */
export const casesOfStore = (contributions: readonly Contribution[], pack: RulePack): readonly AggregatedCase[] =>
  greatest(
    pack.aggregations.flatMap((table) => {
      const sums = sumUp(contributions, table);
      const ways = waysOf(contributions);
      const cases = partsOf(sums).flatMap((part) => ways.flatMap((isAsOne) => casesOf(table, part, isAsOne, pack)));
      return [...cases, ...aloneOf(table, sums)];
    }),
  );

/** The greatest NEQ of each division and sub-division; of equal ones the one of most natures, since some may count for nothing. */
function greatest(cases: readonly AggregatedCase[]): readonly AggregatedCase[] {
  const byDivision = new Map<string, AggregatedCase>();
  for (const found of cases) {
    const key = `${found.division} ${found.hazardDivision}`;
    const known = byDivision.get(key);
    if (known === undefined || weigh(found, known) > 0) byDivision.set(key, found);
  }
  return [...byDivision].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
}

/** Above zero where `a` asks for more: the greater NEQ, or the same of more natures. */
export const weigh = (a: AggregatedCase, b: AggregatedCase): number => a.neqG - b.neqG || a.subjects.length - b.subjects.length;

/**
 * Whether 1.6N counts as itself: where all of it is of one family. Otherwise it counts as 1.1, and what it asked for
 * before somebody put other stock to it stays.
 */
function waysOf(contributions: readonly Contribution[]): readonly boolean[] {
  const families = new Set(contributions.flatMap(({ insensitive }) => (insensitive === null ? [] : [insensitive.family])));
  return families.size === 0 || (families.size === 1 && !families.has(null)) ? [true] : [false, true];
}

function sumUp(contributions: readonly Contribution[], table: AggregationTable): Sums {
  const sums = new Map<Part, Sum>();
  for (const each of contributions) {
    const part = each.insensitive === null ? each.division : '1.6';
    const sum = sums.get(part) ?? nothing();
    sum.neqG += each.neqG;
    sum.subjects.push(each.subject);
    if (each.subdivision !== null) sum.subdivisions.add(each.subdivision);
    sum.leftOut.push(...each.leftOut);
    sum.oneArticleG = Math.max(sum.oneArticleG, each.oneArticleG);
    const isViolent = table.reactsAsOne === null ? false : isViolentBy(table.reactsAsOne, part, each);
    if (isViolent === null) sum.doubtful.push(each.subject);
    sum.isViolent ||= isViolent === true;
    sums.set(part, sum);
  }
  return sums;
}

/** Whether a nature makes 1.2 and 1.3 explode as one; null where nobody knows. 1.6N counts as 1.2.1 in such a mix. */
function isViolentBy(row: ReactsAsOneRow, part: Part, each: Contribution): boolean | null {
  if (part === '1.3') return hasAny(each, row.traits13);
  if (part !== '1.2' && part !== '1.6') return false;
  // An article of which nobody knows the size is taken as a large one.
  const isLarge = (each.neqPerArticleG ?? row.neqPerArticleMaxG + 1) > row.neqPerArticleMaxG;
  return isLarge && (part === '1.6' || each.subdivision === '1.2.1') ? true : hasAny(each, row.traits12);
}

function hasAny(nature: Contribution, traits: readonly ItemTrait[]): boolean | null {
  const known = traits.map((trait) => hasTrait(nature, trait));
  return known.includes(true) ? true : known.includes(null) ? null : false;
}

/** Everything that may be left when some of the divisions are taken away, the whole first. */
function partsOf(sums: Sums): readonly Sums[] {
  const parts = [...sums].filter(([part]) => part !== '1.4');
  const count = 2 ** parts.length;
  return Array.from({ length: count - 1 }, (_, at) => new Map(parts.filter((_part, i) => ((count - 1 - at) >> i) % 2 === 1)));
}

function casesOf(table: AggregationTable, all: Sums, isAsOne: boolean, pack: RulePack): readonly AggregatedCase[] {
  const { insensitive, reactsAsOne } = table;
  const proven = all.get('1.6');
  const lowest = summedDivisions.find((division) => all.has(division));
  if (proven !== undefined && isAsOne && lowest === undefined) {
    const { subjects, leftOut } = proven;
    return insensitive.alone.cases.map(({ neqOf, ...divisions }) => {
      const neqG = neqOf === 'sum' ? proven.neqG : proven.oneArticleG;
      return {
        ...divisions,
        neqG,
        subjects,
        leftOut,
        row: insensitive.alone,
        insensitive: insensitive.alone,
        words: insensitive.alone.words,
      };
    });
  }
  const joining = proven === undefined ? null : insensitive.joined[isAsOne ? (lowest ?? '1.1') : '1.1'];
  const sums = proven === undefined || joining === null ? all : joined(all, proven, joining.division, joining.subdivision);
  const present = summedDivisions.filter((division) => sums.has(division));
  if (present.length === 0) return [];
  const row = table.byPresent[present.join('+') as PresentKey];
  const cases = row.cases.map(({ division, sumOf }) => caseOf(division, sumOf, sums, joining, row, row.words, pack));
  if (reactsAsOne === null || !explodesAsOne(sums)) return cases;
  return [...cases, caseOf('1.1', present, sums, joining, reactsAsOne, reactsAsOne.words, pack)];
}

const explodesAsOne = (sums: Sums): boolean =>
  !sums.has('1.1') && sums.has('1.2') && sums.has('1.3') && (sums.get('1.2')?.isViolent === true || sums.get('1.3')?.isViolent === true);

function joined(sums: Sums, more: Sum, division: SummedDivision, subdivision: Subdivision | null): Sums {
  const known = sums.get(division) ?? nothing();
  return new Map<Part, Sum>(sums).set(division, {
    ...known,
    neqG: known.neqG + more.neqG,
    subjects: [...known.subjects, ...more.subjects],
    subdivisions: subdivision === null ? known.subdivisions : new Set([...known.subdivisions, subdivision]),
    leftOut: [...known.leftOut, ...more.leftOut],
    isViolent: known.isViolent || more.isViolent,
    doubtful: [...known.doubtful, ...more.doubtful],
  });
}

function aloneOf({ alone }: AggregationTable, sums: Sums): readonly AggregatedCase[] {
  const sum = sums.get('1.4');
  if (sum === undefined) return [];
  const { neqG, subjects, leftOut } = sum;
  return [{ division: '1.4', hazardDivision: '1.4', neqG, subjects, leftOut, row: alone, insensitive: null, words: alone.words }];
}

function caseOf(
  division: SummedDivision,
  sumOf: readonly SummedDivision[],
  sums: Sums,
  insensitive: RuleRow | null,
  row: RuleRow,
  words: string,
  pack: RulePack,
): AggregatedCase {
  const parts = sumOf.flatMap((each) => sums.get(each) ?? []);
  return {
    division,
    hazardDivision: joinedSubdivision(division, sums.get(division)?.subdivisions ?? new Set(), pack),
    neqG: parts.reduce((sum, part) => sum + part.neqG, 0),
    subjects: parts.flatMap((part) => part.subjects),
    leftOut: parts.flatMap((part) => part.leftOut),
    row,
    insensitive,
    words,
  };
}

type Doubt = Readonly<{ row: RuleRow; subjects: readonly string[]; neqG: number }>;

/**
 * Where a standard lets 1.2 and 1.3 be judged apart only if they do not explode as one, and nobody knows whether they do:
 * the natures that have to be looked at, and the NEQ of all. Beside 1.1 there is no doubt left.
 *
 * @source rows `limit.reactsAsOne`
 */
export function doubtAboutOneExplosion(contributions: readonly Contribution[], pack: RulePack): Doubt | null {
  for (const table of pack.aggregations) {
    const sums = sumUp(contributions, table);
    const [some, other] = [sums.get('1.2'), sums.get('1.3')];
    if (table.reactsAsOne === null || some === undefined || other === undefined || sums.has('1.1') || explodesAsOne(sums)) continue;
    const subjects = [...some.doubtful, ...other.doubtful];
    if (subjects.length > 0) return { row: table.reactsAsOne, subjects, neqG: some.neqG + other.neqG };
  }
  return null;
}
