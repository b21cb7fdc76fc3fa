// Goal: a lot is due when the plan says, never later; what was left out, failed or measured low is found until it is put right.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, daysBetween } from '../../shared/lib/calendar.ts';
import { checkLife, checkLifeIssue } from '../../shared/rules/surveillance/checkLife.ts';
import { type InspectionFacts, intervalFor, type LotLife, scheduleOf } from '../../shared/rules/surveillance/schedule.ts';
import { anItem, iatg } from './support.ts';
import { aLife, anInspection, contextAt, plan } from './surveillanceSupport.ts';

const rulesOf = (life: LotLife, today: string) => checkLife(life, 'S1', contextAt(today)).map(({ rule }) => rule);
const dueOf = (life: LotLife, today: string, kind: string) => scheduleOf(life, plan, iatg, today).find((due) => due.kind === kind);

describe('calendar', () => {
  test.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2025-12-15', 1, '2026-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2020-06-30', 60, '2025-06-30'],
  ])('%s and %i months is %s', (date, months, expected) => expect(addMonths(date, months)).toBe(expected));

  test('days there and back', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2024-03-01', '2024-02-28')).toBe(-2);
  });
});

describe('interval', () => {
  test.each([
    ['visual', anItem(), 24],
    ['functional', anItem(), 60],
    ['stabiliser', anItem(), null],
    ['stabiliser', anItem({ hazardCode: '1.3C' }), 24],
    ['stabiliser', anItem({ hazardCode: '1.3C', form: 'substance' }), 12],
    ['functional', anItem({ form: 'substance' }), null],
    // What is not known may be what asks for more.
    ['stabiliser', anItem({ hazardCode: '1.3C', form: null }), 12],
    ['stabiliser', anItem({ hazardCode: null, form: null }), 12],
    ['stabiliser', anItem({ hazardCode: null, form: 'article' }), 24],
    ['functional', anItem({ form: null }), 60],
  ] as const)('%s of %j: %s months', (kind, item, months) => {
    expect(intervalFor(kind, item, plan, iatg)?.intervalMonths ?? null).toBe(months);
  });

  test('the first row that fits counts, though a later one asks for more; a row that only may fit counts if it asks for more', () => {
    const [row] = plan.intervals.filter(({ kind }) => kind === 'visual');
    const rows = (intervals: readonly Partial<typeof row>[]) => ({
      ...plan,
      intervals: intervals.map((each) => ({ ...row, ...each })) as never,
    });
    const own = rows([{ items: ['HE-81'], intervalMonths: 48 }, { intervalMonths: 12 }]);
    expect(intervalFor('visual', anItem(), own, iatg)?.intervalMonths).toBe(48);
    expect(intervalFor('visual', anItem({ item: 'HE-82' }), own, iatg)?.intervalMonths).toBe(12);
    const longer = rows([{ groups: ['C'], intervalMonths: 48 }, { intervalMonths: 12 }]);
    expect(intervalFor('visual', anItem({ hazardCode: null }), longer, iatg)?.intervalMonths).toBe(12);
    expect(intervalFor('visual', anItem({ hazardCode: '1.3C' }), longer, iatg)?.intervalMonths).toBe(48);
    expect(intervalFor('visual', anItem({ hazardCode: null }), rows([{ groups: ['C'], intervalMonths: 48 }]), iatg)?.intervalMonths).toBe(
      48,
    );
  });
});

