/** The answer of `depot rules aggregate`: codes with their NEQ, and nothing known of the natures behind them. */
import type { Result } from '../lib/result.ts';
import { err, ok } from '../lib/result.ts';
import { aggregate } from './aggregation.ts';
import { isLegalCode, licenceDivisionOf, parseStorageCode, subdivisionOf } from './classification.ts';
import type { Contribution } from './contributions.ts';
import type { RulePack } from './pack.ts';

export type CodeQuantity = Readonly<{ code: string; neqKg: number }>;
export type AggregateAnswer = Readonly<{ cases: readonly Readonly<{ hd: string; neqKg: number; note: string }>[] }>;

/**
 * The cases to evaluate, the greatest distance governing. A code may carry its sub-division (`1.2.1D`); without it the
 * worst is taken. 1.4 stands among the cases only where nothing else is there, since it asks for no distance by NEQ. What
 * a code does not say (the size of single articles, what was shown of 1.6N) is in the note. NEQ in kilograms, rounded up
 * to the gram.
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
  const isWith16 = quantities.some(({ code }) => parseStorageCode(code)?.division === '1.6');
  const noteOf = (division: string, words: string) =>
    isWith16 && division === '1.1' ? `${words}; 1.6N counts as 1.1, since a code does not say what tests have shown` : words;
  return ok({
    cases: shown.map(({ division, hazardDivision, neqG, words }) => ({
      hd: hazardDivision,
      neqKg: neqG / 1000,
      note: noteOf(division, words),
    })),
  });
}

function contributionOf(code: string, neqKg: number, pack: RulePack): Contribution | null {
  const parsed = parseStorageCode(code);
  if (parsed === null || !isLegalCode(`${parsed.division}${parsed.group}`, pack)) return null;
  if (!Number.isFinite(neqKg) || neqKg < 0) return null;
  // The sixth decimal absorbs binary fractions, so that 1.1 kg is 1,100 g and not 1,101.
  const neqG = Math.ceil(Number((neqKg * 1000).toFixed(6)));
  const subdivision = subdivisionOf(parsed.division, { subdivision: parsed.subdivision, heNeqG: null }, pack);
  const nothingTold = { neqPerArticleG: 0, oneArticleG: neqG, traits: null, insensitive: null, leftOut: [] };
  return { ...nothingTold, division: licenceDivisionOf(parsed, pack), subdivision, neqG, subject: code };
}
