import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/modules.mjs';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
type Manifest = Readonly<{ license: string; dependencies: Record<string, string>; devDependencies: Record<string, string> }>;
const manifest = (path: string) => JSON.parse(read(path)) as Manifest;

test('every dependency stands in decision 0001 with its exact version and licence, and nothing else does', () => {
  const { dependencies, devDependencies } = manifest('package.json');
  const used = Object.entries({ ...dependencies, ...devDependencies }).map(
    ([name, version]) => `${name} ${version.split('@').at(-1)} ${manifest(`node_modules/${name}/package.json`).license}`,
  );
  const rows = read('docs/decisions/0001-stack-and-dependencies.md').matchAll(/^\| (\S+) \| (\d\S*) \| (.+?) \| .+ \|$/gm);
  expect([...rows].map(([, name, version, licence]) => `${name} ${version} ${licence}`).sort()).toEqual(used.sort());
});
