// Goal: each row on codes, sub-divisions, sums and stock that lies apart is met by a case on either side of it.
// Method: the codes and the sums stand here a second time, as the documents print them.
import { describe, expect, test } from 'vitest';
import { subdivisionOf } from '../../../shared/rules/classification.ts';
import type { HeapState, StoreLine } from '../../../shared/rules/facts.ts';
import { checkLimits } from '../../../shared/rules/limits.ts';
import type { PresentKey, RulePack } from '../../../shared/rules/pack.ts';
import { segregationIds } from '../../../shared/rules/readSegregation.ts';
import { checkSegregation } from '../../../shared/rules/segregation.ts';
import { checkItem } from '../../../shared/rules/unknowns.ts';
import { counts } from '../counting.ts';
import { aastp, aLine, anItem, aStore, iatg, rulesOf, wideLimits } from '../support.ts';

const both = [iatg, aastp];

/** 49 CFR 172.101, column 3, and the table of the UN Model Regulations for 1.3F. */
const LEGAL: Readonly<Record<string, string>> = {
  '1.1': 'ABCDEFGJL',
  '1.2': 'BCDEFGHJKL',
  '1.3': 'CFGHJKL',
  '1.4': 'BCDEFGS',
  '1.5': 'D',
  '1.6': 'N',
};

describe.each(both)('codes of $id', (pack) => {
  const codes = Object.keys(LEGAL).flatMap((division) => [...'ABCDEFGHJKLNS'].map((group) => `${division}${group}`));
  test.each(codes)('%s', (code) => {
    const isLegal = LEGAL[code.slice(0, 3)]?.includes(code.slice(3)) ?? false;
    const found = (by: RulePack) =>
      rulesOf(checkItem(anItem({ hazardCode: code, subdivision: null, heNeqG: 1 }), 'S1', by)).includes('class.illegal');
    expect(found(pack)).toBe(!isLegal);
    const row = pack.legalCodes.get(code);
    expect(row !== undefined).toBe(isLegal);
    if (row === undefined) return;
    counts('passes', row);
    expect(found({ ...pack, legalCodes: new Map([...pack.legalCodes].filter(([each]) => each !== code)) })).toBe(true);
    counts('stops', row);
  });
});

test.each([
  ['IATG Table 9', iatg, 136],
  ['AASTP-1 1.2.1.2', aastp, 710],
] as const)('%s parts 1.2 at %s g, and takes an unknown 1.3 for a mass fire', (_name, pack, mostG) => {
  const of = (division: '1.2' | '1.3', heNeqG: number | null) => subdivisionOf(division, { subdivision: null, heNeqG }, pack);
  expect([of('1.2', mostG), of('1.2', mostG + 1), of('1.2', null)]).toEqual(['1.2.2', '1.2.1', '1.2.1']);
  expect([of('1.3', 0), of('1.3', null)]).toEqual(['1.3.1', '1.3.1']);
  expect(subdivisionOf('1.3', { subdivision: '1.3.2', heNeqG: null }, pack)).toBe('1.3.2');
  counts('passes', pack.subdivisions['1.2'], pack.subdivisions['1.3']);
  counts('stops', pack.subdivisions['1.2'], pack.subdivisions['1.3']);
});

describe.each(both)('sums of $id', (pack) => {
  const ofDivision = { '1.1': '1.1D', '1.2': '1.2D', '1.3': '1.3C' } as const;
  type Summed = keyof typeof ofDivision;
  const SUM: Readonly<Record<PresentKey, Readonly<Partial<Record<Summed, number>>>>> = {
    '1.1': { '1.1': 1 },
    '1.2': { '1.2': 2 },
    '1.3': { '1.3': 4 },
    '1.1+1.2': { '1.1': 3, '1.2': 3 },
    '1.1+1.3': pack === iatg ? { '1.1': 5, '1.3': 4 } : { '1.1': 5, '1.3': 5 },
    '1.2+1.3': { '1.2': 2, '1.3': 4 },
    '1.1+1.2+1.3': pack === iatg ? { '1.1': 7, '1.2': 7, '1.3': 4 } : { '1.1': 7, '1.2': 7, '1.3': 7 },
  };
  const kilograms = { '1.1': 1, '1.2': 2, '1.3': 4 } as const;
  const store = (key: PresentKey): StoreLine[] =>
    (key.split('+') as Summed[]).map((division) =>
      aLine(
        { item: division, hazardCode: ofDivision[division], neqG: 1_000, heNeqG: 1, subdivision: division === '1.3' ? '1.3.1' : null },
        'S1',
        kilograms[division],
      ),
    );
  const [table] = pack.aggregations;

  test.each(Object.keys(SUM) as PresentKey[])('%s', (key) => {
    const row = table?.byPresent[key];
    if (row === undefined) throw new Error(`no row for ${key}`);
    const limits = Object.fromEntries(Object.entries(SUM[key]).map(([division, sum]) => [division, sum * 1_000]));
    expect(checkLimits(aStore(store(key), limits), pack).filter(({ rule }) => rule !== 'limit.reactsAsOne')).toEqual([]);
    counts('passes', row);
    for (const division of Object.keys(SUM[key])) {
      const findings = checkLimits(aStore(store(key), { ...limits, [division]: (limits[division] as number) - 1 }), pack);
      expect(findings.filter(({ rule }) => rule !== 'limit.reactsAsOne')).toMatchObject([{ rule: 'limit.exceeded', facts: { division } }]);
      counts('stops', row);
    }
  });

  test('1.4 is added to nothing', () => {
    const lines = [...store('1.1'), aLine({ item: 'BALL', hazardCode: '1.4S', neqG: 1_000 }, 'S1', 9)];
    const row = table?.alone;
    if (row === undefined) throw new Error('no row for 1.4');
    expect(checkLimits(aStore(lines, { '1.1': 1_000, '1.4': 9_000 }), pack)).toEqual([]);
    counts('passes', row);
    expect(checkLimits(aStore(lines, { '1.1': 1_000, '1.4': 8_999 }), pack)).toMatchObject([
      { rule: 'limit.exceeded', source: row.source, facts: { division: '1.4', case: row.id }, numbers: { neqKg: 9, limitKg: 8.999 } },
    ]);
    counts('stops', row);
  });

  test.each(['1.5', '1.6'] as const)('%s is held against the licence of 1.1', (division) => {
    const row = pack.countsAs.get(division);
    if (row === undefined) throw new Error(`no row for ${division}`);
    const lines = [aLine({ hazardCode: division === '1.5' ? '1.5D' : '1.6N', neqG: 1_000 }, 'S1', 2)];
    expect(checkLimits(aStore(lines, { '1.1': 2_000 }), pack)).toEqual([]);
    counts('passes', row);
    expect(checkLimits(aStore(lines, { '1.1': 1_999 }), pack)).toMatchObject([{ rule: 'limit.exceeded', facts: { division: '1.1' } }]);
    counts('stops', row);
  });
});

