/** What each nature in a storehouse adds to its NEQ: what is left out of it, and what it is added up as. */
import { hasTrait, type LicenceDivision, type Subdivision } from '../domain/model.ts';
import { classificationOf, licenceDivisionOf, subdivisionOf } from './classification.ts';
import type { BuildingFacts, ItemFacts, StockFacts, StoreLine } from './facts.ts';
import { checkMixing } from './mixing.ts';
import { type ExclusionRow, exclusionFacts, pairKey, type RulePack } from './pack.ts';

/** Part of the NEQ of a nature that a row leaves out. Grams. */
export type LeftOut = Readonly<{ row: ExclusionRow; subject: string; neqG: number }>;

/** One nature, or one code of the terminal, with the NEQ of all of it. */
export type Contribution = Readonly<{
  division: LicenceDivision;
  subdivision: Subdivision | null;
  /** Grams that count, rounded up. */
  neqG: number;
  /** Grams in one article at most, whatever is left out of them; null where nobody can say. */
  neqPerArticleG: number | null;
  /** Grams of one article that count. */
  oneArticleG: number;
  traits: string | null;
  /**
   * Set for 1.6N that is shown not to spread. Natures of one family may count as 1.6N together; without a family it counts
   * as 1.1, since what lies with it is no part of that proof.
   */
  insensitive: Readonly<{ family: string | null }> | null;
  leftOut: readonly LeftOut[];
  subject: string;
}>;

/**
 * The NEQ that is counted for one unit of issue where nothing is left out, in grams: its own, else the whole mass (there
 * cannot be more explosive than that), else null.
 */
export const assumedNeqG = (item: ItemFacts): number | null => item.neqG ?? item.massG;

/** What all of the present stock adds. Neither NEQ nor mass known: nothing, and the caller says so. */
export function contributionsOf(stock: StockFacts, pack: RulePack): readonly Contribution[] {
  const present = stock.lines.filter(({ quantity }) => quantity > 0);
  const family = familyOf({ ...stock, lines: present }, pack);
  return present.map(({ item, quantity }) => contributionOf(item, quantity, stock.building ?? null, family, pack));
}

function contributionOf(
  item: ItemFacts,
  quantity: number,
  building: BuildingFacts | null,
  family: string | null,
  pack: RulePack,
): Contribution {
  const classification = classificationOf(item, pack);
  const neqPerArticleG = assumedNeqG(item);
  const leftOutOfOne = leftOutOf(item, building, pack);
  // A difference of whole grams, each of the parts counted down to what is left: it is never below zero.
  const oneArticleG = leftOutOfOne.reduce((rest, { neqG }) => rest - neqG, neqPerArticleG ?? 0);
  return {
    division: licenceDivisionOf(classification, pack),
    subdivision: classification === null ? null : subdivisionOf(classification.division, item, pack),
    neqG: oneArticleG * quantity,
    neqPerArticleG,
    oneArticleG,
    traits: item.traits,
    insensitive: isDemonstrated(item, pack) ? { family } : null,
    leftOut: leftOutOfOne.map((each) => ({ ...each, neqG: each.neqG * quantity })),
    subject: item.item,
  };
}

/**
 * What is left out of one unit of issue, row after row, never more than is there. Of a nature whose NEQ or code is not
 * known everything counts.
 *
 * @source rows `limit.exclusion.*`
 */
function leftOutOf(item: ItemFacts, building: BuildingFacts | null, pack: RulePack): readonly LeftOut[] {
  const division = classificationOf(item, pack)?.division;
  if (item.neqG === null || division === undefined) return [];
  let rest = item.neqG;
  return pack.exclusions.flatMap((row) => {
    const neqG = Math.min(item[exclusionFacts[row.id]] ?? 0, rest);
    if (neqG === 0 || !row.divisions.includes(division) || !isBuiltFor(row, building)) return [];
    rest -= neqG;
    return [{ row, subject: item.item, neqG }];
  });
}

function isBuiltFor({ constructions, isAboveGroundOnly }: ExclusionRow, building: BuildingFacts | null): boolean {
  if (isAboveGroundOnly && building?.isUnderground !== false) return false;
  if (constructions === null) return true;
  const construction = building?.construction ?? null;
  return construction !== null && constructions.includes(construction);
}

/** 1.6N that tests show not to spread. */
const isDemonstrated = (item: ItemFacts, pack: RulePack): boolean =>
  hasTrait(item, 'demonstrated') === true && classificationOf(item, pack)?.division === '1.6';

/**
 * The natures of 1.6N that count as such together in one storehouse; null where they do not: several whose mixing nobody
 * approved, one of which nobody knows the NEQ of an article, or stock beside which group N counts as another one.
 *
 * @source the cells of group N in the mixing table, with their notes
 */
function familyOf(stock: StockFacts, pack: RulePack): string | null {
  const lines = stock.lines.filter(({ item }) => isDemonstrated(item, pack));
  if (lines.length === 0 || lines.some(({ item }) => item.neqG === null) || stock.lines.some((line) => isStrangerToN(line, pack)))
    return null;
  const natures = [...new Set(lines.map(({ item }) => item.item))].sort();
  const { store = '', approvals = [] } = stock;
  const isMixed = checkMixing({ store, lines, approvals, limitsG: {} }, pack).some(({ severity }) => severity === 'stop');
  return natures.length > 1 && isMixed ? null : natures.join('+');
}

/** 1.4 beside which N is N no more. Other divisions say by themselves what 1.6N counts as beside them. */
function isStrangerToN({ item }: StoreLine, pack: RulePack): boolean {
  const classification = classificationOf(item, pack);
  if (classification?.division !== '1.4') return false;
  const cell = pack.articles.get(pairKey('N', classification.group));
  return cell === undefined || cell.verdict === 'prohibited' || cell.notes.some(({ countsAs }) => countsAs !== null && countsAs !== 'N');
}
