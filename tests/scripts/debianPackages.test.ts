import { beforeEach, describe, expect, test, vi } from 'vitest';
import { missingNeeds, prepareDebianPackages } from '../../scripts/debianPackages.mjs';
import { PreparationError } from '../../scripts/modules.mjs';

type Answer = { status: number; stdout: string };
const bookworm = [
  'libnss3',
  'libgtk-3-0',
  'libasound2',
  'libgbm1',
  'libatk-bridge2.0-0',
  'libxss1',
  'libdrm2',
  'libxkbcommon0',
  'fonts-noto-core',
  'xvfb',
  'xauth',
  'poppler-utils',
];
const trixie = bookworm.map((name) => (['libgtk-3-0', 'libasound2', 'libatk-bridge2.0-0'].includes(name) ? `${name}t64` : name));

/** A Debian with these packages installed, and an archive that knows those. */
function system({
  installed,
  archive,
  listsAreOld = false,
}: {
  installed: readonly string[];
  archive: readonly string[];
  listsAreOld?: boolean;
}) {
  let isUpdated = !listsAreOld;
  const commands: string[] = [];
  const run = (command: string, args: readonly string[]): Answer => {
    if (command === 'apt-cache') return { status: isUpdated && archive.includes(args[1] ?? '') ? 0 : 100, stdout: '' };
    const asked = args.filter((name) => installed.includes(name));
    return { status: 0, stdout: asked.map((name) => `${name} installed\n`).join('') };
  };
  const install = (command: string, args: readonly string[]): Answer => {
    commands.push([command, ...args].join(' '));
    if (args[0] === 'update') isUpdated = true;
    return { status: 0, stdout: '' };
  };
  return { run, install, commands };
}
const prepare = (from: ReturnType<typeof system>, isRoot: boolean, hasDisplay = false) =>
  prepareDebianPackages({ hasDisplay, isRoot, run: from.run as never, install: from.install as never });

describe('on Linux', () => {
  beforeEach(() => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true); // what it says while it installs nothing
  });

  test.each([
    ['Debian 12', bookworm],
    ['Debian 13', trixie],
  ])('nothing is done where all is there: %s', (_name, installed) => {
    const debian = system({ installed, archive: [] });
    prepare(debian, true);
    expect(debian.commands).toEqual([]);
    expect(missingNeeds([['libnss3'], ['nothing']], debian.run as never)).toEqual([['nothing']]);
  });

  test('root installs what is missing, under the name that this system has', () => {
    const debian = system({ installed: trixie.filter((name) => !/gtk|xvfb/.test(name)), archive: trixie });
    prepare(debian, true);
    expect(debian.commands).toEqual(['apt-get install -y -qq --no-install-recommends libgtk-3-0t64 xvfb']);
  });

  test('the lists are fetched first where they know nothing', () => {
    const debian = system({ installed: [], archive: bookworm, listsAreOld: true });
    prepare(debian, true);
    expect(debian.commands).toEqual(['apt-get update -qq', `apt-get install -y -qq --no-install-recommends ${bookworm.join(' ')}`]);
  });

  test('anybody else is told the one command', () => {
    const debian = system({ installed: bookworm.filter((name) => name !== 'libnss3'), archive: bookworm });
    expect(() => prepare(debian, false)).toThrow(PreparationError);
    expect(() => prepare(debian, false)).toThrow('sudo apt-get install libnss3');
    expect(debian.commands).toEqual([]);
  });

  test('where a screen is there, no virtual one is wanted', () => {
    const debian = system({ installed: bookworm.filter((name) => !/^x(vfb|auth)/.test(name)), archive: bookworm });
    prepare(debian, true, true);
    expect(debian.commands).toEqual([]);
  });
});
