// Goal: a pack with a fault is refused whole, with that fault and no other; a national pack says its first faults alone.
// Method: the shipped packs with one thing spoilt; the problems are compared whole and not searched.
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../shared/rules/jsonReader.ts';
import { readNationalPack } from '../../shared/rules/nationalPack.ts';
import { readPack } from '../../shared/rules/readPack.ts';
import { aastp, iatg, packJson } from './support.ts';

type Row = Record<string, unknown>;
/** The rows of a list with one of them changed. */
const withRow = (
  key: 'articles' | 'substances' | 'rules' | 'aggregation' | 'countsAs' | 'subdivisions' | 'sources' | 'notes',
  at: number,
  more: Row,
) => ({
  ...packJson.aastp,
  [key]: (packJson.aastp[key] as readonly Row[]).map((row, i) => (i === at ? { ...row, ...more } : row)),
});
const problemsOf = (json: unknown): readonly string[] => {
  const read = readPack(json);
  return read.ok ? [] : read.error;
};
const articles = packJson.aastp.articles as readonly Row[];
const indexOf = (verdict: string): number => articles.findIndex((row) => row.verdict === verdict);

test('the shipped packs have no fault', () => {
  expect([problemsOf(packJson.iatg), problemsOf(packJson.aastp)]).toEqual([[], []]);
});

describe('a pack is refused, with that one fault,', () => {
  const conditional = indexOf('conditional');
  const permitted = indexOf('permitted');
  test.each<[string, unknown, readonly string[]]>([
    [
      'where a condition has no words',
      withRow('articles', conditional, { notes: [] }),
      [`articles[${conditional}].notes: a condition without words`],
    ],
    [
      'where it is verified by what was not read',
      withRow('rules', 1, { status: 'verified' }),
      ['rules[1].status: verified, but its source was not read'],
    ],
    ['where a row names no listed source', withRow('rules', 0, { source: 'HEARSAY' }), ['rules[0].source: not in the list of sources']],
  ])('%s', (_name, json, problems) => {
    expect(problemsOf(json)).toEqual(problems);
  });

  test('a verdict without condition needs no words', () => {
    expect(problemsOf(withRow('articles', permitted, { notes: [] }))).toEqual([]);
  });
  test.each([[['A']], [[]]])('where a cell is of %j', (groups) => {
    expect(problemsOf(withRow('articles', 0, { groups }))).toContain('articles[0].groups: two groups are wanted');
  });
  test.each([
    ['articles', 91],
    ['substances', 21],
  ] as const)('where %s have a cell too many or too few', (key, count) => {
    const rows = packJson.aastp[key] as readonly Row[];
    const last = rows.at(-1) as Row;
    expect(problemsOf({ ...packJson.aastp, [key]: [...rows, { ...last, id: 'more' }] })).toEqual([
      `${key}: ${count} cells are wanted, ${count + 1} found`,
    ]);
    expect(problemsOf({ ...packJson.aastp, [key]: rows.slice(0, -1) })).toEqual([
      `${key}: no cell S-S`,
      `${key}: ${count} cells are wanted, ${count - 1} found`,
    ]);
    const twice = rows.map((row, at) => (at === 1 ? { ...row, groups: (rows[0] as Row).groups } : row));
    expect(problemsOf({ ...packJson.aastp, [key]: twice })).toEqual([`${key}: no cell ${((rows[1] as Row).groups as string[]).join('-')}`]);
  });
  test.each([0, 1])('where a division has no row or two (%i)', (at) => {
    const rows = packJson.aastp.subdivisions as readonly Row[];
    const other = rows[1 - at] as Row;
    expect(problemsOf({ ...packJson.aastp, subdivisions: [other] })).toEqual([
      `subdivisions: exactly one row for ${(rows[at] as Row).division} is wanted`,
    ]);
    expect(problemsOf({ ...packJson.aastp, subdivisions: [...rows, { ...rows[at], id: 'again' }] })).toEqual([
      `subdivisions: exactly one row for ${(rows[at] as Row).division} is wanted`,
    ]);
  });
  test('where a sum has no case, and where no sum is there', () => {
    expect(problemsOf(withRow('aggregation', 0, { cases: [] }))).toEqual(['aggregation: no case for 1.1']);
    expect(problemsOf({ ...packJson.aastp, aggregation: packJson.aastp.aggregation.slice(1) })).toEqual(['aggregation: no case for 1.1']);
  });
  test.each(['1.5', '1.6'])('where %s counts as nothing', (division) => {
    const countsAs = (packJson.aastp.countsAs as readonly Row[]).filter((row) => row.division !== division);
    expect(problemsOf({ ...packJson.aastp, countsAs })).toEqual([`countsAs: no row for ${division}`]);
  });
  test('where a rule is missing, and where one is unknown', () => {
    const rules = packJson.aastp.rules as readonly Row[];
    const id = String(rules[0]?.id);
    expect(problemsOf({ ...packJson.aastp, rules: rules.slice(1) })).toEqual([`rules: no row ${id}`]);
    expect(problemsOf(withRow('rules', 0, { id: 'class.odd' }))).toEqual([`rules: no row ${id}`, 'rules: class.odd is not a known rule']);
  });
  test.each(['needsSegregation', 'needsAuthority'])('where a note does not say %s', (key) => {
    expect(problemsOf(withRow('notes', 0, { [key]: 'yes' }))).toEqual([`notes[0].${key}: true or false is wanted`]);
  });
  test.each(['', '   ', 7, null])('where a title is %j', (title) => {
    expect(problemsOf({ ...packJson.aastp, title })).toEqual(['pack.title: text is missing']);
  });
  test.each([-1, 0.5, '5000', Number.MAX_SAFE_INTEGER + 1])('where a threshold is %j', (neqPerArticleMaxG) => {
    expect(problemsOf({ ...packJson.aastp, reactsAsOne: { ...packJson.aastp.reactsAsOne, neqPerArticleMaxG } })).toEqual([
      'reactsAsOne.neqPerArticleMaxG: a whole number is missing',
    ]);
  });
  test('a threshold of nothing is a threshold', () => {
    expect(problemsOf({ ...packJson.aastp, reactsAsOne: { ...packJson.aastp.reactsAsOne, neqPerArticleMaxG: 0 } })).toEqual([]);
  });
  test('and a place in a list that is a list is no object', () => {
    expect(problemsOf({ ...packJson.aastp, notes: [[]] })).toContain('notes[0]: an object is wanted');
    expect(problemsOf({ ...packJson.aastp, notes: [null] })).toContain('notes[0]: an object is wanted');
  });
});

