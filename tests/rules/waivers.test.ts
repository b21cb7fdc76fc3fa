// Goal: a waiver covers up to its quantity and no gram more, and of several the one that lasts longest counts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../shared/rules/finding.ts';
import { limitGOf, neqKgOf } from '../../shared/rules/limits.ts';
import { waivableRules } from '../../shared/rules/ruleIds.ts';
import { coverageOf, type WaiverFacts, waivedKgOf, waivedQuantityOf, withWaiverNamed } from '../../shared/rules/waivers.ts';
import { packs } from './support.ts';

const saying = (rule: string): Finding => ({
  rule,
  says: rule,
  severity: 'stop',
  pack: 'iatg-2021',
  edition: '2021',
  source: 'none',
  status: 'verified',
  place: 'S1',
  subjects: ['HE'],
  numbers: {},
  facts: {},
});

const over = (neqG: number, rule = 'limit.exceeded'): Finding => ({
  ...saying(rule),
  numbers: { neqKg: neqKgOf(neqG) },
  facts: { division: '1.1' },
});
const waiver = (quantityMaxG: number | null, more: Partial<WaiverFacts> = {}): WaiverFacts => ({
  rule: 'limit.exceeded',
  place: 'S1',
  division: '1.1',
  until: '2027-01-31',
  quantityMaxG,
  ...more,
});
const grams = fc.integer({ min: 1, max: 500_000_000 });

test('to the gram', () => {
  fc.assert(
    fc.property(grams, grams, (neqG, boundG) => {
      const { by, tooSmallKg } = coverageOf(over(neqG), [waiver(boundG)]);
      expect([by !== null, tooSmallKg]).toEqual([neqG <= boundG, neqG <= boundG ? null : boundG / 1000]);
    }),
  );
});

test('more stock is never covered where less was not, and the order of waivers does not matter', () => {
  fc.assert(
    fc.property(grams, grams, fc.array(fc.option(grams), { maxLength: 4 }), (a, b, bounds) => {
      const waivers = bounds.map((bound) => waiver(bound));
      const covered = (neqG: number) => coverageOf(over(neqG), waivers).by !== null;
      if (covered(Math.max(a, b))) expect(covered(Math.min(a, b))).toBe(true);
      expect(coverageOf(over(a), waivers.toReversed())).toMatchObject({ tooSmallKg: coverageOf(over(a), waivers).tooSmallKg });
    }),
  );
});

test('of those that are large enough the longest counts', () => {
  const waivers = [waiver(2_000, { until: '2027-03-01' }), waiver(9_000), waiver(null, { until: '2027-02-01' })];
  expect(coverageOf(over(2_001), waivers)).toEqual({ by: waivers[2], tooSmallKg: null });
  expect(coverageOf(over(2_000), waivers)).toEqual({ by: waivers[0], tooSmallKg: null });
  expect(coverageOf(over(1, 'qd.tooNear'), waivers)).toEqual({ by: null, tooSmallKg: null });
});

test('a quantity that is not known is beyond every bound', () => {
  const unknown = { ...over(1), numbers: {} };
  expect([coverageOf(unknown, [waiver(500_000_000)]).by, coverageOf(unknown, [waiver(null)]).by]).toMatchObject([null, {}]);
});

test('the load of a floor is signed for in mass', () => {
  const floor: Finding = { ...saying('store.floorLoad'), numbers: { massKg: 7, limitKg: 5 } };
  expect([waivedQuantityOf('store.floorLoad'), waivedKgOf(floor), waivedKgOf(over(2_500))]).toEqual(['mass', 7, 2.5]);
  const about = { rule: 'store.floorLoad', division: null };
  expect(coverageOf(floor, [waiver(6_999, about)])).toEqual({ by: null, tooSmallKg: 6.999 });
  expect(coverageOf(floor, [waiver(7_000, about)]).by).not.toBeNull();
  expect(withWaiverNamed(floor, 6.999).numbers).toEqual({ massKg: 7, limitKg: 5, waiverMassKg: 6.999 });
});

test.each(packs)('$id: every rule of limits or distances that can be waived is signed for a quantity, but for what has none', (pack) => {
  const without = [...waivableRules(pack)].filter((rule) => /^(limit|qd)\./.test(rule) && waivedQuantityOf(rule) === null);
  expect(without).toEqual(['qd.indeterminate']);
});

test('what is signed for is rounded down', () => {
  expect([1.4, 0.0019, 2.0999, 500_000].map(limitGOf)).toEqual([1_400, 1, 2_099, 500_000_000]);
});

test('of several that are too small the greatest is named', () => {
  expect(coverageOf(over(9_000), [waiver(2_000), waiver(5_000), waiver(3_000)])).toEqual({ by: null, tooSmallKg: 5 });
});
