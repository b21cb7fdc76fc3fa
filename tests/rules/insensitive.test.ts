// Goal: 1.5 and 1.6N count as what the tables say beside every other division, and never as less than 1.1 by a missing fact.
// Method: each way of lying together, in every pack, once with the proof and once without.
import { describe, expect, test } from 'vitest';
import { aggregateCodes } from '../../shared/rules/aggregateCodes.ts';
import { casesOfStore, weigh } from '../../shared/rules/aggregation.ts';
import { contributionsOf } from '../../shared/rules/contributions.ts';
import { explain } from '../../shared/rules/explain.ts';
import type { ApprovalFacts, ItemFacts, StoreLine } from '../../shared/rules/facts.ts';
import { checkLimits } from '../../shared/rules/limits.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { readPack } from '../../shared/rules/readPack.ts';
import { checkSite, loadOf } from '../../shared/rules/site/checkSite.ts';
import { makePlan } from '../../shared/rules/site/plan.ts';
import { counts } from './counting.ts';
import { aHouse, aPotential, kilograms } from './siteSupport.ts';
import { aastp, aLine, aStore, iatg, packJson, packs, strictest } from './support.ts';

const proven = (facts: Partial<ItemFacts> = {}, quantity = 10): StoreLine =>
  aLine({ item: 'N', hazardCode: '1.6N', neqG: 2000, massG: 9000, traits: 'demonstrated', ...facts }, 'S1', quantity);
const other = (item: string, hazardCode: string, facts: Partial<ItemFacts> = {}): StoreLine =>
  aLine({ item, hazardCode, neqG: 1000, heNeqG: 50, traits: '', ...facts }, 'S1', 5);
const oneFamily = (place = 'S1'): ApprovalFacts => ({
  rule: 'mix.articles.N-N',
  place,
  conditions: ['oneFamily'],
  authority: 'A',
  until: '2027-01-31',
});
const rowsOf = (pack: RulePack) => pack.aggregations.map(({ insensitive }) => insensitive);
const cases = (pack: RulePack, lines: readonly StoreLine[], approvals: readonly ApprovalFacts[] = []) =>
  casesOfStore(contributionsOf({ store: 'S1', lines, approvals }, pack), pack)
    .map(({ hazardDivision, neqG }) => `${hazardDivision} ${neqG / 1000}`)
    .join(', ');

const rigid = packs.filter(({ aggregations }) => aggregations.some(({ reactsAsOne }) => reactsAsOne !== null));
test.each(rigid)('$id: large proven 1.6N beside harmless 1.2 and 1.3 makes them explode as one', (pack) => {
  const lines = [other('FUZE', '1.2B', { subdivision: '1.2.2', neqG: 10 }), other('PROP', '1.3C')];
  // The sum of all is 205.05 kg. By itself the 1.6N asks for 1.1 of one article: 20 kg, or 5.
  const casesWith = (more: readonly StoreLine[]) => cases(pack, [...lines, ...more]).split(', ');
  const violent = (more: readonly StoreLine[]) => casesWith(more).find((each) => each.startsWith('1.1 '));
  expect(violent([])).toBe(undefined);
  expect(violent([proven({ neqG: 20_000 })])).toBe('1.1 205.05');
  expect(violent([proven({ neqG: 5_000 })])).toBe('1.1 5');
});
test('the packs at hand have such a row', () => expect(rigid.length).toBeGreaterThan(0));

test.each<[number, readonly string[], number, readonly string[], number]>([
  [2, ['A'], 1, ['A', 'B'], 1],
  [1, ['A', 'B'], 2, ['A'], -1],
  [1, ['A', 'B'], 1, ['A'], 1],
  [1, ['A'], 1, ['B'], 0],
])('a case of %d g of %j against %d g of %j: %d', (neqG, subjects, otherG, others, sign) => {
  const [found] = casesOfStore(contributionsOf({ store: 'S1', lines: [other('X', '1.1D')], approvals: [] }, iatg), iatg);
  if (found === undefined) throw new Error('no case');
  expect(Math.sign(weigh({ ...found, neqG, subjects }, { ...found, neqG: otherG, subjects: others }))).toBe(sign);
});

test('of two standards the greater sum counts, though it be by a gram', () => {
  const [table] = iatg.aggregations;
  if (table === undefined) throw new Error('no table');
  const row = table.byPresent['1.2+1.3'];
  const withAll = { ...row, cases: [{ division: '1.3', sumOf: ['1.2', '1.3'] }] as const };
  const both = { ...iatg, aggregations: [table, { ...table, byPresent: { ...table.byPresent, '1.2+1.3': withAll } }] };
  const lines = [aLine({ item: 'FUZE', hazardCode: '1.2B', subdivision: '1.2.2', neqG: 1, traits: '' }, 'S1', 1), other('PROP', '1.3C')];
  expect([cases(iatg, lines), cases(both, lines)]).toEqual(['1.2.2 0.001, 1.3.1 5', '1.2.2 0.001, 1.3.1 5.001']);
});

