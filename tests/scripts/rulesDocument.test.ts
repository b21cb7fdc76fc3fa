import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/modules.mjs';

const rules = (mode: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'rulesDocument.mjs'), mode], { encoding: 'utf8' });
  return [status, stdout, stderr];
};

// Goal: docs/rules.md says what the packs say, and no row ships that no test asserts on, on either side.
// Method: the script that makes the document, asked to compare and to list.
test('docs/rules.md is what the packs say', () => {
  expect(rules('--check')).toEqual([0, '', '']);
});
test('every row of the shipped data is let pass by a test and stopped by a test', () => {
  expect(rules('--untested')).toEqual([0, '', '']);
});

// Goal: the kept counts are those of a run. Method: one test file counts again; nothing may be kept of a row that is more
// than all files together could have counted, and nothing less than this one does.
test('a test file that counts leaves what it counted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'depot-counts-'));
  const args = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'tests/rules/rows/singleRules.test.ts'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, env: { ...process.env, DEPOT_RULE_COUNTS: folder } });
  expect(status).toBe(0);
  const file = join(folder, `${join(root, 'tests/rules/rows/singleRules.test.ts').replaceAll(/[^A-Za-z0-9]+/g, '-')}.json`);
  const counted = new Map<string, { passes: number; stops: number }>(JSON.parse(readFileSync(file, 'utf8')));
  const kept = JSON.parse(readFileSync(join(root, 'tests/rules/ruleCounts.json'), 'utf8')) as Record<
    string,
    Record<string, [number, number]>
  >;
  expect(counted.get('iatg-2021|life.expired')).toEqual({ passes: 1, stops: 1 });
  for (const [key, { passes, stops }] of counted) {
    const [pack = '', id = ''] = key.split('|');
    const [keptPasses = 0, keptStops = 0] = kept[pack]?.[id] ?? [];
    expect([key, keptPasses >= passes, keptStops >= stops]).toEqual([key, true, true]);
  }
  rmSync(folder, { recursive: true });
});
