// How many assertions the tests make from each row: counted by tests/rules/counting.ts while they run, kept in
// tests/rules/ruleCounts.json so that docs/rules.md can be held against the packs without a run.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, node24, root } from '../modules.mjs';

const kept = join(root, 'tests', 'rules', 'ruleCounts.json');
const folder = join(cacheFolder, 'rule-counts');

/** Runs the tests of the rules. Nothing is counted where one of them fails. */
function run() {
  rmSync(folder, { recursive: true, force: true });
  const args = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'tests/rules', 'shared/rules'];
  const { status } = spawnSync(node24, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 2],
    env: { ...process.env, DEPOT_RULE_COUNTS: folder },
  });
  if (status !== 0) throw new Error('the tests of the rules fail, so there is nothing to count; run npm test -- unit');
}

/** @returns `pack|id` → [let pass, stopped], of all test files together. */
function collected() {
  const sums = new Map();
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    for (const [key, { passes, stops }] of JSON.parse(readFileSync(join(folder, name), 'utf8'))) {
      const [passed, stopped] = sums.get(key) ?? [0, 0];
      sums.set(key, [passed + passes, stopped + stops]);
    }
  return sums;
}

/** Of the rows that one line stands for, the one that is tested least. */
export const leastOf = (counts, rows) =>
  rows.reduce(
    ([passes, stops], row) => {
      const [passed, stopped] = counts.get(`${row.pack}|${row.id}`) ?? [0, 0];
      return [Math.min(passes, passed), Math.min(stops, stopped)];
    },
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  );

/** Counts anew and keeps one line for each line of the document. */
export function countAgain(lines) {
  run();
  const counts = collected();
  const byPack = {};
  for (const { id, rows } of lines) {
    const { pack } = rows[0];
    byPack[pack] = { ...byPack[pack], [id]: leastOf(counts, rows) };
  }
  const text = Object.entries(byPack).map(
    ([pack, ofPack]) =>
      `  ${JSON.stringify(pack)}: {\n${Object.entries(ofPack)
        .map(([id, pair]) => `    ${JSON.stringify(id)}: [${pair.join(', ')}]`)
        .join(',\n')}\n  }`,
  );
  writeFileSync(kept, `{\n${text.join(',\n')}\n}\n`);
}

/** The kept counts of a line; a line that was never counted is untested. */
export function keptCounts() {
  const byPack = JSON.parse(readFileSync(kept, 'utf8'));
  return ({ id, rows }) => byPack[rows[0].pack]?.[id] ?? [0, 0];
}
