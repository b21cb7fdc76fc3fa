import planJson from '../../resources/surveillance/plan.json' with { type: 'json' };
import { invariant } from '../../shared/lib/result.ts';
import type { SurveillancePlan } from '../../shared/rules/surveillance/book.ts';
import type { LifeContext } from '../../shared/rules/surveillance/checkLife.ts';
import { readPlan } from '../../shared/rules/surveillance/readPlan.ts';
import type { InspectionFacts, LotLife } from '../../shared/rules/surveillance/schedule.ts';
import { anItem, iatg } from './support.ts';

export { planJson };

const read = readPlan(planJson);
invariant(read.ok, read.ok ? '' : read.error.join('\n'));
export const plan: SurveillancePlan = read.value;

export const anInspection = (kind: InspectionFacts['kind'], onDate: string, more: Partial<InspectionFacts> = {}): InspectionFacts => ({
  kind,
  onDate,
  result: 'passed',
  stabiliserPpm: null,
  ...more,
});
export const measured = (onDate: string, stabiliserPpm: number): InspectionFacts => anInspection('stabiliser', onDate, { stabiliserPpm });

/** A shell made in 2020 that came in 2021 and was looked at twice in time. */
export const aLife = (more: Partial<LotLife> = {}): LotLife => ({
  lotId: 'L1',
  item: anItem(),
  made: '2020-01-31',
  arrivedOn: '2021-03-10',
  inspections: [anInspection('visual', '2025-06-01'), anInspection('functional', '2025-06-02')],
  ...more,
});

export const contextAt = (today: string, more: Partial<LifeContext> = {}): LifeContext => ({
  plan,
  pack: iatg,
  today,
  isScheduled: true,
  ...more,
});
