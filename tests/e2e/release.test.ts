import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, describe, expect, test } from 'vitest';
import { node24 } from '../../scripts/modules.mjs';
import { executableOf, flavourFolder } from '../../scripts/package.mjs';
import { freshUserData } from './support/app.ts';

// Goal: what is shipped is what was tested, but for the one fuse that lets a test drive it.
// Method: read both folders; start the release, which nothing can drive, and look at it from outside.

const fusesOf = async (flavour: 'release' | 'e2e') => {
  const wire = await getCurrentFuseWire(executableOf(flavour));
  const nameOf = (state: FuseState | undefined) => (state === undefined ? 'absent' : FuseState[state]);
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name))) as (keyof typeof FuseV1Options)[];
  return Object.fromEntries(names.map((name) => [name, nameOf(wire[FuseV1Options[name]])]));
};

const expectedFuses = {
  RunAsNode: 'DISABLE',
  EnableCookieEncryption: 'ENABLE',
  EnableNodeOptionsEnvironmentVariable: 'DISABLE',
  EnableNodeCliInspectArguments: 'DISABLE',
  EnableEmbeddedAsarIntegrityValidation: 'ENABLE',
  OnlyLoadAppFromAsar: 'ENABLE',
  LoadBrowserProcessSpecificV8Snapshot: 'DISABLE',
  GrantFileProtocolExtraPrivileges: 'DISABLE',
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('the two flavours', () => {
  test('carry the fuses of sync-and-security.md, read from the binaries', async () => {
    expect(await fusesOf('release')).toMatchObject(expectedFuses);
    expect(await fusesOf('e2e')).toMatchObject({ ...expectedFuses, EnableNodeCliInspectArguments: 'ENABLE' });
  });

  test('hold the same files, byte for byte, but for the executable', () => {
    const [release, e2e] = [flavourFolder('release'), flavourFolder('e2e')];
    expect(filesBelow(e2e)).toEqual(filesBelow(release));
    const differing = filesBelow(release).filter((name) => digest(join(release, name)) !== digest(join(e2e, name)));
    expect(differing).toEqual([relative(release, executableOf('release'))]);
  });

  test('have executables that differ in one byte', () => {
    const [release, e2e] = [readFileSync(executableOf('release')), readFileSync(executableOf('e2e'))];
    expect(e2e.length).toBe(release.length);
    let differing = 0;
    for (let at = 0; at < release.length; at += 1) if (release[at] !== e2e[at]) differing += 1;
    expect(differing).toBe(1);
  });

  test('hold no source, no test and no other module than the native one', () => {
    const unpacked = join(flavourFolder('release'), 'resources', 'app.asar.unpacked');
    const files = filesBelow(unpacked);
    expect(files.filter((name) => /\.tsx?$|\.map$|\.test\./.test(name))).toEqual([]);
    expect(readdirSync(join(unpacked, 'node_modules'))).toEqual(['better-sqlite3']);
    expect(files.filter((name) => name.endsWith('.node'))).toEqual([
      join('node_modules', 'better-sqlite3', 'prebuilds', `${process.platform}-${process.arch}.node`),
    ]);
  });
});

/** This process and all that came from it, by /proc. */
function familyOf(head: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [[Number(name), Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1])] as const];
      } catch {
        return []; // gone between listing and reading
      }
    });
  const childrenOf = (id: number): readonly number[] =>
    parents.filter(([, parent]) => parent === id).flatMap(([child]) => [child, ...childrenOf(child)]);
  return [head, ...childrenOf(head)];
}

/** Internet sockets of a family, as the kernel lists them: listening, connected or waiting, TCP and UDP. */
function internetSockets(head: number): readonly string[] {
  const own = new Set(
    familyOf(head).flatMap((id) => {
      try {
        return readdirSync(`/proc/${id}/fd`).map((name) => {
          try {
            return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${id}/fd/${name}`))?.[1];
          } catch {
            return undefined;
          }
        });
      } catch {
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) => {
    const path = `/proc/net/${kind}`;
    const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').slice(1) : [];
    return lines.filter((line) => own.has(line.trim().split(/\s+/)[9])).map((line) => `${kind} ${line.trim()}`);
  });
}

describe('the release, started', () => {
  let child: ChildProcess | undefined;
  afterAll(() => {
    if (child?.pid) process.kill(-child.pid, 'SIGKILL');
  });

  test('opens no port, not even where it is asked to, and talks to nobody', async () => {
    const userDataDir = freshUserData();
    const doors = ['--inspect=0', '--inspect-brk=0', '--remote-debugging-port=0', '--remote-allow-origins=*'];
    child = spawn(executableOf('release'), ['--no-sandbox', '--disable-gpu', `--user-data-dir=${userDataDir}`, ...doors], {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, DEPOT_NODE24: node24, NODE_OPTIONS: '--inspect=0', ELECTRON_RUN_AS_NODE: '1' },
    });
    const log = join(userDataDir, 'logs', 'data.log');
    await expect.poll(() => existsSync(log) && readFileSync(log, 'utf8').includes('ready'), { timeout: 20_000 }).toBe(true);
    const head = child.pid ?? 0;
    for (let look = 0; look < 20; look += 1) {
      expect(internetSockets(head)).toEqual([]);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(child.exitCode).toBeNull();
    expect(familyOf(head).length).toBeGreaterThan(3); // it is the window that runs, not a bare Node
    expect(existsSync(join(userDataDir, 'DevToolsActivePort'))).toBe(false);
  });
});
