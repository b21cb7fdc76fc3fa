// Goal: every finding says what cures it, what was assumed, who may let it pass and until when.

import { describe, expect, test } from 'vitest';
import english from '../../resources/locales/en.json' with { type: 'json' };
import { assumptions, cures, explain } from '../../shared/rules/explain.ts';
import type { Finding } from '../../shared/rules/finding.ts';
import { checkMixing } from '../../shared/rules/mixing.ts';
import { singleRuleIds } from '../../shared/rules/pack.ts';
import { segregationIds } from '../../shared/rules/readSegregation.ts';
import { checkStore } from '../../shared/rules/store.ts';
import { aHouse, aPotential, check, kilograms } from './siteSupport.ts';
import { aastp, aLine, aStore, iatg, packs } from './support.ts';

const conditional = (): Finding => {
  const [found] = checkMixing(aStore([aLine({ hazardCode: '1.1F' }), aLine({ item: 'FLARE', hazardCode: '1.3G' })]), iatg);
  if (found === undefined) throw new Error('no finding');
  return found;
};
const saying = (says: string): Finding => ({ ...conditional(), says, rule: says, facts: {} });

describe('what a finding says', () => {
  const mixing = ['prohibited', 'conditional', 'approved', 'formUnknown', 'unknown'].map((verdict) => `mix.${verdict}`);
  test.each([
    'measure.tooLittle',
    'measure.tooMuch',
    'measure.stackLimit',
    'unmeasured',
    'unmeasuredPart',
    'measureOld',
    'measureOldPart',
    'checklistNo',
    'checklistDue',
    'checklistNever',
  ])('store.%s has a sentence and is cured at the storehouse, not by taking stock out', (says) => {
    const [first = '', second] = says.split('.');
    const sentences: Readonly<Record<string, unknown>> = english.finding.store;
    const sentence = second === undefined ? sentences[first] : (sentences[first] as Record<string, unknown> | undefined)?.[second];
    expect(sentence).toEqual(expect.stringContaining('{{place}}'));
    expect(explain(saying(`store.${says}`), iatg).cures).not.toContain('takeOut');
    expect(explain(saying(`store.${says}`), iatg).cures.length).toBeGreaterThan(0);
  });

  test.each([...singleRuleIds, ...segregationIds, ...mixing, 'limit.exceeded', 'limit.reactsAsOne', 'qd.tooNearLeast'])(
    '%s has a cure',
    (says) => {
      expect(explain(saying(says), iatg).cures.length).toBeGreaterThan(0);
    },
  );

  test('every cure and every assumption has its sentence, and no sentence is left over', () => {
    expect(Object.keys(english.remedy).sort()).toEqual([...cures].sort());
    expect(Object.keys(english.assumed).sort()).toEqual([...assumptions].sort());
  });

  test('an unheard-of finding has none', () => {
    expect(explain(saying('odd'), iatg).cures).toEqual([]);
  });
});

test('a conditional cell names its conditions, its document and who may waive it', () => {
  expect(explain(conditional(), iatg)).toMatchObject({
    document: { id: 'IATG-01.50', read: 'secondHand' },
    assumed: ['rowUnverified'],
    cures: ['approve', 'moveAway'],
    conditions: ['segregated', 'authorityDecides'],
    approvalRule: conditional().rule,
    waivedBy: ['ato', 'commander', 'authority'],
    division: null,
    passesUntil: null,
  });
});

test('a distance that may be smaller is approved by the name of its cell, and one that may not has nothing to approve', () => {
  const near = (construction: 'ecm' | 'light') =>
    check([aPotential('S1', 0, { construction, frontMdeg: 90_000 })], [aHouse(300)], { S1: [kilograms(9_000)] }).find(
      ({ rule }) => rule === 'qd.tooNear',
    ) ?? saying('odd');
  const [side, open] = [near('ecm'), near('light')];
  expect(explain(side, iatg)).toMatchObject({ approvalRule: 'qd.cell.1.1.IBD.P2', conditions: ['standardEcm'] });
  expect(explain(open, iatg)).toMatchObject({ approvalRule: open.facts.cell, conditions: [] });
});

test('an approved one names its last day and needs no waiver', () => {
  const { rule } = conditional();
  const approvals = [{ rule, place: 'S1', conditions: ['segregated', 'authorityDecides'], authority: 'A', until: '2027-01-31' }];
  const [found] = checkMixing(
    { ...aStore([aLine({ hazardCode: '1.1F' }), aLine({ item: 'FLARE', hazardCode: '1.3G' })]), approvals },
    iatg,
  );
  expect(explain(found ?? saying('odd'), iatg)).toMatchObject({
    cures: ['keepApproval'],
    conditions: [],
    waivedBy: [],
    passesUntil: '2027-01-31',
    passesBy: 'approval',
  });
  const waiver = { rule, place: 'S1', division: null, quantityMaxG: null };
  const by = (until: string) => explain(found ?? saying('odd'), iatg, [{ ...waiver, until }]).passesBy;
  expect([by('2027-01-30'), by('2027-01-31'), by('2027-02-01')]).toEqual(['approval', 'approval', 'waiver']);
  const flies = { ...saying('mix.propulsiveApproved'), facts: { until: '2027-01-31' } };
  expect(explain(flies, iatg)).toMatchObject({ passesUntil: '2027-01-31', passesBy: 'approval' });
  expect(explain(conditional(), iatg)).toMatchObject({ passesUntil: null, passesBy: null });
});

test('a waiver counts for its rule, its place and its division, and the longest counts', () => {
  const [over] = checkStore(aStore([aLine()], { '1.1': 1 }), aastp);
  const finding = over ?? saying('odd');
  const waiver = { rule: 'limit.exceeded', place: 'S1', division: '1.1', quantityMaxG: null, until: '2027-01-31' };
  const until = (...waivers: (typeof waiver)[]) => explain(finding, aastp, waivers).passesUntil;
  expect([explain(finding, aastp).division, until(waiver, { ...waiver, until: '2027-02-28' }, { ...waiver, until: '2026-12-31' })]).toEqual(
    ['1.1', '2027-02-28'],
  );
  expect([until({ ...waiver, rule: 'qd.tooNear' }), until({ ...waiver, place: 'S2' }), until({ ...waiver, division: '1.2' })]).toEqual([
    null,
    null,
    null,
  ]);
});

test('what was assumed is said, and a row that was read is no assumption', () => {
  expect(explain({ ...saying('mix.formUnknown'), status: 'verified' }, aastp).assumed).toEqual(['sternerForm']);
  expect(explain({ ...saying('mix.prohibited'), status: 'verified' }, aastp).assumed).toEqual([]);
});

test.each(packs)('$id: the document of every row of the tables is in the list of sources', (pack) => {
  for (const row of [...pack.articles.values(), ...pack.segregation.values(), ...Object.values(pack.rules)])
    expect([row.id, explain({ ...conditional(), source: row.source }, pack).document === null]).toEqual([row.id, false]);
});
