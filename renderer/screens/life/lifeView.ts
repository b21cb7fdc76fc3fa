import type { DueRow } from '../../../shared/contract/lifeViews.ts';
import { type DueState, dueStates } from '../../../shared/rules/surveillance/schedule.ts';
import type { Mark } from '../../components/Severity.tsx';

/** `0.30` and `0,30` are 3 000 parts per million; null where it is no share of a mass. */
export function ppmOfPercent(text: string): number | null {
  if (!/^\d{1,3}([.,]\d{1,4})?$/.test(text.trim())) return null;
  const ppm = Math.round(Number(text.trim().replace(',', '.')) * 10_000);
  return ppm <= 1_000_000 ? ppm : null;
}

export const percentOf = (ppm: number): number => ppm / 10_000;

/** The word stands beside, so that the shape is never alone. */
export const markOf: Readonly<Record<DueState, Mark>> = { notDue: 'done', due: 'info', overdue: 'warn', suspended: 'stop' };

/** What a column is sorted by. */
export function dueValue(row: DueRow, column: string): string | number | null {
  if (column === 'state') return dueStates.length - dueStates.indexOf(row.state);
  if (column === 'places') return row.places.join(' ');
  const value = row[column as keyof DueRow];
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
