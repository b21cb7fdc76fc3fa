import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/modules.mjs';

// Goal: docs/rules.md says what the packs say. Method: the script that makes it, asked to compare.
test('docs/rules.md is what the packs say', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'rulesDocument.mjs'), '--check'], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});
