// Goal: every cell of the storage tables is looked up, and nothing that is not known is permitted.
// Method: the tables stand here a second time, typed in as they are printed, and are compared with the findings.
import { describe, expect, test } from 'vitest';
import { checkMixing, mixCodes } from '../../shared/rules/mixing.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { aastp, aLine, aStore, iatg, packs, rulesOf, strictest } from './support.ts';

// Y permitted, - prohibited, a digit is a condition; A and L hold between two different natures.
const articlesAastp = `
    A B C D E F G H J K L N S
  A - - - - - - - - - - - - -
  B - Y - 1 1 1 - - - - - - Y
  C - - Y Y Y 2 4 - - - - 5 Y
  D - 1 Y Y Y 2 4 - - - - 5 Y
  E - 1 Y Y Y 2 4 - - - - 5 Y
  F - 1 2 2 2 Y 4 - - - - - Y
  G - - 4 4 4 4 Y - - - - - Y
  H - - - - - - - Y - - - - Y
  J - - - - - - - - Y - - - Y
  K - - - - - - - - - Y - - -
  L - - - - - - - - - - - - -
  N - - 5 5 5 - - - - - - 6 7
  S - Y Y Y Y Y Y Y Y - - 7 Y`;
const substancesAastp = `
    A C D G L S
  A - - - - - -
  C - 1 1 3 - Y
  D - 1 1 3 - Y
  G - 3 3 Y - Y
  L - - - - - -
  S - Y Y Y - Y`;

type Cell = readonly [a: string, b: string, verdict: string];
function cellsOf(table: string): readonly Cell[] {
  const [header = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const verdictOf = (mark: string): string => (mark === 'Y' ? 'permitted' : mark === '-' ? 'prohibited' : 'conditional');
  return rows.flatMap(([a = '', ...marks]) => marks.map((mark, i): Cell => [a, header[i] ?? '', verdictOf(mark)]));
}
/** Some legal code of each group. */
const codeOf = (group: string): string => [...aastp.legalCodes.keys()].find((code) => code.endsWith(group)) ?? '';
const pair = (a: string, b: string, form: 'article' | 'substance' | null) =>
  aStore([aLine({ item: 'LEFT', hazardCode: codeOf(a), form }), aLine({ item: 'RIGHT', hazardCode: codeOf(b), form })]);

describe.each<[string, RulePack, 'article' | 'substance', string]>([
  ['AASTP-1 articles', aastp, 'article', articlesAastp],
  ['AASTP-1 substances', aastp, 'substance', substancesAastp],
  // The cells in which the second-hand IATG table differs take the sterner verdict, so the verdicts are the same.
  ['IATG articles', iatg, 'article', articlesAastp],
  ['IATG substances', iatg, 'substance', substancesAastp],
  ['strictest articles', strictest, 'article', articlesAastp],
])('%s', (_name, pack, form, table) => {
  const cells = cellsOf(table);

  test.each(cells)('%s with %s is %s', (a, b, verdict) => {
    const findings = checkMixing(pair(a, b, form), pack);
    if (verdict === 'permitted') expect(findings).toEqual([]);
    else expect(findings).toMatchObject([{ says: `mix.${verdict}`, severity: 'stop', place: 'S1', subjects: ['LEFT', 'RIGHT'] }]);
  });

  test.each(cells)('%s with %s: one nature alone is no mix, an unknown partner always stops', (a) => {
    const alone = aLine({ item: 'LEFT', hazardCode: codeOf(a), form });
    expect(checkMixing(aStore([alone, { ...alone, place: 'S1-B2' }]), pack)).toEqual([]);
    const withUnknown = checkMixing(aStore([alone, aLine({ item: 'RIGHT', hazardCode: null })]), pack);
    expect(withUnknown).toMatchObject([{ rule: 'mix.unknown', says: 'mix.unknown', severity: 'stop', subjects: ['LEFT', 'RIGHT'] }]);
  });
});

describe('the form of an item', () => {
  const he = { item: 'HE', hazardCode: '1.1D' } as const;
  const tnt = { item: 'TNT', hazardCode: '1.1D' } as const;

  test('unknown: the sterner of the two tables, and the finding says so', () => {
    const findings = checkMixing(aStore([aLine({ ...he, form: null }), aLine({ ...tnt, form: 'article' })]), aastp);
    expect(findings).toMatchObject([{ rule: 'mix.substances.D-D', says: 'mix.formUnknown', severity: 'stop' }]);
  });

  test('a known pair in the same cell is no assumption', () => {
    const lines = [aLine({ ...he, form: null }), aLine({ ...tnt, form: 'substance' }), aLine({ ...tnt, item: 'RDX', form: 'substance' })];
    expect(checkMixing(aStore(lines), aastp)).toMatchObject([{ says: 'mix.conditional', subjects: ['HE', 'RDX', 'TNT'] }]);
  });

  test('an article with a substance: the sterner of the two tables', () => {
    const findings = checkMixing(aStore([aLine({ ...he, form: 'article' }), aLine({ ...tnt, form: 'substance' })]), aastp);
    expect(findings).toMatchObject([{ rule: 'mix.substances.D-D', says: 'mix.conditional' }]);
  });

  test('is never in doubt for a group that only articles have', () => {
    const lines = [aLine({ item: 'DET', hazardCode: '1.1B', form: null }), aLine({ item: 'BALL', hazardCode: '1.4S', form: null })];
    expect(checkMixing(aStore(lines), aastp)).toEqual([]);
  });
});

describe('places', () => {
  const det = (place: string) => aLine({ item: 'DET', hazardCode: '1.1B' }, place);
  const he = (place: string) => aLine({ item: 'HE', hazardCode: '1.1D' }, place);

  test.each([
    ['one bay', [det('S1-B1'), he('S1-B1')], ['S1-B1']],
    ['two bays', [det('S1-B1'), he('S1-B2')], ['S1']],
    ['the store and a bay', [det('S1'), he('S1-B2')], ['S1']],
    ['one bay and another', [det('S1-B1'), he('S1-B1'), he('S1-B2')], ['S1-B1', 'S1']],
  ])('%s', (_name, lines, places) => {
    expect(checkMixing(aStore(lines), iatg).map((finding) => finding.place)).toEqual(places);
  });

  test('one finding for a place and a cell, with everybody concerned and nobody else', () => {
    const lines = [det('S1'), he('S1'), aLine({ item: 'MINE', hazardCode: '1.2D' }), aLine({ item: 'BALL', hazardCode: '1.4S' })];
    const findings = checkMixing(aStore(lines), iatg);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'mix.articles.B-D',
      pack: 'iatg-2021',
      source: 'IATG 01.50 7.1',
      status: 'unverified',
      subjects: ['DET', 'HE', 'MINE'],
      facts: { left: 'B', right: 'D', notes: 'fuzesWithArticles' },
    });
  });

  test('an empty line is not there', () => {
    expect(checkMixing(aStore([det('S1'), { ...he('S1'), quantity: 0 }]), iatg)).toEqual([]);
  });

  test('an illegal code is as good as none', () => {
    expect(rulesOf(checkMixing(aStore([aLine({ item: 'X', hazardCode: '1.1S' }), he('S1')]), iatg))).toEqual(['mix.unknown']);
    expect(checkMixing(aStore([aLine({ item: 'X', hazardCode: '1.1S' })]), iatg)).toEqual([]);
  });

  test('two unknown natures do not lie together either', () => {
    const lines = [aLine({ item: 'X', hazardCode: null }), aLine({ item: 'Y', hazardCode: null }, 'S1-B2')];
    expect(checkMixing(aStore(lines), iatg)).toMatchObject([{ rule: 'mix.unknown', place: 'S1', subjects: ['X', 'Y'] }]);
  });
});

