// Goal: one piece is stock and none is not, for every check alike.
import { describe, expect, test } from 'vitest';
import { aggregateCodes } from '../../shared/rules/aggregateCodes.ts';
import type { StoreLine } from '../../shared/rules/facts.ts';
import { checkLimits } from '../../shared/rules/limits.ts';
import { checkMixing } from '../../shared/rules/mixing.ts';
import { checkSegregation } from '../../shared/rules/segregation.ts';
import { loadOf } from '../../shared/rules/site/checkSite.ts';
import { checkStore } from '../../shared/rules/store.ts';
import { aLine, aStore, iatg, rulesOf, strictest } from './support.ts';

const shell = (quantity: number): StoreLine => aLine({ item: 'SHELL' }, 'S1', quantity);
const fuze = (quantity: number): StoreLine => aLine({ item: 'FUZE', hazardCode: '1.1B', un: '0107' }, 'S1', quantity);
const suspect = (quantity: number): StoreLine => ({
  ...aLine({ item: 'BAD' }, 'S1', quantity),
  states: [{ condition: 'banned', identity: 'known' }],
});
const nameless = (quantity: number): StoreLine => aLine({ item: 'X', hazardCode: null, neqG: null, massG: null }, 'S1', quantity);

describe.each([
  [1, 1],
  [0, 0],
  [-1, 0],
])('%i of it', (quantity, findings) => {
  test('in the tables of groups', () => {
    expect(rulesOf(checkMixing(aStore([shell(1), fuze(quantity)]), iatg))).toEqual(findings === 0 ? [] : ['mix.articles.B-D']);
  });
  test('among what lies apart', () => {
    expect(rulesOf(checkSegregation(aStore([shell(1), suspect(quantity)]), iatg))).toEqual(
      findings === 0 ? [] : ['mix.segregation.suspect'],
    );
    expect(rulesOf(checkSegregation(aStore([shell(quantity), suspect(1)]), iatg))).toEqual(
      findings === 0 ? [] : ['mix.segregation.suspect'],
    );
  });
  test('against the licence', () => {
    expect(rulesOf(checkLimits(aStore([shell(quantity)], { '1.1': 699 }), iatg))).toEqual(findings === 0 ? [] : ['limit.exceeded']);
    expect(rulesOf(checkLimits(aStore([nameless(quantity)]), iatg))).toEqual(findings === 0 ? [] : ['limit.indeterminate']);
  });
  test('in the whole check of a store', () => {
    expect(rulesOf(checkStore(aStore([nameless(quantity)]), iatg))).toEqual(
      findings === 0 ? [] : ['limit.indeterminate', 'unknown.hazardCode', 'unknown.neq'],
    );
  });
  test('in the load of a site', () => {
    const { contributions, indeterminate } = loadOf({ lines: [nameless(quantity)] }, iatg);
    expect([contributions.length, indeterminate.length]).toEqual([findings, findings]);
  });
});

describe('a code at the terminal', () => {
  test('of which nothing lies there is a case of nothing', () => {
    expect(aggregateCodes([{ code: '1.1D', neqKg: 0 }], iatg)).toMatchObject({ ok: true, value: { cases: [{ hd: '1.1', neqKg: 0 }] } });
  });
  test('is added up once by two standards', () => {
    const answer = aggregateCodes(
      [
        { code: '1.3C', neqKg: 3 },
        { code: '1.1D', neqKg: 2 },
        { code: '1.4S', neqKg: 9 },
      ],
      strictest,
    );
    expect(answer.ok && answer.value.cases.map(({ hd, neqKg }) => [hd, neqKg])).toEqual([
      ['1.1', 5],
      ['1.3.1', 5],
    ]);
  });
  test('of two kinds of one division is the worse, whichever is named first', () => {
    for (const codes of [
      ['1.2.2D', '1.2.1D'],
      ['1.2.1D', '1.2.2D'],
    ]) {
      const answer = aggregateCodes(
        codes.map((code) => ({ code, neqKg: 1 })),
        iatg,
      );
      expect(answer.ok && answer.value.cases.map(({ hd, neqKg }) => [hd, neqKg])).toEqual([['1.2.1', 2]]);
    }
  });
});
