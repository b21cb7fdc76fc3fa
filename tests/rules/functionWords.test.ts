import { expect, test } from 'vitest';
import { describeFinding, describeFunction } from '../../electron/cli/wording.ts';
import { undergroundHazards } from '../../shared/rules/distance/book.ts';
import { findingFrom } from '../../shared/rules/ruleFinding.ts';
import { iatg } from './support.ts';

test('what reaches out of a chamber has a word, and a function of the tables its name', () => {
  expect(undergroundHazards.map(describeFunction)).toEqual(['crater', 'ground shock', 'tunnel mouth', 'debris']);
  expect(['D13', '0.5 × D12', '60 m', null].map(describeFunction)).toEqual(['D13', '0.5 × D12', '60 m', '']);
});

test.each(['qd.tooNear', 'qd.tooNearUntil', 'qd.tooNearMet'])('the sentence %s says it in words', (says) => {
  const finding = findingFrom(iatg.rules['qd.oneSite'], {
    says,
    severity: 'stop',
    place: 'S1',
    subjects: [],
    numbers: { neqKg: 1, requiredM: 2, actualM: 1 },
    facts: { exposedName: 'H1', hazardDivision: '1.1', function: 'groundShock', conditions: '', until: '' },
  });
  expect(describeFinding(finding)).toContain('ground shock');
  expect(describeFinding(finding)).not.toContain('groundShock');
});
