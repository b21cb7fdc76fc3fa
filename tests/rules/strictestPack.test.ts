// Goal: a pack made of two is nowhere milder than either, and rests each rule on the better witness.
// Method: two packs that differ in one row at a time, joined in both orders.
import { describe, expect, test } from 'vitest';
import { checkLimits } from '../../shared/rules/limits.ts';
import type { CountsAsRow, MixNote, MixRow, RulePack, RuleRow, SegregationRow, SubdivisionRow } from '../../shared/rules/pack.ts';
import { sternerCell, strictestOf } from '../../shared/rules/strictest.ts';
import { aastp, aLine, aStore, iatg, strictest } from './support.ts';

const row = (id: string, facts: Partial<RuleRow> = {}): RuleRow => ({
  id,
  pack: 'p',
  edition: '1',
  source: `${id} source`,
  status: 'verified',
  ...facts,
});
const left = (facts: Partial<RulePack>): RulePack => ({ ...iatg, id: 'left', ...facts });
const right = (facts: Partial<RulePack>): RulePack => ({ ...iatg, id: 'right', ...facts });

describe('the pack itself', () => {
  test.each([
    ['verified', 'verified', 'verified'],
    ['verified', 'unverified', 'unverified'],
    ['unverified', 'verified', 'unverified'],
    ['unverified', 'unverified', 'unverified'],
  ] as const)('%s and %s is %s', (a, b, status) => {
    expect(strictestOf(left({ status: a }), right({ status: b })).status).toBe(status);
  });

  test('names both, and each document once', () => {
    const document = (id: string) => ({ id, title: id, edition: '1', cite: id, read: 'document' as const });
    const joined = strictestOf(
      left({ title: 'One', edition: '1', remark: 'first.', sources: [document('A'), document('B')] }),
      right({ title: 'Two', edition: '2', remark: 'second.', sources: [document('C'), document('B')] }),
    );
    expect(joined).toMatchObject({ id: 'strictest', title: 'Strictest of One and Two', edition: '1, 2', remark: 'first. second.' });
    expect(joined.sources.map(({ id }) => id)).toEqual(['A', 'B', 'C']);
  });

  test('knows only codes that are legal in both, and every way of adding up and of keeping away', () => {
    const codes = (...each: string[]) => new Map(each.map((code) => [code, row(`class.${code}`)]));
    const joined = strictestOf(left({ legalCodes: codes('1.1D', '1.3F') }), right({ legalCodes: codes('1.1D', '1.4A') }));
    expect([...joined.legalCodes.keys()]).toEqual(['1.1D']);
    const both = strictestOf(iatg, aastp);
    expect([both.aggregations, both.distances]).toEqual([
      [...iatg.aggregations, ...aastp.aggregations],
      [...iatg.distances, ...aastp.distances],
    ]);
  });
});

test.each([
  ['unverified', 'verified', 'right'],
  ['verified', 'unverified', 'left'],
  ['verified', 'verified', 'left'],
  ['unverified', 'unverified', 'left'],
] as const)('a rule that is %s here and %s there rests on the %s one', (a, b, witness) => {
  const rules = (pack: string, status: RuleRow['status']) => ({ ...iatg.rules, 'mix.unknown': row('mix.unknown', { pack, status }) });
  expect(strictestOf(left({ rules: rules('left', a) }), right({ rules: rules('right', b) })).rules['mix.unknown'].pack).toBe(witness);
});

describe('stock that lies apart', () => {
  type Part = Partial<Pick<SegregationRow, 'severity' | 'within' | 'status'>>;
  const base = iatg.segregation.get('mix.segregation.damaged') as SegregationRow;
  const joined = (a: Part, b: Part): string => {
    const of = (pack: string, part: Part) =>
      new Map([[base.id, { ...base, severity: 'warn', within: 'place', status: 'verified', ...part, pack } as const]]);
    return strictestOf(left({ segregation: of('left', a) }), right({ segregation: of('right', b) })).segregation.get(base.id)?.pack ?? '';
  };
  test.each<[string, Part, Part]>([
    ['a stop before a warning', { severity: 'stop' }, {}],
    ['the whole store before the bay', { within: 'store' }, {}],
    ['a stop within the bay before a warning within the store', { severity: 'stop' }, { within: 'store' }],
    ['a stop within the store before one within the bay', { severity: 'stop', within: 'store' }, { severity: 'stop' }],
    ['whoever read it, the sterner', { severity: 'stop', status: 'unverified' }, { status: 'verified' }],
    ['of two alike the one that was read', { status: 'verified' }, { status: 'unverified' }],
  ])('%s, in either order', (_name, sterner, milder) => {
    expect([joined(sterner, milder), joined(milder, sterner)]).toEqual(['left', 'right']);
  });
  test('of two that are quite alike the first', () => {
    expect([joined({}, {}), joined({ status: 'unverified' }, { status: 'unverified' })]).toEqual(['left', 'left']);
  });
  test('a row that only one has is kept', () => {
    expect([...strictestOf(left({}), right({ segregation: new Map() })).segregation]).toEqual([...iatg.segregation]);
  });
});

