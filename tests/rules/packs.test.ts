// Goal: no rule without its source, and no claim that a document was read which was not.
// Method: the shipped data must be accepted whole; copies of it are spoilt one fault at a time and must be refused.
import { describe, expect, test } from 'vitest';
import { findUn } from '../../shared/rules/catalogue.ts';
import { conditionGroup, readConditions } from '../../shared/rules/conditions.ts';
import { readPack } from '../../shared/rules/readPack.ts';
import { aastp, catalogue, iatg, iatgTable, packJson, packs, strictest, usTable } from './support.ts';

type Json = typeof packJson.aastp;
const spoilt = (spoil: (json: Json) => void): unknown => {
  const copy = structuredClone(packJson.aastp);
  spoil(copy);
  return copy;
};
const problemsOf = (json: unknown): string => {
  const read = readPack(json);
  return read.ok ? '' : read.error.join('\n');
};
const set = (target: unknown, key: string, value: unknown): void => void Object.assign(target as object, { [key]: value });
const remove = (target: unknown, key: string): void => void Reflect.deleteProperty(target as object, key);

describe('a pack is refused', () => {
  test.each<[string, (json: Json) => void, RegExp]>([
    ['that is no object', (j) => set(j, 'sources', 'x'), /pack.sources: a list is missing/],
    ['with a row without a source', (j) => remove(j.articles[3], 'source'), /articles\[3\].source: text is missing/],
    ['with a row whose source is not listed', (j) => set(j.articles[3], 'source', 'DREAM'), /articles\[3\].source: not in the list/],
    ['with a row without a clause', (j) => remove(j.articles[0], 'clause'), /articles\[0\].clause/],
    ['with a row without a status', (j) => remove(j.legalCodes[0], 'status'), /legalCodes\[0\].status/],
    ['with a row without an id', (j) => remove(j.aggregation[0], 'id'), /aggregation\[0\].id/],
    ['with an id used twice', (j) => set(j.substances[0], 'id', 'mix.articles.A-A'), /mix.articles.A-A is used twice/],
    ['with a number whose unit is left out', (j) => set(j.subdivisions[0], 'heNeqPerItemMax', 710), /heNeqPerItemMax: not a known field/],
    ['with the number missing', (j) => remove(j.subdivisions[0], 'heNeqPerItemMaxG'), /heNeqPerItemMaxG: a whole number is missing/],
    ['with half a gram', (j) => set(j.subdivisions[0], 'heNeqPerItemMaxG', 0.5), /heNeqPerItemMaxG: a whole number is missing/],
    ['with a cell missing', (j) => void j.articles.pop(), /articles: no cell S-S/],
    ['with a cell twice', (j) => set(j.articles[1], 'groups', ['A', 'A']), /articles: no cell A-B/],
    ['with a cell too many', (j) => void j.substances.push({ ...j.substances[0]!, id: 'more' }), /21 cells are wanted/],
    [
      'with a condition that has no words',
      (j) => void Object.assign(j.articles[16] ?? {}, { notes: [], verdict: 'conditional' }),
      /articles\[16\].notes/,
    ],
    ['with a note nobody wrote', (j) => set(j.articles[0], 'notes', ['gossip']), /articles\[0\].notes/],
    ['with a verdict that is none', (j) => set(j.articles[0], 'verdict', 'maybe'), /articles\[0\].verdict/],
    ['that calls an unread row verified', (j) => set(j.rules[1], 'status', 'verified'), /rules\[1\].status: verified, but/],
    ['without a case for a mix of divisions', (j) => void j.aggregation.splice(1, 1), /no case for 1.1\+1.2/],
    ['without a rule', (j) => void j.rules.splice(2, 1), /no row limit.unlicensed/],
    ['with a rule that no check knows', (j) => set(j.rules[0], 'id', 'class.new'), /class.new is not a known rule/],
    ['that forgets 1.6', (j) => void j.countsAs.pop(), /no row for 1.6/],
    ['with a section that nobody reads', (j) => set(j, 'extra', []), /pack.extra: not a known field/],
    ['without a remark', (j) => remove(j, 'remark'), /pack.remark/],
  ])('%s', (_name, spoil, message) => {
    expect(problemsOf(spoilt(spoil))).toMatch(message);
  });

  test.each([null, 7, 'pack', [], {}])('that is %j, without a fault of ours', (json) => {
    expect(problemsOf(json)).not.toBe('');
  });
});

