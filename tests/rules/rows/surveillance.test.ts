// Goal: each interval, each amount and each sample of the shipped surveillance plan is met on either side of it.
// Method: the days, degrees and parts per million stand here a second time; a rule that only the services ask for (how
// far a life may be extended) is held by its amount here and by tests/data where it acts.
import { describe, expect, test } from 'vitest';
import { addDays, addMonths } from '../../../shared/lib/calendar.ts';
import { type SurveillanceRuleId, surveillanceRuleIds } from '../../../shared/rules/surveillance/book.ts';
import { checkLife, checkLifeIssue } from '../../../shared/rules/surveillance/checkLife.ts';
import { checkClimate, type Reading } from '../../../shared/rules/surveillance/climate.ts';
import { readPlan } from '../../../shared/rules/surveillance/readPlan.ts';
import { intervalFor, type LotLife, scheduleOf } from '../../../shared/rules/surveillance/schedule.ts';
import { counts } from '../counting.ts';
import { anItem, iatg, rulesOf } from '../support.ts';
import { aLife, anInspection, contextAt, measured, plan, planJson } from '../surveillanceSupport.ts';

const propellant = { hazardCode: '1.3C', subdivision: '1.3.1' } as const;
describe('intervals', () => {
  test.each([
    [
      'life.interval.stabiliserSubstance',
      'stabiliser',
      anItem({ ...propellant, form: 'substance' }),
      anItem({ ...propellant, form: 'article' }),
      12,
    ],
    ['life.interval.stabiliser', 'stabiliser', anItem({ ...propellant, form: 'article' }), anItem(), 24],
    ['life.interval.visual', 'visual', anItem(), null, 24],
    ['life.interval.functional', 'functional', anItem({ form: 'article' }), anItem({ form: 'substance' }), 60],
  ] as const)('%s', (id, kind, item, other, months) => {
    const row = intervalFor(kind, item, plan, iatg);
    if (row === null) throw new Error(`no interval of ${kind}`);
    expect([row.id, row.intervalMonths]).toEqual([id, months]);
    if (other !== null) expect(intervalFor(kind, other, plan, iatg)?.id).not.toBe(id);
    const life = aLife({ item, inspections: [anInspection(kind, '2025-06-01')] });
    const dueOn = addMonths('2025-06-01', months);
    const state = (today: string) => scheduleOf(life, plan, iatg, today).find((due) => due.kind === kind)?.state;
    expect(state(dueOn)).toBe('notDue');
    counts('passes', row);
    expect(state(addDays(dueOn, 1))).toBe('due');
    counts('stops', row);
  });
});

const HOUR_MS = 3_600_000;
const log = (celsius: number, hours: number): Reading[] =>
  Array.from({ length: hours + 1 }, (_, at) => ({ atMs: at * HOUR_MS, temperatureCentiC: celsius * 100, humidityPermille: 700 }));
const climate = (readings: readonly Reading[], atHours: number, by = plan) => rulesOf(checkClimate('S1', readings, by, atHours * HOUR_MS));
const lying = (life: LotLife, today: string, by = plan) => rulesOf(checkLife(life, 'S1', contextAt(today, { plan: by })));
const results = (...each: readonly (readonly [string, number])[]) =>
  aLife({ item: anItem({ form: 'substance' }), made: null, arrivedOn: null, inspections: each.map(([on, ppm]) => measured(on, ppm)) });
const unscheduled = (life: LotLife, today: string) => rulesOf(checkLife(life, 'S1', contextAt(today, { isScheduled: false })));
const withAmount = (id: SurveillanceRuleId, amount: number | null) => ({
  ...plan,
  rules: { ...plan.rules, [id]: { ...plan.rules[id], amount } },
});
const fresh = aLife({ inspections: [], arrivedOn: '2021-03-10' });
const onlyVisual = aLife({ item: anItem({ form: 'substance' }), inspections: [anInspection('visual', '2025-06-01')] });

