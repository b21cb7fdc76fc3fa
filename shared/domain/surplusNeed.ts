import type { Requirement, RequirementCategory } from './model.ts';
import type { SurplusPolicy } from './surplus.ts';

/** What is required at one moment or, year by year, at the most. Quantities in the unit of issue. */
export type NeedLevel = Readonly<{
  reserve: number;
  firstLine: number;
  trainingPerYear: number;
  testPerYear: number;
  /** What the reserve has to be filled up to: with the first line where that comes on top. */
  reserveToFill: number;
  hold: number;
}>;
export type YearNeed = Readonly<{ year: number; reserveToFill: number; training: number }>;
export type Need = Readonly<{ atAsOf: NeedLevel; years: readonly YearNeed[] }>;

/** Calendar year of a date `YYYY-MM-DD`. */
export const yearOf = (date: string): number => Number(date.slice(0, 4));

/**
 * The need at the as-of date, and of each year of the horizon. A year needs the most that is valid on any day of it from
 * the as-of date on, so that a line which ends inside the year and its successor are not added up. Training is training
 * and test together. Lines that nobody approved count: the run is a draft, not a smaller need.
 */
export function needOf(lines: readonly Requirement[], asOf: string, policy: SurplusPolicy): Need {
  const firstYear = yearOf(asOf);
  const years = Array.from({ length: policy.horizonYears }, (_, i) => yearNeed(lines, firstYear + i, asOf, policy));
  return { atAsOf: levelOn(lines, asOf, policy), years };
}

function yearNeed(lines: readonly Requirement[], year: number, asOf: string, policy: SurplusPolicy): YearNeed {
  const firstDay = `${year}-01-01`;
  const start = firstDay > asOf ? firstDay : asOf;
  // The sum only rises where a line begins, so these are all the days that can hold the most.
  const days = [start, ...lines.map(({ from }) => from).filter((from) => from > start && yearOf(from) === year)];
  const levels = days.map((day) => levelOn(lines, day, policy));
  return {
    year,
    reserveToFill: Math.max(...levels.map((level) => level.reserveToFill)),
    training: Math.max(...levels.map((level) => level.trainingPerYear + level.testPerYear)),
  };
}

function levelOn(lines: readonly Requirement[], day: string, policy: SurplusPolicy): NeedLevel {
  const sum = (category: RequirementCategory): number =>
    lines
      .filter((line) => line.category === category && line.from <= day && day <= line.to)
      .reduce((total, { quantity }) => total + quantity, 0);
  const reserve = sum('reserve');
  const firstLine = sum('first_line');
  const trainingPerYear = sum('training_per_year');
  const testPerYear = sum('test_per_year');
  const reserveToFill = reserve + (policy.firstLineInReserve ? 0 : firstLine);
  return {
    reserve,
    firstLine,
    trainingPerYear,
    testPerYear,
    reserveToFill,
    hold: reserveToFill + policy.leadYears * (trainingPerYear + testPerYear),
  };
}