describe.each(packs)('$id: 1.6N', (pack) => {
  test('alone or beside 1.4S: one article as 1.1 and the sum as 1.3.2', () => {
    expect(cases(pack, [proven()])).toBe('1.1 2, 1.3.2 20');
    expect(cases(pack, [proven(), other('BALL', '1.4S')])).toBe('1.1 2, 1.3.2 20, 1.4 5');
    counts('passes', ...rowsOf(pack).map(({ alone }) => alone));
  });

  test('of a nature without explosives nothing counts, to the gram', () => {
    expect(cases(pack, [proven({ neqG: 0 })])).toBe('1.1 0, 1.3.2 0');
  });

  test('the largest article counts, of one family', () => {
    expect(cases(pack, [proven(), proven({ item: 'N2', neqG: 3000 }, 1)], [oneFamily()])).toBe('1.1 3, 1.3.2 23');
  });

  test.each<[string, Partial<ItemFacts>]>([
    ['nobody entered its traits', { traits: null }],
    ['it was looked at and not shown', { traits: '' }],
    ['it has other traits', { traits: 'propulsive' }],
  ])('as 1.1 where %s', (_name, facts) => {
    expect(cases(pack, [proven(facts)])).toBe('1.1 20');
    counts('stops', ...rowsOf(pack).map(({ alone }) => alone));
  });

  test('as 1.1 by the mass where the NEQ of one article is not known, and no less than its own cases', () => {
    expect(cases(pack, [proven({ neqG: null })])).toBe('1.1 90, 1.3.2 90');
  });

  test('a proof says nothing of another division', () => {
    expect(cases(pack, [proven({ hazardCode: '1.1D' })])).toBe('1.1 20');
    expect(cases(pack, [proven({ hazardCode: '1.5D' })])).toBe('1.1 20');
  });
});

describe.each(packs)('$id: 1.6N with others', (pack) => {
  test('beside 1.2 as 1.2.1, beside 1.3 as 1.3', () => {
    expect(cases(pack, [proven(), other('SMALL', '1.2E')])).toBe('1.1 2, 1.2.1 25, 1.2.2 5, 1.3.2 20');
    expect(cases(pack, [proven(), other('FLARE', '1.3G', { subdivision: '1.3.2' })])).toBe('1.1 2, 1.3.2 25');
    expect(cases(pack, [proven(), other('PROP', '1.3C', { subdivision: '1.3.1' })])).toBe('1.1 2, 1.3.1 25, 1.3.2 20');
  });

  test('beside 1.2 and 1.3 as 1.2.1, and what either asked for alone stays', () => {
    expect(cases(pack, [proven(), other('SMALL', '1.2E'), other('FLARE', '1.3G', { subdivision: '1.3.2' })])).toBe(
      '1.1 2, 1.2.1 25, 1.2.2 5, 1.3.2 25',
    );
  });

  test.each(['1.1D', '1.5D'])('beside %s as 1.1, and its own cases stay', (code) => {
    expect(cases(pack, [proven(), other('HE', code)])).toBe('1.1 25, 1.3.2 20');
  });

  test('beside 1.6N that was not shown as 1.1', () => {
    expect(cases(pack, [proven(), proven({ item: 'N2', traits: null }, 1)])).toBe('1.1 22, 1.3.2 20');
  });

  test('several natures are one family only by an approval at the very place', () => {
    const two = [proven(), proven({ item: 'N2' }, 1)];
    expect(cases(pack, two)).toBe('1.1 22, 1.3.2 22');
    expect(cases(pack, two, [oneFamily('S2')])).toBe('1.1 22, 1.3.2 22');
    expect(cases(pack, two, [oneFamily()])).toBe('1.1 2, 1.3.2 22');
    const apart = [proven(), { ...proven({ item: 'N2' }, 1), place: 'S1-B1' }];
    expect(cases(pack, apart, [oneFamily('S1-B1')])).toBe('1.1 22, 1.3.2 22');
    expect(cases(pack, apart, [oneFamily()])).toBe('1.1 2, 1.3.2 22');
  });

  test.each(['1.4C', '1.4D', '1.4E'])('beside %s it counts as group D, so as 1.1', (code) => {
    expect(cases(pack, [proven(), other('SMALL', code)])).toBe('1.1 20, 1.3.2 20, 1.4 5');
  });
  test.each(['1.4B', '1.4G', '1.4F'])('beside %s, with which it may not lie, as 1.1', (code) => {
    expect(cases(pack, [proven(), other('SMALL', code)])).toBe('1.1 20, 1.3.2 20, 1.4 5');
  });
});

