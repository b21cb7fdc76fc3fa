/** What a survey of a storehouse found, held against the rows of practice and the height that its structure bears. */
import type { Construction } from '../../domain/site.ts';
import { type SurveyMeasure, surveyMeasures } from '../../domain/surveillance.ts';
import { addMonths } from '../../lib/calendar.ts';
import type { Finding } from '../finding.ts';
import type { RuleRow } from '../pack.ts';
import { findingFrom } from '../ruleFinding.ts';
import type { PracticeRow, StorehouseBook } from './book.ts';

/** One survey. Millimetres; null was not measured. */
export type OneSurvey = Readonly<Record<SurveyMeasure, number | null>> & Readonly<{ onDate: string }>;
/** What all surveys of a place found. `onDate` is the day of the latest, `measuredOn` that of each measure; null: in none of them. */
export type SurveyFacts = OneSurvey & Readonly<{ measuredOn: Readonly<Record<SurveyMeasure, string | null>> }>;

/**
 * Each measure from the latest survey that took it: one that left it out found nothing, and puts nothing right.
 *
 * @param surveys The latest first.
 */
export function foundBy(surveys: readonly OneSurvey[]): SurveyFacts | null {
  const [latest] = surveys;
  if (latest === undefined) return null;
  const taken = surveyMeasures.map((measure) => [measure, surveys.find((survey) => survey[measure] !== null)] as const);
  const valuesOf = <V>(of: (measure: SurveyMeasure, survey: OneSurvey | undefined) => V) =>
    Object.fromEntries(taken.map(([measure, survey]) => [measure, of(measure, survey)])) as Record<SurveyMeasure, V>;
  return {
    onDate: latest.onDate,
    ...valuesOf((measure, survey) => survey?.[measure] ?? null),
    measuredOn: valuesOf((_measure, survey) => survey?.onDate ?? null),
  };
}

/** A storehouse, a bay of one, or ground outside. What nobody entered of a bay is that of its storehouse. */
export type MeasuredPlace = Readonly<{
  place: string;
  construction: Construction | null;
  conditionsMet: readonly string[];
  /** As the structure of the place was assessed. */
  stackHeightMaxMm: number | null;
  hasStock: boolean;
  /** Null where there is none. */
  survey: SurveyFacts | null;
}>;
/** `bays` without the storehouse itself; ground outside has none. */
export type MeasuredStore = Readonly<{ store: MeasuredPlace; bays: readonly MeasuredPlace[] }>;

export type Bound = 'tooLittle' | 'tooMuch';
export type JudgedMeasure = Readonly<{
  row: PracticeRow;
  measure: SurveyMeasure;
  measuredMm: number | null;
  /** The day on which that was measured. */
  onDate: string | null;
  /** The row's, or the structure's own where that is lower. */
  mostMm: number | null;
  leastMm: number | null;
  /** Null where it is kept or was not measured. */
  broken: Bound | null;
  /** The structure's own height limit, where that is what is exceeded: a stop. */
  exceededOwnMm: number | null;
}>;

const lesser = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));

/** A bay with what its storehouse adds: the lower height counts, and conditions of either. */
function completed(place: MeasuredPlace, store: MeasuredPlace): MeasuredPlace {
  if (place.place === store.place) return place;
  return {
    ...place,
    construction: place.construction ?? store.construction,
    conditionsMet: [...place.conditionsMet, ...store.conditionsMet],
    stackHeightMaxMm: lesser(place.stackHeightMaxMm, store.stackHeightMaxMm),
  };
}

/** A berth has no roof either. */
const withoutRoof: readonly Construction[] = ['open', 'berth'];

function holdsAt({ where }: PracticeRow, { construction, conditionsMet }: MeasuredPlace): boolean {
  if (where === 'modularBombs') return conditionsMet.includes('modularBombs');
  if (where === 'everywhere' || construction === null) return true;
  return where === (withoutRoof.includes(construction) ? 'outdoors' : 'indoors');
}