describe('codes at the terminal', () => {
  test.each<[RulePack, readonly string[], string]>([
    [aastp, ['1.1D', '1.2E'], 'permitted'],
    [aastp, ['1.1B', '1.1D'], 'conditional'],
    [aastp, ['1.1B', '1.3C'], 'prohibited'],
    [aastp, ['1.2H', '1.1D'], 'prohibited'],
    [aastp, ['1.2H', '1.4S'], 'permitted'],
    [aastp, ['1.2K', '1.4S'], 'prohibited'],
    [aastp, ['1.1A', '1.4S'], 'prohibited'],
    [aastp, ['1.1D', '1.3G'], 'conditional'],
    [aastp, ['1.1D', '1.4S', '1.1B'], 'conditional'],
    [aastp, ['1.6N', '1.6N'], 'conditional'],
    [aastp, ['1.6N', '1.4S'], 'conditional'],
    [iatg, ['1.1C', '1.1D', '1.1E'], 'permitted'],
    [iatg, ['1.2H', '1.1D'], 'prohibited'],
    [iatg, ['1.2F', '1.3G'], 'conditional'],
    [iatg, ['1.2L', '1.2L'], 'prohibited'],
    [strictest, ['1.1B', '1.3C'], 'prohibited'],
    [strictest, ['1.4S', '1.4S'], 'permitted'],
    [strictest, ['1.1D'], 'permitted'],
    [strictest, ['1.1S'], 'prohibited'],
    [strictest, ['1.1D', '2.1D'], 'prohibited'],
  ])('$id: %j is %s', (pack, codes, verdict) => {
    expect(mixCodes(codes, pack).verdict).toBe(verdict);
  });

  test('every pair carries its verdict, its condition in words, and its source', () => {
    const { pairs } = mixCodes(['1.2F', '1.3G', '1.4S'], iatg);
    expect(pairs.map(({ a, b, verdict }) => `${a} ${b} ${verdict}`)).toEqual([
      '1.2F 1.3G conditional',
      '1.2F 1.4S permitted',
      '1.3G 1.4S permitted',
    ]);
    expect(pairs[0]?.condition).toMatch(/separated.*; .*authority/);
    expect(pairs[1]?.condition).toBeNull();
    expect(pairs.every(({ source }) => source !== '')).toBe(true);
  });
});

test.each(packs)('$id: a full store is checked in a moment', (pack) => {
  const codes = [...pack.legalCodes.keys()];
  const lines = Array.from({ length: 6000 }, (_, i) =>
    aLine({ item: `I${i % 900}`, hazardCode: codes[(i % 900) % codes.length] ?? null, form: null }, `S1-B${i % 40}`),
  );
  const startMs = performance.now();
  expect(checkMixing(aStore(lines), pack).length).toBeGreaterThan(100);
  expect(performance.now() - startMs).toBeLessThan(1500);
});
