/** Geometry that outlives a change of the plan: what one building or one house alters is its own pairs, not all others. */
import type { Potential, SitePlan } from './plan.ts';

/** What a plan was made from, as text: two that read alike are alike. */
const textOf = (value: unknown): string => JSON.stringify(value);

function changedIds<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): ReadonlySet<string> {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return new Set([...ids].filter((id) => textOf(before.get(id) ?? null) !== textOf(after.get(id) ?? null)));
}

const exposedById = ({ exposed }: SitePlan) => new Map(exposed.map((each) => [each.exposed, each]));

/**
 * Gives `after` what `before` knows of the pairs that are the same in both. Nothing is carried over where the books or
 * the method differ: then every pair may be something else.
 */
export function carryPairs(before: SitePlan, after: SitePlan): void {
  const isSameBook = before.books.length === after.books.length && before.books.every((book, at) => book === after.books[at]);
  if (!isSameBook || before.method !== after.method) return;
  const places = changedIds<Potential>(before.potentials, after.potentials);
  const exposed = changedIds(exposedById(before), exposedById(after));
  for (const [key, facts] of before.pairs) {
    const [from, kind, id] = key.split('\n') as [string, 'potential' | 'exposed', string];
    const isChanged = places.has(from) || (kind === 'potential' ? places.has(id) : exposed.has(id));
    if (!isChanged) after.pairs.set(key, facts);
  }
  for (const [key, required] of before.required) after.required.set(key, required);
}
