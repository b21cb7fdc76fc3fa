// `npm start`: prepares what is missing, then opens the window, the first time on the demo depot.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { node24, PreparationError, say } from './modules.mjs';
import { hasDisplay, prepareTools, prepareWindow, runScript } from './prepare.mjs';

const kernelSays = (path, value) => existsSync(path) && readFileSync(path, 'utf8').trim() === value;

/** Why Chromium's sandbox cannot be had by a folder that nobody installed, or null. */
function sandboxObstacle() {
  if (process.platform !== 'linux') return null;
  if (process.getuid() === 0) return 'Chromium has no sandbox for root';
  const isRefused =
    kernelSays('/proc/sys/kernel/unprivileged_userns_clone', '0') ||
    kernelSays('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1');
  return isRefused ? 'this system allows user namespaces to installed programs only' : null;
}

await runScript(async () => {
  if (!hasDisplay()) {
    say('there is no display here, so no window can be opened. The same work in the terminal: npm run -s depot -- demo');
    return;
  }
  await prepareTools();
  await prepareWindow({ hasDisplay: true });
  const { executableOf } = await import('./package.mjs');
  const obstacle = sandboxObstacle();
  if (obstacle) say(`the page runs without its sandbox: ${obstacle}. Fine for trying, not for a real depot.`);
  const args = ['--open-demo', ...(obstacle ? ['--no-sandbox'] : []), ...process.argv.slice(2)];
  const result = spawnSync(executableOf('release'), args, { stdio: 'inherit', env: { ...process.env, DEPOT_NODE24: node24 } });
  if (result.error) throw new PreparationError(`the window did not start: ${result.error.message}`);
  process.exitCode = result.status ?? 1;
});
