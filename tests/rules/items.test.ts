// Goal: conditions of a cell are met at one place by an approval, and pairs are judged by item, not by code.
import { describe, expect, test } from 'vitest';
import { formOf } from '../../shared/rules/classification.ts';
import type { ApprovalFacts } from '../../shared/rules/facts.ts';
import { checkMixing } from '../../shared/rules/mixing.ts';
import { aastp, aLine, aStore, iatg, packs, rulesOf } from './support.ts';

describe('a conditional cell with approvals', () => {
  const lines = [aLine({ item: 'SHELL', hazardCode: '1.2F' }, 'S1-B1'), aLine({ item: 'FLARE', hazardCode: '1.3G' }, 'S1-B1')];
  const approval = (conditions: readonly string[], more: Partial<ApprovalFacts> = {}): ApprovalFacts => ({
    rule: 'mix.articles.F-G',
    place: 'S1-B1',
    conditions,
    authority: 'Inspectorate 7',
    until: '2027-03-31',
    ...more,
  });
  const judge = (approvals: readonly ApprovalFacts[], of = lines) => checkMixing({ ...aStore(of), approvals }, iatg);

  test('every note met: it informs, with the authority and the last day', () => {
    expect(judge([approval(['segregated', 'authorityDecides'])])).toMatchObject([
      { rule: 'mix.articles.F-G', says: 'mix.approved', severity: 'info', facts: { authority: 'Inspectorate 7', until: '2027-03-31' } },
    ]);
  });

  test('the notes may be met by several; the whole ends with the first, and each note counts as long as its longest', () => {
    const several = [
      approval(['segregated'], { until: '2027-01-31' }),
      approval(['segregated'], { until: '2027-02-28' }),
      approval(['authorityDecides'], { authority: 'Ministry', until: '2028-12-31' }),
    ];
    const facts = { authority: 'Inspectorate 7, Ministry', until: '2027-02-28' };
    expect(judge(several)).toMatchObject([{ severity: 'info', facts }]);
    expect(judge(several.toReversed())).toEqual(judge(several));
  });

  test.each<[string, readonly ApprovalFacts[]]>([
    ['none', []],
    ['one note of two', [approval(['segregated'])]],
    ['the store instead of the bay', [approval(['segregated', 'authorityDecides'], { place: 'S1' })]],
    ['another cell', [approval(['segregated', 'authorityDecides'], { rule: 'mix.articles.E-G' })]],
  ])('stops: %s', (_name, approvals) => {
    expect(judge(approvals)).toMatchObject([{ says: 'mix.conditional', severity: 'stop' }]);
  });

  test('no approval lifts a prohibition, not even one with notes', () => {
    const primaries = [aLine({ item: 'P1', hazardCode: '1.1A' }), aLine({ item: 'P2', hazardCode: '1.1A' })];
    const approvals = [approval(['sameSubstanceOnly'], { rule: 'mix.articles.A-A', place: 'S1' })];
    expect(judge(approvals, primaries)).toMatchObject([{ says: 'mix.prohibited', severity: 'stop' }]);
  });

  test.each(packs)('$id: every conditional cell informs once all its notes are met, and not before', (pack) => {
    const codes = [...pack.legalCodes.keys()];
    const codeOf = (group: string) => codes.find((code) => code.endsWith(group)) ?? '';
    for (const { id, groups, notes, verdict } of pack.articles.values()) {
      if (verdict !== 'conditional') continue;
      const pair = groups.map((group, at) => aLine({ item: `ITEM-${at}`, hazardCode: codeOf(group) }, 'S1-B1'));
      const severity = (conditions: readonly string[]) =>
        checkMixing({ ...aStore(pair), approvals: [approval(conditions, { rule: id })] }, pack).map((finding) => finding.severity);
      const asked = notes.map((note) => note.id);
      expect([id, severity(asked), severity(asked.slice(1))]).toEqual([id, ['info'], ['stop']]);
    }
  });
});

describe('items, not codes', () => {
  const one = (hazardCode: string) => aLine({ item: 'ONE', hazardCode });

  test.each(['1.2L', '1.1A'])('two natures of %s are apart though the codes agree; one of them in two bays is not', (code) => {
    const two = aLine({ item: 'TWO', hazardCode: code }, 'S1-B2');
    expect(checkMixing(aStore([one(code), two]), aastp)).toMatchObject([{ says: 'mix.prohibited', place: 'S1', subjects: ['ONE', 'TWO'] }]);
    expect(checkMixing(aStore([one(code), { ...one(code), place: 'S1-B2' }]), aastp)).toEqual([]);
  });

  test.each([
    ['1.2K', '1.2K', []],
    ['1.2K', '1.4S', ['mix.articles.K-S']],
    ['1.6N', '1.6N', ['mix.articles.N-N']],
    ['1.6N', '1.1D', ['mix.articles.D-N']],
    ['1.6N', '1.1F', ['mix.articles.F-N']],
    ['1.6N', '1.4S', ['mix.articles.N-S']],
    ['1.4S', '1.4S', []],
    ['1.4S', '1.1B', []],
    ['1.4S', '1.2L', ['mix.articles.L-S']],
    ['1.4S', '1.1A', ['mix.articles.A-S']],
  ])('%s with %s: %j', (code, other, rules) => {
    expect(rulesOf(checkMixing(aStore([one(code), aLine({ item: 'TWO', hazardCode: other }, 'S1-B2')]), aastp))).toEqual(rules);
  });
});

test('a group without substances is of articles, whatever was stated; of the others it is unknown until somebody says', () => {
  expect((['B', 'E', 'N', 'S'] as const).map((group) => [formOf(group, null), formOf(group, 'substance')])).toEqual([
    ['article', 'article'],
    ['article', 'article'],
    ['article', 'article'],
    [null, 'substance'],
  ]);
});
