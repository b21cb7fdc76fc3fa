/** Which rules can stop: a decision about one that never does, or that there is not, would be signed in vain. */

import { isObject } from './jsonReader.ts';
import type { RowStatus, RulePack, SingleRuleId } from './pack.ts';
import type { StorehouseRuleId } from './storehouse/book.ts';
import type { SurveillanceRuleId } from './surveillance/book.ts';

/** Cells that let natures lie together only on a condition, or not at all. */
const cellRules = ({ articles, substances }: Pick<RulePack, 'articles' | 'substances'>): readonly string[] =>
  [...articles.values(), ...substances.values()].filter(({ verdict }) => verdict !== 'permitted').map(({ id }) => id);

/** Of the rules that are one row each, whether a finding may stop. The others only warn or tell, whatever they find. */
const canStop: Readonly<Record<SingleRuleId | SurveillanceRuleId | StorehouseRuleId, boolean>> = {
  'class.illegal': true,
  'mix.unknown': true,
  'limit.unlicensed': true,
  'limit.indeterminate': true,
  'qd.tooNear': true,
  'qd.oneSite': false,
  'qd.unknownPosition': false,
  'qd.indeterminate': true,
  'qd.noPlan': false,
  'store.floorLoad': true,
  'store.floorUnknown': false,
  'life.expired': true,
  'life.unknown': true,
  'life.restricted': false,
  'life.condition': true,
  'unknown.account': false, // it stops, but at no place that a waiver could name
  'unknown.lot': false,
  'unknown.condition': false,
  'unknown.neq': false,
  'unknown.hazardCode': false,
  'unknown.subdivision': false,
  'life.receiptOverdue': true,
  'life.overdue': true,
  'life.suspended': true,
  'life.suspendedLong': false,
  'life.inspectionFailed': true,
  'life.inspectionRestricted': false,
  'life.stabiliserLow': true,
  'life.stabiliserWatch': false,
  'life.stabiliserConsumed': false,
  'life.stabiliserTrend': false,
  'life.extensionAge': false,
  'life.extensionMost': false,
  'store.climateHot': false,
  'store.climateLimit': false,
  'store.climateHumid': false,
  'store.climateSilent': false,
  'store.climateShown': false,
  'store.unmeasured': false,
  'store.measureOld': false,
  'store.measure.stackLimit': true,
};

/** The rules a waiver can be about: a finding that does not stop passes without one. */
export function waivableRules(pack: RulePack): ReadonlySet<string> {
  const { segregation, propulsive } = pack;
  const apart = [...segregation.values()].filter(({ severity }) => severity === 'stop').map(({ id }) => id);
  const single = Object.entries(canStop).flatMap(([rule, isStop]) => (isStop ? [rule] : []));
  return new Set<string>([...single, 'limit.exceeded', ...cellRules(pack), ...apart, propulsive.id]);
}

/** How many rows of a pack were read in their document, and how many were not. */
export type RowCounts = Readonly<Record<RowStatus, number>>;

const counted = new WeakMap<RulePack, RowCounts>();

/** Counted once for each pack. A row that stands in several tables counts once. */
export function countRows(pack: RulePack): RowCounts {
  const known = counted.get(pack);
  if (known !== undefined) return known;
  const statuses = new Map<string, string>();
  noteRows(pack, statuses);
  const unverified = [...statuses.values()].filter((status) => status === 'unverified').length;
  const counts = { verified: statuses.size - unverified, unverified };
  counted.set(pack, counts);
  return counts;
}

function noteRows(value: unknown, statuses: Map<string, string>): void {
  const inside = value instanceof Map ? [...value.values()] : Array.isArray(value) ? value : null;
  for (const each of inside ?? []) noteRows(each, statuses);
  if (inside !== null || !isObject(value)) return;
  const { id, source, status } = value;
  if (typeof id === 'string' && typeof source === 'string' && typeof status === 'string')
    statuses.set(`${String(value.pack)} ${id}`, status);
  noteRows(Object.values(value), statuses);
}
