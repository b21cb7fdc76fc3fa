/** How the NEQ of different divisions in one place is added up: the cases that a limit or a distance is asked for. */

import type { HazardDivision, LicenceDivision, Subdivision } from '../domain/model.ts';
import type { Result } from '../lib/result.ts';
import { err, ok } from '../lib/result.ts';
import { isLegalCode, joinedSubdivision, licenceDivisionOf, parseStorageCode, subdivisionOf } from './classification.ts';
import type { AggregationTable, PresentKey, RulePack, RuleRow, SummedDivision } from './pack.ts';

/** One nature, or one code of the terminal, with the NEQ of all of it. */
export type Contribution = Readonly<{
  division: LicenceDivision;
  subdivision: Subdivision | null;
  /** Grams, rounded up. */
  neqG: number;
  /** Grams in one article at most; null where nobody can say. */
  neqPerArticleG: number | null;
  subject: string;
}>;

export type AggregatedCase = Readonly<{
  /** The division whose licence limit the case is held against. */
  division: LicenceDivision;
  /** The division or sub-division whose distances it is evaluated with. */
  hazardDivision: HazardDivision | Subdivision;
  /** Grams. */
  neqG: number;
  subjects: readonly string[];
  row: RuleRow;
  words: string;
}>;

type Sum = { neqG: number; subjects: string[]; subdivisions: Set<Subdivision>; isLargeArticle: boolean };

/**
 * Every case of the pack for what lies together; where the pack joins two standards, the greater sum of each division.
 * 1.4 is a case of its own and is added to nothing.
 *
 * @returns One case for each division, in rising order.
 * @source rows `limit.case.*`
 */
export function aggregate(contributions: readonly Contribution[], pack: RulePack): readonly AggregatedCase[] {
  const byDivision = new Map<LicenceDivision, AggregatedCase>();
  for (const table of pack.aggregations) {
    for (const found of casesOf(table, sumUp(contributions, table), pack)) {
      const known = byDivision.get(found.division);
      if (known === undefined || found.neqG > known.neqG) byDivision.set(found.division, found);
    }
  }
  return [...byDivision.values()].sort((a, b) => (a.division < b.division ? -1 : 1));
}

function sumUp(contributions: readonly Contribution[], table: AggregationTable): ReadonlyMap<LicenceDivision, Sum> {
  const sums = new Map<LicenceDivision, Sum>();
  const articleMaxG = table.reactsAsOne?.neqPerArticleMaxG ?? Number.POSITIVE_INFINITY;
  for (const each of contributions) {
    const sum = sums.get(each.division) ?? { neqG: 0, subjects: [], subdivisions: new Set<Subdivision>(), isLargeArticle: false };
    sum.neqG += each.neqG;
    sum.subjects.push(each.subject);
    if (each.subdivision !== null) sum.subdivisions.add(each.subdivision);
    // An article of which nobody knows the size is taken as a large one, where the standard asks for the size at all.
    if (each.subdivision === '1.2.1' && table.reactsAsOne !== null && (each.neqPerArticleG ?? articleMaxG + 1) > articleMaxG)
      sum.isLargeArticle = true;
    sums.set(each.division, sum);
  }
  return sums;
}

function casesOf(table: AggregationTable, sums: ReadonlyMap<LicenceDivision, Sum>, pack: RulePack): readonly AggregatedCase[] {
  const cases: AggregatedCase[] = [];
  const present = (['1.1', '1.2', '1.3'] as const).filter((division) => sums.has(division));
  if (present.length > 0) {
    const row = table.byPresent[present.join('+') as PresentKey];
    for (const { division, sumOf } of row.cases) cases.push(caseOf(division, sumOf, sums, row, row.words, pack));
  }
  const explodesAsOne = present.join('+') === '1.2+1.3' && sums.get('1.2')?.isLargeArticle === true;
  if (explodesAsOne && table.reactsAsOne !== null) {
    cases.push(caseOf('1.1', present, sums, table.reactsAsOne, 'large 1.2.1 articles with 1.3 explode as one: sum as 1.1', pack));
  }
  const alone = sums.get('1.4');
  if (alone !== undefined) {
    const { neqG, subjects } = alone;
    cases.push({ division: '1.4', hazardDivision: '1.4', neqG, subjects, row: table.alone, words: table.alone.words });
  }
  return cases;
}

function caseOf(
  division: SummedDivision,
  sumOf: readonly SummedDivision[],
  sums: ReadonlyMap<LicenceDivision, Sum>,
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
    row,
    words,
  };
}

export type CodeQuantity = Readonly<{ code: string; neqKg: number }>;
export type AggregateAnswer = Readonly<{ cases: readonly Readonly<{ hd: string; neqKg: number; note: string }>[] }>;

/**
 * The answer of `depot rules aggregate`: the cases to evaluate, the greatest distance governing. A code may carry its
 * sub-division (`1.2.1D`); without it the worst is taken. 1.4 stands among the cases only where nothing else is there,
 * since it asks for no distance by NEQ. The size of single articles is not known here, so a case that depends on it is
 * in the note. NEQ in kilograms, rounded up to the gram.
 *
 * @returns The codes that are not legal, where there are any.
 */
export function aggregateCodes(quantities: readonly CodeQuantity[], pack: RulePack): Result<AggregateAnswer, readonly string[]> {
  const bad = quantities.filter(({ code, neqKg }) => contributionOf(code, neqKg, pack) === null).map(({ code }) => code);
  if (bad.length > 0) return err(bad);
  const cases = aggregate(
    quantities.flatMap(({ code, neqKg }) => contributionOf(code, neqKg, pack) ?? []),
    pack,
  );
  const isOnly14 = cases.every((each) => each.division === '1.4');
  const shown = cases.filter((each) => isOnly14 || each.division !== '1.4');
  return ok({ cases: shown.map(({ hazardDivision, neqG, words }) => ({ hd: hazardDivision, neqKg: neqG / 1000, note: words })) });
}

function contributionOf(code: string, neqKg: number, pack: RulePack): Contribution | null {
  const parsed = parseStorageCode(code);
  if (parsed === null || !isLegalCode(`${parsed.division}${parsed.group}`, pack)) return null;
  if (!Number.isFinite(neqKg) || neqKg < 0) return null;
  // The sixth decimal absorbs binary fractions, so that 1.1 kg is 1,100 g and not 1,101.
  const neqG = Math.ceil(Number((neqKg * 1000).toFixed(6)));
  const subdivision = subdivisionOf(parsed.division, { subdivision: parsed.subdivision, heNeqG: null }, pack);
  return { division: licenceDivisionOf(parsed, pack), subdivision, neqG, neqPerArticleG: 0, subject: code };
}
