// Goal: the mutation run counts nothing that changes nothing, takes from every file, and refuses an explanation of code that
// is not there. Method: its parts, asked by themselves; no tests are run.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/modules.mjs';
import { explainedMutants, problemsOf } from '../../scripts/mutate/explained.mjs';
import { mutantsOf, rulesBelow, sampleOf } from '../../scripts/mutate/mutants.mjs';
import { reachIndex } from '../../scripts/mutate/reach.mjs';

type Mutant = Readonly<{ file: string; line: number; before: string; after: string; text: string }>;
const files: string[] = rulesBelow('shared/rules');
const possible: Mutant[] = (await Promise.all(files.map((file) => mutantsOf(file)))).flat();

describe('the changes', () => {
  test('are there for every file that does something, and none for types alone', () => {
    const changed = new Set(possible.map(({ file }) => file));
    expect(files.filter((file) => !changed.has(file)).every((file) => /book|facts|ask|conditionCells/.test(file))).toBe(true);
    expect(changed.has('shared/rules/limits.ts')).toBe(true);
  });
  test('leave another line each, and no type or comment', () => {
    expect(possible.every(({ before, after }) => before !== after)).toBe(true);
    const policy = possible.filter(({ file }) => file === 'shared/rules/policy.ts').map(({ before }) => before);
    expect(policy.some((line) => line.startsWith('export type'))).toBe(false);
  });
  test('are sampled from every file in proportion, and the same for the same seed', () => {
    const sample: Mutant[] = sampleOf(possible, 200, 1);
    expect(new Set(sample.map(({ file }) => file))).toEqual(new Set(possible.map(({ file }) => file)));
    expect(sampleOf(possible, 200, 1)).toEqual(sample);
    expect(sampleOf(possible, 200, 2)).not.toEqual(sample);
  });
});

describe('an explanation', () => {
  test('is of code that is there, once, with its reason', () => {
    expect(problemsOf(explainedMutants(), possible)).toEqual([]);
  });
  test.each([
    ['of code that is gone', { before: 'if (a < b)' }, /the code is another now/],
    ['without a reason', { why: '' }, /says no reason/],
  ])('%s is refused', (_name, more, problem) => {
    const [entry] = explainedMutants() as readonly object[];
    expect(problemsOf([{ ...entry, ...more }], possible).join()).toMatch(problem);
  });
  test('that stands there twice is refused', () => {
    const [entry] = explainedMutants() as readonly object[];
    expect(problemsOf([entry, entry], possible).join()).toMatch(/stands there twice/);
  });
});

test('a test reaches what it imports, by whatever way, and nothing else', () => {
  const tests = ['tests/rules/geometry.test.ts', 'tests/rules/store.test.ts'];
  expect(tests.every((file) => existsSync(join(root, file)))).toBe(true);
  const reach = reachIndex(tests);
  expect(reach('shared/rules/geometry/plane.ts')).toEqual(['tests/rules/geometry.test.ts']);
  expect(reach('shared/rules/limits.ts')).toEqual(['tests/rules/store.test.ts']);
});
