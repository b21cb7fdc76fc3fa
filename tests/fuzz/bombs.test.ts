import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { LIMITS } from '../../electron/data/sync/format.ts';
import { root } from '../../scripts/modules.mjs';
import { RANGE_BOMBS } from './rangeBombs.ts';

// Goal: a body that unpacks to far more than its header says costs no more memory than the header says. Method: 256 MiB of
// zeros in a few bytes, unpacked in a process of its own whose memory is read afterwards.

const UNPACKED = Buffer.alloc(256 * 1024 * 1024);
const folder = mkdtempSync(join(tmpdir(), 'bomb-'));
const MIB = 1024 * 1024;

test.each([
  ['brotli', brotliCompressSync],
  ['gzip', gzipSync],
] as const)('a bomb in %s is refused with little memory', (comp, compress) => {
  const file = join(folder, comp);
  writeFileSync(file, compress(UNPACKED));
  for (const stated of [0, MIB, LIMITS.rawBytesMax]) {
    const args = ['--disable-warning=ExperimentalWarning', join(root, 'tests', 'fuzz', 'bomb.ts'), comp, String(stated), file];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stderr).toBe('');
    const { answer, moreMib } = JSON.parse(stdout) as { answer: string; moreMib: number };
    expect([stated, answer]).toEqual([stated, 'E_LIMIT']);
    expect(moreMib).toBeLessThan((2 * stated) / MIB + 24);
  }
});

// Goal: packed entries cost no more memory than four times their bytes, however many values, kinds or holes they
// claim. Method: ranges as large as a bundle may hold, each read in a process of its own.
test.each([
  ['emptyValues', 'E_FORMAT'],
  ['rawValuesOfNobody', 'E_FORMAT'],
  ['kindsOfOneEntry', 'E_FORMAT'],
  ['holesOfManyEntries', 'E_FORMAT'],
  ['allDeclared', 'read'],
])('packed entries: %s', (name, answer) => {
  const { count, bytes } = (RANGE_BOMBS[name] as () => { count: number; bytes: Buffer })();
  expect([bytes.length > LIMITS.rawBytesMax * 0.9, bytes.length <= LIMITS.rawBytesMax]).toEqual([true, true]);
  const file = join(folder, name);
  writeFileSync(file, bytes);
  const args = ['--disable-warning=ExperimentalWarning', join(root, 'tests', 'fuzz', 'rangeBomb.ts'), String(count), file];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  const said = JSON.parse(stdout) as { answer: string; moreMib: number };
  expect([name, said.answer]).toEqual([name, answer]);
  console.info(`${name}: ${said.moreMib} MiB more`);
  expect(said.moreMib).toBeLessThan((4 * LIMITS.rawBytesMax) / MIB);
});
