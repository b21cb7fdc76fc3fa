import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { node24, root } from '../../scripts/modules.mjs';

const depot = (args: readonly string[], options: { env?: Record<string, string>; stdio?: ('pipe' | number)[] } = {}) =>
  spawnSync(node24, [join(root, 'scripts', 'depot.mjs'), ...args], {
    encoding: 'utf8',
    cwd: tmpdir(),
    env: { ...process.env, ...options.env },
    stdio: options.stdio ?? 'pipe',
  });

test('answers with JSON alone on standard output, and nothing on standard error', () => {
  const { status, stdout, stderr } = depot(['rules', 'packs', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toBeTypeOf('object');
  expect(stderr).toBe('');
});

test('passes the exit code on', () => {
  expect(depot(['no-such-command', '--json']).status).toBe(2);
});

test('a passphrase can come through a descriptor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'depot-descriptor-'));
  const secret = join(folder, 'secret');
  writeFileSync(secret, 'correct horse battery staple\n');
  const descriptor = openSync(secret, 'r');
  const made = depot(['init', join(folder, 'A.depot'), '--site', 'A', '--name', 'A', '--role', 'depot', '--json'], {
    env: { DEPOT_PASSPHRASE_FILE: '/dev/fd/3' },
    stdio: ['pipe', 'pipe', 'pipe', descriptor],
  });
  closeSync(descriptor);
  expect(made.stderr).toBe('');
  expect(made.status).toBe(0);
  const opened = depot(['verify', join(folder, 'A.depot'), '--json'], { env: { DEPOT_PASSPHRASE: 'correct horse battery staple' } });
  expect(JSON.parse(opened.stdout ?? '{}')).toMatchObject({ ok: true });
});
