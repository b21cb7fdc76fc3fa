import { expect, test } from 'vitest';
import { procedures } from '../../shared/contract/procedures.ts';
import { decodedProcedures } from './contractTargets.ts';
import { TARGETS } from './targets.ts';

// Goal: no decoder of what comes from outside crashes, hangs, grows or takes what was changed. Method: valid inputs,
// mutated; a bounded number of cases here, as many as there is time for with `npm run fuzz -- --minutes N`. The seed is
// fixed, so that a failure here is the same for everybody; the long runs have new ones.

const SEED = 20_261_128;

test.each(TARGETS.map(({ name, ...rest }) => [name, rest] as const))('%s', async (_name, { attack, runs }) => {
  await expect(attack({ seed: SEED, runs })).resolves.toBeUndefined();
});

test('the attack on the calls gets into nearly all of them', () => {
  expect(decodedProcedures().size).toBeGreaterThan(Object.keys(procedures).length * 0.9);
});
