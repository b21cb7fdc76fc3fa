// Goal: a limit ends with what it rests on, whatever was approved since, and only in the divisions that rest on it.
import { expect, test } from 'vitest';
import { checkLimits } from '../../shared/rules/limits.ts';
import { conditionsOn, lapsedLimits, type Standing } from '../../shared/rules/site/basis.ts';
import { aLine, aStore, packs } from './support.ts';

const TODAY = '2026-06-01';
const approval = { conditions: ['a'], until: '2026-06-30', withdrawnAtMs: null };
const standing = (more: Partial<Standing> = {}): Standing => ({ ofBuilding: [], approvals: [approval], ...more });
const licence = (division = '1.1', until: string | null = '2026-06-30', more: { isOfBuilding?: boolean } = {}) => ({
  number: 'L-1',
  recordedAtMs: 1_000,
  limits: [{ division, restsOn: [{ id: 'a', words: 'the words', until, ...more }] }, { division: '1.4' }],
});
const lapsed = { '1.1': { licence: 'L-1', conditions: ['the words'] } };

test.each<[string, Parameters<typeof lapsedLimits>, object]>([
  ['in force', [licence(), standing(), TODAY], {}],
  ['its last day', [licence(), standing(), '2026-06-30'], {}],
  ['the day after', [licence(), standing(), '2026-07-01'], lapsed],
  [
    'the day after, approved for longer since',
    [licence(), standing({ approvals: [{ ...approval, until: '2027-01-01' }] }), '2026-07-01'],
    lapsed,
  ],
  ['no approval at all', [licence(), standing({ approvals: [] }), TODAY], lapsed],
  ['an approval that ended', [licence(), standing({ approvals: [{ ...approval, until: '2026-05-31' }] }), TODAY], lapsed],
  ['an approval of something else', [licence(), standing({ approvals: [{ ...approval, conditions: ['b'] }] }), TODAY], lapsed],
  ['withdrawn', [licence(), standing({ approvals: [{ ...approval, withdrawnAtMs: 2_000 }] }), TODAY], lapsed],
  ['withdrawn and approved anew', [licence(), standing({ approvals: [approval, { ...approval, withdrawnAtMs: 1_000 }] }), TODAY], lapsed],
  ['withdrawn before the issue', [licence(), standing({ approvals: [approval, { ...approval, withdrawnAtMs: 999 }] }), TODAY], {}],
  ['met by the building', [licence('1.1', null), standing({ ofBuilding: ['a'], approvals: [] }), TODAY], {}],
  ['met by the building no longer', [licence('1.1', null), standing({ ofBuilding: ['b'] }), TODAY], lapsed],
  ['met by the building no longer, and approved since', [licence('1.1', '2026-06-30', { isOfBuilding: true }), standing(), TODAY], lapsed],
  ['met by the building until a day', [licence('1.1', '2026-06-30', { isOfBuilding: true }), standing({ ofBuilding: ['a'] }), TODAY], {}],
  ['met by the building, but over', [licence(), standing({ ofBuilding: ['a'] }), '2026-07-01'], lapsed],
])('%s', (_name, ask, expected) => {
  expect(lapsedLimits(...ask)).toEqual(expected);
});

test('a sub-division takes its division with it', () => {
  expect(Object.keys(lapsedLimits(licence('1.2.2'), standing({ approvals: [] }), TODAY))).toEqual(['1.2']);
});

test.each(packs)('$id: what lapsed is no limit, even where its number still stands there', (pack) => {
  const store = aStore([aLine()]);
  expect(checkLimits(store, pack)).toEqual([]);
  const [finding, ...others] = checkLimits({ ...store, lapsed: { '1.1': { licence: 'L-1', conditions: ['x', 'y'] } } }, pack);
  expect(finding).toMatchObject({
    rule: 'limit.unlicensed',
    says: 'limit.lapsed',
    severity: 'stop',
    facts: { division: '1.1', licence: 'L-1', conditions: 'x; y' },
  });
  expect([others, checkLimits({ ...store, lapsed: { '1.3': { licence: 'L-1', conditions: ['x'] } } }, pack)]).toEqual([[], []]);
});

test('a condition of a building counts to the end of its last day; without one, or of nothing that is entered, never', () => {
  const entered = { conditionsMet: ['a', 'constructor', 'b'], conditionsUntil: { b: '2026-06-01', a: '2026-06-30', c: '2027-01-01' } };
  expect(conditionsOn(entered, '2026-06-01').map(({ condition }) => condition)).toEqual(['a', 'b']);
  expect(conditionsOn(entered, '2026-06-02')).toEqual([{ condition: 'a', until: '2026-06-30' }]);
  expect(conditionsOn({ conditionsMet: ['a', 'b'] }, '2026-06-01')).toEqual([]);
});
