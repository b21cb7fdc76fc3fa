import type { Statement } from '../db/open.ts';
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

/** The same for a query in plain SQL, for those asked on every movement; rows come as lists of cells. */
export function preparedText(text: string): (ledger: Pick<Ledger, 'sqlite'>) => Statement {
  const built = new WeakMap<object, Statement>();
  return ({ sqlite }) => {
    const known = built.get(sqlite);
    if (known !== undefined) return known;
    const statement = sqlite.prepare(text).raw();
    built.set(sqlite, statement);
    return statement;
  };
}
