// The changes that a mutation run makes to the rules, one at a time.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minifySync, transformWithOxc } from 'vite';
import { root } from '../modules.mjs';

/** Each occurrence of the first is replaced by the second, one at a time. */
const CHANGES = [
  [/ <= /g, ' < '],
  [/ >= /g, ' > '],
  [/ < (?=[\w(])/g, ' <= '],
  [/ > (?=[\w(])/g, ' >= '],
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/!(?=[\w(])/g, ''],
  [/ \+ (?!')/g, ' - '],
  [/ - (?=[\w(])/g, ' + '],
  [/ \* /g, ' / '],
  [/ \/ /g, ' * '],
  [/Math\.max\(/g, 'Math.min('],
  [/Math\.min\(/g, 'Math.max('],
  [/Math\.ceil\(/g, 'Math.floor('],
  [/Math\.floor\(/g, 'Math.ceil('],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/'stop'/g, "'warn'"],
  [/'warn'/g, "'info'"],
  [/'prohibited'/g, "'conditional'"],
  [/'conditional'/g, "'permitted'"],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/(?<![\w.']|\? -|-1 : )\d[\d_]*(?![\w.'])/g, (number) => String(Number(number.replaceAll('_', '')) + 1)],
];
const isCode = (line) => !/^\s*(\/\/|\*|\/\*|import |export type |type |\})/.test(line);

/** The code that runs, without comments and types: what it is equal in, a change did not change. */
async function runs(text, file) {
  try {
    return minifySync(file.replace(/ts$/, 'js'), (await transformWithOxc(text, file)).code, { mangle: false }).code;
  } catch {
    return null; // not a program any more
  }
}

/** The changes of one file that leave another program. `before` and `after` are the line without its indentation. */
export async function mutantsOf(file) {
  const whole = readFileSync(join(root, file), 'utf8');
  const lines = whole.split('\n');
  const unchanged = await runs(whole, file);
  const made = lines.flatMap((line, at) =>
    isCode(line)
      ? CHANGES.flatMap(([pattern, by]) =>
          [...line.matchAll(pattern)].map(({ index, 0: found }) => {
            const changed = line.slice(0, index) + (typeof by === 'string' ? by : by(found)) + line.slice(index + found.length);
            const text = [...lines.slice(0, at), changed, ...lines.slice(at + 1)].join('\n');
            return { file, line: at + 1, before: line.trim(), after: changed.trim(), text };
          }),
        )
      : [],
  );
  const kept = [];
  for (const mutant of made) {
    const program = await runs(mutant.text, file);
    if (program !== null && program !== unchanged) kept.push(mutant);
  }
  return kept;
}

export const rulesBelow = (path) =>
  path.endsWith('.ts')
    ? [path]
    : readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .sort()
        .map((name) => join(path, name).replaceAll('\\', '/'));

/** Some of each file, in proportion and at least one, in no order of files; the same seed takes the same sample. */
export function sampleOf(all, count, seed) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const takenFrom = (list, wanted) => {
    const left = [...list];
    return Array.from({ length: Math.min(wanted, left.length) }, () => left.splice(Math.floor(next() * left.length), 1)[0]);
  };
  const taken = [...Map.groupBy(all, ({ file }) => file).values()].flatMap((ofFile) =>
    takenFrom(ofFile, Math.ceil((count * ofFile.length) / all.length)),
  );
  return takenFrom(taken, taken.length);
}
