// Goal: what stands beside the packs (policy, catalogue, condition tables, transport at the terminal, effects of a blast,
// what is said of a finding) is held at its edges.
import { describe, expect, test } from 'vitest';
import kingeryBulmash from '../../resources/blast/kingery-bulmash.json' with { type: 'json' };
import iatgConditions from '../../resources/conditions/iatg.json' with { type: 'json' };
import mapping from '../../resources/conditions/mapping.json' with { type: 'json' };
import usConditions from '../../resources/conditions/us.json' with { type: 'json' };
import transportJson from '../../resources/transport/49cfr-177-848.json' with { type: 'json' };
import { invariant, type Result } from '../../shared/lib/result.ts';
import { approvedBy } from '../../shared/rules/approved.ts';
import { blastAt, effectsOf } from '../../shared/rules/blast/blast.ts';
import { readBlast } from '../../shared/rules/blast/readBlast.ts';
import { findUn, readCatalogue } from '../../shared/rules/catalogue.ts';
import { codeForLifeLeft, readConditionBook } from '../../shared/rules/conditionBook.ts';
import { explain } from '../../shared/rules/explain.ts';
import type { Finding } from '../../shared/rules/finding.ts';
import { defaultPolicy, policyKinds, policyModes, ruleFamilies } from '../../shared/rules/policy.ts';
import { readTransport } from '../../shared/rules/transport/readTransport.ts';
import { loadOfCodes } from '../../shared/rules/transport/transport.ts';
import { aastp, catalogue, iatg } from './support.ts';

function contentOf<T>(read: Result<T, readonly string[]>): T {
  invariant(read.ok, read.ok ? '' : read.error.join('\n'));
  return read.value;
}
const problemsOf = (read: Result<unknown, readonly string[]>): string => (read.ok ? '' : read.error.join('\n'));

describe('the policy of a depot whose authority has set none', () => {
  // A move is blocked by what it brings about at its destination and by an account that is not whole, an issue by the life of the
  // lot; all else warns.
  const BLOCKED = ['mix move', 'limit move', 'qd move', 'store move', 'life issue', 'unknown move'];
  test.each(ruleFamilies.flatMap((family) => policyKinds.map((kind) => [family, kind] as const)))('%s, %s', (family, kind) => {
    const mode = defaultPolicy[family][kind];
    expect(mode).toBe(BLOCKED.includes(`${family} ${kind}`) ? 'block' : 'warn');
    expect(policyModes).toContain(mode);
  });
});

describe('the catalogue', () => {
  test.each([
    ['4', '0004'],
    ['UN 5', '0005'],
    ['un0012', '0012'],
  ])('takes %s for %s', (written, un) => {
    expect(findUn(written, catalogue)[0]?.un).toBe(un);
  });
  const read = (...entry: unknown[]) => readCatalogue({ id: 'x', title: 'x', edition: '1', source: 'x', entries: [entry] });
  test('is read where number, code, form and name are there', () => {
    expect(contentOf(read('0004', '1.1D', 'substance', 'NAME')).byNumber.get('0004')).toEqual([
      { un: '0004', code: '1.1D', form: 'substance', name: 'NAME' },
    ]);
  });
  test.each<[string, unknown[]]>([
    ['a number that is no text', [4, '1.1D', 'substance', 'NAME']],
    ['a code that is no text', ['0004', 11, 'substance', 'NAME']],
    ['a name that is no text', ['0004', '1.1D', 'substance', 7]],
    ['three digits', ['004', '1.1D', 'substance', 'NAME']],
    ['five digits', ['00004', '1.1D', 'substance', 'NAME']],
    ['a form that is none', ['0004', '1.1D', 'liquid', 'NAME']],
  ])('is refused with %s', (_name, entry) => {
    expect(problemsOf(read(...entry))).toBe('entries[0]: number, code, form and name are wanted');
  });
  test('is refused where an entry is no list', () => {
    expect(problemsOf(readCatalogue({ id: 'x', title: 'x', edition: '1', source: 'x', entries: [{}] }))).toContain('entries[0]');
  });
});

test('the code for the life that is left does not depend on the order of the rows', () => {
  const book = contentOf(readConditionBook([iatgConditions, usConditions], mapping));
  for (const lifeLeft of [book.lifeLeft, book.lifeLeft.toReversed()]) {
    const code = (lifeUntil: string) => codeForLifeLeft(lifeUntil, '2026-07-01', { ...book, lifeLeft })?.code;
    expect([code('2027-01-02'), code('2027-01-01'), code('2026-10-02')]).toEqual(['A', 'B', 'B']);
  }
});

