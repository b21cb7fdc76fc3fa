// Goal: what a plan leaves out, and what happens on the very day, hour and part per million that it names.
// Method: the shipped plan with one amount taken away or one row changed at a time; readings and results placed at the edge.
import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/lib/calendar.ts';
import type { IntervalRow, SurveillancePlan, SurveillanceRuleId } from '../../shared/rules/surveillance/book.ts';
import { checkLife } from '../../shared/rules/surveillance/checkLife.ts';
import { checkClimate, hotSpells, type Reading } from '../../shared/rules/surveillance/climate.ts';
import { readPlan } from '../../shared/rules/surveillance/readPlan.ts';
import { intervalFor, scheduleOf } from '../../shared/rules/surveillance/schedule.ts';
import { isNear, type StabiliserResult, trendOf, verdictOf } from '../../shared/rules/surveillance/stabiliser.ts';
import { anItem, iatg } from './support.ts';
import { aLife, anInspection, contextAt, measured, plan, planJson } from './surveillanceSupport.ts';

const without = (...ids: SurveillanceRuleId[]): SurveillancePlan => ({
  ...plan,
  rules: { ...plan.rules, ...Object.fromEntries(ids.map((id) => [id, { ...plan.rules[id], amount: null }])) },
});
const withAmount = (id: SurveillanceRuleId, amount: number): SurveillancePlan => ({
  ...plan,
  rules: { ...plan.rules, [id]: { ...plan.rules[id], amount } },
});
const results = (...each: readonly [string, number][]): StabiliserResult[] => each.map(([onDate, ppm]) => ({ onDate, ppm }));

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const reading = (atMs: number, celsius: number, humidityPermille: number | null = null): Reading => ({
  atMs,
  temperatureCentiC: Math.round(celsius * 100),
  humidityPermille,
});

describe('a logger, to the millisecond and the hundredth of a degree', () => {
  const spell = (lengthMs: number, celsius = 39) => [reading(0, celsius), reading(lengthMs, 20)];
  test('a day above is not too long, a millisecond more is', () => {
    expect([hotSpells(spell(DAY_MS), plan, DAY_MS).length, hotSpells(spell(DAY_MS + 1), plan, DAY_MS + 1).length]).toEqual([0, 1]);
  });
  test('38 degrees are not above, a hundredth more is', () => {
    const lasting = 2 * DAY_MS;
    expect([hotSpells(spell(lasting, 38), plan, lasting).length, hotSpells(spell(lasting, 38.01), plan, lasting).length]).toEqual([0, 1]);
  });
  test('hours that have begun are counted as whole', () => {
    const [found] = checkClimate('S1', spell(25.5 * HOUR_MS), plan, 26 * HOUR_MS);
    expect(found?.numbers).toEqual({ hours: 26, peakC: 39, limitC: 38 });
  });
  test('seven days of silence are none, a millisecond more is', () => {
    const silent = (afterMs: number) => checkClimate('S1', [reading(0, 20)], plan, afterMs).map(({ rule, facts }) => [rule, facts]);
    expect(silent(7 * DAY_MS)).toEqual([]);
    expect(silent(7 * DAY_MS + 1)).toEqual([['store.climateSilent', { lastOn: '1970-01-01' }]]);
  });
  const humid = [reading(0, 20, 801), reading(HOUR_MS, 20, 700)];
  const limited = withAmount('store.climateHumid', 800);
  test('a humid spell is shown on the thirtieth day after it and no longer', () => {
    const talking = (nowMs: number) => [...humid, reading(nowMs, 20, 700)];
    const found = (nowMs: number) => checkClimate('S1', talking(nowMs), limited, nowMs).map(({ rule }) => rule);
    expect(found(HOUR_MS + 30 * DAY_MS)).toEqual(['store.climateHumid']);
    expect(found(HOUR_MS + 30 * DAY_MS + 1)).toEqual([]);
  });
  test('one that goes on is shown whatever the day, with its first day and its peak', () => {
    const [found] = checkClimate('S1', [reading(0, 20, 801), reading(90 * DAY_MS, 20, 805)], limited, 90 * DAY_MS);
    expect(found).toMatchObject({
      rule: 'store.climateHumid',
      severity: 'warn',
      numbers: { peakPercent: 80.5, limitPercent: 80 },
      facts: { from: '1970-01-01' },
    });
  });
  test('a plan that does not say how long it is shown shows it while it lasts', () => {
    const by = without('store.climateShown');
    const hot = [reading(0, 40), reading(2 * DAY_MS, 20)];
    const found = (nowMs: number) => checkClimate('S1', hot, by, nowMs).map(({ rule }) => rule);
    expect([found(2 * DAY_MS), found(2 * DAY_MS + 1)]).toEqual([['store.climateHot'], []]);
  });
});