describe('schedule', () => {
  test.each([
    // 2025-06-01 and 24 months; overdue 6 months after; suspended after twice the interval.
    ['2027-06-01', 'notDue'],
    ['2027-06-02', 'due'],
    ['2027-12-01', 'due'],
    ['2027-12-02', 'overdue'],
    ['2029-06-01', 'overdue'],
    ['2029-06-02', 'suspended'],
  ])('on %s a visual inspection of 2025-06-01 is %s', (today, state) => {
    expect(dueOf(aLife(), today, 'visual')).toMatchObject({ lastOn: '2025-06-01', dueOn: '2027-06-01', isReceipt: false, state });
  });

  test.each([
    ['2021-04-09', 'notDue'],
    ['2021-04-10', 'overdue'],
    ['2025-03-10', 'overdue'],
    ['2025-03-11', 'suspended'],
  ])('never looked at since it came on 2021-03-10: on %s it is %s', (today, state) => {
    expect(dueOf(aLife({ inspections: [] }), today, 'visual')).toMatchObject({ dueOn: '2021-04-09', isReceipt: true, lastOn: null, state });
  });

  test('a receipt inspection counts as a visual one, and starts its interval', () => {
    const life = aLife({ inspections: [anInspection('receipt', '2021-03-20')] });
    expect(dueOf(life, '2021-05-01', 'visual')).toMatchObject({ dueOn: '2023-03-20', state: 'notDue' });
  });

  test('other kinds count from the day of make; of unknown make they are due as a receipt inspection is', () => {
    expect(dueOf(aLife({ inspections: [] }), '2024-01-01', 'functional')).toMatchObject({
      dueOn: '2025-01-31',
      lastOn: null,
      state: 'notDue',
    });
    expect(dueOf(aLife({ inspections: [], made: null }), '2024-01-01', 'functional')).toMatchObject({
      dueOn: '2021-04-09',
      state: 'overdue',
    });
  });

  test('what never came here is not due', () => {
    expect(scheduleOf(aLife({ inspections: [], arrivedOn: null, made: null }), plan, iatg, '2030-01-01')).toEqual([]);
  });
});

describe('findings', () => {
  test('overdue warns where it lies and stops an issue; suspended stops both', () => {
    expect(checkLife(aLife(), 'S1', contextAt('2027-12-02'))).toMatchObject([
      { rule: 'life.overdue', severity: 'warn', lotId: 'L1', place: 'S1', facts: { inspection: 'visual', dueOn: '2027-06-01' } },
    ]);
    const atIssue = (today: string) => checkLifeIssue(aLife(), 'S1', contextAt(today)).map(({ rule, severity }) => [rule, severity]);
    expect(atIssue('2027-12-01')).toEqual([]);
    expect(atIssue('2027-12-02')).toEqual([['life.overdue', 'stop']]);
    expect(atIssue('2029-06-02')).toEqual([['life.suspended', 'stop']]);
    expect(rulesOf(aLife(), '2029-06-02')).toEqual(['life.suspended']);
  });

  test('suspended for more than 270 days asks for a decision', () => {
    expect(rulesOf(aLife({ item: anItem({ form: 'substance' }) }), '2030-02-26')).toEqual(['life.suspended']);
    expect(rulesOf(aLife({ item: anItem({ form: 'substance' }) }), '2030-02-27')).toEqual(['life.suspended', 'life.suspendedLong']);
  });

  test('a lot that nobody looked at since it came is not issued, though it is not overdue', () => {
    const fresh = aLife({ inspections: [], arrivedOn: '2021-03-10' });
    expect(rulesOf(fresh, '2021-03-11')).toEqual([]);
    expect(checkLifeIssue(fresh, 'S1', contextAt('2021-03-11'))).toMatchObject([{ rule: 'life.receiptOverdue', severity: 'stop' }]);
    expect(rulesOf(fresh, '2021-04-10')).toEqual(['life.receiptOverdue']);
    const unknownMake = { ...fresh, made: null, inspections: [anInspection('receipt', '2021-03-10')] };
    expect(checkLifeIssue(unknownMake, 'S1', contextAt('2021-03-11'))).toEqual([]);
    expect(checkLifeIssue(unknownMake, 'S1', contextAt('2021-04-10'))).toMatchObject([{ facts: { inspection: 'functional' } }]);
  });

  test('a site without a plan has nothing due, and still what was found', () => {
    const failed = aLife({ inspections: [anInspection('visual', '2021-01-01', { result: 'failed' })] });
    const unscheduled = contextAt('2040-01-01', { isScheduled: false });
    expect(checkLife(failed, 'S1', unscheduled).map(({ rule }) => rule)).toEqual(['life.inspectionFailed']);
    expect(checkLifeIssue(failed, 'S1', unscheduled).map(({ rule }) => rule)).toEqual(['life.inspectionFailed']);
    expect(checkLifeIssue(aLife(), 'S1', unscheduled)).toEqual([]);
  });

  test('a later inspection of the same kind takes a failure back, one of another kind does not', () => {
    const with_ = (...more: InspectionFacts[]) =>
      rulesOf(
        aLife({
          inspections: [anInspection('functional', '2025-01-01'), anInspection('visual', '2025-01-02', { result: 'failed' }), ...more],
        }),
        '2025-03-01',
      );
    expect(with_()).toEqual(['life.inspectionFailed']);
    expect(with_(anInspection('functional', '2025-02-01'))).toEqual(['life.inspectionFailed']);
    expect(with_(anInspection('visual', '2025-02-01'))).toEqual([]);
    expect(with_(anInspection('receipt', '2025-02-01', { result: 'restricted' }))).toEqual(['life.inspectionRestricted']);
  });

  test('two kinds that are overdue are two findings', () => {
    expect(rulesOf(aLife({ inspections: [] }), '2025-12-01')).toEqual(['life.suspended', 'life.overdue']);
  });
});

