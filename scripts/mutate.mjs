// `node scripts/mutate.mjs [--sample N] [--seed N] [PATH…]`: changes one operator, bound or word of the rules at a time, in
// a copy, and runs their tests. A change that no test notices is a survivor: a missing test, or a change without effect.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { node24, root } from './modules.mjs';

const { values, positionals } = parseArgs({
  options: { sample: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const COPIED = ['shared', 'tests', 'resources', 'scripts', 'electron', 'package.json', 'vitest.config.ts'];
const configs = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
const TESTS = ['tests/rules', 'shared/rules'];

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
  [/ \+ (?!')/g, ' - '],
  [/ \* /g, ' / '],
  [/Math\.max\(/g, 'Math.min('],
  [/Math\.min\(/g, 'Math.max('],
  [/Math\.ceil\(/g, 'Math.floor('],
  [/Math\.floor\(/g, 'Math.ceil('],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/'stop'/g, "'warn'"],
  [/'warn'/g, "'info'"],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/ \?\? 0\b/g, ' ?? 1'],
  [/\b1000\b/g, '999'],
];
const isCode = (line) => !/^\s*(\/\/|\*|\/\*|import |export type |type |\})/.test(line);

const filesBelow = (path) =>
  path.endsWith('.ts')
    ? [path]
    : readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => join(path, name));

function mutantsOf(file) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    if (!isCode(line)) return [];
    return CHANGES.flatMap(([pattern, by]) =>
      [...line.matchAll(pattern)].map(({ index, 0: found }) => ({
        file,
        line: at + 1,
        before: line.trim(),
        after: (line.slice(0, index) + by + line.slice(index + found.length)).trim(),
        text: [...lines.slice(0, at), line.slice(0, index) + by + line.slice(index + found.length), ...lines.slice(at + 1)].join('\n'),
      })),
    );
  });
}

/** The same seed takes the same sample. */
function sampleOf(all, count, seed) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const left = [...all];
  const taken = [];
  while (left.length > 0 && taken.length < count) taken.push(...left.splice(Math.floor(next() * left.length), 1));
  return taken;
}

function copyOf() {
  const folder = mkdtempSync(join(tmpdir(), 'depot-mutants-'));
  for (const name of [...COPIED, ...configs]) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Killed where a test fails, or where the tests do not end: a loop that never ends is noticed too. */
function isKilled(folder) {
  const args = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--bail=1', '--reporter=dot', ...TESTS];
  return new Promise((resolve) => {
    const child = spawn(node24, args, { cwd: folder, stdio: 'ignore', env: { ...process.env, DEPOT_NODE24: node24 } });
    const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code !== 0);
    });
  });
}

async function work(folder, queue, results) {
  for (let mutant = queue.pop(); mutant !== undefined; mutant = queue.pop()) {
    const path = join(folder, mutant.file);
    writeFileSync(path, mutant.text);
    results.push({ ...mutant, killed: await isKilled(folder) });
    writeFileSync(path, readFileSync(join(root, mutant.file)));
    const last = results.at(-1);
    process.stderr.write(
      `${results.length} ${last.killed ? 'killed  ' : 'SURVIVED'} ${relative('shared/rules', last.file)}:${last.line}  ${last.after}\n`,
    );
  }
}

const all = (positionals.length > 0 ? positionals : ['shared/rules']).flatMap(filesBelow).flatMap(mutantsOf);
const queue = sampleOf(all, Number(values.sample), Number(values.seed));
const results = [];
const folders = Array.from({ length: Math.max(1, Math.min(availableParallelism(), 4)) }, copyOf);
const whole = await isKilled(folders[0]);
if (whole) throw new Error('the tests fail without any change');
await Promise.all(folders.map((folder) => work(folder, queue, results)));
for (const folder of folders) rmSync(folder, { recursive: true, force: true });
const killed = results.filter((mutant) => mutant.killed).length;
process.stdout.write(
  `${killed} of ${results.length} mutants killed (${((100 * killed) / results.length).toFixed(1)} %), of ${all.length} possible\n`,
);
for (const { file, line, before, after } of results.filter((mutant) => !mutant.killed))
  process.stdout.write(`- ${file}:${line}\n  ${before}\n  ${after}\n`);
