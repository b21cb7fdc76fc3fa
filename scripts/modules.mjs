// The packages of this project and the Node that runs it. Plain JavaScript for Node 20 with nothing installed.
// `depot` comes through here hundreds of times, so the way through when all is there only looks at three files.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const cacheFolder = join(root, '.cache');
export const compileCacheFolder = join(cacheFolder, 'compiled');
/** Node 24 from the `node` package, whatever Node started us. */
export const node24 = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Everything said while preparing goes to standard error: standard output belongs to the command. */
export const say = (text) => process.stderr.write(`depot-ledger: ${text}\n`);

/** A step that cannot go on, with what the person can do. Shown without a stack. */
export class PreparationError extends Error {}

const lockFile = (folder) => join(folder, 'package-lock.json');
const stampFile = (folder) => join(folder, 'node_modules', '.depot-stamp.json');
const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null; // missing or torn: the same as never made
  }
};
const sha256Of = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

function writeStamp(folder) {
  const { size, mtimeMs } = statSync(lockFile(folder));
  writeFileSync(stampFile(folder), JSON.stringify({ size, mtimeMs, sha256: sha256Of(lockFile(folder)) }));
}

/** npm's own record of what it put into node_modules agrees with the lock file: a person has run `npm install`. */
export function installedAsLocked(folder) {
  const installed = readJson(join(folder, 'node_modules', '.package-lock.json'))?.packages;
  const locked = readJson(lockFile(folder))?.packages;
  if (!installed || !locked) return false;
  const same = ([path, entry]) => locked[path]?.version === entry.version && locked[path]?.integrity === entry.integrity;
  const present = ([path, entry]) => path === '' || entry.optional || entry.devOptional || path in installed;
  return Object.entries(installed).every(same) && Object.entries(locked).every(present);
}

/** True where nothing is to be done. A touched but equal lock file renews the stamp. */
export function modulesAreReady(folder = root) {
  const stamp = readJson(stampFile(folder));
  const lock = statSync(lockFile(folder));
  if (stamp && stamp.size === lock.size && stamp.mtimeMs === lock.mtimeMs) return true;
  const equal = stamp?.sha256 === sha256Of(lockFile(folder)) || installedAsLocked(folder);
  if (equal) writeStamp(folder);
  return equal;
}

/** `npm ci` where node_modules is missing or the lock file has changed since. */
export function prepareModules() {
  if (modulesAreReady() && existsSync(node24)) return;
  say('installing the packages named in package-lock.json (npm ci), once');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0)
    throw new PreparationError('npm ci failed, see above. It needs the npm registry; run it again when that can be reached.');
  if (!existsSync(node24)) {
    throw new PreparationError(
      'Node 24 did not arrive: allow the install script of the package `node` (npm install-scripts approve node) and run again.',
    );
  }
  writeStamp(root);
}

export const isNode24 = process.versions.node.startsWith('24.');

/** `/dev/fd/3` in DEPOT_PASSPHRASE_FILE names a descriptor of ours, so the child must get it under the same number. */
function inheritedDescriptors() {
  const numbers = [0, 1, 2];
  for (const name of ['DEPOT_PASSPHRASE_FILE', 'DEPOT_SECOND_PASSPHRASE_FILE', 'DEPOT_PASSPHRASE', 'DEPOT_SECOND_PASSPHRASE']) {
    const number = /^\/dev\/fd\/(\d+)$/.exec(process.env[name] ?? '')?.[1];
    if (number) numbers[Number(number)] = Number(number);
  }
  return Array.from(numbers, (number) => (number === undefined ? 'ignore' : number));
}

/** Runs Node 24 in our place: same descriptors, its exit code becomes ours. Does not return. */
export async function continueOnNode24(args, env = process.env) {
  const child = spawn(node24, args, { stdio: inheritedDescriptors(), env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status, signal) => resolve(status ?? (signal ? 1 : 0)));
  });
  process.exit(code);
}
