// Goal: a survey that leaves a measure out leaves what an earlier one found of it, with its day, by which it grows old.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { surveyMeasures } from '../../shared/domain/surveillance.ts';
import { foundBy, judgeMeasures, type OneSurvey } from '../../shared/rules/storehouse/measures.ts';
import { aPlace, aSurvey, book, check, surveyed, TODAY } from './measureSupport.ts';

describe('a later survey that leaves a measure out', () => {
  const low = { stackHeightMaxMm: 1_900 };
  const nothing = Object.fromEntries(surveyMeasures.map((measure) => [measure, null])) as Record<(typeof surveyMeasures)[number], null>;
  test('leaves what an earlier one found, with its own day', () => {
    expect(foundBy([])).toBe(null);
    const later = { ...nothing, onDate: '2026-05-20', aisleMm: 900 };
    expect(
      check(
        surveyed(later, low, [
          { onDate: '2026-05-10', wallGapMm: null },
          { wallGapMm: 10, stackMm: 1 },
        ]),
      ),
    ).toMatchObject([
      { rule: 'store.measure.stackLimit', severity: 'stop', facts: { onDate: '2026-05-10' }, numbers: { measuredMm: 2_000 } },
      { rule: 'store.measure.wallGap', facts: { onDate: '2026-05-01' }, numbers: { measuredMm: 10 } },
      { rule: 'store.measure.aisle', facts: { onDate: '2026-05-20' }, numbers: { measuredMm: 900 } },
    ]);
  });
  test('does not make the rest newer: what is too old goes by its own day', () => {
    const later = { ...nothing, onDate: TODAY, aisleMm: 1_200 };
    const old = { onDate: '2025-05-31' };
    expect(check(surveyed(later, {}, [{ ...old, onDate: '2025-06-01' }]))).toEqual([]);
    const [found, ...others] = check(surveyed(later, {}, [old]));
    expect([found, others]).toMatchObject([
      { rule: 'store.measureOld', says: 'store.measureOldPart', severity: 'warn', facts: { onDate: '2025-05-31', dueOn: '2026-05-31' } },
      [],
    ]);
    expect(found?.facts.what).toContain('dunnage');
    expect(found?.facts.what).not.toContain('aisle');
    expect(check(surveyed(old, {}, [{ onDate: '2020-01-01' }]))).toMatchObject([{ says: 'store.measureOld' }]);
  });
  test('takes no finding away, whatever it measured beside', () => {
    fc.assert(
      fc.property(aSurvey, aSurvey, fc.constantFrom(...surveyMeasures), (before, later, measure) => {
        const bad = (surveys: readonly OneSurvey[]) =>
          judgeMeasures(aPlace({ survey: foundBy(surveys) }), aPlace(low), book).filter(
            (each) => each.measure === measure && each.broken !== null,
          );
        expect(bad([{ ...later, [measure]: null }, before])).toEqual(bad([before]));
      }),
    );
  });
});