/** Whether the rule is found, just where it must be and just where it must not. */
const EDGES: Readonly<Partial<Record<SurveillanceRuleId, readonly [found: () => readonly string[], clear: () => readonly string[]]>>> = {
  'life.receiptOverdue': [() => lying(fresh, '2021-04-10'), () => lying(fresh, '2021-04-09')],
  'life.overdue': [() => lying(onlyVisual, '2027-12-02'), () => lying(onlyVisual, '2027-12-01')],
  'life.suspended': [() => lying(onlyVisual, '2029-06-02'), () => lying(onlyVisual, '2029-06-01')],
  'life.suspendedLong': [() => lying(onlyVisual, '2030-02-27'), () => lying(onlyVisual, '2030-02-26')],
  'life.inspectionFailed': [
    () => unscheduled(aLife({ inspections: [anInspection('climatic', '2025-01-01', { result: 'failed' })] }), '2025-02-01'),
    () => unscheduled(aLife({ inspections: [anInspection('climatic', '2025-01-01')] }), '2025-02-01'),
  ],
  'life.inspectionRestricted': [
    () => unscheduled(aLife({ inspections: [anInspection('functional', '2025-01-01', { result: 'restricted' })] }), '2025-02-01'),
    () => unscheduled(aLife({ inspections: [anInspection('functional', '2025-01-01')] }), '2025-02-01'),
  ],
  'life.stabiliserLow': [
    () => unscheduled(results(['2025-01-01', 1_999]), '2025-02-01'),
    () => unscheduled(results(['2025-01-01', 2_000]), '2025-02-01'),
  ],
  'life.stabiliserWatch': [
    () => unscheduled(results(['2025-01-01', 2_999]), '2025-02-01'),
    () => unscheduled(results(['2025-01-01', 3_000]), '2025-02-01'),
  ],
  'life.stabiliserConsumed': [
    () => unscheduled(results(['2015-01-01', 8_000], ['2025-01-01', 4_000]), '2025-02-01'),
    () => unscheduled(results(['2015-01-01', 8_000], ['2025-01-01', 4_001]), '2025-02-01'),
  ],
  // One part per million a day: 1 000 days after 2020-04-10 it reaches 2 000, which is 2023-01-05.
  'life.stabiliserTrend': [
    () => unscheduled(results(['2020-01-01', 3_100], ['2020-04-10', 3_000]), '2021-01-05'),
    () => unscheduled(results(['2020-01-01', 3_100], ['2020-04-10', 3_000]), '2021-01-04'),
  ],
  'store.climateHot': [() => climate(log(39, 25), 25), () => climate(log(39, 24), 24)],
  'store.climateLimit': [() => climate(log(39, 30), 30), () => climate(log(38, 30), 30)],
  'store.climateHumid': [
    () => climate(log(20, 2), 2, withAmount('store.climateHumid', 699)),
    () => climate(log(20, 2), 2, withAmount('store.climateHumid', 700)),
  ],
  'store.climateSilent': [() => climate(log(20, 0), 7 * 24 + 1), () => climate(log(20, 0), 7 * 24)],
  'store.climateShown': [
    () => climate([...log(39, 30), { ...(log(20, 31).at(-1) as Reading) }], 31 + 30 * 24),
    () => climate([...log(39, 30), { ...(log(20, 31).at(-1) as Reading) }], 32 + 30 * 24),
  ],
};
/** The rule under which an amount is found where it has no finding of its own. */
const FOUND_AS: Readonly<Partial<Record<SurveillanceRuleId, string>>> = {
  'store.climateLimit': 'store.climateHot',
  'store.climateShown': 'store.climateHot',
};
/** Amounts that a service asks for. */
const IN_SERVICES: Readonly<Partial<Record<SurveillanceRuleId, number>>> = { 'life.extensionAge': 12, 'life.extensionMost': 60 };

test.each(surveillanceRuleIds)('%s', (id) => {
  const row = plan.rules[id];
  const edges = EDGES[id];
  if (edges === undefined) {
    expect(row).toMatchObject({ amount: IN_SERVICES[id], unit: 'months' });
    const broken = { ...planJson, rules: planJson.rules.map((each) => (each.id === id ? { ...each, unit: 'days' } : each)) };
    expect(readPlan(broken).ok).toBe(false);
  } else {
    const [found, clear] = edges;
    expect(found()).toContain(FOUND_AS[id] ?? id);
    expect(clear()).not.toContain(FOUND_AS[id] ?? id);
  }
  counts('stops', row);
  counts('passes', row);
});

describe('an amount that the plan does not set finds nothing', () => {
  test.each<[SurveillanceRuleId, (by: typeof plan) => readonly string[]]>([
    ['life.suspendedLong', (by) => lying(onlyVisual, '2040-01-01', by)],
    [
      'life.stabiliserConsumed',
      (by) => rulesOf(checkLife(results(['2015-01-01', 8_000], ['2025-01-01', 4_000]), 'S1', contextAt('2025-02-01', { plan: by }))),
    ],
    ['store.climateHot', (by) => climate(log(60, 99), 99, by)],
    ['store.climateHumid', (by) => climate(log(20, 99), 99, by)],
    ['store.climateSilent', (by) => climate(log(20, 1), 9_999, by)],
  ])('%s', (id, found) => {
    expect(found(withAmount(id, null))).not.toContain(id);
    counts('passes', plan.rules[id]);
  });
  test('without an amount for it nothing is ever suspended', () => {
    expect(lying(onlyVisual, '2099-01-01', withAmount('life.suspended', null))).toEqual(['life.overdue']);
    const never = scheduleOf(onlyVisual, withAmount('life.suspended', null), iatg, '2099-01-01')[0];
    expect(never).toMatchObject({ suspendedAfter: '9999-12-31', state: 'overdue' });
  });
});

describe('samples', () => {
  // SB 742-1, Table 2-3: looked at; accepted critical, major and minor faults.
  const TABLE: Readonly<Record<string, readonly number[]>> = {
    'life.sample.outerPack': [20, 0, 1, 2],
    'life.sample.innerPack': [20, 0, 1, 2],
    'life.sample.belts': [10, 0, 1, 1],
    'life.sample.itemLot': [20, 0, 1, 2],
    'life.sample.itemCluster': [32, 0, 1, 3],
    'life.sample.smallArmsLot': [300, 0, 14, 21],
    'life.sample.smallArmsCluster': [300, 0, 10, 21],
  };
  test.each(plan.samples)('$id', (row) => {
    expect([row.sampleSize, row.criticalAccept, row.majorAccept, row.minorAccept]).toEqual(TABLE[row.id]);
    expect(row.packsMin).toBe(10);
    counts('passes', row);
    for (const key of ['criticalAccept', 'majorAccept', 'minorAccept'])
      expect(
        readPlan({ ...planJson, samples: planJson.samples.map((each) => (each.id === row.id ? { ...each, [key]: row.sampleSize } : each)) })
          .ok,
      ).toBe(false);
    counts('stops', row);
  });
});

test('what stops an issue beside what lies wrong: overdue, and never looked at', () => {
  expect(checkLifeIssue(onlyVisual, 'S1', contextAt('2027-12-02'))).toMatchObject([{ rule: 'life.overdue', severity: 'stop' }]);
  counts('stops', plan.rules['life.overdue']);
  expect(checkLifeIssue(fresh, 'S1', contextAt('2021-03-11'))).toMatchObject([{ rule: 'life.receiptOverdue', severity: 'stop' }]);
  counts('stops', plan.rules['life.receiptOverdue']);
});
