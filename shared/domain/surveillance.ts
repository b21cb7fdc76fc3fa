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

/** One reading of a logger in a storehouse. */
export type ClimateReading = Readonly<{
  site: string;
  place: string;
  atMs: number;
  temperatureCentiC: number;
  humidityPermille: number | null;
}>;