describe('a plan that leaves an amount out', () => {
  const unseen = aLife({ inspections: [], arrivedOn: '2021-03-10', item: anItem({ form: 'substance' }) });
  const seen = aLife({ inspections: [anInspection('visual', '2025-06-01')], item: anItem({ form: 'substance' }) });
  test('gives no days of grace after receipt, and no months after the due day', () => {
    expect(scheduleOf(unseen, without('life.receiptOverdue'), iatg, '2021-03-10')[0]).toMatchObject({
      dueOn: '2021-03-10',
      state: 'notDue',
    });
    expect(scheduleOf(unseen, without('life.receiptOverdue'), iatg, '2021-03-11')[0]).toMatchObject({ state: 'overdue' });
    expect(scheduleOf(seen, without('life.overdue'), iatg, '2027-06-02')[0]).toMatchObject({
      overdueAfter: '2027-06-01',
      state: 'overdue',
    });
  });
  test('calls no result low, none to be watched and none consumed', () => {
    const by = without('life.stabiliserLow', 'life.stabiliserWatch', 'life.stabiliserConsumed');
    expect(verdictOf(results(['2024-01-01', 0]), by)).toBe('safe');
    expect(verdictOf(results(['2024-01-01', 0]), without('life.stabiliserLow'))).toBe('watch');
  });
  test('follows a trend to nothing left, and shows it on its very day', () => {
    const by = without('life.stabiliserLow', 'life.stabiliserTrend', 'life.stabiliserConsumed', 'life.stabiliserWatch');
    const life = aLife({ inspections: [measured('2020-01-01', 110), measured('2020-01-11', 100)] });
    const found = (today: string) =>
      checkLife(life, 'S1', contextAt(today, { plan: by, isScheduled: false })).map(({ rule, facts }) => [rule, facts]);
    const empty = addDays('2020-01-11', 100);
    expect(found(empty)).toEqual([['life.stabiliserTrend', { reachesOn: empty }]]);
    expect(found(addDays(empty, -1))).toEqual([]);
    expect(isNear({ lossPpmPerYear: 1, reachesOn: '2026-03-31' }, by, '2026-03-30')).toBe(false);
  });
});

describe('a stabiliser', () => {
  test('that never was there is not consumed', () => {
    const by = without('life.stabiliserLow', 'life.stabiliserWatch');
    expect(verdictOf(results(['2020-01-01', 0], ['2024-01-01', 0]), by)).toBe('safe');
    expect(verdictOf(results(['2020-01-01', 5_000], ['2024-01-01', 5_000]), withAmount('life.stabiliserConsumed', 0))).toBe('safe');
  });
  test('is followed for fifty years of a quarter of a day more, and not a day further', () => {
    // One part per million a day; fifty years are 18 262.5 days.
    const falling = (lastPpm: number) => trendOf(results(['2020-01-01', lastPpm + 1], ['2020-01-02', lastPpm]), 2_000);
    expect(falling(20_262)?.reachesOn).toBe(addDays('2020-01-02', 18_262));
    expect(falling(20_263)).toBeNull();
  });
  test('measured on no day, or on one, goes nowhere', () => {
    expect([trendOf([], 2_000), trendOf(results(['2020-01-01', 3_000]), 2_000)]).toEqual([null, null]);
  });
  test('is warned of and not stopped where it may still be used', () => {
    const found = (life: Parameters<typeof checkLife>[0], today: string) =>
      checkLife(life, 'S1', contextAt(today)).map(({ rule, severity }) => `${rule} ${severity}`);
    const suspended = aLife({ item: anItem({ form: 'substance' }), inspections: [anInspection('visual', '2025-06-01')] });
    expect(found(suspended, '2030-02-27')).toEqual(['life.suspended stop', 'life.suspendedLong warn']);
    const restricted = aLife({
      inspections: [anInspection('visual', '2025-06-01', { result: 'restricted' }), anInspection('functional', '2025-06-02')],
    });
    expect(found(restricted, '2025-07-01')).toEqual(['life.inspectionRestricted warn']);
    const failed = aLife({
      inspections: [anInspection('visual', '2025-06-01', { result: 'failed' }), anInspection('functional', '2025-06-02')],
    });
    expect(found(failed, '2025-07-01')).toEqual(['life.inspectionFailed stop']);
  });
});

describe('intervals', () => {
  const [visual] = plan.intervals.filter(({ kind }) => kind === 'visual') as [IntervalRow];
  test('of one month are an interval', () => {
    const first = (intervalMonths: number) =>
      readPlan({ ...planJson, intervals: planJson.intervals.map((row, at) => (at === 0 ? { ...row, intervalMonths } : row)) }).ok;
    expect([first(0), first(1), first(600), first(601)]).toEqual([false, true, true, false]);
  });
  test('that are equally long are told by the first row that may fit', () => {
    const rows = [
      { ...visual, id: 'first', groups: ['C'] as const, intervalMonths: 12 },
      { ...visual, id: 'second', intervalMonths: 12 },
    ];
    expect(intervalFor('visual', anItem({ hazardCode: null }), { ...plan, intervals: rows }, iatg)?.id).toBe('first');
  });
});