const dates = fc.integer({ min: 0, max: 9_000 }).map((days) => addDays('2010-01-01', days));
const inspections = fc
  .array(
    fc.record({
      kind: fc.constantFrom('receipt' as const, 'visual' as const, 'functional' as const, 'stabiliser' as const, 'climatic' as const),
      onDate: dates,
      result: fc.constantFrom('passed' as const, 'failed' as const, 'restricted' as const),
      stabiliserPpm: fc.option(fc.integer({ min: 0, max: 20_000 })),
    }),
    { maxLength: 6 },
  )
  .map((list) => list.toSorted((a, b) => (a.onDate < b.onDate ? -1 : 1)));
const lives = fc.record({
  lotId: fc.constant('L1'),
  item: fc
    .record({ code: fc.constantFrom('1.1D', '1.3C', '1.4S', null), form: fc.constantFrom('article' as const, 'substance' as const, null) })
    .map(({ code, form }) => anItem({ hazardCode: code, form })),
  made: fc.option(dates),
  arrivedOn: fc.option(dates),
  inspections,
});

describe('properties', () => {
  test('states only grow worse with the days', () => {
    const order = ['notDue', 'due', 'overdue', 'suspended'];
    fc.assert(
      fc.property(lives, dates, fc.nat(2_000), (life, today, days) => {
        const at = (date: string) => scheduleOf(life, plan, iatg, date).map(({ state }) => order.indexOf(state));
        const [now, later] = [at(today), at(addDays(today, days))];
        expect(later.every((state, i) => state >= (now[i] ?? 0))).toBe(true);
      }),
    );
  });

  test('a missing fact never turns a finding off, and never makes a lot due later', () => {
    fc.assert(
      fc.property(lives, dates, (life, today) => {
        const unknown = { ...life, item: { ...life.item, hazardCode: null, form: null } };
        const dueDates = (each: LotLife) => new Map(scheduleOf(each, plan, iatg, today).map((due) => [due.kind, due.dueOn]));
        const known = dueDates(life);
        const assumed = dueDates(unknown);
        for (const [kind, dueOn] of known) expect((assumed.get(kind) ?? '9999') <= dueOn).toBe(true);
      }),
    );
  });

  test('whatever stops in the check stops an issue too', () => {
    fc.assert(
      fc.property(lives, dates, fc.boolean(), (life, today, isScheduled) => {
        const context = contextAt(today, { isScheduled });
        const stops = checkLife(life, 'S1', context).filter(({ severity }) => severity === 'stop');
        expect(checkLifeIssue(life, 'S1', context)).toEqual(expect.arrayContaining([...stops]));
      }),
    );
  });
});
