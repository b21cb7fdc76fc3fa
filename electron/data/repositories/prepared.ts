import type { Ledger } from '../ledger.ts';

/** Builds a query once per open file: building costs more than running it. */
export function prepared<Q>(build: (db: Ledger['db']) => Q): (ledger: Pick<Ledger, 'db'>) => Q {
  const built = new WeakMap<object, Q>();
  return ({ db }) => {
    const known = built.get(db);
    if (known !== undefined) return known;
    const query = build(db);
    built.set(db, query);
    return query;
  };
}
