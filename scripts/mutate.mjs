// `npm run mutate -- [--all | --again] [--sample N] [--seed N] [--workers N] [PATH…]`: changes one operator, bound or word
// of the rules at a time and runs the tests of tests/rules that can reach it. `--again`: only what survived the last run. A change that no test notices is a survivor: a
// missing test, or a change without effect, which then is explained in tests/rules/explainedMutants.json.
import { fork } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, continueOnNode24, isNode24 } from './modules.mjs';

const LEAST_KILLED = 0.9;
/** A run of the unchanged tests, started anew for each worker, may take this long at most, and a mutant this much longer. */
const CLEAN_MAX_MS = 300_000;
const TIMES_LONGER = 10;

const { values, positionals } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
    sample: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(Math.min(availableParallelism(), 2)) },
  },
  allowPositionals: true,
});

/** A process with its vitest, which has seen the unchanged tests pass. */
async function startWorker() {
  const child = fork(join(import.meta.dirname, 'mutate', 'worker.mjs'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const answer = (withinMs) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(null), withinMs);
      const gone = () => reject(new Error('a worker ended by itself'));
      child.once('exit', gone);
      child.once('message', (message) => {
        clearTimeout(timer);
        child.off('exit', gone);
        resolve(message);
      });
    });
  const ask = (message, withinMs) => {
    child.send(message);
    return answer(withinMs);
  };
  await answer(CLEAN_MAX_MS);
  const clean = await ask({ testFiles: null }, CLEAN_MAX_MS);
  if (clean === null || clean.failed !== null)
    throw new Error(`without any change the tests ${clean === null ? 'do not end' : `fail: ${clean.failed}`}; run npm test first`);
  const broken = await ask({ file: 'shared/rules/limits.ts', text: 'throw new Error()', testFiles: clean.testFiles }, CLEAN_MAX_MS);
  if (broken?.failed == null) throw new Error('a file that only throws went unnoticed: the tests do not get the changed text');
  return { clean, ask, stop: () => child.kill('SIGKILL') };
}

const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);

/** Takes mutants until there are none. Where the tests do not end, a new worker must see them pass unchanged before it counts. */
async function work(queue, say, reachOf, isGiven) {
  let worker = await startWorker();
  const { testsOf } = reachOf(worker.clean.testFiles);
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const testFiles = testsOf(mutant.file, worker.clean.tookMs);
    const withinMs = 20_000 + TIMES_LONGER * sum(testFiles.map((file) => worker.clean.tookMs[file] ?? 0));
    const startMs = performance.now();
    const answer = testFiles.length === 0 || isGiven(mutant) ? { failed: null } : await worker.ask({ ...mutant, testFiles }, withinMs);
    const tookMs = Math.round(performance.now() - startMs);
    if (answer === null) {
      worker.stop();
      worker = await startWorker();
    }
    say({ ...mutant, tookMs }, answer === null ? 'no end' : answer.failed);
  }
  worker.stop();
}

/** First the files that have killed most in this file of the rules, then the fastest. */
function orderOfTests(reachIndex) {
  const kills = new Map();
  const countOf = (file, test) => kills.get(`${file} ${test}`) ?? 0;
  let index = null;
  return {
    killedBy: (file, test) => kills.set(`${file} ${test}`, countOf(file, test) + 1),
    reachOf: (testFiles) => {
      index ??= reachIndex(testFiles);
      const testsOf = (file, tookMs) =>
        index(file).sort((a, b) => countOf(file, b) - countOf(file, a) || (tookMs[a] ?? 0) - (tookMs[b] ?? 0));
      return { testsOf };
    },
  };
}

const kept = join(cacheFolder, 'mutants.json');

function chosenOf(possible, sampleOf, isSame) {
  if (values.again) {
    const before = JSON.parse(readFileSync(kept, 'utf8')).filter(({ end }) => end !== 'killed');
    return possible.filter((mutant) => before.some((each) => isSame(each, mutant)));
  }
  if (values.all || positionals.length > 0) return [...possible];
  return sampleOf(possible, Number(values.sample), Number(values.seed));
}

