// Builds the program and lays it out as a folder that starts: dist/release and dist/e2e.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { node24, PreparationError, root, say } from './modules.mjs';

const dist = join(root, 'dist');
const stampFile = join(dist, 'built-from');
const executableName = process.platform === 'win32' ? 'depot-ledger.exe' : 'depot-ledger';

/** The folder of a flavour, `release` or `e2e`, and what to start in it. */
export const flavourFolder = (flavour) => join(dist, flavour);
export const executableOf = (flavour) => join(flavourFolder(flavour), executableName);

const sourceFolders = ['electron', 'renderer', 'shared', 'resources', 'migrations'];
const sourceFiles = ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'vite.data.config.ts', 'electron-builder.yml'];
const builders = ['package.mjs', 'afterPack.mjs', 'fuses.mjs'].map((name) => join('scripts', name));

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** What the folders were built from: every source byte and the runtime. Tests are not in the program. */
function contentHash(runtime) {
  const hash = createHash('sha256').update(`${runtime.dist} ${runtime.version}\n`);
  const files = [
    ...sourceFolders.flatMap((folder) => filesBelow(join(root, folder))),
    ...[...sourceFiles, ...builders].map((name) => join(root, name)),
  ];
  for (const file of files.filter((path) => !/\.test\.tsx?$/.test(path))) {
    hash.update(`${relative(root, file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function runTool(what, args) {
  const result = spawnSync(node24, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout}\n${result.stderr}\n`);
  throw new PreparationError(`${what} failed, see above`);
}

const tool = (...path) => join(root, 'node_modules', ...path);

function bundle() {
  say('building main process, preload and page (electron-vite)');
  rmSync(join(root, 'out'), { recursive: true, force: true });
  runTool('electron-vite', [tool('electron-vite', 'bin', 'electron-vite.js'), 'build']);
  say('building the data process (vite)');
  runTool('vite', [tool('vite', 'bin', 'vite.js'), 'build', '--config', 'vite.data.config.ts']);
}

function layOut(runtime) {
  say('laying out the program (electron-builder)');
  rmSync(dist, { recursive: true, force: true });
  runTool('electron-builder', [
    tool('electron-builder', 'cli.js'),
    '--dir',
    '--publish=never',
    `-c.electronDist=${runtime.dist}`,
    `-c.electronVersion=${runtime.version}`,
  ]);
  const made = readdirSync(dist).find((name) => statSync(join(dist, name)).isDirectory() && name.includes('unpacked'));
  if (!made) throw new PreparationError('electron-builder made no folder that we know how to start');
  renameSync(join(dist, made), flavourFolder('release'));
}

/** The same files under a second name, but for the executable, which gets its one other fuse. */
async function deriveE2e() {
  const { setFuses } = await import('./fuses.mjs');
  for (const file of filesBelow(flavourFolder('release'))) {
    const copy = join(flavourFolder('e2e'), relative(flavourFolder('release'), file));
    mkdirSync(join(copy, '..'), { recursive: true });
    if (file === executableOf('release')) copyFileSync(file, copy);
    else linkSync(file, copy);
  }
  await setFuses(executableOf('e2e'), 'e2e');
}

/** Both flavours, made again only where something that goes into them has changed. */
export async function preparePackage(runtime) {
  const hash = contentHash(runtime);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return;
  bundle();
  layOut(runtime);
  await deriveE2e();
  writeFileSync(stampFile, hash);
}