/** Whether whatever keeps the first row keeps the second too. */
function isAsStrict(row: PracticeRow, than: PracticeRow): boolean {
  const least = than.least === null || (row.least !== null && row.least >= than.least);
  return least && (than.most === null || (row.most !== null && row.most <= than.most));
}

/** Rows that hold at a place. Of unknown construction: those under a roof and those in the open, of each pair the stricter. */
function rowsAt(place: MeasuredPlace, { practice }: StorehouseBook): readonly (PracticeRow & { measure: SurveyMeasure })[] {
  const held = practice.filter((row): row is PracticeRow & { measure: SurveyMeasure } => row.measure !== null && holdsAt(row, place));
  if (place.construction !== null) return held;
  const isPair = (a: PracticeRow, b: PracticeRow) =>
    a.measure === b.measure && [a.where, b.where].includes('indoors') && [a.where, b.where].includes('outdoors');
  return held.filter((row) => !held.some((other) => isPair(row, other) && isAsStrict(other, row) && !isAsStrict(row, other)));
}

/**
 * Each row that holds at a place beside what was measured there, in the order of the rows.
 *
 * @param store The storehouse of a bay; the place itself where it is none.
 */
export function judgeMeasures(place: MeasuredPlace, store: MeasuredPlace, book: StorehouseBook): readonly JudgedMeasure[] {
  const known = completed(place, store);
  return rowsAt(known, book).map((row) => {
    const measuredMm = place.survey?.[row.measure] ?? null;
    const own = row.measure === 'stackMm' && row.where === 'everywhere' ? known.stackHeightMaxMm : null;
    const mostMm = lesser(row.most, own);
    const isTooMuch = measuredMm !== null && mostMm !== null && measuredMm > mostMm;
    const isTooLittle = measuredMm !== null && row.least !== null && measuredMm < row.least;
    return {
      row,
      measure: row.measure,
      measuredMm,
      onDate: place.survey?.measuredOn[row.measure] ?? null,
      mostMm,
      leastMm: row.least,
      broken: isTooMuch ? 'tooMuch' : isTooLittle ? 'tooLittle' : null,
      exceededOwnMm: measuredMm !== null && own !== null && measuredMm > own ? own : null,
    };
  });
}

/** What of a survey is still open: the measures that some row asks for, in their order. */
export const notMeasured = (judged: readonly JudgedMeasure[]): readonly SurveyMeasure[] =>
  surveyMeasures.filter((measure) => judged.some((each) => each.measure === measure && each.measuredMm === null));

/** The day after which what was measured is too old; null where the data sets none. */
export const surveyDueOn = ({ onDate }: Pick<OneSurvey, 'onDate'>, { rules }: StorehouseBook): string | null => {
  const months = rules['store.measureOld'].amount;
  return months === null ? null : addMonths(onDate, months);
};

/** The day of the oldest measure that some row asks for; where none was taken, that of the latest survey. */
export const oldestDay = ({ onDate }: Pick<OneSurvey, 'onDate'>, judged: readonly JudgedMeasure[]): string =>
  judged.flatMap((each) => each.onDate ?? []).sort()[0] ?? onDate;

type Parts = Pick<Parameters<typeof findingFrom>[1], 'rule' | 'says' | 'severity' | 'numbers' | 'facts'>;
const noted = (row: RuleRow, place: string, parts: Parts): Finding => findingFrom(row, { ...parts, place, subjects: [] });

/** `store.practice.aisle` is the row, `store.measure.aisle` the rule. */
export const ruleOfPractice = ({ id }: PracticeRow): string => id.replace('store.practice.', 'store.measure.');

