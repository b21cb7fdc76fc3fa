// `npm test`: prepares what is missing, then every check in order, stopping at the first that fails.
// `npm test -- unit e2e` runs only the steps named.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareIndependentAge } from './independentAge.mjs';
import { cacheFolder, node24, root } from './modules.mjs';
import { prepareTools, prepareWindow, runScript } from './prepare.mjs';

const module = (...path) => join(root, 'node_modules', ...path);
const run = (command, args) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, DEPOT_NODE24: node24 } }).status === 0;

/** What vitest counted itself. A run that wrote no report has failed as a whole. */
function countsIn(report) {
  try {
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: success ? numFailedTests : Math.max(numFailedTests, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function vitest(name, config, before = []) {
  const report = join(cacheFolder, `test-${name}.json`);
  mkdirSync(cacheFolder, { recursive: true });
  rmSync(report, { force: true });
  const args = [
    module('vitest', 'vitest.mjs'),
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const [command, ...rest] = [...before, node24, ...args];
  const isDone = run(command, rest);
  const { passed, failed } = countsIn(report);
  return { passed, failed: isDone ? failed : Math.max(failed, 1) };
}

const plain = (isDone) => ({ passed: 0, failed: isDone ? 0 : 1 });
/** Its own display of the design size, so that nothing depends on the screen that is there. */
const virtualDisplay = process.platform === 'linux' ? ['xvfb-run', '-a', '-s', '-screen 0 1280x800x24 -nolisten tcp'] : [];

const steps = {
  typecheck: { title: 'Types, layer by layer', check: () => plain(run(node24, [join(root, 'scripts', 'typecheck.mjs')])) },
  lint: { title: 'Lint and format', check: () => plain(run(module('.bin', 'biome'), ['check', '.'])) },
  unit: { title: 'Unit, property and integration tests', check: () => vitest('unit', 'vitest.config.ts') },
  e2e: { title: 'The packaged window, end to end', check: () => vitest('e2e', 'vitest.e2e.config.ts', virtualDisplay) },
};

await runScript(async () => {
  const wanted = process.argv.slice(2).filter((name) => Object.hasOwn(steps, name));
  const chosen = wanted.length > 0 ? wanted : Object.keys(steps);
  await prepareTools();
  if (chosen.includes('unit')) prepareIndependentAge();
  if (chosen.includes('e2e')) await prepareWindow({ hasDisplay: false });
  const total = { passed: 0, failed: 0 };
  for (const name of chosen) {
    process.stdout.write(`\n=== ${steps[name].title} ===\n`);
    const { passed, failed } = steps[name].check();
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) break;
  }
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  if (total.failed > 0) process.exitCode = 1;
});
