// Another program that reads and writes age files, for the tests only: a format that one library alone can read is that
// library's and no standard. The one on the path, or Debian's, unpacked into the cache: nothing is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, say } from './modules.mjs';

/** Hybrid recipients came with this version. */
const VERSION_MIN = [1, 3];
/** The suites of the archive that may hold it, the oldest first; older ones have a version for classic keys only. */
const SUITES = ['trixie-backports', 'sid'];
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const folder = join(cacheFolder, 'independent-age');

const run = (command, args) => spawnSync(command, args, { encoding: 'utf8', timeout: 5 * 60_000 });

/** The archive that this system takes its packages from; null where it names none. */
const mirrorOf = () =>
  /\d+ (https?:\S+)(?= \S+\/main )/g.exec((run('apt-cache', ['policy']).stdout ?? '').replaceAll(/^.*security.*$/gm, ''))?.[1] ?? null;

/** `{ age, keygen, version }` where this program does hybrid recipients, else null. */
function usable(age, keygen) {
  const { status, stdout } = run(age, ['--version']);
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  if (status !== 0 || major === undefined) return null;
  const isNew = Number(major) > VERSION_MIN[0] || (Number(major) === VERSION_MIN[0] && Number(minor) >= VERSION_MIN[1]);
  return isNew ? { age, keygen, version: stdout.trim() } : null;
}

/** The program, where one is at hand without fetching anything. */
export const independentAge = () =>
  usable('age', 'age-keygen') ?? usable(join(folder, 'usr', 'bin', 'age'), join(folder, 'usr', 'bin', 'age-keygen'));

/** Lists and downloads of its own, so that the system's apt and its packages stay as they are. The archive's signature is checked. */
function fetchFromDebian(into, mirror) {
  for (const name of ['lists/partial', 'cache/archives/partial', 'deb']) mkdirSync(join(into, name), { recursive: true });
  writeFileSync(join(into, 'status'), '');
  const options = (suite) => {
    writeFileSync(join(into, 'sources.list'), `deb [signed-by=${KEYRING}] ${mirror} ${suite} main\n`);
    return [
      ['Dir::Etc::sourcelist', join(into, 'sources.list')],
      ['Dir::Etc::sourceparts', '-'],
      ['Dir::State::lists', join(into, 'lists')],
      ['Dir::State::status', join(into, 'status')],
      ['Dir::Cache', join(into, 'cache')],
      ['APT::Sandbox::User', 'root'],
    ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  };
  for (const suite of SUITES) {
    run('apt-get', [...options(suite), '-qq', 'update']);
    spawnSync('apt-get', [...options(suite), '-qq', 'download', 'age'], { cwd: join(into, 'deb'), timeout: 5 * 60_000 });
    const [file] = readdirSync(join(into, 'deb'));
    if (file === undefined) continue;
    run('dpkg-deb', ['-x', join(into, 'deb', file), join(into, 'whole')]);
    if (usable(join(into, 'whole', 'usr', 'bin', 'age'), '') !== null) return join(into, 'whole');
    rmSync(join(into, 'deb', file));
    rmSync(join(into, 'whole'), { recursive: true, force: true });
  }
  return null;
}

/** Fetches it where it is missing and can be had. The tests that need it say so where it cannot. */
export function prepareIndependentAge() {
  if (independentAge() !== null) return;
  const mirror = process.platform === 'linux' && existsSync(KEYRING) ? mirrorOf() : null;
  if (mirror === null) {
    say(`no age of version ${VERSION_MIN.join('.')} or later on the path; one check of the bundles against another program is left out`);
    return;
  }
  say('fetching an independent age (4 MB and the lists of the archive) for the tests');
  mkdirSync(cacheFolder, { recursive: true });
  const into = mkdtempSync(join(cacheFolder, 'fetching-'));
  try {
    const whole = fetchFromDebian(into, mirror);
    if (whole === null) {
      say('the archive did not give one; one check of the bundles against another program is left out');
      return;
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(whole, folder);
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}
