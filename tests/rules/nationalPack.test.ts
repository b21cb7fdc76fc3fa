// Goal: a national authority may replace single rows, each with its own source, and everything else stays what it was and
// says so. Method: small packs over the shipped ones; every kind of fault is planted once.
import { describe, expect, test } from 'vitest';
import { requiredDistance } from '../../shared/rules/distance/required.ts';
import type { JsonObject } from '../../shared/rules/jsonReader.ts';
import { type BasePack, readNationalPack } from '../../shared/rules/nationalPack.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { checkStore } from '../../shared/rules/store.ts';
import { aastp, aLine, aStore, iatg, packJson } from './support.ts';

const bases = new Map<string, BasePack>([
  ['iatg-2021', { json: packJson.iatg as unknown as JsonObject, pack: iatg }],
  ['aastp1-2006', { json: packJson.aastp as unknown as JsonObject, pack: aastp }],
]);
const national = (part: object = {}) => ({
  id: 'reeds-2026',
  title: 'Valley of Reeds, order 7',
  authority: 'Inspectorate of Explosives',
  date: '2026-05-01',
  base: 'iatg-2021',
  sources: [{ id: 'ORDER-7', title: 'Order 7 on storage', edition: '2026', cite: 'Order 7', read: 'document' }],
  rows: [
    { id: 'mix.articles.C-D', verdict: 'prohibited', notes: [], source: 'ORDER-7', clause: 'article 3', status: 'verified' },
    {
      id: 'qd.cell.1.1.IBD',
      cells: Array.from({ length: 10 }, () => 'D13 ≥ 600'),
      source: 'ORDER-7',
      clause: 'annex 1',
      status: 'verified',
    },
  ],
  ...part,
});
const read = (value: unknown): RulePack => {
  const pack = readNationalPack(value, bases);
  if (!pack.ok) throw new Error(pack.error.join('\n'));
  return pack.value;
};
const problems = (value: unknown): string => {
  const pack = readNationalPack(value, bases);
  return pack.ok ? '' : pack.error.join('\n');
};

describe('a national pack', () => {
  const pack = read(national());
  const houseAt = (of: RulePack, neqG: number) =>
    requiredDistance(of.distances, { division: '1.1', columns: ['P9'], rows: ['IBD'], method: 'table' }, neqG);

  test('replaces the rows that it names, and names them as its own', () => {
    const lines = [aLine({ item: 'C', hazardCode: '1.1C' }), aLine({ item: 'D', hazardCode: '1.1D' })];
    expect(checkStore(aStore(lines), iatg).filter(({ rule }) => rule.startsWith('mix.articles'))).toEqual([]);
    expect(checkStore(aStore(lines), pack)).toContainEqual(
      expect.objectContaining({
        rule: 'mix.articles.C-D',
        pack: 'reeds-2026',
        edition: '2026-05-01',
        source: 'Order 7 article 3',
        status: 'verified',
      }),
    );
    expect(houseAt(pack, 1_000_000)).toMatchObject({ distanceM: 600, row: { pack: 'reeds-2026', source: 'Order 7 annex 1' } });
  });

  test('leaves the rest as it is, with the name of its base', () => {
    expect(pack.articles.get('D-H')).toEqual(iatg.articles.get('D-H'));
    expect(pack.rules).toEqual(iatg.rules);
    expect(pack.distances[0]?.matrices.get('1.1')?.get('VBD')?.P1.row).toEqual(iatg.distances[0]?.matrices.get('1.1')?.get('VBD')?.P1.row);
    expect([pack.id, pack.title, pack.edition]).toEqual(['reeds-2026', 'Valley of Reeds, order 7', '2026-05-01']);
  });

  test.each<[string, object, RegExp]>([
    ['no authority', { authority: '' }, /national.authority: text is missing/],
    ['no date', { date: 'last year' }, /national.date/],
    ['no base', { base: 'dream' }, /national.base: one of iatg-2021, aastp1-2006/],
    ['the name of another', { id: 'aastp1-2006' }, /national.id: is the name of another/],
    [
      'a row of nothing',
      { rows: [{ id: 'mix.articles.Q-Q', source: 'ORDER-7', clause: '1', status: 'verified' }] },
      /Q-Q is no row of iatg-2021/,
    ],
    [
      'a row without a source',
      { rows: [{ id: 'mix.articles.C-D', verdict: 'prohibited', clause: '1', status: 'verified' }] },
      /rows\[0\].source/,
    ],
    ['a source that is not listed', { sources: [] }, /not in the list of sources/],
    [
      'a cell that cannot be read',
      {
        rows: [
          { id: 'qd.cell.1.1.IBD', cells: Array.from({ length: 10 }, () => 'far'), source: 'ORDER-7', clause: '1', status: 'verified' },
        ],
      },
      /"far" cannot be read/,
    ],
    ['a section of its own', { extra: [] }, /national.extra: not a known field/],
    [
      'a number without its unit',
      { rows: [{ id: 'class.subdivision.1.2', heNeqPerItemMax: 5, source: 'ORDER-7', clause: '1', status: 'verified' }] },
      /heNeqPerItemMax: not a known field/,
    ],
  ])('is refused with %s', (_name, part, message) => {
    expect(problems(national(part))).toMatch(message);
  });

  test.each([null, 7, 'pack', [], {}])('is refused where it is %j', (value) => {
    expect(problems(value)).not.toBe('');
  });
});
