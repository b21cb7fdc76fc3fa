// Goal: findings stand worst first, the same trouble once, and say what was assumed.
import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../shared/rules/compare.ts';
import type { Finding, Severity } from '../../shared/rules/finding.ts';
import { findingFrom, findingKey, sortFindings, troubleOf } from '../../shared/rules/ruleFinding.ts';
import { checkItem } from '../../shared/rules/unknowns.ts';
import { anItem, iatg } from './support.ts';

const finding = (severity: Severity, place: string, ...subjects: string[]): Finding =>
  findingFrom(iatg.rules['unknown.neq'], { says: 'unknown.neq', severity, place, subjects });

describe('the order of findings', () => {
  test('is stop, warning, information, whatever the place; then by place, then by subject', () => {
    const wanted = [
      finding('stop', 'S9', 'A'),
      finding('warn', 'S2', 'A'),
      finding('warn', 'S2', 'B'),
      finding('warn', 'S3', 'A'),
      finding('info', 'S1', 'A'),
    ];
    for (const given of [wanted, wanted.toReversed(), [wanted[2], wanted[4], wanted[0], wanted[3], wanted[1]] as Finding[]])
      expect(sortFindings(given)).toEqual(wanted);
  });
  test('lists the same finding once, and its subjects sorted and each once', () => {
    expect(sortFindings([finding('warn', 'S1', 'B', 'A', 'B'), finding('warn', 'S1', 'A', 'B')])).toMatchObject([{ subjects: ['A', 'B'] }]);
  });
});

test.each([
  ['1.2D', '1.2', '1.2.1'],
  ['1.3C', '1.3', '1.3.1'],
])('%s of unknown sub-division says that %s is taken as %s', (hazardCode, division, assumed) => {
  expect(checkItem(anItem({ hazardCode, heNeqG: null, subdivision: null }), 'S1', iatg)).toMatchObject([
    { rule: 'unknown.subdivision', severity: 'warn', facts: { division, assumed } },
  ]);
});

test('a trouble of a lot that stays where it is was there before, also at the place to which some of the lot goes', () => {
  const ofLot = (place: string): Finding =>
    findingFrom(iatg.rules['unknown.neq'], { says: 'unknown.neq', severity: 'stop', place, subjects: ['A'], lotId: 'L' });
  const [kept, there] = [ofLot('S1'), ofLot('S2')];
  expect(differenceOf([kept], [kept, there])).toEqual({ caused: [], cured: [] });
  expect(differenceOf([], [there])).toEqual({ caused: [there], cured: [] });
});

test('a key without its severity begins with the place', () => {
  expect(troubleOf(findingKey(finding('warn', 'S1', 'A', 'B')))).toBe('S1\nunknown.neq|S1||\nA\nB');
});
