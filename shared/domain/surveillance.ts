/** What is found out about stock and storehouses in the course of time. */

export const inspectionKinds = ['receipt', 'visual', 'functional', 'stabiliser', 'climatic'] as const;
export type InspectionKind = (typeof inspectionKinds)[number];
export const inspectionResults = ['passed', 'failed', 'restricted'] as const;
export type InspectionResult = (typeof inspectionResults)[number];

export type Inspection = Readonly<{
  site: string;
  id: string;
  lotId: string;
  kind: InspectionKind;
  /** Calendar date. */
  onDate: string;
  result: InspectionResult;
  /** Effective stabiliser left, in parts per million of mass (0.30 % is 3 000); null where it was not measured. */
  stabiliserPpm: number | null;
  remark: string;
  person: string;
}>;

export const checklistAnswers = ['yes', 'no', 'notApplicable'] as const;
export type ChecklistAnswer = (typeof checklistAnswers)[number];
export type Checklist = Readonly<{
  site: string;
  id: string;
  place: string;
  checklist: string;
  onDate: string;
  answers: Readonly<Record<string, ChecklistAnswer>>;
  remark: string;
  person: string;
}>;

/** What a survey of a storehouse or bay measures, in millimetres. */
export const surveyMeasures = ['stackMm', 'wallGapMm', 'roofGapMm', 'aisleMm', 'dunnageMm', 'coverAirMm'] as const;
export type SurveyMeasure = (typeof surveyMeasures)[number];

/**
 * Millimetres, the most that a survey takes. No storehouse is a hundred metres high or wide, so a greater number was typed
 * wrongly or in another unit.
 */
export const MEASURE_MM_MAX = 100_000;

/** The tallest stack, and of everything else the least that was found anywhere in the place. Null was not measured. */
export type StoreSurvey = Readonly<Record<SurveyMeasure, number | null>> &
  Readonly<{
    site: string;
    id: string;
    /** A storehouse, with all its bays that have no survey of their own, or one bay. */
    place: string;
    onDate: string;
    remark: string;
    person: string;
  }>;

/** One reading of a logger in a storehouse. */
export type ClimateReading = Readonly<{
  site: string;
  place: string;
  atMs: number;
  temperatureCentiC: number;
  humidityPermille: number | null;
}>;
