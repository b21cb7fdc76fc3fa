import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { installedAsLocked, modulesAreReady } from '../../scripts/modules.mjs';

// Goal: npm ci runs where something is missing, and never where a person has just installed it.

type Entry = { version: string; integrity?: string; optional?: boolean };
let folder: string;
const lockPath = () => join(folder, 'package-lock.json');

const writeLock = (packages: Record<string, Entry>) =>
  writeFileSync(lockPath(), JSON.stringify({ packages: { '': { version: '1.0.0' }, ...packages } }));
const writeInstalled = (packages: Record<string, Entry>) => {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
};
const a = { version: '1.0.0', integrity: 'sha512-a' };
const b = { version: '2.0.0', integrity: 'sha512-b' };
const forOtherSystem = { version: '1.0.0', optional: true };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'depot-modules-'));
});

describe('what npm installed', () => {
  test.each<[string, boolean, Record<string, Entry>, Record<string, Entry>]>([
    ['all of it', true, { a, b }, { a, b }],
    ['all but what is for another system', true, { a, forOtherSystem }, { a }],
    ['one too few', false, { a, b }, { a }],
    ['one too many', false, { a }, { a, b }],
    ['another version', false, { a: { ...a, version: '1.0.1' } }, { a }],
    ['other bytes', false, { a: { ...a, integrity: 'sha512-x' } }, { a }],
  ])('%s', (_name, isEqual, locked, installed) => {
    writeLock(locked);
    writeInstalled(installed);
    expect(installedAsLocked(folder)).toBe(isEqual);
    expect(modulesAreReady(folder)).toBe(isEqual);
  });

  test('nothing at all', () => {
    writeLock({ a });
    expect(modulesAreReady(folder)).toBe(false);
  });
});

describe('the stamp', () => {
  beforeEach(() => {
    writeLock({ a });
    writeInstalled({ a });
    expect(modulesAreReady(folder)).toBe(true);
    // From here on only the stamp can say yes.
    rmSync(join(folder, 'node_modules', '.package-lock.json'));
  });

  test('holds while the lock file is as it was', () => {
    expect(modulesAreReady(folder)).toBe(true);
  });
  test('holds where the lock file was only touched', () => {
    utimesSync(lockPath(), new Date(), new Date(statSync(lockPath()).mtimeMs + 5_000));
    expect(modulesAreReady(folder)).toBe(true);
  });
  test('does not hold where the lock file has changed', () => {
    writeLock({ a, b });
    expect(modulesAreReady(folder)).toBe(false);
  });
  test('goes with node_modules', () => {
    rmSync(join(folder, 'node_modules'), { recursive: true });
    expect(modulesAreReady(folder)).toBe(false);
  });
});
