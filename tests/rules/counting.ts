// How many assertions the tests make from each row of the rule data. Counted where they are made, while they are made:
// `npm run rules` runs the tests with DEPOT_RULE_COUNTS naming a folder and adds up what they leave there.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { RuleRow } from '../../shared/rules/pack.ts';

/** `passes`: the row lets something be, or gives what it should; `stops`: it finds, refuses or asks for more. */
export type Outcome = 'passes' | 'stops';
type Counted = Pick<RuleRow, 'id' | 'pack'>;

const folder = process.env.DEPOT_RULE_COUNTS ?? null;
const counted = new Map<string, Record<Outcome, number>>();

/** Says that the running test asserts on this row. A test that fails leaves no counts: the whole run is thrown away. */
export function counts(outcome: Outcome, ...rows: readonly Counted[]): void {
  if (folder === null) return;
  for (const { pack, id } of rows) {
    const key = `${pack}|${id}`;
    const known = counted.get(key) ?? { passes: 0, stops: 0 };
    known[outcome] += 1;
    counted.set(key, known);
  }
}

if (folder !== null)
  afterAll(() => {
    const name = (expect.getState().testPath ?? '').replaceAll(/[^A-Za-z0-9]+/g, '-');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.json`), JSON.stringify([...counted]));
  });
