import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generateDepot } from '../../electron/data/demo/generate.ts';
import { runDemo } from '../../electron/data/demo/runDemo.ts';
import { unCatalogue } from '../../electron/data/rules/books.ts';
import { isOutside } from '../../shared/domain/movement.ts';

const options = (seed: number, size: 'demo' | 'large' = 'demo') => ({ seed, size, asOf: '2026-11-24', catalogue: unCatalogue() });

test('the same seed gives the same depot', () => {
  const [one, two] = [generateDepot(options(7)), generateDepot(options(7))];
  expect(one.inputs).toEqual(two.inputs);
  expect([...one.movements()]).toEqual([...two.movements()]);
});

test('licences are those of a storehouse, above what can lie there, and one store has what would fly', () => {
  const { inputs, findings } = generateDepot(options(20_261));
  const planted = new Set(findings.map(({ place }) => place));
  const stores = inputs.places.filter(({ kind, place }) => kind === 'store' && !planted.has(place));
  const limits = stores.flatMap(({ limitsG }) => Object.values(limitsG));
  expect(limits.length).toBeGreaterThan(0);
  expect([Math.min(...limits) >= 10_000_000, Math.max(...limits) <= 500_000_000]).toEqual([true, true]);
  expect(limits.every((limitG) => limitG % 10_000_000 === 0)).toBe(true);
  expect(findings.filter(({ rule }) => rule === 'mix.segregation.propulsive')).toHaveLength(1);
});

describe.each([
  [1, 'demo' as const, 12_000],
  [2, 'demo' as const, 12_000],
  [3, 'large' as const, 50_000],
])('seed %i, %s', (seed, size, count) => {
  test('no heap inside is ever below zero, and time never goes back', () => {
    const plan = generateDepot(options(seed, size));
    const outside = new Set(plan.inputs.places.filter((place) => isOutside(place)).map(({ place }) => place));
    const heaps = new Map(plan.inputs.stock.map((line) => [`${line.lotId} ${line.place}`, line.quantity]));
    let lastMs = plan.openingAtMs;
    let lowest = 0;
    let done = 0;
    for (const { lotId, from, to, quantity, happenedAtMs } of plan.movements()) {
      for (const [place, change] of [
        [from, -quantity],
        [to, quantity],
      ] as const) {
        const sum = (heaps.get(`${lotId} ${place}`) ?? 0) + change;
        heaps.set(`${lotId} ${place}`, sum);
        if (!outside.has(place) && !place.startsWith('ext:')) lowest = Math.min(lowest, sum);
      }
      expect(happenedAtMs >= lastMs).toBe(true);
      lastMs = happenedAtMs;
      if (++done === count) break;
    }
    expect([lowest, done]).toEqual([0, count]);
  }, 60_000);
});

test('the main job from end to end finds what was planted and nothing else', async () => {
  const deps = { nowMs: Date.now, newId: () => crypto.randomUUID() };
  const dir = mkdtempSync(join(tmpdir(), 'depot-demo-test-'));
  const report = await runDemo(dir, { passphrase: 'demo', userDataDir: join(dir, 'machine'), deps }, () => undefined);
  expect(report).toMatchObject({
    refusedUnsafe: true,
    findingsAsPlanned: true,
    balancesEqual: true,
    verify: { depot: 'ok', authority: 'ok' },
  });
}, 120_000);
