// The system libraries that Chromium needs, on Debian and its children. Elsewhere the person is told and we go on.
import { spawnSync } from 'node:child_process';
import { PreparationError, say } from './modules.mjs';

/** Each line is one need; the second name is the one it has since Debian 13 and Ubuntu 24.04. */
const windowNeeds = [
  ['libnss3'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  ['libxss1'],
  ['libdrm2'],
  ['libxkbcommon0'],
  ['fonts-noto-core'], // Arabic and other scripts
];
/** A display without a screen; xvfb-run needs xauth, which Debian only recommends. */
const displayNeeds = [['xvfb'], ['xauth']];
/** What the tests read printed papers with. */
const testNeeds = [['poppler-utils']];

const runQuietly = (command, args) => spawnSync(command, args, { encoding: 'utf8' });
const runAloud = (command, args) =>
  spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });

// biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg's
const FORMAT = '${Package} ${db:Status-Status}\\n';

function installedNames(names, run) {
  const { stdout } = run('dpkg-query', ['-W', '-f', FORMAT, ...names]);
  const lines = (stdout ?? '').split('\n').map((line) => line.split(' '));
  return new Set(lines.filter(([, status]) => status === 'installed').map(([name]) => name));
}

/** The needs none of whose names is installed. */
export function missingNeeds(needs, run = runQuietly) {
  const installed = installedNames(needs.flat(), run);
  return needs.filter((names) => !names.some((name) => installed.has(name)));
}

/** The name under which this system's archive knows a need, or undefined. */
const knownName = (names, run) => names.find((name) => run('apt-cache', ['show', name]).status === 0);

/**
 * Installs what the window lacks when we are root, else says the one command to run.
 *
 * @param options.hasDisplay A real display is there, so no virtual one is wanted.
 */
export function prepareDebianPackages({ hasDisplay, run = runQuietly, install = runAloud, isRoot = process.getuid?.() === 0 }) {
  if (process.platform !== 'linux') return;
  if (run('dpkg-query', ['--version']).status !== 0) {
    say(`not a Debian system; the window needs what these packages hold: ${windowNeeds.map(([name]) => name).join(' ')}`);
    return;
  }
  const missing = missingNeeds(hasDisplay ? windowNeeds : [...windowNeeds, ...displayNeeds, ...testNeeds], run);
  if (missing.length === 0) return;
  if (!isRoot) {
    const names = missing.map((need) => knownName(need, run) ?? need[0]);
    throw new PreparationError(
      `the window needs system packages. Run this and then the same command again:\n\n  sudo apt-get install ${names.join(' ')}\n`,
    );
  }
  if (missing.some((need) => !knownName(need, run))) {
    say('fetching the lists of system packages (apt-get update)');
    install('apt-get', ['update', '-qq']);
  }
  const names = missing.map((need) => knownName(need, run) ?? need[0]);
  say(`installing the system packages that the window needs: ${names.join(' ')}`);
  const installNow = () => install('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names]).status === 0;
  // Old lists name files that the archive no longer holds; fresh lists cure that.
  if (installNow() || (install('apt-get', ['update', '-qq']).status === 0 && installNow())) return;
  throw new PreparationError(`apt-get could not install: ${names.join(' ')}. The reason is above.`);
}
