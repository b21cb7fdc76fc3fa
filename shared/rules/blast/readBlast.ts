import { err, ok, type Result } from '../../lib/result.ts';
import { type JsonObject, listAt, objectAt, oneOfAt, type Problems, refuseOthers, textAt, wholeNumberAt } from '../jsonReader.ts';
import { type Context, type RowReader, readRows, readSources } from '../readRow.ts';
import { type BlastBook, blastFigures, type EffectBand, type FigureRow } from './blast.ts';

/** Reads `resources/blast/…`, or says everything that is wrong with it. */
export function readBlast(json: unknown): Result<BlastBook, readonly string[]> {
  const problems: Problems = [];
  const from = objectAt(json, 'blast', problems);
  refuseOthers(from, ['id', 'edition', 'sources', 'figures', 'bands'], 'blast', problems);
  const ids = new Set<string>();
  const context: Context = {
    pack: textAt(from, 'id', 'blast', problems),
    edition: textAt(from, 'edition', 'blast', problems),
    sources: readSources(from, 'blast', ids, problems),
    notes: new Map(),
    ids,
    problems,
  };
  const figures = new Map(
    readRows(from, 'figures', ['figure', 'scaling', 'times', 'ranges'], readFigure, context).map((row) => [row.figure, row]),
  );
  for (const figure of blastFigures) if (!figures.has(figure)) problems.push(`figures: no row for ${figure}`);
  const bands = readRows(from, 'bands', ['target', 'fromPa', 'words'], readBand, context);
  return problems.length === 0 ? ok({ figures: Object.fromEntries(figures) as BlastBook['figures'], bands }) : err(problems);
}

const readFigure: RowReader<FigureRow> = (from, row, { problems }, at) => {
  const ranges = listAt(from, 'ranges', at, problems).map((each, i) => readRange(each, `${at}.ranges[${i}]`, problems));
  if (ranges.length === 0 || ranges.some(({ fromZ }, i) => i > 0 && fromZ !== ranges[i - 1]?.toZ))
    problems.push(`${at}.ranges: one after the other without a gap`);
  return {
    ...row,
    figure: oneOfAt(from, 'figure', blastFigures, at, problems),
    scaling: oneOfAt(from, 'scaling', ['cubeRoot', 'none'], at, problems),
    times: wholeNumberAt(from, 'times', at, problems),
    ranges,
  };
};

function readRange(value: unknown, at: string, problems: Problems): FigureRow['ranges'][number] {
  const from = objectAt(value, at, problems);
  refuseOthers(from, ['fromZ', 'toZ', 'coefficients'], at, problems);
  const number = (key: string, source: JsonObject = from): number => {
    if (typeof source[key] === 'number' && Number.isFinite(source[key])) return source[key];
    problems.push(`${at}.${key}: a number is missing`);
    return 0;
  };
  const coefficients = listAt(from, 'coefficients', at, problems).filter((each) => typeof each === 'number');
  if (coefficients.length < 2) problems.push(`${at}.coefficients: two or more numbers are wanted`);
  return { fromZ: number('fromZ'), toZ: number('toZ'), coefficients };
}

const readBand: RowReader<EffectBand> = (from, row, { problems }, at) => ({
  ...row,
  target: oneOfAt(from, 'target', ['window', 'structure', 'people'], at, problems),
  fromPa: wholeNumberAt(from, 'fromPa', at, problems),
  words: textAt(from, 'words', at, problems),
});
