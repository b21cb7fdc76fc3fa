import type { MeasuredPlaceView } from '../../../shared/contract/measureViews.ts';
import { MEASURE_MM_MAX, type SurveyMeasure, surveyMeasures } from '../../../shared/domain/surveillance.ts';

/** What stands in a field: a number, or that it was not measured. */
export type MeasureText = Readonly<{ text: string; isNotMeasured: boolean }>;
export type MeasureTexts = Readonly<Record<SurveyMeasure, MeasureText>>;

const EMPTY: MeasureText = { text: '', isNotMeasured: false };

/** Nothing is filled in beforehand: numbers that are there already get signed unread. */
export const emptyMeasures = Object.fromEntries(surveyMeasures.map((measure) => [measure, EMPTY])) as MeasureTexts;

/** Whole millimetres; null where it is none. */
export function millimetresOf(text: string): number | null {
  if (!/^\d{1,6}$/.test(text.trim())) return null;
  const mm = Number(text.trim());
  return mm <= MEASURE_MM_MAX ? mm : null;
}

/** The measures that some row asks for at a place, in their order. */
export const askedAt = ({ rows }: MeasuredPlaceView): readonly SurveyMeasure[] =>
  surveyMeasures.filter((measure) => rows.some((row) => row.measure === measure));

export const isOpen = ({ text, isNotMeasured }: MeasureText): boolean => !isNotMeasured && millimetresOf(text) === null;

/** What is sent: what no row asks for here was not measured. */
export function measuredValues(texts: MeasureTexts, asked: readonly SurveyMeasure[]): Record<SurveyMeasure, number | null> {
  const numberAt = (measure: SurveyMeasure): number | null =>
    !asked.includes(measure) || texts[measure].isNotMeasured ? null : millimetresOf(texts[measure].text);
  return Object.fromEntries(surveyMeasures.map((measure) => [measure, numberAt(measure)])) as Record<SurveyMeasure, number | null>;
}
