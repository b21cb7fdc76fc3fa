import { expect, test } from 'vitest';
import { simulate } from '../../scripts/simulate.mjs';

/** 1,000 runs in four files, so that they are made side by side; each in a process of its own. */
const RUNS = 250;
const LIMIT_MS = 3_600_000; // on a machine that is busy

/** What must have happened in the runs, or they prove little. */
const HAPPENED = [
  'taken in',
  'taken in from parts',
  'E_FORK',
  'E_GAP',
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
  'a list signed by one root: E_TRUST',
  'a list signed by strangers: E_TRUST',
  'a list without a device: E_TRUST',
  'a list that goes on from another: E_TRUST',
  'another list of the same number: E_TRUST',
  'first trust list that came in a bundle',
  'next trust list',
  'trust list brought by a person',
  'killed while taking in',
  'changed by an insider',
  'new incarnation',
  'old copy, known to be one',
  'old copy, unknown to be one',
  'revoked',
  'a branch that begins before its bundle',
  'fork brought at the end',
  'runs with 3 sound depots at their end',
];

/** @param number from 1: which 250 seeds. */
export const testRuns = (number: number): void => {
  const seed = 1 + (number - 1) * RUNS;
  test(
    `seeds ${seed} to ${seed + RUNS - 1} break nothing, and everything that they are about happens in them`,
    async () => {
      const { runs, failure, counts } = await simulate({ runs: RUNS, seed });
      expect([runs, failure]).toEqual([RUNS, null]);
      expect(HAPPENED.filter((what) => (counts[what] ?? 0) === 0)).toEqual([]);
    },
    LIMIT_MS,
  );
};
