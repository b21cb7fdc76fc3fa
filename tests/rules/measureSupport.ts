/** Surveys and the places that they were made in, sound unless a test says otherwise. */
import fc from 'fast-check';
import storehouseJson from '../../resources/storehouse/rules.json' with { type: 'json' };
import { surveyMeasures } from '../../shared/domain/surveillance.ts';
import { invariant } from '../../shared/lib/result.ts';
import type { Finding } from '../../shared/rules/finding.ts';
import { checkMeasures, foundBy, type MeasuredPlace, type OneSurvey } from '../../shared/rules/storehouse/measures.ts';
import { readStorehouse } from '../../shared/rules/storehouse/readStorehouse.ts';

const read = readStorehouse(storehouseJson);
invariant(read.ok, read.ok ? '' : read.error.join('\n'));
export const book = read.value;
export const TODAY = '2026-06-01';

export const sound: OneSurvey = {
  onDate: '2026-05-01',
  stackMm: 2_000,
  wallGapMm: 300,
  roofGapMm: 600,
  aisleMm: 1_200,
  dunnageMm: 100,
  coverAirMm: 500,
};
export const aPlace = (more: Partial<MeasuredPlace> = {}): MeasuredPlace => ({
  place: 'S1',
  construction: 'light',
  conditionsMet: [],
  stackHeightMaxMm: null,
  hasStock: true,
  survey: foundBy([sound]),
  ...more,
});
/** @param earlier Surveys before it, the latest first. */
export const surveyed = (survey: Partial<OneSurvey>, more: Partial<MeasuredPlace> = {}, earlier: readonly Partial<OneSurvey>[] = []) =>
  aPlace({ survey: foundBy([survey, ...earlier].map((each) => ({ ...sound, ...each }))), ...more });
export const check = (store: MeasuredPlace, bays: readonly MeasuredPlace[] = []) => checkMeasures({ store, bays }, book, TODAY);
export const said = (findings: readonly Finding[]) => findings.map(({ rule, severity }) => `${severity} ${rule}`);

export const aMeasure = fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: null });
export const aSurvey = fc
  .tuple(fc.constantFrom('2024-01-01', '2026-05-01'), ...surveyMeasures.map(() => aMeasure))
  .map(
    ([onDate, ...values]) => ({ onDate, ...Object.fromEntries(surveyMeasures.map((name, i) => [name, values[i] ?? null])) }) as OneSurvey,
  );
