import { differenceInCalendarDays, differenceInMonths, differenceInYears, parseISO } from 'date-fns';

/** How long between two dates, in the largest unit that still says something: years from two on, months, else days. */
export type Span = Readonly<{ unit: 'years' | 'months' | 'days'; count: number }>;

export function spanBetween(from: Date, until: Date): Span {
  const years = differenceInYears(until, from);
  if (years >= 2) return { unit: 'years', count: years };
  const months = differenceInMonths(until, from);
  if (months >= 1) return { unit: 'months', count: months };
  return { unit: 'days', count: differenceInCalendarDays(until, from) };
}

export type Life = Readonly<{ state: 'good' | 'over'; span: Span }>;

/** `lifeUntil` is the last day of safe life and counts as good. */
export function lifeLeft(lifeUntil: string, today: Date): Life {
  const last = parseISO(lifeUntil);
  return differenceInCalendarDays(last, today) >= 0
    ? { state: 'good', span: spanBetween(today, last) }
    : { state: 'over', span: spanBetween(last, today) };
}

export const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(parseISO(text).getTime());

const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** The calendar date where this machine stands. */
export const todayIso = (now = new Date()): string => `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;

/** What a `datetime-local` field reads and writes. */
export const localMinute = (ms: number): string => {
  const at = new Date(ms);
  return `${todayIso(at)}T${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
};

/** The instant of a `datetime-local` value, or null where it is not one. */
export function instantOf(localText: string): number | null {
  const ms = new Date(localText).getTime();
  return localText === '' || Number.isNaN(ms) ? null : ms;
}
