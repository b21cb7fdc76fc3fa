// `npm run simulate -- [--runs N] [--seed N] [--mutant NAME] [--json] [--whole] [--cases]`: stops at the
// first broken promise and leaves out operations while it stays broken (`--whole`: does not; `--all`: names each and goes on). See README.md.
// `--make FOLDER` makes the files that every run begins with, `--template FOLDER` takes them from there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareLoading } from './loader.mjs';
import type { Operation } from './operations.ts';
import type { Failure } from './run.ts';
import { rememberSignatures } from './signatures.ts';
import { reuseStatements } from './statements.ts';

/** One wrong line: `before` stands once in the file. */
type Mutant = Readonly<{ name: string; file: string; before: string; after: string }>;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    mutant: { type: 'string' },
    json: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
    cases: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    template: { type: 'string' },
    make: { type: 'string' },
  },
});

const mutants = JSON.parse(readFileSync(join(import.meta.dirname, 'mutants.json'), 'utf8')) as readonly Mutant[];
const mutant = values.mutant === undefined ? null : mutants.find(({ name }) => name === values.mutant);
if (mutant === undefined) throw new Error(`no mutant is called ${values.mutant}`);
prepareLoading(mutant);
reuseStatements();
rememberSignatures();

if (values.make !== undefined) {
  await (await import('./template.ts')).makeTemplate(values.make);
  process.exit();
}
const { Simulator } = await import('./run.ts');
const [runs, first] = [Number(values.runs), Number(values.seed)];
const startMs = performance.now();
// A mutant may not even get as far as the first run.
const prepared = await Simulator.prepare(values.template).catch((cause: unknown) => cause);
const say = (text: string) => process.stderr.write(`${text}\n`);
const took = () => `${((performance.now() - startMs) / 1000).toFixed(1)} s`;

const isPrepared = prepared instanceof Simulator;
let failure: Failure | null = isPrepared ? null : { seed: 0, invariant: 'FAULT', message: `FAULT: ${prepared}`, operations: [] };
/** Operations that once broke a promise, or that a mutant is seldom met without, each under a name. */
type Case = Readonly<{ name: string; operations: readonly Operation[] }>;
const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'seeds.json'), 'utf8')) as readonly Case[];
if (values.cases && isPrepared) {
  const outcomes: [string, string | null][] = [];
  for (const { name, operations } of cases) outcomes.push([name, await prepared.repeat(operations)]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(outcomes))}\n`);
  process.exit(outcomes.every(([, message]) => message === null) ? 0 : 1);
}
// A mutant meets them first: 0 runs then.
if (mutant !== null && isPrepared)
  for (const { name, operations } of cases) {
    const message = failure === null ? await prepared.repeat(operations) : null;
    if (message !== null) failure = { seed: 0, invariant: message.split(':', 1)[0] as string, message: `${message} (${name})`, operations };
  }

let done = 0;
for (let seed = first; seed < first + runs && failure === null && isPrepared; seed++) {
  failure = await prepared.run(seed);
  done += 1;
  if (values.all && failure !== null) {
    say(`seed ${seed}: ${failure.message}`);
    failure = null;
  }
  if (done % 100 === 0) say(`${done} of ${runs} runs, ${took()}`);
}
if (failure !== null && isPrepared && !values.json && !values.whole) failure = await prepared.shrink(failure);
const counts = Object.fromEntries([...(isPrepared ? prepared.counts : [])].sort(([one], [other]) => (one < other ? -1 : 1)));
if (values.json) process.stdout.write(`${JSON.stringify({ runs: done, failure, counts })}\n`);
else {
  process.stdout.write(`${JSON.stringify(counts, null, 1)}\n${done} runs from seed ${first}, ${took()}\n`);
  if (failure !== null)
    process.stdout.write(`seed ${failure.seed}: ${failure.message}\n${failure.operations.map((one) => JSON.stringify(one)).join('\n')}\n`);
}
process.exitCode = failure === null ? 0 : 1;
