// Goal: licence limits, life, condition and unknown facts, each refused and each let pass, at its edge.
import { describe, expect, test } from 'vitest';
import { aggregateCodes } from '../../shared/rules/aggregateCodes.ts';
import { isLegalCode, parseHazardCode, parseStorageCode, subdivisionOf } from '../../shared/rules/classification.ts';
import type { ItemFacts } from '../../shared/rules/facts.ts';
import { checkLimits } from '../../shared/rules/limits.ts';
import { checkIssue, checkLot } from '../../shared/rules/lots.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { checkStore } from '../../shared/rules/store.ts';
import { checkItem } from '../../shared/rules/unknowns.ts';
import { aastp, aLine, aLot, anItem, aStore, iatg, iatgTable, rulesOf, strictest } from './support.ts';

describe('classification', () => {
  test.each([
    ['1.1D', true],
    ['1.1S', false],
    ['1.2H', true],
    ['1.5D', true],
    ['1.6N', true],
    ['1.4A', false],
    ['1.3F', true],
    ['2.1D', false],
    ['', false],
    ['1.1d', false],
  ])('%s is legal: %s', (code, isLegal) => {
    expect(isLegalCode(code, iatg)).toBe(isLegal);
  });

  test.each(['', '1.1', 'D', '1.7D', '1.1I', '1.1M', '1.1DD', ' 1.1D', '1.2.1D'])('%j is no hazard code', (text) => {
    expect(parseHazardCode(text)).toBeNull();
  });

  test('a storage code may carry its sub-division', () => {
    expect(parseStorageCode('1.2.1D')).toEqual({ division: '1.2', group: 'D', subdivision: '1.2.1' });
    expect(parseStorageCode('1.3G')).toEqual({ division: '1.3', group: 'G', subdivision: null });
    expect(parseStorageCode('1.3.3G')).toBeNull();
    expect(parseStorageCode('1.1.1D')).toBeNull();
  });

  test.each<[RulePack, number | null, string]>([
    [iatg, 136, '1.2.2'],
    [iatg, 137, '1.2.1'],
    [iatg, null, '1.2.1'],
    [iatg, 0, '1.2.2'],
    [aastp, 710, '1.2.2'],
    [aastp, 711, '1.2.1'],
    [strictest, 137, '1.2.1'],
  ])('$id: 1.2 with %s g of high explosive in an item is %s', (pack, heNeqG, wanted) => {
    expect(subdivisionOf('1.2', { subdivision: null, heNeqG }, pack)).toBe(wanted);
  });

  test('the own sub-division comes first, an unknown 1.3 is a mass fire, another division has none', () => {
    expect(subdivisionOf('1.2', { subdivision: '1.2.3', heNeqG: 900 }, iatg)).toBe('1.2.3');
    expect(subdivisionOf('1.2', { subdivision: '1.3.2', heNeqG: null }, iatg)).toBe('1.2.1');
    expect(subdivisionOf('1.3', { subdivision: null, heNeqG: 0 }, iatg)).toBe('1.3.1');
    expect(subdivisionOf('1.1', { subdivision: '1.2.1', heNeqG: 0 }, iatg)).toBeNull();
  });
});

describe('aggregation', () => {
  type Case = readonly [RulePack, string, string];
  test.each<Case>([
    [iatg, '1.1D:20000 1.4S:5000', '1.1 20000'],
    [iatg, '1.1D:100 1.2.2E:50', '1.1 150, 1.2.2 150'],
    [iatg, '1.1D:100 1.2E:50 1.3C:25', '1.1 175, 1.2.1 175'],
    [iatg, '1.1D:100 1.3C:25', '1.1 125'],
    [iatg, '1.2.2E:50 1.3.2G:25', '1.2.2 50, 1.3.2 25'],
    [iatg, '1.2.1D:30 1.2.2D:20', '1.2.1 50'],
    [iatg, '1.3.1C:30 1.3.2G:20', '1.3.1 50'],
    [iatg, '1.5D:40 1.1D:1', '1.1 41'],
    [iatg, '1.6N:40', '1.1 40'],
    [iatg, '1.4S:7 1.4G:2', '1.4 9'],
    [iatg, '1.1D:0.0001', '1.1 0.001'],
    [iatg, '1.1D:1.1', '1.1 1.1'],
    [aastp, '1.1D:100 1.3C:25', '1.1 125, 1.3.1 125'],
    [aastp, '1.1D:100 1.2E:50 1.3C:25', '1.1 175, 1.2.1 175, 1.3.1 175'],
    [aastp, '1.2.1D:50 1.3C:25', '1.2.1 50, 1.3.1 25'],
    [strictest, '1.1D:100 1.2E:50 1.3C:25', '1.1 175, 1.2.1 175, 1.3.1 175'],
  ])('$id: %s gives %s', (pack, text, wanted) => {
    const answer = aggregateCodes(
      text.split(' ').map((part) => ({ code: part.split(':')[0] ?? '', neqKg: Number(part.split(':')[1]) })),
      pack,
    );
    expect(answer.ok && answer.value.cases.map(({ hd, neqKg }) => `${hd} ${neqKg}`).join(', ')).toBe(wanted);
    expect(answer.ok && answer.value.cases.every(({ note }) => note !== '')).toBe(true);
  });

  test.each([
    ['1.1S', 1],
    ['x', 1],
    ['1.1D', -1],
    ['1.1D', Number.NaN],
    ['1.2.9D', 1],
  ])('%s with %s kg is refused', (code, neqKg) => {
    expect(aggregateCodes([{ code, neqKg }], iatg)).toEqual({ ok: false, error: [code] });
  });
});

