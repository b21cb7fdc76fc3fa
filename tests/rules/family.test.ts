// Goal: 1.6N counts as itself only where every nature of it was shown to belong to one family, in all of the storehouse.
import { describe, expect, test } from 'vitest';
import { casesOfStore } from '../../shared/rules/aggregation.ts';
import { contributionsOf } from '../../shared/rules/contributions.ts';
import type { ApprovalFacts, ItemFacts, StoreLine } from '../../shared/rules/facts.ts';
import { pairKey, type RulePack } from '../../shared/rules/pack.ts';
import { aLine, iatg, packs } from './support.ts';

const nature = (item: string, place: string, facts: Partial<ItemFacts> = {}): StoreLine =>
  aLine({ item, hazardCode: '1.6N', neqG: 2000, massG: 9000, traits: 'demonstrated', ...facts }, place, 1);
const oneFamily = (place: string): ApprovalFacts => ({
  rule: 'mix.articles.N-N',
  place,
  conditions: ['oneFamily'],
  authority: 'A',
  until: '2027-01-31',
});
const cases = (pack: RulePack, lines: readonly StoreLine[], ...approvals: readonly ApprovalFacts[]) =>
  casesOfStore(contributionsOf({ store: 'S1', lines, approvals }, pack), pack)
    .map(({ hazardDivision, neqG }) => `${hazardDivision} ${neqG / 1000}`)
    .join(', ');

describe.each(packs)('$id: one family', (pack) => {
  test('is none while the NEQ of one of its natures is not known', () => {
    expect(cases(pack, [nature('N1', 'S1'), nature('N2', 'S1')], oneFamily('S1'))).toBe('1.1 2, 1.3.2 4');
    expect(cases(pack, [nature('N1', 'S1'), nature('N2', 'S1', { neqG: null })], oneFamily('S1'))).toBe('1.1 11, 1.3.2 11');
  });

  test('is approved for all the natures of the storehouse, not for those of one bay', () => {
    const bay = (name: string) => [nature(`N1-${name}`, `S1-${name}`), nature(`N2-${name}`, `S1-${name}`)];
    expect(cases(pack, [...bay('B1'), ...bay('B2')], oneFamily('S1-B1'))).toBe('1.1 8, 1.3.2 8');
  });
});

test('beside 1.4 that makes N count as another group by any one of its notes it is none', () => {
  const key = pairKey('N', 'S');
  const cell = iatg.articles.get(key);
  const asD = iatg.articles.get(pairKey('C', 'N'))?.notes.find(({ countsAs }) => countsAs === 'D');
  if (cell === undefined || asD === undefined) throw new Error('no such cells');
  const lines = [{ ...nature('N1', 'S1'), quantity: 2 }, aLine({ item: 'BALL', hazardCode: '1.4S', neqG: 1000 }, 'S1', 1)];
  const spoilt = { ...iatg, articles: new Map(iatg.articles).set(key, { ...cell, notes: [...cell.notes, asD] }) };
  expect([cases(iatg, lines), cases(spoilt, lines)]).toEqual(['1.1 2, 1.3.2 4, 1.4 1', '1.1 4, 1.3.2 4, 1.4 1']);
});
