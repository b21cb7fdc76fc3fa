/** Arithmetic on calendar dates as text, `YYYY-MM-DD`, in no time zone. */
const DAY_MS = 86_400_000;

const utcOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOfUtc = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => dateOfUtc(utcOf(date) + days * DAY_MS);

/** The same day of a later month; its last day where that month is shorter, so a due date never falls later. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dateOfUtc(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
}

/** Whole days from one date to another; negative where the second is earlier. */
export const daysBetween = (from: string, to: string): number => (utcOf(to) - utcOf(from)) / DAY_MS;