describe('a cell', () => {
  const note = (id: string): MixNote => ({ id, words: id, needsSegregation: false, needsAuthority: false, countsAs: null });
  const cell = (pack: string, verdict: MixRow['verdict'], notes: readonly MixNote[] = [], facts: Partial<RuleRow> = {}): MixRow => ({
    ...row('mix.articles.C-D', { pack, source: pack, ...facts }),
    groups: ['C', 'D'],
    verdict,
    notes,
  });
  test.each([
    ['prohibited', 'conditional'],
    ['prohibited', 'permitted'],
    ['conditional', 'permitted'],
  ] as const)('%s before %s, in either order', (sterner, milder) => {
    expect(sternerCell(cell('left', sterner), cell('right', milder)).pack).toBe('left');
    expect(sternerCell(cell('left', milder), cell('right', sterner)).pack).toBe('right');
  });
  test('equal verdicts carry the conditions of both, and name both', () => {
    const a = cell('left', 'conditional', [note('x')]);
    const both = sternerCell(a, cell('right', 'conditional', [note('x'), note('y')]));
    expect(both.notes.map(({ id }) => id)).toEqual(['x', 'y']);
    expect([both.source, both.status]).toEqual(['left; right', 'verified']);
    expect(sternerCell(a, cell('right', 'conditional', [note('x')]))).toBe(a);
  });
  test.each([
    ['verified', 'unverified'],
    ['unverified', 'verified'],
    ['unverified', 'unverified'],
  ] as const)('conditions of a %s and of a %s cell together are unverified', (a, b) => {
    const joined = sternerCell(
      cell('left', 'conditional', [note('x')], { status: a }),
      cell('right', 'conditional', [note('y')], { status: b }),
    );
    expect(joined.status).toBe('unverified');
  });
});

describe('thresholds and divisions that count as another', () => {
  const threshold = (pack: string, heNeqPerItemMaxG: number | null): RulePack['subdivisions'] => {
    const of = (division: '1.2' | '1.3'): SubdivisionRow => ({ ...iatg.subdivisions[division], pack, heNeqPerItemMaxG });
    return { '1.2': of('1.2'), '1.3': of('1.3') };
  };
  test.each([
    [136, 710, 'left'],
    [710, 136, 'right'],
    [null, 0, 'left'],
    [0, null, 'right'],
    [136, 136, 'left'],
  ])('%s g and %s g: the %s one', (a, b, pack) => {
    const { subdivisions } = strictestOf(left({ subdivisions: threshold('left', a) }), right({ subdivisions: threshold('right', b) }));
    expect([subdivisions['1.2'].pack, subdivisions['1.3'].pack]).toEqual([pack, pack]);
  });
  const as = (pack: string, countsAs: CountsAsRow['countsAs'] | null): RulePack['countsAs'] =>
    new Map(countsAs === null ? [] : [['1.6', { ...row('class.countsAs.1.6', { pack }), division: '1.6', countsAs }]]);
  test.each([
    ['1.1', '1.2', 'left'],
    ['1.2', '1.1', 'right'],
    ['1.2', '1.2', 'left'],
    [null, '1.4', 'right'],
    ['1.4', null, 'left'],
  ] as const)('1.6 as %s and as %s: the %s one', (a, b, pack) => {
    expect(strictestOf(left({ countsAs: as('left', a) }), right({ countsAs: as('right', b) })).countsAs.get('1.6')?.pack).toBe(pack);
  });
});

test('equal sums of two standards rest on the first', () => {
  const over = checkLimits(aStore([aLine()], { '1.1': 1 }), strictest);
  expect(over).toMatchObject([{ rule: 'limit.exceeded', pack: 'iatg-2021' }]);
});

test('what both leave out of the NEQ names both documents, and was read where both were', () => {
  const [first] = iatg.exclusions;
  if (first === undefined) throw new Error('no exclusion');
  const joined = (a: Partial<Omit<RuleRow, 'id'>>, b: Partial<Omit<RuleRow, 'id'>>) =>
    strictestOf(left({ exclusions: [{ ...first, ...a }] }), right({ exclusions: [{ ...first, ...b }] })).exclusions[0];
  expect(joined({ source: 'A', status: 'verified' }, { source: 'B', status: 'verified' })).toMatchObject({
    source: 'A; B',
    status: 'verified',
  });
  expect(joined({ source: 'A', status: 'verified' }, { source: 'A', status: 'unverified' })).toMatchObject({
    source: 'A',
    status: 'unverified',
  });
  expect(joined({ status: 'unverified' }, { status: 'verified' })?.status).toBe('unverified');
});

test('rockets lie only where either would let them, and what either suspects is asked about, all where one suspects all', () => {
  const note = (id: string) => ({ ...(iatg.propulsive.notes[0] as MixNote), id });
  const rockets = (...ids: string[]) => ({ propulsive: { ...iatg.propulsive, notes: ids.map(note) } });
  expect(strictestOf(left(rockets('x', 'y')), right(rockets('y', 'z'))).propulsive.notes.map(({ id }) => id)).toEqual(['y']);
  const suspects = (...uns: string[]) => ({ mayBePropulsive: { ...iatg.mayBePropulsive, uns } });
  const joined = (a: string[], b: string[]) => strictestOf(left(suspects(...a)), right(suspects(...b))).mayBePropulsive.uns;
  expect([joined(['1'], ['2']), joined(['1', '2'], ['2']), joined(['1', '2'], []), joined([], ['1'])]).toEqual([
    ['1', '2'],
    ['1', '2'],
    [],
    [],
  ]);
});
