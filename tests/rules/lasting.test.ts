// Goal: a decision counts to the end of its last day, as the checks count it, and is named as ending in time.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../shared/lib/calendar.ts';
import { ENDING_DAYS, lastingOn } from '../../shared/rules/lasting.ts';

const TODAY = '2026-06-01';
const until = (date: string, isWithdrawn = false) => lastingOn({ until: date, isWithdrawn }, TODAY);

test.each([
  ['2026-05-31', { state: 'expired', daysLeft: null }],
  ['2026-06-01', { state: 'ending', daysLeft: 0 }],
  ['2026-06-02', { state: 'ending', daysLeft: 1 }],
  ['2026-07-01', { state: 'ending', daysLeft: ENDING_DAYS }],
  ['2026-07-02', { state: 'inForce', daysLeft: ENDING_DAYS + 1 }],
])('until %s', (date, expected) => {
  expect(until(date)).toEqual(expected);
  expect(until(date, true)).toEqual({ state: 'withdrawn', daysLeft: null });
});

test('it counts exactly on the days on which the checks let it count', () => {
  fc.assert(
    fc.property(fc.integer({ min: -2_000, max: 2_000 }), (days) => {
      const last = addDays(TODAY, days);
      const { state, daysLeft } = until(last);
      expect(state === 'inForce' || state === 'ending').toBe(last >= TODAY);
      expect(daysLeft).toBe(last >= TODAY ? days : null);
    }),
  );
});
