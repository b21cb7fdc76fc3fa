// The worked example of life-cycle.md 1.4 and its edge cases.
import { describe, expect, test } from 'vitest';
import type { Requirement, RequirementCategory } from './model.ts';
import { determineSurplus, type SurplusHolding, type SurplusInput, type SurplusItem } from './surplus.ts';
import { fullMonthsIn } from './surplusAllocation.ts';

const policy = { horizonYears: 10, leadYears: 3, reserveMinLifeYears: 5, firstLineInReserve: true } as const;
const aHolding = (parts: Partial<SurplusHolding> = {}): SurplusHolding => ({
  site: 'S',
  item: 'HE-82',
  lotId: parts.lot ?? 'A',
  lot: 'A',
  place: 'S1',
  quantity: 1000,
  conditionGroup: 'serviceable',
  lifeUntil: '2037-12-31',
  restriction: null,
  ...parts,
});
const aLine = (category: RequirementCategory, quantity: number, parts: Partial<Requirement> = {}): Requirement => ({
  site: 'S',
  item: 'HE-82',
  category,
  quantity,
  from: '2026-01-01',
  to: '2035-12-31',
  approvedBy: 'AUTH',
  ...parts,
});
const run = (input: Partial<SurplusInput>) =>
  determineSurplus({ asOf: '2026-01-01', policy, holdings: [], requirements: [], hasStocktake: true, ...input });
function itemOf(input: Partial<SurplusInput>): SurplusItem {
  const [item] = run(input).items;
  if (item === undefined) throw new Error('no item in the report');
  return item;
}
/** `class lot quantity reason`, as a person would read them. */
const readable = (item: SurplusItem): readonly string[] => item.slices.map((s) => `${s.class} ${s.lot} ${s.quantity} ${s.reason}`);
const deficitsOf = (item: SurplusItem, kind: string): readonly string[] =>
  item.deficits.filter((d) => d.kind === kind).map((d) => `${d.year} ${d.quantity} by ${d.orderBy}`);

const exampleStock = [
  aHolding({ lot: 'A', quantity: 30_000 }),
  aHolding({ lot: 'B', quantity: 40_000, lifeUntil: '2032-12-31' }),
  aHolding({ lot: 'C', quantity: 25_000, lifeUntil: '2028-12-31' }),
  aHolding({ lot: 'D', quantity: 12_000, lifeUntil: null, conditionGroup: 'pending' }),
  aHolding({ lot: 'E', quantity: 8000, lifeUntil: null, conditionGroup: 'disposal' }),
  aHolding({ lot: 'F', quantity: 1500, lifeUntil: '2035-12-31', conditionGroup: 'banned' }),
];
const exampleNeed = [aLine('first_line', 4800), aLine('reserve', 49_200), aLine('training_per_year', 3480), aLine('test_per_year', 60)];
const example = { holdings: exampleStock, requirements: exampleNeed } as const;

describe('the worked example', () => {
  test('need', () => {
    expect(itemOf(example)).toMatchObject({
      hold: 59_820,
      reserve: 49_200,
      firstLine: 4800,
      trainingPerYear: 3480,
      testPerYear: 60,
      ledgerQuantity: 116_500,
    });
  });

  test('every slice, with its reason', () => {
    expect(readable(itemOf(example))).toEqual([
      'REQUIRED_RESERVE A 30000 reserveLongestLifeFirst',
      'REQUIRED_RESERVE B 19200 reserveLongestLifeFirst',
      'RETAINED_ECONOMIC B 14160 trainingAfterLead',
      'SURPLUS_EXPIRING B 6640 expiresUnused',
      'REQUIRED_TRAINING C 10620 trainingWithinLead',
      'SURPLUS_EXPIRING C 14380 expiresUnused',
      'PENDING_TECH D 12000 conditionPending',
      'UNSERVICEABLE E 8000 conditionDisposal',
      'HOLD_BANNED F 1500 conditionBanned',
    ]);
    expect(itemOf(example).slices.find((slice) => slice.class === 'RETAINED_ECONOMIC')?.reasonFacts).toEqual({
      fromYear: '2029',
      toYear: '2032',
      reviewBy: '2028-01-01',
    });
  });

  test('totals', () => {
    expect(itemOf(example).totals).toEqual({
      REQUIRED_RESERVE: 49_200,
      REQUIRED_TRAINING: 10_620,
      RETAINED_ECONOMIC: 14_160,
      SURPLUS_EXPIRING: 21_020,
      PENDING_TECH: 12_000,
      UNSERVICEABLE: 8000,
      HOLD_BANNED: 1500,
    });
  });

  test('what is going to be short, and when to order it', () => {
    expect(deficitsOf(itemOf(example), 'reserve')).toEqual(['2033 19200 by 2030']);
    expect(deficitsOf(itemOf(example), 'training')).toEqual(['2033 3540 by 2030', '2034 3540 by 2031', '2035 3540 by 2032']);
  });

  test('a stabiliser below its limit, once it is recorded, is urgent', () => {
    const holdings = exampleStock.map((holding) => (holding.lot === 'E' ? { ...holding, hasSafetyDefect: true } : holding));
    expect(itemOf({ ...example, holdings }).totals).toMatchObject({ URGENT_DISPOSAL: 8000 });
  });
});

