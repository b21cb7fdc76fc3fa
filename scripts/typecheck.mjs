// One `tsc --noEmit` per layer, so that what a layer must not know (window, process, Buffer) does not compile there.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './modules.mjs';
import { prepareTools } from './prepare.mjs';

const layers = ['shared', 'electron', 'preload', 'renderer', 'tests'];

await prepareTools();

const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : layers;
const failed = wanted.filter((layer) => {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [tsc, '-p', join(root, `tsconfig.${layer}.json`)], { cwd: root, stdio: 'inherit' });
  process.stdout.write(`typecheck ${layer}: ${result.status === 0 ? 'ok' : 'failed'}\n`);
  return result.status !== 0;
});
process.exitCode = failed.length > 0 ? 1 : 0;