describe.each([iatg, aastp])('the limits of $id', (pack) => {
  const wide = { '1.1': 1e9, '1.2': 1e9, '1.3': 1e9 };
  const found = (lines: readonly StoreLine[], limitsG: Parameters<typeof aStore>[1]) =>
    checkLimits(aStore(lines, { ...wide, ...limitsG }), pack).map(({ rule, numbers, facts }) => [rule, numbers.neqKg, facts.insensitive]);

  // 20 kg of 1.6N and 5 kg of the other, of AASTP-1 Part I, Table 4, note 3: the sum is of the division beside it.
  test.each<['1.1' | '1.2' | '1.3', StoreLine]>([
    ['1.1', other('HE', '1.1D')],
    ['1.2', other('SMALL', '1.2E')],
    ['1.3', other('FLARE', '1.3G', { subdivision: '1.3.2' })],
  ])('1.6N beside %s: the sum to the gram', (division, beside) => {
    const rows = rowsOf(pack).map(({ joined }) => joined[division]);
    expect(found([proven(), beside], { [division]: 25_000 })).toEqual([]);
    counts('passes', ...rows);
    expect(found([proven(), beside], { [division]: 24_999 })).toEqual([['limit.exceeded', 25, `limit.case.${division}+1.6N`]]);
    counts('stops', ...rows);
  });

  test.each([
    ['1.1', 2_000],
    ['1.3', 20_000],
  ] as const)('1.6N alone: its case of %s to the gram', (division, neqG) => {
    const rows = rowsOf(pack).map(({ alone }) => alone);
    expect(found([proven()], { [division]: neqG })).toEqual([]);
    counts('passes', ...rows);
    expect(found([proven()], { [division]: neqG - 1 })).toEqual([['limit.exceeded', neqG / 1_000, 'limit.case.1.6N']]);
    counts('stops', ...rows);
  });
});

describe('limits and distances of 1.6N', () => {
  test('each case is held against its own licence, and the finding names the row', () => {
    const found = checkLimits(aStore([proven()], { '1.1': 1999, '1.3': 19_999 }), aastp);
    expect(found).toMatchObject([
      {
        rule: 'limit.exceeded',
        numbers: { neqKg: 2 },
        facts: { division: '1.1', case: 'limit.case.1.6N', insensitive: 'limit.case.1.6N' },
      },
      { rule: 'limit.exceeded', numbers: { neqKg: 20 }, facts: { division: '1.3' } },
    ]);
    expect(checkLimits(aStore([proven()], { '1.1': 2000, '1.3': 20_000 }), aastp)).toEqual([]);
    expect(found[0] && explain(found[0], aastp).assumed).toEqual(['insensitiveShown']);
    expect(checkLimits(aStore([proven({ traits: null })], { '1.1': 2000, '1.3': 20_000 }), aastp)).toMatchObject([
      { numbers: { neqKg: 20 } },
    ]);
  });

  test.each(packs)('$id: a house that 1.1 would not leave standing', (pack) => {
    const found = (traits: string | null) => {
      const lines = [kilograms(50_000, { item: 'N', hazardCode: '1.6N', traits })];
      return checkSite(makePlan(pack.distances, [aPotential('S1', 0)], [aHouse(500)]), new Map([['S1', loadOf({ lines }, pack)]]), pack);
    };
    expect(found('demonstrated')).toEqual([]);
    expect(found(null)).toMatchObject([{ rule: 'qd.tooNear', facts: { hazardDivision: '1.1' } }]);
  });

  test('two storehouses that explode as one are one family only where both hold the same', () => {
    const at = (...lines: StoreLine[]) => loadOf({ store: 'S1', lines }, iatg).contributions;
    const together = (left: StoreLine, right: StoreLine) =>
      casesOfStore([...at(left), ...at(right)], iatg).map(({ hazardDivision, neqG }) => `${hazardDivision} ${neqG / 1000}`);
    expect(together(proven(), proven())).toEqual(['1.1 2', '1.3.2 40']);
    expect(together(proven(), proven({ item: 'N2' }))).toEqual(['1.1 40', '1.3.2 40']);
  });
});

test.each(packs)('$id: codes say nothing of proofs, so 1.6N is 1.1 and the note says why', (pack) => {
  const answer = aggregateCodes(
    [
      { code: '1.6N', neqKg: 40 },
      { code: '1.5D', neqKg: 2 },
    ],
    pack,
  );
  expect(answer.ok && answer.value.cases).toMatchObject([{ hd: '1.1', neqKg: 42 }]);
  expect(answer.ok && answer.value.cases[0]?.note).toMatch(/1\.6N counts as 1\.1/);
  const without = aggregateCodes([{ code: '1.1D', neqKg: 40 }], pack);
  expect(without.ok && without.value.cases[0]?.note).not.toMatch(/1\.6N/);
});

