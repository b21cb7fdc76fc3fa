import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { recentPaths, rememberPath } from './recentFiles.ts';

let folder: string;
let list: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'depot-recent-'));
  list = join(folder, 'data', 'recent.json');
});

const depot = (name: string) => {
  const path = join(folder, name);
  writeFileSync(path, '');
  return path;
};

test('newest first, each once, at most ten', () => {
  const paths = Array.from({ length: 12 }, (_, index) => depot(`${index}.depot`));
  for (const path of [...paths, paths[5]!]) rememberPath(list, path);
  const expected = [paths[5], ...paths.filter((path) => path !== paths[5]).reverse()].slice(0, 10);
  expect(recentPaths(list)).toEqual(expected);
});

test('a file that is gone is left out', () => {
  const [kept, gone] = [depot('kept.depot'), depot('gone.depot')];
  rememberPath(list, kept);
  rememberPath(list, gone);
  rmSync(gone);
  expect(recentPaths(list)).toEqual([kept]);
});

test.each(['', '{', '{}', '[1]', 'null'])('a torn list is an empty one: %j', (text) => {
  const torn = join(folder, 'recent.json');
  writeFileSync(torn, text);
  expect(recentPaths(torn)).toEqual([]);
});
