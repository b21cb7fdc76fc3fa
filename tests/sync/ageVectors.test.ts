import { expect, test } from 'vitest';
import { checkAgeVectors } from '../support/ageVectors.ts';
import { CRYPTO_PROBES, checkCrypto } from '../support/cryptoProbes.ts';

// Goal: the age format as its author tests it, and what else a bundle rests on, on this runtime. tests/e2e/ageVectors.test.ts
// runs the same inside the runtime of the window, whose cryptography is another library.

test('every vector of the age format comes to what it must, as a bundle is opened too', async () => {
  const { tried, opened, faults } = await checkAgeVectors();
  expect(faults).toEqual([]);
  expect([tried, opened]).toEqual([143, 26]);
});

test('what bundles and slots rest on gives the published answers', async () => {
  expect(await checkCrypto()).toEqual([]);
  expect(CRYPTO_PROBES.length).toBeGreaterThan(6);
});