const percent = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

function report(results, possible) {
  const lines = [...Map.groupBy(results, ({ file }) => file)].map(([file, ofFile]) => {
    const count = (wanted) => ofFile.filter(({ end }) => end === wanted).length;
    return `| ${file.replace('shared/rules/', '')} | ${ofFile.length} | ${count('killed')} | ${count('explained')} | ${count('survived')} |`;
  });
  const killed = results.filter(({ end }) => end === 'killed').length;
  const explained = results.filter(({ end }) => end === 'explained').length;
  const endless = results.filter(({ by }) => by === 'no end').length;
  const section = (title, end) => {
    const those = results.filter((mutant) => mutant.end === end);
    const each = ({ file, line, before, after, why }) =>
      `- ${file}:${line}\n  ${before}\n  ${after}${why === undefined ? '' : `\n  ${why}`}`;
    return those.length === 0 ? [] : ['', title, ...those.map(each)];
  };
  return [
    '| file | mutants | killed | explained | survived |',
    '|---|---|---|---|---|',
    ...lines.sort(),
    '',
    `${killed} of ${results.length} mutants killed (${percent(killed, results.length)}), ${endless} of them by never ending; ${possible} are possible`,
    `${explained} more are explained: ${percent(killed, results.length - explained)} of those that change anything`,
    ...section('Survived:', 'survived'),
    ...section('Explained:', 'explained'),
    ...section('Explained, but a test noticed them; take them out of the list:', 'wronglyExplained'),
  ].join('\n');
}

async function mutate() {
  const { mutantsOf, rulesBelow, sampleOf } = await import('./mutate/mutants.mjs');
  const { explainedMutants, isSame, problemsOf } = await import('./mutate/explained.mjs');
  const { reachIndex } = await import('./mutate/reach.mjs');
  const files = (positionals.length > 0 ? positionals : ['shared/rules']).flatMap(rulesBelow);
  const possible = (await Promise.all(files.map(mutantsOf))).flat();
  const entries = explainedMutants().filter(({ file }) => positionals.length === 0 || files.includes(file));
  const problems = problemsOf(entries, possible);
  if (problems.length > 0) throw new Error(problems.join('\n'));

  const queue = chosenOf(possible, sampleOf, isSame);
  const wanted = queue.length;
  const results = [];
  // Told to stop, it finishes what it is at and reports what it has.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => queue.splice(0));
  const order = orderOfTests(reachIndex);
  const say = (mutant, by) => {
    const why = entries.find((entry) => isSame(entry, mutant))?.why;
    const end = by === null ? (why === undefined ? 'survived' : 'explained') : why === undefined ? 'killed' : 'wronglyExplained';
    if (by !== null) order.killedBy(mutant.file, by);
    results.push({ ...mutant, text: undefined, by, end, why });
    process.stderr.write(
      `${results.length}/${wanted} ${end.padEnd(9)} ${mutant.file}:${mutant.line}  ${mutant.after}  ${by ?? ''} ${mutant.tookMs} ms\n`,
    );
  };
  // A sample takes the explanations as given; a whole run holds each against the tests.
  const isSample = !values.all && !values.again && positionals.length === 0;
  const isGiven = (mutant) => isSample && entries.some((entry) => isSame(entry, mutant));
  await Promise.all(Array.from({ length: Number(values.workers) }, () => work(queue, say, order.reachOf, isGiven)));
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(kept, JSON.stringify(results, null, 1));
  process.stdout.write(`${report(results, possible.length)}\n`);
  const killed = results.filter(({ end }) => end === 'killed').length;
  process.exitCode = killed < LEAST_KILLED * results.length || results.some(({ end }) => end === 'wronglyExplained') ? 1 : 0;
}

if (isNode24) await mutate();
else await continueOnNode24([import.meta.filename, ...process.argv.slice(2)]);
