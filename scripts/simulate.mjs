// `npm run simulate -- [--runs N] [--seed N] [--mutants | --mutant NAME]`: see tests/simulator/README.md.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { node24, prepareModules, root } from './modules.mjs';

const main = join(root, 'tests', 'simulator', 'main.ts');
const RUNS_PER_MUTANT = 400;

function start(args, stdio) {
  const child = spawn(node24, ['--disable-warning=ExperimentalWarning', main, ...args], { stdio });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
  return child;
}

async function ask(args) {
  const child = start(args, ['ignore', 'pipe', 'pipe']);
  const [said, complained] = await Promise.all([child.stdout, child.stderr].map((stream) => stream.toArray()));
  const text = Buffer.concat(said).toString();
  if (text === '') throw new Error(Buffer.concat(complained).toString());
  return JSON.parse(text);
}

/** @returns what the runs came to: how many there were, the first failure, and how often each thing happened. */
export const simulate = ({ runs, seed, mutant = undefined, template = undefined }) => {
  const optional = Object.entries({ mutant, template }).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  return ask(['--json', '--runs', String(runs), '--seed', String(seed), ...optional]);
};

/** The files that every run begins with, made by the code as it is. */
async function makeTemplate() {
  const folder = mkdtempSync(join(tmpdir(), 'depot-simulator-template-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const child = start(['--make', folder], 'inherit');
  const code = await new Promise((resolve) => child.on('exit', resolve));
  if (code !== 0) throw new Error('the files that every run begins with could not be made');
  return folder;
}

/** @returns by the name of each case what it breaks now, or null. */
export const repeatCases = () => ask(['--cases']);

export const mutants = () => JSON.parse(readFileSync(join(root, 'tests', 'simulator', 'mutants.json'), 'utf8'));

/** Takes one after the other until there are none; two at a time. */
export async function killAll(wanted, { runs = RUNS_PER_MUTANT, seed = 1, say = () => undefined } = {}) {
  const template = await makeTemplate();
  const queue = [...wanted];
  const results = [];
  const work = async () => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const { runs: needed, failure } = await simulate({ runs, seed, mutant: mutant.name, template });
      const result = { name: mutant.name, runs: needed, by: failure === null ? null : failure.invariant };
      results.push(result);
      say(`| ${result.name} | ${failure === null ? 'NOT KILLED' : result.runs} | ${result.by ?? ''} |`);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}

if (process.argv[1] === import.meta.filename) {
  prepareModules();
  const options = {
    runs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    mutant: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
  };
  const { values } = parseArgs({ options });
  if (values.mutants) {
    process.stdout.write('| mutant | runs | broken |\n|---|---|---|\n');
    const results = await killAll(mutants(), {
      runs: Number(values.runs ?? RUNS_PER_MUTANT),
      seed: Number(values.seed),
      say: (line) => process.stdout.write(`${line}\n`),
    });
    if (results.some(({ by }) => by === null)) process.exitCode = 1;
  } else {
    const child = start(process.argv.slice(2), 'inherit');
    child.on('exit', (code) => {
      process.exitCode = code ?? 1;
    });
  }
}
