// Goal: an article with a substance, or a form that nobody knows, takes the sterner of two cells and says so only where it is.
import { describe, expect, test } from 'vitest';
import type { ItemForm } from '../../shared/domain/model.ts';
import { checkMixing, mixCodes } from '../../shared/rules/mixing.ts';
import { type MixRow, pairKey, type RulePack } from '../../shared/rules/pack.ts';
import { aastp, aLine, aStore } from './support.ts';

const row = (id: string, verdict: MixRow['verdict']): MixRow => ({
  id,
  pack: 'p',
  edition: '1',
  source: id,
  status: 'verified',
  groups: ['C', 'D'],
  verdict,
  notes: [],
});
const by = (articles: MixRow['verdict'], substances: MixRow['verdict']): RulePack => ({
  ...aastp,
  articles: new Map(aastp.articles).set(pairKey('C', 'D'), row('articles', articles)),
  substances: new Map(aastp.substances).set(pairKey('C', 'D'), row('substances', substances)),
});
const found = (pack: RulePack, left: ItemForm | null, right: ItemForm | null) =>
  checkMixing(
    aStore([aLine({ item: 'A', hazardCode: '1.3C', form: left }), aLine({ item: 'B', hazardCode: '1.1D', form: right })]),
    pack,
  ).map(({ rule, says }) => `${rule} ${says}`);

describe('the cell that is asked', () => {
  test.each<[ItemForm | null, ItemForm | null]>([
    ['article', 'substance'],
    ['substance', 'article'],
  ])('%s with %s is the sterner of the two, and no assumption', (left, right) => {
    expect(found(by('prohibited', 'permitted'), left, right)).toEqual(['articles mix.prohibited']);
    expect(found(by('permitted', 'prohibited'), left, right)).toEqual(['substances mix.prohibited']);
    expect(found(by('prohibited', 'prohibited'), left, right)).toEqual(['articles mix.prohibited']);
  });
  test.each<[ItemForm | null, ItemForm | null]>([
    [null, 'substance'],
    ['substance', null],
    [null, 'article'],
    ['article', null],
    [null, null],
  ])('%s with %s is an assumption only where the other table is the sterner', (left, right) => {
    expect(found(by('permitted', 'prohibited'), left, right)).toEqual(['substances mix.formUnknown']);
    expect(found(by('prohibited', 'permitted'), left, right)).toEqual(['articles mix.prohibited']);
    expect(found(by('prohibited', 'prohibited'), left, right)).toEqual(['articles mix.prohibited']);
    expect(found(by('permitted', 'permitted'), left, right)).toEqual([]);
  });
  test('of two articles is that of articles, of two substances that of substances', () => {
    expect(found(by('prohibited', 'permitted'), 'article', 'article')).toEqual(['articles mix.prohibited']);
    expect(found(by('permitted', 'prohibited'), 'article', 'article')).toEqual([]);
    expect(found(by('permitted', 'prohibited'), 'substance', 'substance')).toEqual(['substances mix.prohibited']);
    expect(found(by('prohibited', 'permitted'), 'substance', 'substance')).toEqual([]);
  });
});

test('a pair that no cell speaks of is stopped as unknown', () => {
  const articles = new Map([...aastp.articles].filter(([key]) => key !== pairKey('C', 'D')));
  expect(found({ ...aastp, articles }, 'article', 'article')).toEqual(['mix.unknown mix.unknown']);
});

test('at the terminal a pair with a code that is none is prohibited by itself', () => {
  expect(mixCodes(['1.1D', '1.1S', '1.4S'], aastp).pairs.map(({ verdict }) => verdict)).toEqual(['prohibited', 'permitted', 'prohibited']);
});
