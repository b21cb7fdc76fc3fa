// One vitest that stays, told to take one changed file at a time. The changed text never touches the disk.
import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import { root } from '../modules.mjs';

/** Test files in the order asked for: what kills soonest goes first. */
class AsAsked {
  shard = (files) => files;
  sort = (files) => files;
}

let changed = null;
const mutant = { name: 'mutant', enforce: 'pre', load: (id) => (id === changed?.path ? changed.text : null) };
const vitest = await createVitest(
  {
    config: 'vitest.config.ts',
    setupFiles: [join(import.meta.dirname, 'seed.mjs')],
    watch: false,
    bail: 1,
    fsModuleCache: false, // it would hand out the unchanged text again
    reporters: [{}],
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    sequence: { sequencer: AsAsked },
  },
  { root, plugins: [mutant], server: { watch: null }, logLevel: 'silent' },
);
const specifications = new Map(
  (await vitest.globTestSpecifications(['tests/rules', 'shared/rules'])).map((each) => [each.moduleId.slice(root.length + 1), each]),
);

/** @returns The first test file that failed, or null; and how long each took. */
async function run(testFiles) {
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(testFiles.map((file) => specifications.get(file)));
  const modules = new Map(testModules.map((module) => [module.moduleId.slice(root.length + 1), module]));
  const took = (module) => Math.round(module.diagnostic().duration + module.diagnostic().collectDuration);
  // In the order asked for: what comes after the first failure did not run and still shows the state of an earlier run.
  const failed = testFiles.find((file) => modules.get(file).state() !== 'passed');
  return {
    failed: failed ?? (unhandledErrors.length > 0 ? 'outside any test' : null),
    tookMs: Object.fromEntries([...modules].map(([file, module]) => [file, took(module)])),
  };
}

process.on('message', async ({ file, text, testFiles }) => {
  if (testFiles === null) return process.send({ testFiles: [...specifications.keys()], ...(await run([...specifications.keys()])) });
  const path = join(root, file);
  changed = { path, text };
  vitest.invalidateFile(path);
  const answer = await run(testFiles);
  changed = null;
  vitest.invalidateFile(path);
  process.send(answer);
});
process.on('disconnect', () => process.exit());
process.send({ ready: true });