describe('an approval', () => {
  const row =
    [...aastp.articles.values()].find(({ notes }) => notes.length === 2) ??
    [...iatg.articles.values()].find(({ notes }) => notes.length === 2);
  test('by two authorities until the same day is that of the first', () => {
    const [cell] = [...aastp.articles.values()].filter(({ notes }) => notes.length === 1);
    if (cell === undefined) throw new Error('no conditional cell');
    const approval = { rule: cell.id, place: 'S1', conditions: cell.notes.map(({ id }) => id), until: '2030-12-31' };
    expect(
      approvedBy(cell, 'S1', [
        { ...approval, authority: 'First' },
        { ...approval, authority: 'Second' },
      ]),
    ).toEqual({
      authority: 'First',
      until: '2030-12-31',
    });
    expect(
      approvedBy(cell, 'S1', [
        { ...approval, authority: 'First' },
        { ...approval, authority: 'Second', until: '2031-12-31' },
      ])?.authority,
    ).toBe('Second');
  });
  test('of each of two conditions by another ends with the first, whichever is named first', () => {
    if (row === undefined) throw new Error('no cell with two conditions');
    const [x, y] = row.notes.map(({ id }) => id);
    const each = (condition = '', authority: string, until: string) => ({
      rule: row.id,
      place: 'S1',
      conditions: [condition],
      authority,
      until,
    });
    for (const approvals of [
      [each(x, 'Beta', '2030-01-01'), each(y, 'Alpha', '2029-01-01')],
      [each(x, 'Alpha', '2029-01-01'), each(y, 'Beta', '2030-01-01')],
    ])
      expect(approvedBy(row, 'S1', approvals)).toEqual({ authority: 'Alpha, Beta', until: '2029-01-01' });
    expect(approvedBy(row, 'S1', [each(x, 'Alpha', '2029-01-01')])).toBeNull();
    expect(approvedBy({ ...row, notes: [] }, 'S1', [])).toBeNull();
  });
});

describe('transport', () => {
  const table = contentOf(readTransport(transportJson));
  test('at the terminal each code is a nature, numbered as it was typed', () => {
    expect(loadOfCodes(['1.1D', '1.4S', '1.1D'], table, aastp).pairs.map(({ a, b }) => `${a} with ${b}`)).toEqual([
      '1. 1.1D with 2. 1.4S',
      '1. 1.1D with 3. 1.1D',
      '2. 1.4S with 3. 1.1D',
    ]);
  });
  test.each([[['A']], [[]], [['A', 'B', 'C']]])('a cell of %j is refused', (groups) => {
    const cells = transportJson.cells.map((cell, at) => (at === 0 ? { ...cell, groups } : cell));
    expect(problemsOf(readTransport({ ...transportJson, cells }))).toContain('cells[0].groups: two groups are wanted');
  });
});

describe('a blast', () => {
  const book = contentOf(readBlast(kingeryBulmash));
  test('that is too far off to compute has no effect, not even the slightest band', () => {
    const [band] = book.bands;
    if (band === undefined) throw new Error('no band');
    const slightest = { ...book, bands: [{ ...band, fromPa: 1 }] };
    expect(effectsOf(slightest, blastAt(book, 1, 300))).toEqual([]);
    expect(effectsOf(slightest, { ...blastAt(book, 1, 300), incidentKPa: 0.001 })).toHaveLength(1);
  });
  test('whose range is no number is refused', () => {
    const [figure, ...others] = kingeryBulmash.figures;
    const spoilt = (toZ: unknown) => ({ ...kingeryBulmash, figures: [{ ...figure, ranges: [{ ...figure?.ranges[0], toZ }] }, ...others] });
    for (const toZ of [Number.NaN, Number.POSITIVE_INFINITY, '1.5', null])
      expect(problemsOf(readBlast(spoilt(toZ)))).toContain('figures[0].ranges[0].toZ: a number is missing');
  });
});

test('the document of a finding is the one with the longest citation, in whatever order they are listed', () => {
  const document = (cite: string) => ({ id: cite, title: cite, edition: '1', cite, read: 'document' as const });
  const finding: Finding = {
    rule: 'qd.tooNear',
    says: 'qd.tooNear',
    severity: 'stop',
    pack: 'p',
    edition: '1',
    source: 'IATG 02.20:2021 cl. 7.2',
    status: 'verified',
    place: 'S1',
    subjects: ['A'],
    numbers: {},
    facts: {},
  };
  const cites = ['IATG 02.20', 'IATG 02.20:2021', 'IATG'];
  for (const listed of [cites, cites.toReversed(), [cites[1], cites[2], cites[0]]])
    expect(explain(finding, { ...iatg, sources: listed.map((cite = '') => document(cite)) }).document?.id).toBe('IATG 02.20:2021');
});