function brokenIn(
  { place, store }: Readonly<{ place: string; store: string }>,
  judged: readonly JudgedMeasure[],
  { rules }: StorehouseBook,
): readonly Finding[] {
  return judged.flatMap(({ row, measuredMm, onDate, leastMm, mostMm, broken, exceededOwnMm }) => {
    if (broken === null || measuredMm === null || onDate === null) return [];
    const numbers = { measuredMm, ...(leastMm === null ? {} : { leastMm }), ...(mostMm === null ? {} : { mostMm }) };
    const facts = { what: row.words, onDate, store };
    if (exceededOwnMm !== null) {
      const own = rules['store.measure.stackLimit'];
      return [noted(own, place, { says: own.id, severity: 'stop', numbers: { measuredMm, mostMm: exceededOwnMm }, facts })];
    }
    return [noted(row, place, { rule: ruleOfPractice(row), says: `store.measure.${broken}`, severity: 'warn', numbers, facts })];
  });
}

/** Old by the day of each measure. Where some are newer, those that are not are named. */
function oldIn(
  { place, store, survey }: Readonly<{ place: string; store: string; survey: OneSurvey }>,
  judged: readonly JudgedMeasure[],
  book: StorehouseBook,
  today: string,
): readonly Finding[] {
  const row = book.rules['store.measureOld'];
  const isOver = (onDate: string) => (surveyDueOn({ onDate }, book) ?? today) < today;
  const onDate = oldestDay(survey, judged);
  if (!isOver(onDate)) return [];
  const facts = { onDate, dueOn: surveyDueOn({ onDate }, book) ?? '', store };
  const taken = judged.filter((each) => each.onDate !== null);
  if (taken.every((each) => each.onDate === onDate)) return [noted(row, place, { says: row.id, severity: 'warn', facts })];
  const what = taken.flatMap((each) => (each.onDate !== null && isOver(each.onDate) ? [each.row.words] : [])).join('; ');
  return [noted(row, place, { says: 'store.measureOldPart', severity: 'warn', facts: { ...facts, what } })];
}

/** The surveys that stand for what lies in a storehouse: that of the bay, else that of the whole storehouse. */
function standing({ store, bays }: MeasuredStore): Readonly<{ covering: ReadonlySet<MeasuredPlace>; uncovered: readonly string[] }> {
  const stocked = [store, ...bays].filter(({ hasStock }) => hasStock);
  const covering = new Set(stocked.flatMap((place) => (place.survey !== null ? [place] : store.survey !== null ? [store] : [])));
  const uncovered = store.survey !== null ? [] : stocked.filter(({ survey }) => survey === null).map(({ place }) => place);
  return { covering, uncovered: uncovered.sort() };
}

/**
 * Findings of one storehouse and its bays. What a survey measured stands until that is measured again, stock or not: a
 * limit of the structure that is exceeded stops, a row of practice that is not kept warns. Where stock lies, what was
 * measured too long ago warns, and what nobody measured is listed.
 *
 * @param today `YYYY-MM-DD`.
 * @source storage-safety 5.3; the rows name their documents.
 */
export function checkMeasures(measured: MeasuredStore, book: StorehouseBook, today: string): readonly Finding[] {
  const { store, bays } = measured;
  const { covering, uncovered } = standing(measured);
  const unmeasured = book.rules['store.unmeasured'];
  const ofPlaces = [store, ...bays].flatMap((place): readonly Finding[] => {
    if (place.survey === null) return [];
    const judged = judgeMeasures(place, store, book);
    const about = { place: place.place, store: store.place };
    const found = brokenIn(about, judged, book);
    if (!covering.has(place)) return found;
    const missing = judged.filter(({ measuredMm }) => measuredMm === null).map(({ row }) => row.words);
    return [
      ...found,
      ...oldIn({ ...about, survey: place.survey }, judged, book, today),
      ...(missing.length > 0
        ? [
            noted(unmeasured, place.place, {
              says: 'store.unmeasuredPart',
              severity: 'info',
              facts: { onDate: place.survey.onDate, store: store.place, missing: missing.join('; ') },
            }),
          ]
        : []),
    ];
  });
  if (uncovered.length === 0) return ofPlaces;
  const facts = { places: uncovered.join(', '), store: store.place };
  return [...ofPlaces, noted(unmeasured, store.place, { says: unmeasured.id, severity: 'info', facts })];
}