test('articles of more than 5 kg of 1.2.1 explode as one with 1.3 by AASTP-1', () => {
  const row = aastp.aggregations[0]?.reactsAsOne;
  if (!row) throw new Error('no row');
  const store = (neqG: number) =>
    aStore(
      [
        aLine({ item: 'SHELL', hazardCode: '1.2D', subdivision: '1.2.1', neqG }, 'S1', 1),
        aLine({ item: 'PROP', hazardCode: '1.3C', subdivision: '1.3.1', neqG: 1_000 }, 'S1', 1),
      ],
      { ...wideLimits, '1.1': 0 },
    );
  expect(checkLimits(store(5_000), aastp)).toMatchObject([{ rule: 'limit.reactsAsOne', severity: 'warn', numbers: { neqKg: 6 } }]);
  counts('passes', row);
  expect(checkLimits(store(5_001), aastp)).toMatchObject([
    { rule: 'limit.exceeded', source: row.source, facts: { division: '1.1', case: row.id }, numbers: { neqKg: 6.001 } },
  ]);
  counts('stops', row);
});

const heap = (state: Partial<HeapState>, facts: Parameters<typeof aLine>[0] = {}, place = 'S1'): StoreLine => ({
  ...aLine(facts, place),
  states: [{ condition: 'serviceable', identity: 'known', ...state }],
});
const other = (place = 'S1') => aLine({ item: 'SHELL' }, place);
const ball = (place = 'S1') => aLine({ item: 'BALL', hazardCode: '1.4S', un: '0012' }, place);
/** What lies too near, and the same stock where it may lie. */
const APART: Readonly<Record<(typeof segregationIds)[number], readonly [near: readonly StoreLine[], apart: readonly StoreLine[]]>> = {
  'mix.segregation.suspect': [[heap({ condition: 'banned' }, {}, 'S1-B1'), other('S1-B2')], [heap({ condition: 'banned' })]],
  'mix.segregation.unknown': [
    [heap({ condition: 'unknown' }), other()],
    [heap({ condition: 'unknown' }, {}, 'S1-B1'), other('S1-B2')],
  ],
  'mix.segregation.damaged': [
    [heap({ condition: 'pending' }), other()],
    [heap({ condition: 'pending' }, {}, 'S1-B1'), other('S1-B2')],
  ],
  'mix.segregation.disposal': [
    [heap({ condition: 'disposal' }), other()],
    [heap({ condition: 'disposal' }, {}, 'S1-B1'), other('S1-B2')],
  ],
  'mix.segregation.detonators': [
    [aLine({ item: 'DET', hazardCode: '1.1B', un: '0029' }), ball()],
    [aLine({ item: 'DET', hazardCode: '1.1B', un: '0029' }, 'S1-B1'), ball('S1-B2')],
  ],
  'mix.segregation.whitePhosphorus': [
    [aLine({ item: 'WP', hazardCode: '1.2H', un: '0245' }), ball()],
    [aLine({ item: 'WP', hazardCode: '1.2H', un: '0245' }, 'S1-B1'), ball('S1-B2')],
  ],
  'mix.segregation.lostPropellant': [
    [heap({ identity: 'mixed' }, { item: 'CHARGE', hazardCode: '1.3C', un: '0242' })],
    [heap({ identity: 'known' }, { item: 'CHARGE', hazardCode: '1.3C', un: '0242' })],
  ],
};

describe.each(both)('what lies apart by $id', (pack) => {
  test.each(segregationIds)('%s', (id) => {
    const row = pack.segregation.get(id);
    if (row === undefined) throw new Error(`no row ${id}`);
    const [near, apart] = APART[id];
    expect(checkSegregation(aStore(near), pack)).toMatchObject([
      { rule: id, severity: row.severity, source: row.source, status: row.status },
    ]);
    counts('stops', row);
    expect(checkSegregation(aStore(apart), pack)).toEqual([]);
    counts('passes', row);
  });
});