describe('the reserve', () => {
  test('a lot with three years left does not enter it, and the gap is there from the first year', () => {
    const item = itemOf({ holdings: exampleStock.slice(0, 3), requirements: [aLine('reserve', 80_000)] });
    expect(item.totals).toEqual({ REQUIRED_RESERVE: 70_000, SURPLUS_EXPIRING: 25_000 });
    expect(deficitsOf(item, 'reserve')).toEqual(['2026 10000 by 2023', '2033 40000 by 2030']);
  });

  test.each([
    ['2031-01-01', 'REQUIRED_RESERVE'],
    ['2030-12-31', 'SURPLUS_EXPIRING'],
  ])('five years at 2026-01-01: a life until %s is %s', (lifeUntil, wanted) => {
    expect(itemOf({ holdings: [aHolding({ lifeUntil })], requirements: [aLine('reserve', 1000)] }).totals).toEqual({ [wanted]: 1000 });
  });

  test('the first line comes on top where it is not inside', () => {
    const item = itemOf({ ...example, policy: { ...policy, firstLineInReserve: false } });
    expect(item).toMatchObject({ hold: 64_620, reserve: 49_200 });
    expect(item.totals.REQUIRED_RESERVE).toBe(54_000);
  });

  test('what a later year needs is not surplus today', () => {
    const requirements = [aLine('reserve', 100, { to: '2028-12-31' }), aLine('reserve', 700, { from: '2029-01-01' })];
    const item = itemOf({ holdings: [aHolding()], requirements });
    expect(item.reserve).toBe(100);
    expect(readable(item)).toEqual([
      'REQUIRED_RESERVE A 100 reserveLongestLifeFirst',
      'REQUIRED_RESERVE A 600 reserveForLaterYear',
      'SURPLUS_SERVICEABLE A 300 beyondNeed',
    ]);
    expect(item.deficits).toEqual([]);
  });

  test('a requirement that ends, as when a weapon retires, leaves no gap after it', () => {
    const item = itemOf({
      holdings: [aHolding({ lifeUntil: '2031-12-31' })],
      requirements: [aLine('reserve', 1000, { to: '2031-12-31' })],
    });
    expect(item.deficits).toEqual([]);
  });

  test('a lot over two places is allocated as one', () => {
    const holdings = [aHolding({ place: 'S1', quantity: 600 }), aHolding({ place: 'S2', quantity: 400 })];
    expect(readable(itemOf({ holdings, requirements: [aLine('reserve', 700)] }))).toEqual([
      'REQUIRED_RESERVE A 600 reserveLongestLifeFirst',
      'REQUIRED_RESERVE A 100 reserveLongestLifeFirst',
      'SURPLUS_SERVICEABLE A 300 beyondNeed',
    ]);
  });
});

describe('training and test', () => {
  test('a need that drops mid-horizon leaves less to do from that year on', () => {
    const requirements = [aLine('training_per_year', 300, { to: '2029-12-31' }), aLine('training_per_year', 100, { from: '2030-01-01' })];
    const item = itemOf({ holdings: [aHolding({ quantity: 1700 })], requirements });
    expect(item.totals).toEqual({ REQUIRED_TRAINING: 900, RETAINED_ECONOMIC: 800 });
    expect(deficitsOf(item, 'training')).toEqual(['2035 100 by 2032']);
  });

  test('a line and its successor within one year are not added up', () => {
    const requirements = [aLine('training_per_year', 300, { to: '2030-06-30' }), aLine('training_per_year', 120, { from: '2030-07-01' })];
    expect(deficitsOf(itemOf({ requirements }), 'training').slice(4, 6)).toEqual(['2030 300 by 2027', '2031 120 by 2028']);
  });

  test('a life that ends on 1 January serves nothing in that year', () => {
    const requirements = [aLine('training_per_year', 120)];
    const served = (lifeUntil: string): number => {
      const { totals } = itemOf({ holdings: [aHolding({ lifeUntil })], requirements });
      return (totals.REQUIRED_TRAINING ?? 0) + (totals.RETAINED_ECONOMIC ?? 0);
    };
    expect([served('2028-12-31'), served('2029-01-01'), served('2029-06-30'), served('2029-12-31')]).toEqual([360, 360, 420, 480]);
  });

  test('an as-of date within the year: the rest of the year takes its whole need', () => {
    const requirements = [aLine('training_per_year', 120)];
    const item = itemOf({ asOf: '2026-07-01', holdings: [aHolding({ lifeUntil: '2026-12-31' })], requirements });
    expect(item.totals).toEqual({ REQUIRED_TRAINING: 120, SURPLUS_EXPIRING: 880 });
    const earlier = itemOf({ asOf: '2026-07-01', holdings: [aHolding({ lifeUntil: '2026-08-31' })], requirements });
    expect(earlier.totals).toEqual({ REQUIRED_TRAINING: 40, SURPLUS_EXPIRING: 960 });
  });

  test.each([
    [2028, '2027-12-31', 0],
    [2028, '2028-01-01', 0],
    [2028, '2028-01-31', 1],
    [2028, '2028-02-28', 1],
    [2028, '2028-02-29', 2],
    [2028, '2028-12-30', 11],
    [2028, '2028-12-31', 12],
    [2028, '2029-01-01', 12],
  ])('in %i a life until %s has %i full months', (year, lifeUntil, months) => {
    expect(fullMonthsIn(year, lifeUntil)).toBe(months);
  });
});

