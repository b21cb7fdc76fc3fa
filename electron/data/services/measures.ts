import type { MeasuredPlaceView, MeasuresView } from '../../../shared/contract/measureViews.ts';
import type { EntryData } from '../../../shared/domain/entries.ts';
import { MEASURE_MM_MAX, surveyMeasures } from '../../../shared/domain/surveillance.ts';
import { judgeMeasures, type MeasuredPlace, oldestDay, surveyDueOn } from '../../../shared/rules/storehouse/measures.ts';
import { isCalendarDate } from '../import/cells.ts';
import { inWriteTransaction, type Ledger, record } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { findPlace } from '../repositories/reference.ts';
import { listStoragePlaces, listSurveys } from '../repositories/surveys.ts';
import { storehouseBook } from '../rules/books.ts';
import { requireRole } from './authority.ts';
import { dateOf } from './checking.ts';
import { measuredAt } from './practice.ts';

export type MeasuresInput = Omit<EntryData['measures.recorded'], 'id'>;

const isMeasure = (value: number | null): boolean =>
  value === null || (Number.isSafeInteger(value) && value >= 0 && value <= MEASURE_MM_MAX);

/** A survey of a storehouse or a bay. What was not measured is null; a survey of nothing is none. */
export function recordMeasures(ledger: Ledger, data: MeasuresInput): { id: string } {
  requireRole(ledger, 'checklist');
  const kind = findPlace(ledger, ledger.site, data.place)?.kind;
  if (kind !== 'store' && kind !== 'bay') throw new Refused({ code: 'unknownPlace', place: data.place });
  const refuse = (field: string, value: string, expected: string) => new Refused({ code: 'badValue', field, value, expected });
  const today = dateOf(ledger.deps.nowMs());
  if (!isCalendarDate(data.onDate) || data.onDate > today) throw refuse('onDate', data.onDate, `YYYY-MM-DD ≤ ${today}`);
  const wrong = surveyMeasures.find((measure) => !isMeasure(data[measure]));
  if (wrong !== undefined) throw refuse(wrong, String(data[wrong]), `0 … ${MEASURE_MM_MAX} mm`);
  if (surveyMeasures.every((measure) => data[measure] === null)) throw refuse('measures', '', 'one measure or more');
  const id = ledger.deps.newId();
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'measures.recorded', data: { id, ...data } }));
  return { id };
}

/** What was measured in a storehouse and its bays, and the rows that it is held against. */
export function measuresOf(ledger: Ledger, place: string): MeasuresView {
  const today = dateOf(ledger.deps.nowMs());
  const measured = measuredAt(ledger, ledger.site, place, today);
  if (measured === undefined) throw new Refused({ code: 'unknownPlace', place });
  const names = new Map(listStoragePlaces(ledger, ledger.site).map((each) => [each.place, each.name]));
  const view = (at: MeasuredPlace): MeasuredPlaceView => {
    const [latest, ...earlier] = listSurveys(ledger, ledger.site, at.place);
    const survey = latest ?? null;
    const rows = judgeMeasures(at, measured.store, storehouseBook());
    const dueOn = survey === null ? null : surveyDueOn({ onDate: oldestDay(survey, rows) }, storehouseBook());
    return {
      place: at.place,
      name: names.get(at.place) ?? '',
      survey,
      dueOn,
      isOld: dueOn !== null && dueOn < today,
      rows,
      earlier,
    };
  };
  return { places: [view(measured.store), ...measured.bays.map(view)] };
}
