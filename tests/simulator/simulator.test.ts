import { expect, test } from 'vitest';
import { killAll, mutants, simulate } from '../../scripts/simulate.mjs';
import { mutantText } from './loader.mjs';

// Goal: the promises of the protocol hold whatever devices, couriers and insiders do; and each check in the code is one
// that the runs would miss. Method: README.md. One process for each half of the runs, one for each mutant.

/** `npm run simulate -- --runs 1000` makes more; these are the ones for which every change waits. */
const RUNS = 40;
const HALF = RUNS / 2;
const LIMIT_MS = 3_600_000; // on a machine that is busy

/** What must have happened in the runs, or they prove little. */
const HAPPENED = [
  'taken in',
  'E_FORK',
  'E_REVOKED',
  'E_UNKNOWN_DEV',
  'E_NOT_FOR_US',
  'damaged: E_NOT_FOR_US',
  'signed by a stranger: E_SIG',
  'another body: E_SIG',
  'a head that is not signed: E_SIG',
  'a stamp that does not grow: E_CHAIN',
  'meant for somebody else: E_NOT_FOR_US',
  'a log that was rewritten: E_FORK',
  'killed while taking in',
  'changed by an insider',
  'old copy, known to be one',
  'old copy, unknown to be one',
  'revoked',
  'runs with 3 sound depots at their end',
];

test(
  `${RUNS} runs break nothing, and everything that they are about happens in them`,
  async () => {
    const halves = await Promise.all([1, 1 + HALF].map((seed) => simulate({ runs: HALF, seed })));
    for (const { runs, failure } of halves) expect([runs, failure]).toEqual([HALF, null]);
    const seldom = HAPPENED.filter((what) => halves.every(({ counts }) => (counts[what] ?? 0) === 0));
    expect(seldom).toEqual([]);
  },
  LIMIT_MS,
);

/** `seen`: was killed within some runs. The others take many; `npm run simulate -- --mutants` runs all of them. */
test(
  'the mutants of the protocol that some runs kill are killed',
  async () => {
    const wanted = mutants().filter((mutant: { seen: boolean }) => mutant.seen);
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
