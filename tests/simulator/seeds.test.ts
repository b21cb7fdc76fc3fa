import { expect, test } from 'vitest';
import { repeatCases } from '../../scripts/simulate.mjs';

// Goal: what once broke a promise never does so again. Method: the shortest operations found, from seeds.json.

test('what once failed holds', async () => {
  const outcomes = await repeatCases();
  expect(Object.keys(outcomes).length).toBeGreaterThan(0);
  expect(Object.entries(outcomes).filter(([, message]) => message !== null)).toEqual([]);
}, 600_000);
