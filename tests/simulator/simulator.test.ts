import { expect, test } from 'vitest';
import { killAll, mutants } from '../../scripts/simulate.mjs';
import { mutantText } from './loader.mjs';

// Goal: each check of the protocol is one that the runs would miss. Method: README.md. One process for each mutant; the
// thousand runs of the code as it is are in runs1 to runs4.

const LIMIT_MS = 3_600_000; // on a machine that is busy

/** `seen`: is killed within some runs. The others take many; `npm run simulate -- --mutants` runs all of them. */
test(
  'the mutants of the protocol that some runs kill are killed',
  async () => {
    const wanted = mutants().filter((mutant: { seen: boolean }) => mutant.seen);
    expect(wanted.length).toBeGreaterThanOrEqual(12);
    const results = await killAll(wanted);
    expect(results.filter(({ by }) => by === null)).toEqual([]);
    expect(results.length).toBe(wanted.length);
  },
  LIMIT_MS,
);

test('a mutant whose line is not in the code is refused', () => {
  const mutant = { name: 'x', file: 'electron/data/sync/seal.ts', before: 'no such line', after: '' };
  expect(() => mutantText(mutant)).toThrow('stands 0 times');
});

test('every mutant has its line in the code', () => {
  for (const mutant of mutants()) expect(mutantText(mutant)).toContain(mutant.after);
});
