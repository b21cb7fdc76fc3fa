// Goal: of two rows of practice for a place of unknown construction the stricter holds, and what is broken says its bounds.
import { expect, test } from 'vitest';
import type { PracticeRow } from '../../shared/rules/storehouse/book.ts';
import { judgeMeasures, oldestDay } from '../../shared/rules/storehouse/measures.ts';
import { aPlace, book, check, surveyed } from './measureSupport.ts';

const aisle = book.practice.find(({ measure }) => measure === 'aisleMm');
if (aisle === undefined) throw new Error('no row for aisles');
type Bounds = Readonly<{ least: number | null; most: number | null }>;
/** Which of two rows, one under a roof and one in the open, hold where nobody knows which it is. */
function held(indoors: Bounds, outdoors: Bounds): readonly string[] {
  const row = (where: 'indoors' | 'outdoors', bounds: Bounds): PracticeRow => ({ ...aisle, ...bounds, id: where, where }) as PracticeRow;
  const place = aPlace({ construction: null });
  return judgeMeasures(place, place, { ...book, practice: [row('indoors', indoors), row('outdoors', outdoors)] }).map(
    (each) => each.row.id,
  );
}

test.each<[string, Bounds, Bounds, readonly string[]]>([
  ['the greater least', { least: 100, most: null }, { least: 200, most: null }, ['outdoors']],
  ['the smaller most', { least: null, most: 300 }, { least: null, most: 200 }, ['outdoors']],
  ['the smaller most of the same least', { least: 100, most: 300 }, { least: 100, most: 200 }, ['outdoors']],
  ['the greater least of the same most', { least: 100, most: 300 }, { least: 200, most: 300 }, ['outdoors']],
  ['the one with a most beside one without', { least: 100, most: 300 }, { least: 100, most: null }, ['indoors']],
  ['both, where each is stricter in one', { least: 100, most: 200 }, { least: 200, most: 300 }, ['indoors', 'outdoors']],
  ['both, where one has a most and the other a least', { least: 100, most: null }, { least: null, most: 300 }, ['indoors', 'outdoors']],
  ['both, where they are the same', { least: 100, most: 300 }, { least: 100, most: 300 }, ['indoors', 'outdoors']],
])('%s', (_name, indoors, outdoors, rows) => {
  expect(held(indoors, outdoors)).toEqual(rows);
  const turned = { indoors: 'outdoors', outdoors: 'indoors' } as Readonly<Record<string, string>>;
  expect(held(outdoors, indoors).toSorted()).toEqual(rows.map((each) => turned[each]).toSorted());
});

test('what is too high says how high it may be, and what is too narrow how wide it must be', () => {
  const numbers = (survey: Parameters<typeof surveyed>[0]) => check(surveyed(survey)).map((finding) => Object.keys(finding.numbers).sort());
  expect(numbers({ stackMm: 99_000 })).toEqual([['measuredMm', 'mostMm']]);
  expect(numbers({ aisleMm: 1 })).toEqual([['leastMm', 'measuredMm']]);
});

test('the oldest measure says how old a survey is', () => {
  const [one] = judgeMeasures(aPlace(), aPlace(), book);
  if (one === undefined) throw new Error('no row');
  const of = (...days: readonly (string | null)[]) =>
    oldestDay(
      { onDate: '2026-06-01' },
      days.map((onDate) => ({ ...one, onDate })),
    );
  expect([of('2026-05-01', '2024-01-01', '2025-01-01'), of(null)]).toEqual(['2024-01-01', '2026-06-01']);
});
