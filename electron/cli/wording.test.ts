import { expect, test } from 'vitest';
import type { Finding } from '../../shared/rules/finding.ts';
import { describeFinding } from './wording.ts';

const exceeded: Finding = {
  rule: 'limit.exceeded',
  says: 'limit.exceeded',
  severity: 'stop',
  pack: 'iatg-2021',
  edition: '2021',
  source: 'IATG 02.20:2021 cl. 7.5',
  status: 'verified',
  place: 'S1',
  subjects: ['WP'],
  numbers: { neqKg: 12, limitKg: 10, leftOutKg: 1.5 },
  facts: { division: '1.1', leftOut: 'WP 0.3 kg (limit.exclusion.singleBase); WP 1.2 kg (limit.exclusion.filling)' },
};

test('what is left out of the NEQ is said in words, and a row without a name by its id', () => {
  const sentence = describeFinding(exceeded);
  expect(sentence).toContain('WP 0.3 kg (single-base propellant); WP 1.2 kg (filling that adds nothing to the explosion)');
  expect(sentence).not.toContain('limit.exclusion');
  expect(describeFinding({ ...exceeded, facts: { leftOut: 'WP 1 kg (limit.exclusion.later)' } })).toContain('(limit.exclusion.later)');
});