describe('1.2 with 1.3 by AASTP-1', () => {
  const limitsG = { '1.1': 9_999, '1.2': 1e9, '1.3': 1e9 };
  const found = (shell: Partial<ItemFacts>, propellant: Partial<ItemFacts>, pack = aastp) =>
    checkLimits(aStore([other('SHELL', '1.2D', shell), other('PROP', '1.3C', { subdivision: '1.3.1', ...propellant })], limitsG), pack);

  test.each<[Partial<ItemFacts>, Partial<ItemFacts>]>([
    [{ traits: 'shapedCharge' }, {}],
    [{ traits: 'shapedCharge' }, { traits: null }],
    [{}, { traits: 'highEnergyPropellant' }],
    [{ traits: null }, { traits: 'confinedPropellant' }],
    [{ neqG: 5001, subdivision: '1.2.1' }, {}],
  ])('%j with %j explodes as one: the sum as 1.1', (shell, propellant) => {
    expect(found(shell, propellant)).toMatchObject([
      { rule: 'limit.exceeded', severity: 'stop', facts: { division: '1.1', case: 'limit.reactsAsOne' } },
    ]);
    expect(found(shell, propellant, strictest)).toMatchObject([{ rule: 'limit.exceeded', facts: { case: 'limit.reactsAsOne' } }]);
    expect(found(shell, propellant, iatg)).toEqual([]);
  });

  test.each<[Partial<ItemFacts>, Partial<ItemFacts>, readonly string[]]>([
    [{ traits: null }, {}, ['SHELL']],
    [{}, { traits: null }, ['PROP']],
    [{ traits: null }, { traits: null }, ['PROP', 'SHELL']],
    [{ traits: 'propulsive' }, { traits: null }, ['PROP']],
  ])('%j with %j leaves a doubt about %j', (shell, propellant, subjects) => {
    expect(found(shell, propellant)).toMatchObject([{ rule: 'limit.reactsAsOne', severity: 'warn', subjects, numbers: { neqKg: 10 } }]);
    expect(found(shell, propellant, iatg)).toEqual([]);
  });

  test('all known and none of them: no doubt, and traits of the other side say nothing', () => {
    expect(found({}, {})).toEqual([]);
    expect(found({ traits: 'highEnergyPropellant' }, { traits: 'shapedCharge' })).toEqual([]);
    expect(found({ neqG: 5000, subdivision: '1.2.1' }, {})).toEqual([]);
    expect(found({ neqG: 5001, subdivision: '1.2.2' }, {})).toEqual([]);
  });

  test('beside 1.1 there is nothing left to doubt', () => {
    const lines = [other('SHELL', '1.2D', { traits: null }), other('PROP', '1.3C', { traits: null }), other('HE', '1.1D')];
    expect(checkLimits(aStore(lines), aastp)).toEqual([]);
  });

  test('1.6N that was shown does not end the doubt', () => {
    const lines = [other('SHELL', '1.2D', { traits: null }), other('PROP', '1.3C'), proven()];
    expect(checkLimits(aStore(lines), aastp)).toMatchObject([{ rule: 'limit.reactsAsOne', subjects: ['SHELL'] }]);
  });
});

describe('the rows are refused', () => {
  test.each<[string, (json: typeof packJson.aastp) => void, RegExp]>([
    ['without 1.6N at all', (json) => void Object.assign(json, { insensitive: null }), /insensitive: an object is wanted/],
    ['without a case', (json) => void Object.assign(json.insensitive.alone, { cases: [] }), /insensitive.alone: no case/],
    ['where a division is left out', (json) => void json.insensitive.joined.pop(), /exactly one row with 1.3/],
    [
      'where 1.6N is less than the 1.1 beside it',
      (json) => void Object.assign(json.insensitive.joined[0] ?? {}, { division: '1.2' }),
      /beside 1.1 it is 1.1/,
    ],
    [
      'with a sub-division of another division',
      (json) => void Object.assign(json.insensitive.joined[1] ?? {}, { subdivision: '1.3.1' }),
      /1.3.1 is not of 1.2/,
    ],
    [
      'with distances of another division',
      (json) => void Object.assign(json.insensitive.alone.cases[1] ?? {}, { hazardDivision: '1.2.1' }),
      /1.2.1 is not of 1.3/,
    ],
    ['with a trait that is none', (json) => void Object.assign(json.reactsAsOne, { traits12: ['loud'] }), /reactsAsOne.traits12/],
  ])('%s', (_name, spoil, message) => {
    const copy = structuredClone(packJson.aastp);
    spoil(copy);
    const read = readPack(copy);
    expect(read.ok ? '' : read.error.join('\n')).toMatch(message);
  });
});
