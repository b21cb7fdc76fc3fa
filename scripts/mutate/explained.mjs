// Changes that were read and found to change nothing a caller can see: tests/rules/explainedMutants.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../modules.mjs';

const PATH = 'tests/rules/explainedMutants.json';
export const explainedMutants = () => JSON.parse(readFileSync(join(root, PATH), 'utf8'));

export const isSame = (a, b) => a.file === b.file && a.before === b.before && a.after === b.after;

/** An entry that names no change of the code as it is, or one without a reason, explains nothing. */
export function problemsOf(entries, possible) {
  return entries.flatMap((entry, at) => {
    const where = `${PATH} [${at}] ${entry.file}: ${entry.after}`;
    const found = possible.filter((mutant) => isSame(mutant, entry)).length;
    return [
      ...(found === (entry.times ?? 1) ? [] : [`${where}\n  names ${found} changes, not ${entry.times ?? 1}: the code is another now`]),
      ...(typeof entry.why === 'string' && entry.why.length > 20 ? [] : [`${where}\n  says no reason`]),
      ...(entries.findIndex((other) => isSame(other, entry)) === at ? [] : [`${where}\n  stands there twice`]),
    ];
  });
}