test('a row of a list inside the pack is named with the place that it stands in', () => {
  const tables = packJson.aastp.distances.tables.map((table, at) =>
    at === 0 ? { ...table, functions: table.functions.map((row, i) => (i === 0 ? { ...row, clause: '' } : row)) } : table,
  );
  const [problem] = problemsOf({ ...packJson.aastp, distances: { ...packJson.aastp.distances, tables } });
  expect(problem).toMatch(/tables\[0\]\.functions\[0\]\.clause: text is missing/);
});

test.each<[unknown, boolean]>([
  [[], false],
  [[500], true],
  [[500, 500], false],
  [[500, 400], false],
  [[400, 500], true],
])('a ladder of %j is taken: %s', (ladderKg, isTaken) => {
  const tables = packJson.aastp.distances.tables.map((table, at) => (at === 0 ? { ...table, ladderKg } : table));
  const problems = problemsOf({ ...packJson.aastp, distances: { ...packJson.aastp.distances, tables } });
  expect(problems.filter((problem) => problem.includes('ladderKg')).length).toBe(isTaken ? 0 : 1);
});

describe('a national pack', () => {
  const bases = new Map([
    ['iatg-2021', { json: packJson.iatg as unknown as JsonObject, pack: iatg }],
    ['aastp1-2006', { json: packJson.aastp as unknown as JsonObject, pack: aastp }],
  ]);
  const national = (part: object) => ({
    id: 'reeds',
    title: 'Order 7',
    authority: 'Inspectorate',
    date: '2026-05-01',
    base: 'iatg-2021',
    sources: [{ id: 'ORDER-7', title: 'Order 7', edition: '2026', cite: 'Order 7', read: 'document' }],
    rows: [],
    ...part,
  });
  const row = (id: string, more: object = {}) => ({ id, source: 'ORDER-7', clause: '1', status: 'verified', ...more });
  const said = (part: object): readonly string[] => {
    const read = readNationalPack(national(part), bases);
    return read.ok ? [] : read.error;
  };
  test('with a fault in its head says that fault alone, and does not go on to its rows', () => {
    expect(said({ date: 'May', rows: [row('mix.articles.Q-Q')] })).toEqual(['national.date: a date as YYYY-MM-DD is wanted']);
    expect(said({ date: '2026-05-011' })).toEqual(['national.date: a date as YYYY-MM-DD is wanted']);
    expect(said({ date: '12026-05-01' })).toEqual(['national.date: a date as YYYY-MM-DD is wanted']);
    expect(said({ base: 'dream' })).toEqual(['national.base: one of iatg-2021, aastp1-2006 is wanted']);
  });
  test('with a row of nothing says so, and with two of them both', () => {
    expect(said({ rows: [row('mix.articles.Q-Q'), row('class.none')] })).toEqual([
      'national.rows: mix.articles.Q-Q is no row of iatg-2021',
      'national.rows: class.none is no row of iatg-2021',
    ]);
  });
  test('changes what it names and leaves what begins alike', () => {
    const read = readNationalPack(national({ rows: [row('class.1.1A')] }), bases);
    if (!read.ok) throw new Error(read.error.join('\n'));
    const packOf = (code: string) => read.value.legalCodes.get(code)?.pack;
    expect([packOf('1.1A'), packOf('1.1B'), read.value.rules['mix.unknown'].pack]).toEqual(['reeds', 'iatg-2021', 'iatg-2021']);
    const cells = Array.from({ length: 10 }, () => 'D13 ≥ 600');
    const matrix = readNationalPack(national({ rows: [row('qd.cell.1.1.ES01', { cells })] }), bases);
    if (!matrix.ok) throw new Error(matrix.error.join('\n'));
    const cellOf = (es: string) => matrix.value.distances[0]?.matrices.get('1.1')?.get(es)?.P10.row.pack;
    expect([cellOf('ES01'), cellOf('ES02')]).toEqual(['reeds', 'iatg-2021']);
  });
});
