import { describe, expect, test } from 'vitest';
import { causedBy, differenceOf } from './compare.ts';
import type { Finding } from './finding.ts';
import { defaultPolicy, judge, policyKinds, ruleFamilies } from './policy.ts';
import { sortFindings } from './ruleFinding.ts';

const aFinding = (parts: Partial<Finding> = {}): Finding => ({
  rule: 'mix.articles.B-D',
  says: 'mix.conditional',
  severity: 'stop',
  pack: 'p',
  edition: '1',
  source: 's 1',
  status: 'verified',
  place: 'S1',
  subjects: ['A', 'B'],
  numbers: {},
  facts: {},
  ...parts,
});
const over = (neqKg: number, limitKg: number, division = '1.1'): Finding =>
  aFinding({ rule: 'limit.exceeded', numbers: { neqKg, limitKg }, facts: { division } });
const expired = (place: string, lotId = 'lot-1'): Finding => aFinding({ rule: 'life.expired', place, lotId });

describe('what a change brought about', () => {
  test.each<[string, readonly Finding[], readonly Finding[], number]>([
    ['nothing new', [aFinding()], [aFinding()], 0],
    ['a new finding', [], [aFinding()], 1],
    ['the same in another place', [aFinding()], [aFinding({ place: 'S2' })], 1],
    ['another rule', [aFinding()], [aFinding({ rule: 'mix.articles.B-E' })], 1],
    ['one subject more', [aFinding()], [aFinding({ subjects: ['A', 'B', 'C'] })], 1],
    ['one subject less', [aFinding({ subjects: ['A', 'B', 'C'] })], [aFinding()], 0],
    ['the same subjects in two findings', [aFinding({ subjects: ['A'] }), aFinding({ subjects: ['B'] })], [aFinding()], 0],
    ['a larger NEQ', [over(1100, 1000)], [over(1101, 1000)], 1],
    ['a smaller NEQ', [over(1100, 1000)], [over(1050, 1000)], 0],
    ['a lower limit', [over(1100, 1000)], [over(1100, 900)], 1],
    ['another division', [over(1100, 1000)], [over(1100, 1000), over(1100, 1000, '1.2')], 1],
    ['a limit taken away', [over(1100, 1000)], [aFinding({ rule: 'limit.unlicensed', numbers: { neqKg: 1100 } })], 1],
    ['a warning that became a stop', [aFinding({ severity: 'warn' })], [aFinding()], 1],
    ['a stop that became a warning', [aFinding()], [aFinding({ severity: 'warn' })], 0],
    ['an expired lot moved', [expired('S1')], [expired('S2')], 0],
    ['another expired lot', [expired('S1')], [expired('S1'), expired('S1', 'lot-2')], 1],
  ])('%s', (_name, before, after, count) => {
    expect(causedBy(before, after)).toHaveLength(count);
  });
});

test('what a change ends is what stood before and stands no more; the same trouble in another place ends in the first', () => {
  const [mixed, limit, dead] = [aFinding(), over(1100, 1000), expired('S1')];
  const { caused, cured } = differenceOf([mixed, limit, dead], [limit, expired('S2'), over(20, 10, '1.3')]);
  expect(cured).toEqual([mixed, dead]);
  expect(caused).toContainEqual(over(20, 10, '1.3'));
  expect(differenceOf([mixed], [mixed])).toEqual({ caused: [], cured: [] });
});

test('sorting puts the worst first, and the same finding once', () => {
  const warning = aFinding({ severity: 'warn', place: 'A' });
  const sorted = sortFindings([warning, aFinding({ place: 'Z' }), aFinding({ place: 'B' }), aFinding({ place: 'B' })]);
  expect(sorted.map(({ severity, place }) => `${severity} ${place}`)).toEqual(['stop B', 'stop Z', 'warn A']);
});

describe('the policy', () => {
  const blocked = (rule: string, kind: (typeof policyKinds)[number], severity: Finding['severity'] = 'stop'): boolean =>
    judge([aFinding({ rule, severity })], kind, defaultPolicy)[0]?.blocked === true;

  test('by default a move is blocked by what it brings about or nobody knows, an issue by the life of the lot, and nothing else is', () => {
    const blocking = ruleFamilies.flatMap((family) =>
      policyKinds.filter((kind) => blocked(`${family}.x`, kind)).map((kind) => `${family} ${kind}`),
    );
    expect(blocking).toEqual(['mix move', 'limit move', 'life issue', 'qd move', 'store move', 'unknown move']);
  });

  test('only a stop blocks', () => {
    expect(blocked('mix.x', 'move', 'warn')).toBe(false);
    expect(blocked('mix.x', 'move', 'info')).toBe(false);
  });

  test('off still lists the finding, as information', () => {
    const policy = { ...defaultPolicy, mix: { ...defaultPolicy.mix, move: 'off' as const } };
    expect(judge([aFinding()], 'move', policy)).toMatchObject([{ rule: 'mix.articles.B-D', severity: 'info', blocked: false }]);
  });
});
