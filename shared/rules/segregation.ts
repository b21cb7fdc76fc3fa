/** Stock that lies apart for what it is or for the state it is in, whatever the tables of groups say. */
import type { CompatibilityGroup } from '../domain/model.ts';
import { classificationOf } from './classification.ts';
import type { HeapState, StoreFacts, StoreLine } from './facts.ts';
import type { Finding } from './finding.ts';
import type { RulePack, SegregationRow } from './pack.ts';
import { findingFrom } from './ruleFinding.ts';

const NOT_KNOWN: readonly HeapState[] = [{ condition: 'unknown', identity: 'unknown' }];
/** Of a line of which no state was given, none is known: it is not a line without stock. */
const statesOf = ({ states = [] }: StoreLine): readonly HeapState[] => (states.length === 0 ? NOT_KNOWN : states);

/** Some of one nature in one state. */
type Heap = Readonly<{ line: StoreLine; state: HeapState }>;

/**
 * Findings `mix.segregation.*`, one for each row of the pack and each place (or the store, where other bays are not apart
 * enough). Its subjects are the stock that must lie apart, and all that lies with it.
 * What a heap is not known to be, it may be: an unknown UN number matches every list. A nature of unknown group is left to
 * `mix.unknown`, which stops it with anything.
 */
export function checkSegregation(store: StoreFacts, pack: RulePack): readonly Finding[] {
  const heaps = store.lines
    .filter(({ quantity }) => quantity > 0)
    .flatMap((line) => statesOf(line).map((state): Heap => ({ line, state })));
  return [...pack.segregation.values()].flatMap((row) => {
    const marked = heaps.filter((heap) => isMeant(heap, row, pack));
    if (marked.length === 0) return [];
    const areas = row.within === 'store' ? [store.store] : [...new Set(marked.map(({ line }) => line.place))];
    return areas.flatMap((area) => {
      const isHere = ({ line }: Heap): boolean => row.within === 'store' || line.place === area;
      return judgeArea(marked.filter(isHere), heaps.filter(isHere), area, row, pack);
    });
  });
}

function isMeant({ line: { item }, state }: Heap, row: SegregationRow, pack: RulePack): boolean {
  const group = classificationOf(item, pack)?.group ?? null;
  return has(row.conditions, state.condition) && has(row.identities, state.identity) && isIn(row.groups, group) && has(row.uns, item.un);
}

const isIn = (groups: SegregationRow['groups'], group: CompatibilityGroup | null): boolean =>
  groups.length === 0 || (group !== null && groups.includes(group));

const has = <T>(list: readonly T[], value: T | null): boolean => list.length === 0 || value === null || list.includes(value);

function judgeArea(marked: readonly Heap[], all: readonly Heap[], place: string, row: SegregationRow, pack: RulePack): readonly Finding[] {
  const others = row.from === 'nothing' ? [] : all.filter((heap) => liesWith(heap, marked, row, pack));
  if (others.length === 0 && row.from !== 'nothing') return [];
  const subjects = [...marked, ...others].map(({ line }) => line.item.item);
  const facts = { apart: [...new Set(marked.map(({ line }) => line.item.item))].sort().join(', ') };
  return [findingFrom(row, { says: row.id, severity: row.severity, place, subjects, facts })];
}

/** Whether a heap is among those that the marked ones must lie apart from. */
function liesWith(heap: Heap, marked: readonly Heap[], row: SegregationRow, pack: RulePack): boolean {
  if (!isIn(row.fromGroups, classificationOf(heap.line.item, pack)?.group ?? null)) return false;
  if (!marked.includes(heap)) return true;
  if (row.from === 'others') return false;
  return marked.some(({ line }) => line.item.item !== heap.line.item.item);
}
