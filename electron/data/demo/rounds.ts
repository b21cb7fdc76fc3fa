import type { ChecklistAnswer, SurveyMeasure } from '../../../shared/domain/surveillance.ts';
import type { Ledger } from '../ledger.ts';
import { storehouseBook } from '../rules/books.ts';
import { recordChecklist } from '../services/checklists.ts';
import { recordMeasures } from '../services/measures.ts';
import type { PlannedFinding } from './faults.ts';

/** Somebody went round: every storehouse measured and walked through, with three faults to be found. */
type Round = Readonly<{ place: string; measures: Readonly<Record<SurveyMeasure, number | null>>; unsafe: string | null; remark: string }>;
export type DemoRounds = Readonly<{ rounds: readonly Round[]; findings: readonly PlannedFinding[] }>;

const SOUND = { stackMm: 2_400, wallGapMm: 300, roofGapMm: 900, aisleMm: 1_400, dunnageMm: 100, coverAirMm: null };
const TOO_HIGH = 2;
const ON_THE_GROUND = 9;
const GUTTER = 13;

export function demoRounds(stores: readonly string[]): DemoRounds {
  const rounds = stores.map((place, at): Round => {
    const measures = at === TOO_HIGH ? { ...SOUND, stackMm: 4_300 } : at === ON_THE_GROUND ? { ...SOUND, dunnageMm: 30 } : SOUND;
    return { place, measures, unsafe: at === GUTTER ? 'packages' : null, remark: at === GUTTER ? 'The gutter leaks on two boxes.' : '' };
  });
  const expected = (at: number, rule: string): PlannedFinding[] => {
    const place = stores[at];
    return place === undefined ? [] : [{ rule, place, subjects: [] }];
  };
  return {
    rounds,
    findings: [
      ...expected(TOO_HIGH, 'store.measure.stackLimit'),
      ...expected(ON_THE_GROUND, 'store.measure.dunnage'),
      ...expected(GUTTER, 'store.checklistNo'),
    ],
  };
}

/** Through the services, as the people of the depot would. */
export function recordRounds(ledger: Ledger, { rounds }: DemoRounds, onDate: string): void {
  const list = storehouseBook().checklists.find(({ intervalMonths }) => intervalMonths !== null);
  for (const { place, measures, unsafe, remark } of rounds) {
    recordMeasures(ledger, { place, onDate, ...measures, remark: '' });
    if (list === undefined) continue;
    const answers = Object.fromEntries(list.questions.map(({ id }): [string, ChecklistAnswer] => [id, id === unsafe ? 'no' : 'yes']));
    recordChecklist(ledger, { place, checklist: list.id, onDate, answers, remark });
  }
}