describe('classes', () => {
  test.each<[string, Partial<SurplusHolding>, string]>([
    [
      'prohibited, whatever else',
      { isProhibited: true, hasSafetyDefect: true, conditionGroup: 'disposal' },
      'TREATY_DISPOSAL A 1000 prohibited',
    ],
    ['unsafe', { hasSafetyDefect: true, conditionGroup: 'banned' }, 'URGENT_DISPOSAL A 1000 safetyDefect'],
    ['for disposal and under a ban', { conditionGroup: 'disposal', restriction: 'ban' }, 'UNSERVICEABLE A 1000 conditionDisposal'],
    ['banned by condition', { conditionGroup: 'banned', lifeUntil: null }, 'HOLD_BANNED A 1000 conditionBanned'],
    ['under a ban', { restriction: 'ban' }, 'HOLD_BANNED A 1000 underBan'],
    ['suspended', { restriction: 'suspension', conditionGroup: 'pending' }, 'HOLD_BANNED A 1000 underSuspension'],
    ['pending', { conditionGroup: 'pending' }, 'PENDING_TECH A 1000 conditionPending'],
    ['of unknown condition', { conditionGroup: 'unknown' }, 'PENDING_TECH A 1000 conditionUnknown'],
    ['of unknown life', { lifeUntil: null }, 'PENDING_TECH A 1000 lifeUnknown'],
    ['expired the day before', { lifeUntil: '2025-12-31' }, 'PENDING_TECH A 1000 lifeExpired'],
    ['on its last day', { lifeUntil: '2026-01-01' }, 'SURPLUS_EXPIRING A 1000 expiresUnused'],
    ['ending a day before the horizon', { lifeUntil: '2035-12-30' }, 'SURPLUS_EXPIRING A 1000 expiresUnused'],
    ['ending with the horizon, no requirement at all', { lifeUntil: '2035-12-31' }, 'SURPLUS_SERVICEABLE A 1000 beyondNeed'],
  ])('%s', (_name, parts, wanted) => {
    expect(readable(itemOf({ holdings: [aHolding(parts)] }))).toEqual([wanted]);
  });
});

describe('gates', () => {
  test('a run is a draft until everything is counted and approved', () => {
    expect(run(example)).toMatchObject({ isDraft: false, gates: [] });
    expect(run({ ...example, hasStocktake: false })).toMatchObject({ isDraft: true, gates: ['noStocktake'] });
    const unapproved = run({ ...example, requirements: [...exampleNeed, aLine('reserve', 1, { approvedBy: null })] });
    expect(unapproved).toMatchObject({
      isDraft: true,
      gates: ['requirementUnapproved'],
      items: [{ reserve: 49_201, gates: ['requirementUnapproved'] }],
    });
  });

  test('a first line that is to be inside a smaller reserve is a contradiction', () => {
    expect(run({ requirements: [aLine('first_line', 10), aLine('reserve', 9)] }).gates).toEqual(['firstLineAboveReserve']);
  });

  test('the same code at two sites is two items; nothing at all is an empty report', () => {
    const report = run({ holdings: [aHolding({ site: 'T' }), aHolding()], requirements: [aLine('reserve', 1000)] });
    expect(report.items.map(({ site, totals }) => [site, totals])).toEqual([
      ['S', { REQUIRED_RESERVE: 1000 }],
      ['T', { SURPLUS_SERVICEABLE: 1000 }],
    ]);
    expect(run({}).items).toEqual([]);
  });
});