describe('licence limits', () => {
  const he = (quantity: number, facts: Partial<ItemFacts> = {}) => aLine(facts, 'S1', quantity);
  const smoke = aLine({ item: 'WP', hazardCode: '1.2H', neqG: 1000, heNeqG: 60 }, 'S1-B2', 400);
  const ball = aLine({ item: 'BALL', hazardCode: '1.4S', neqG: 3 }, 'S1-B3', 100_000);

  test('at the limit passes, one gram over does not', () => {
    expect(checkLimits(aStore([he(1)], { '1.1': 700 }), iatg)).toEqual([]);
    expect(checkLimits(aStore([he(1)], { '1.1': 699 }), iatg)).toMatchObject([
      { rule: 'limit.exceeded', severity: 'stop', numbers: { neqKg: 0.7, limitKg: 0.699 } },
    ]);
  });

  test('bays count in their store, and divisions are added up by the pack', () => {
    const findings = checkLimits(aStore([he(1000), smoke], { '1.1': 1_000_000, '1.2': 2_000_000 }), iatg);
    expect(findings).toMatchObject([
      {
        rule: 'limit.exceeded',
        place: 'S1',
        subjects: ['HE-81', 'WP'],
        source: 'IATG 02.20:2021 cl. 7.5, Table 6',
        facts: { division: '1.1', case: 'limit.case.1.1+1.2' },
        numbers: { neqKg: 1100, limitKg: 1000 },
      },
    ]);
  });

  test('1.4 is not added to 1.1 and has its own limit', () => {
    const findings = checkLimits(aStore([he(1000), ball], { '1.1': 700_000, '1.4': 299_999 }), iatg);
    expect(findings).toMatchObject([{ rule: 'limit.exceeded', subjects: ['BALL'], numbers: { neqKg: 300, limitKg: 299.999 } }]);
  });

  test('IATG adds 1.3 to 1.1, and the limit of 1.3 holds all the same', () => {
    const propellant = aLine({ item: 'PROP', hazardCode: '1.3C', neqG: 1000 }, 'S1', 10);
    const found = (limits: Parameters<typeof aStore>[1]) =>
      checkLimits(aStore([he(1), propellant], limits), iatg).map(
        ({ rule, facts, numbers }) => `${rule} ${facts.division} ${numbers.neqKg}`,
      );
    expect(found({ '1.1': 10_700, '1.3': 10_000 })).toEqual([]);
    expect(found({ '1.1': 10_699, '1.3': 9999 })).toEqual(['limit.exceeded 1.1 10.7', 'limit.exceeded 1.3 10']);
    expect(found({ '1.1': 10_700 })).toEqual(['limit.unlicensed 1.3 10']);
  });

  test('no limit set is neither zero nor unlimited', () => {
    const [finding, ...others] = checkLimits(aStore([he(3)], {}), iatg);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'limit.unlicensed',
      says: 'limit.unlicensed',
      severity: 'stop',
      numbers: { neqKg: 2.1 },
      facts: { division: '1.1' },
    });
    expect(finding?.numbers).not.toHaveProperty('limitKg');
  });

  test('a limit of zero is a limit', () => {
    expect(checkLimits(aStore([he(1)], { '1.1': 0 }), iatg)).toMatchObject([{ rule: 'limit.exceeded', numbers: { limitKg: 0 } }]);
  });

  test('an unknown NEQ counts with the whole mass, and where that is unknown too the sum is not to be had', () => {
    const byMass = checkLimits(aStore([he(1, { neqG: null })], { '1.1': 4199 }), iatg);
    expect(byMass).toMatchObject([{ rule: 'limit.exceeded', numbers: { neqKg: 4.2 } }]);
    const neither = checkLimits(aStore([he(1, { neqG: null, massG: null }), he(1, { item: 'OTHER' })], { '1.1': 700 }), iatg);
    expect(neither).toMatchObject([{ rule: 'limit.indeterminate', severity: 'stop', subjects: ['HE-81'], numbers: { neqKg: 0.7 } }]);
  });

  test('an unknown or illegal code, 1.5 and 1.6 count as 1.1', () => {
    for (const hazardCode of [null, '1.1S', '1.5D', '1.6N']) {
      expect(checkLimits(aStore([he(1, { hazardCode })], { '1.1': 699 }), iatg)).toMatchObject([
        { rule: 'limit.exceeded', facts: { division: '1.1' } },
      ]);
    }
  });

  test('AASTP-1: large 1.2.1 articles with 1.3 are added up as 1.1, small ones make a person look', () => {
    const propellant = aLine({ item: 'PROP', hazardCode: '1.3C', neqG: 1000, subdivision: '1.3.1' }, 'S1', 10);
    const shell = (neqG: number | null) => aLine({ item: 'SHELL', hazardCode: '1.2D', neqG, heNeqG: 4000, massG: 40_000 }, 'S1', 10);
    const limits = { '1.1': 59_999, '1.2': 1e9, '1.3': 1e9 };
    expect(checkLimits(aStore([shell(5001), propellant], limits), aastp)).toMatchObject([
      { rule: 'limit.exceeded', numbers: { neqKg: 60.01 }, facts: { case: 'limit.reactsAsOne' } },
    ]);
    expect(checkLimits(aStore([shell(null), propellant], limits), aastp)).toMatchObject([
      { rule: 'limit.exceeded', facts: { division: '1.1' } },
    ]);
    expect(checkLimits(aStore([shell(5000), propellant], limits), aastp)).toMatchObject([
      { rule: 'limit.reactsAsOne', severity: 'warn', subjects: ['PROP', 'SHELL'], numbers: { neqKg: 60 } },
    ]);
    expect(checkLimits(aStore([shell(5001), propellant], limits), iatg)).toEqual([]);
  });
});

