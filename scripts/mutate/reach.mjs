// Which test files can notice a change in a file: those that import it, by whatever way.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../modules.mjs';

const IMPORTED = /\bfrom\s+'(\.[^']+\.ts)'|\bimport\(\s*'(\.[^']+\.ts)'/g;

function reachOf(file, seen = new Set()) {
  if (seen.has(file) || !existsSync(join(root, file))) return seen;
  seen.add(file);
  for (const [, from, dynamic] of readFileSync(join(root, file), 'utf8').matchAll(IMPORTED))
    reachOf(join(dirname(file), from ?? dynamic).replaceAll('\\', '/'), seen);
  return seen;
}

/** @returns For a rule file, the test files that reach it. */
export function reachIndex(testFiles) {
  const reach = testFiles.map((test) => [test, reachOf(test)]);
  return (file) => reach.filter(([, files]) => files.has(file)).map(([test]) => test);
}