describe('the shipped packs', () => {
  test('name themselves as the terminal does', () => {
    expect(packs.map((pack) => pack.id)).toEqual(['iatg-2021', 'aastp1-2006', 'strictest']);
  });

  test.each(packs)('$id has 35 legal codes, 91 cells of articles and 21 of substances', (pack) => {
    expect([pack.legalCodes.size, pack.articles.size, pack.substances.size]).toEqual([35, 91, 21]);
  });

  test('say honestly what was read', () => {
    expect([...iatg.articles.values()].every((row) => row.status === 'unverified')).toBe(true);
    expect([...aastp.articles.values(), ...aastp.substances.values()].every((row) => row.status === 'verified')).toBe(true);
    expect(aastp.articles.get('B-D')?.source).toBe('AASTP-1:2006 Part I, Table 6');
    expect(iatg.articles.get('B-D')?.source).toBe('IATG 01.50 7.1');
  });

  test('the strictest asks for both conditions where the verdicts agree, and takes the lower threshold', () => {
    const cell = strictest.articles.get('F-G');
    expect(cell?.notes.map((note) => note.id)).toEqual(['segregated', 'authorityDecides']);
    expect(strictest.subdivisions['1.2'].heNeqPerItemMaxG).toBe(136);
    expect(strictest.rules['class.illegal'].id).toBe('class.illegal');
  });
});

describe('the strictest pack', () => {
  test('lists each document once', () => {
    const ids = strictest.sources.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(new Set(ids)).toEqual(new Set([...iatg.sources, ...aastp.sources].map(({ id }) => id)));
  });
  test('rests a rule that both have on the one that was read', () => {
    const both = ['qd.oneSite', 'qd.tooNear'] as const;
    for (const rule of both) expect(strictest.rules[rule].status).toBe('verified');
    expect(strictest.articles.get('F-G')?.status).toBe('unverified');
  });
});

describe('the UN class 1 catalogue', () => {
  test('has every United Nations number of the table with a legal code', () => {
    expect(catalogue.byNumber.size).toBe(376);
    for (const entry of [...catalogue.byNumber.values()].flat()) expect(iatg.legalCodes.has(entry.code), entry.un).toBe(true);
  });

  test('gives substances only groups that substances have', () => {
    const groups = [...catalogue.byNumber.values()].flat().filter((entry) => entry.form === 'substance');
    expect([...new Set(groups.map((entry) => entry.code.at(-1)))].sort()).toEqual(['A', 'C', 'D', 'G', 'L', 'S']);
  });

  test.each([
    ['0168', '1.1D', 'article'],
    ['0012', '1.4S', 'article'],
    ['UN0209', '1.1D', 'substance'],
    ['27', '1.1D', 'substance'],
    [' 0245 ', '1.2H', 'article'],
  ])('%s is %s, an %s', (un, code, form) => {
    expect(findUn(un, catalogue)).toMatchObject([{ code, form }]);
  });

  test.each(['9999', '', 'NA0124', '01688', '1.1D'])('%j is not in it', (un) => {
    expect(findUn(un, catalogue)).toEqual([]);
  });
});

describe('condition codes', () => {
  test.each([
    [iatgTable, 'A1', 'serviceable'],
    [iatgTable, 'B1', 'banned'],
    [iatgTable, 'C1', 'pending'],
    [iatgTable, 'D2', 'disposal'],
    [iatgTable, 'A9', 'unknown'],
    [iatgTable, 'unknown', 'unknown'],
    [iatgTable, '', 'unknown'],
    [usTable, 'A', 'serviceable'],
    [usTable, 'D', 'pending'],
    [usTable, 'N', 'banned'],
    [usTable, 'H', 'disposal'],
    [usTable, 'I', 'unknown'],
  ])('$id %s is %s', (table, code, group) => {
    expect(conditionGroup(code, table)).toBe(group);
  });

  test('the US table has A-H, J-N and P-S', () => {
    expect([...usTable.codes.keys()].join('')).toBe('ABCDEFGHJKLMNPQRS');
  });

  test('a table with a code twice, without a group or of another form is refused', () => {
    const code = { code: 'A1', title: 'x', group: 'serviceable', status: 'unverified' };
    const table = { id: 'x', title: 'x', edition: '1', source: 'x', codes: [code] };
    expect(readConditions(table).ok).toBe(true);
    expect(readConditions({ ...table, codes: [code, code] }).ok).toBe(false);
    expect(readConditions({ ...table, codes: [{ ...code, group: 'fine' }] }).ok).toBe(false);
    expect(readConditions({ ...table, source: '' }).ok).toBe(false);
    expect(readConditions(null).ok).toBe(false);
  });
});