describe('lots', () => {
  const today = '2030-06-15';
  const standing = (facts: Parameters<typeof aLot>[0]) => checkLot(aLot(facts), anItem(), iatg, today, iatgTable);
  const issuing = (facts: Parameters<typeof aLot>[0]) => checkIssue(aLot(facts), iatg, today, iatgTable);

  test('the last day of life is a day of life', () => {
    expect(standing({ lifeUntil: '2030-06-15' })).toEqual([]);
    expect(standing({ lifeUntil: '2030-06-14' })).toMatchObject([
      { rule: 'life.expired', severity: 'stop', lotId: 'lot-1', subjects: ['HE-81'], facts: { lifeUntil: '2030-06-14', today } },
    ]);
    const facts = (months: number | null) => standing({ lifeUntil: '2030-06-14', shelfLifeMonths: months })[0]?.facts;
    expect([facts(null)?.shelfLifeMonths, facts(60)?.shelfLifeMonths]).toEqual([undefined, '60']);
  });

  test('what is unknown is listed', () => {
    expect(rulesOf(standing({ lifeUntil: null, identity: 'mixed', condition: 'unknown' }))).toEqual([
      'life.unknown',
      'unknown.lot',
      'unknown.condition',
    ]);
    expect(standing({ identity: 'none' })).toMatchObject([{ severity: 'warn', facts: { identity: 'none' } }]);
  });

  test('a restriction is named', () => {
    expect(standing({ restriction: { id: 'r1', kind: 'ban', reason: 'misfire' } })).toMatchObject([
      { rule: 'life.restricted', severity: 'warn', facts: { kind: 'ban', reason: 'misfire' } },
    ]);
  });

  test.each([
    ['A1', '2037-12-31', []],
    ['B1', '2037-12-31', ['life.condition']],
    ['C1', '2037-12-31', ['life.condition']],
    ['D2', '2037-12-31', ['life.condition']],
    ['unknown', '2037-12-31', ['life.condition']],
    ['A1', '2030-06-14', ['life.expired']],
    ['A1', null, ['life.unknown']],
    ['C1', null, ['life.unknown', 'life.condition']],
  ])('issuing condition %s, life %s: %j', (condition, lifeUntil, rules) => {
    const findings = issuing({ condition, lifeUntil });
    expect(rulesOf(findings)).toEqual(rules);
    expect(findings.every(({ severity }) => severity === 'stop')).toBe(true);
  });
});

describe('natures', () => {
  test.each<[string, Partial<ItemFacts>, readonly string[]]>([
    ['all known', {}, []],
    ['no code', { hazardCode: null }, ['unknown.hazardCode']],
    ['an illegal code', { hazardCode: '1.1S' }, ['class.illegal']],
    ['no NEQ', { neqG: null }, ['unknown.neq']],
    ['1.2 without high explosive or sub-division', { hazardCode: '1.2D', heNeqG: null }, ['unknown.subdivision']],
    ['1.2 with its sub-division', { hazardCode: '1.2D', heNeqG: null, subdivision: '1.2.2' }, []],
    ['1.2 with its high explosive', { hazardCode: '1.2D', heNeqG: 100 }, []],
    ['1.3 without sub-division', { hazardCode: '1.3C', heNeqG: 0 }, ['unknown.subdivision']],
    ['1.3 with it', { hazardCode: '1.3C', subdivision: '1.3.1' }, []],
  ])('%s', (_name, facts, rules) => {
    expect(rulesOf(checkItem(anItem(facts), 'S1', iatg))).toEqual(rules);
  });

  test('are listed once for a place, worst first', () => {
    const unknown = { item: 'X', hazardCode: null };
    const findings = checkStore(aStore([aLine(unknown, 'S1-B1'), aLine(unknown, 'S1-B1'), aLine({}, 'S1-B2')], {}), iatg);
    expect(findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual([
      'limit.unlicensed S1',
      'mix.unknown S1',
      'unknown.hazardCode S1-B1',
    ]);
  });
});
