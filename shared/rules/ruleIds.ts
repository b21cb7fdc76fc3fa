/** Which rules there are: a decision about one that nobody will ever find would be signed in vain. */

import { isObject } from './jsonReader.ts';
import { type RowStatus, type RulePack, singleRuleIds } from './pack.ts';
import { type StorehouseBook, storehouseRuleIds } from './storehouse/book.ts';
import { ruleOfPractice } from './storehouse/measures.ts';
import { surveillanceRuleIds } from './surveillance/book.ts';

/** Rules of one storehouse: what was measured in it and walked through. */
const ofStorehouses = ({ practice }: Pick<StorehouseBook, 'practice'>): readonly string[] => [
  ...storehouseRuleIds,
  ...practice.filter(({ measure }) => measure !== null).map(ruleOfPractice),
  'store.checklistNo',
  'store.checklistDue',
];

/** Every `rule` that a finding of this pack, of a surveillance plan and of the storehouse rows may bear. */
export function findableRules(pack: RulePack, storehouse: Pick<StorehouseBook, 'practice'>): ReadonlySet<string> {
  const { articles, substances, segregation, aggregations, propulsive, mayBePropulsive } = pack;
  const cells = [...articles.values(), ...substances.values()].filter(({ verdict }) => verdict !== 'permitted').map(({ id }) => id);
  const doubts = aggregations.flatMap(({ reactsAsOne }) => (reactsAsOne === null ? [] : [reactsAsOne.id]));
  const apart = [...segregation.keys(), propulsive.id, mayBePropulsive.id];
  return new Set<string>([
    ...singleRuleIds,
    ...surveillanceRuleIds,
    ...ofStorehouses(storehouse),
    'limit.exceeded',
    ...cells,
    ...apart,
    ...doubts,
  ]);
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
