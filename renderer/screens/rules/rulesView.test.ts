// Goal: an address always shows one part, what another pack brings is counted once, and milder means what lets more pass.
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../shared/rules/finding.ts';
import { defaultPolicy, policyKinds, policyModes, ruleFamilies } from '../../../shared/rules/policy.ts';
import { alteredIn, alteredRules, cellOf, isMilder, partOf } from './rulesView.ts';

const finding = (rule: string, place: string): Finding => ({
  ...{ rule, says: rule, severity: 'stop', pack: 'p', edition: '1', source: 's', status: 'verified', place },
  ...{ subjects: [], numbers: {}, facts: {} },
});

test.each([
  [{}, 'pack'],
  [{ part: 'policy' }, 'policy'],
  [{ part: 'waivers', id: 'x' }, 'waivers'],
  [{ part: '__proto__' }, 'pack'],
])('%j', (query, part) => {
  expect(partOf(query as Record<string, string>)).toBe(part);
});

test('a cell is named by a family and a kind that there are', () => {
  expect(cellOf({ family: 'mix', kind: 'move' })).toEqual({ family: 'mix', kind: 'move' });
  for (const query of [{}, { family: 'mix' }, { family: 'mix', kind: 'fly' }, { family: 'toString', kind: 'move' }])
    expect(cellOf(query as Record<string, string>)).toBeNull();
});

describe('another pack', () => {
  const preview = {
    ...{ pack: 'p', edition: '1' },
    caused: [finding('mix.unknown', 'S1'), finding('qd.tooNear', 'S1'), finding('qd.tooNear', 'S2')],
    cured: [finding('mix.unknown', 'S3')],
  };
  test('every finding is listed once, what appears first, and counted under its rule', () => {
    const altered = alteredIn(preview);
    expect(altered.map(({ change }) => change)).toEqual(['caused', 'caused', 'caused', 'cured']);
    expect(alteredRules(altered)).toEqual([
      { rule: 'qd.tooNear', caused: 2, cured: 0 },
      { rule: 'mix.unknown', caused: 1, cured: 1 },
    ]);
  });
});

test('milder is what lets more pass than the default, in every cell', () => {
  for (const family of ruleFamilies)
    for (const kind of policyKinds) {
      const milder = policyModes.filter((mode) => isMilder(mode, { family, kind }));
      expect(milder).toEqual(defaultPolicy[family][kind] === 'block' ? ['warn', 'off'] : ['off']);
    }
});
