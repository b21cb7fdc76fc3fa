// Goal: every round is in exactly one slice, and nothing unusable meets a need, whatever the facts.
// Method: random holdings, requirement lines, policies and dates, contradictions among them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Requirement } from './model.ts';
import { determineSurplus, type SurplusHolding, type SurplusReport } from './surplus.ts';

const date = fc
  .date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2045-12-31T00:00:00Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const ours = { site: fc.constant('S'), item: fc.constant('HE-82') };
const holding: fc.Arbitrary<SurplusHolding> = fc
  .record({
    ...ours,
    lot: fc.constantFrom('A', 'B', 'C', 'D'),
    place: fc.constantFrom('S1', 'S2'),
    quantity: fc.nat({ max: 50_000 }),
    conditionGroup: fc.constantFrom('serviceable', 'serviceable', 'serviceable', 'banned', 'pending', 'disposal', 'unknown'),
    lifeUntil: fc.option(date),
    restriction: fc.constantFrom(null, null, 'ban', 'suspension'),
  })
  .map((parts) => ({ ...parts, lotId: parts.lot, isProhibited: parts.lot === 'D' }));
const line: fc.Arbitrary<Requirement> = fc.record({
  ...ours,
  category: fc.constantFrom('first_line', 'reserve', 'training_per_year', 'test_per_year'),
  quantity: fc.nat({ max: 30_000 }),
  from: date,
  to: date,
  approvedBy: fc.constantFrom('AUTH', null),
});
const input = fc.record({
  asOf: date,
  holdings: fc.array(holding, { maxLength: 10 }),
  requirements: fc.array(line, { maxLength: 8 }),
  hasStocktake: fc.boolean(),
  policy: fc.record({
    horizonYears: fc.integer({ min: 1, max: 20 }),
    leadYears: fc.nat({ max: 8 }),
    reserveMinLifeYears: fc.nat({ max: 10 }),
    firstLineInReserve: fc.boolean(),
  }),
});
const slicesOf = (report: SurplusReport) => report.items.flatMap((item) => item.slices);

test('slices add up to the ledger, are whole and positive, and each says why', () => {
  fc.assert(
    fc.property(input, (facts) => {
      const slices = slicesOf(determineSurplus(facts));
      const onLedger = facts.holdings.reduce((sum, { quantity }) => sum + quantity, 0);
      expect(slices.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(onLedger);
      expect(slices.every(({ quantity, reason }) => Number.isSafeInteger(quantity) && quantity > 0 && reason.length > 0)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('the order of the inputs does not count', () => {
  fc.assert(
    fc.property(input, (facts) => {
      const reversed = { ...facts, holdings: facts.holdings.toReversed(), requirements: facts.requirements.toReversed() };
      expect(determineSurplus(reversed)).toEqual(determineSurplus(facts));
    }),
  );
});

test('two holdings that differ in their life or defect alone are told in one order', () => {
  const same = { site: 'S', item: 'HE-82', lot: 'D', lotId: 'D', place: 'S1', quantity: 49_985, conditionGroup: 'pending' as const };
  const one = { ...same, lifeUntil: null, restriction: 'suspension' as const, isProhibited: true };
  const policy = { horizonYears: 1, leadYears: 0, reserveMinLifeYears: 0, firstLineInReserve: false };
  const reportOf = (holdings: readonly SurplusHolding[]): SurplusReport =>
    determineSurplus({ asOf: '2024-01-01', holdings, requirements: [], hasStocktake: false, policy });
  for (const other of [
    { ...one, lifeUntil: '2024-01-01' },
    { ...one, isProhibited: false, hasSafetyDefect: true },
  ])
    expect(reportOf([one, other])).toEqual(reportOf([other, one]));
});

test('one more usable lot of a long life never makes the gaps larger', () => {
  const gap = (report: SurplusReport): number =>
    report.items.flatMap((item) => item.deficits).reduce((sum, { quantity }) => sum + quantity, 0);
  fc.assert(
    fc.property(input, fc.integer({ min: 1, max: 9000 }), (facts, quantity) => {
      const lot = { site: 'S', item: 'HE-82', lot: 'Z', lotId: 'Z', place: 'S1', lifeUntil: '2099-12-31', restriction: null };
      const more = [...facts.holdings, { ...lot, quantity, conditionGroup: 'serviceable' as const }];
      expect(gap(determineSurplus({ ...facts, holdings: more }))).toBeLessThanOrEqual(gap(determineSurplus(facts)));
    }),
  );
});

test('nothing banned, for disposal, prohibited, expired or of unknown life meets a need', () => {
  const met = ['REQUIRED_RESERVE', 'REQUIRED_TRAINING', 'RETAINED_ECONOMIC'];
  fc.assert(
    fc.property(input, (facts) => {
      for (const slice of slicesOf(determineSurplus(facts)).filter((each) => met.includes(each.class))) {
        expect(slice.lifeUntil !== null && slice.lifeUntil >= facts.asOf && slice.lot !== 'D').toBe(true);
        const sources = facts.holdings.filter((each) => each.lot === slice.lot && each.place === slice.place);
        expect(sources.some((each) => each.conditionGroup === 'serviceable' && each.restriction === null)).toBe(true);
      }
    }),
  );
});
