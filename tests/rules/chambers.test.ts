// Goal: what a chamber underground asks for is exact, says what was assumed, and data that leaves a gap is refused.
import { describe, expect, test } from 'vitest';
import type { Underground } from '../../shared/domain/site.ts';
import type { ChamberAsk, PairAsk } from '../../shared/rules/distance/ask.ts';
import type { DistanceBook, UndergroundRules } from '../../shared/rules/distance/book.ts';
import { undergroundAt } from '../../shared/rules/distance/underground.ts';
import { readPack } from '../../shared/rules/readPack.ts';
import { aChamber } from './siteSupport.ts';
import { iatg, packJson } from './support.ts';

const [book] = iatg.distances;
if (book?.underground == null) throw new Error('the pack has no chambers');
const rules = book.underground;
const facts: Underground = { ...aChamber, rock: 'sandstone' };
type Asked = Readonly<{ facts?: Partial<Underground>; of?: Partial<UndergroundRules>; es?: string; neqG?: number }> &
  Partial<Omit<ChamberAsk, 'facts'>>;
/** What the chamber asks of an inhabited building behind it. */
function found({ facts: more = {}, of = {}, es = 'IBD', neqG = 20_000_000, ...chamber }: Asked, division: PairAsk['division'] = '1.1') {
  const there = { facts: { ...facts, ...more }, offAxisMdeg: 180_000, isToChamber: false, isSurfaceToo: false, ...chamber };
  const ask: PairAsk = { division, columns: [], rows: [es, 'VBD'], method: 'table', chamber: there };
  return undergroundAt({ ...(book as DistanceBook), underground: { ...rules, ...of } }, ask, neqG)?.[0];
}

describe('a chamber', () => {
  test('shakes the ground by the decoupling that is assumed, and no shock is called verified on it', () => {
    expect(found({})).toMatchObject({ functionId: 'groundShock', governedBy: 'function', row: { status: 'unverified' } });
    const half = { ...rules.assumed, decouplingMilli: 500 };
    expect(found({ of: { assumed: half } })?.exactM).toBeCloseTo(((found({})?.exactM as number) * 500) / 1000, 9);
  });

  test('blows out of its mouth by all its volume and the angle, exactly', () => {
    const exactM = (more: Partial<Underground>, offAxisMdeg: number) => found({ facts: more, offAxisMdeg })?.exactM;
    expect(exactM({ tunnelVolumeM3: null }, 11_000)).toBeCloseTo((77 * (80 / 18) * Math.cbrt(10)) / (1 + (11 / 56) ** 2) ** 0.76, 9);
  });

  test('throws debris a fixed distance, which rests on no assumption, and none beside its arc', () => {
    const small = { chamberVolumeM3: 1_000_000, tunnelAreaDm2: 100 };
    expect(found({ facts: small, offAxisMdeg: 0 })).toMatchObject({
      functionId: 'debris',
      governedBy: 'fixed',
      row: { status: 'verified' },
    });
    expect(found({ facts: small, neqG: 1 })).toMatchObject({ functionId: 'groundShock', distanceM: 1 });
  });

  test('asks for nothing of what its rows let out: of the first row, and less without any condition', () => {
    expect(found({}, '1.4')).toMatchObject({ distanceM: 0, withoutM: 0, es: 'IBD', governedBy: 'none' });
  });

  test('asks for an interval that is verified only where rock and volume are known', () => {
    const intervals = rules.intervals.map((row) => ({
      ...row,
      status: 'verified' as const,
      cell: { ...row.cell, row: { ...row, status: 'verified' as const } },
    }));
    const status = (more: Partial<Underground>) => found({ facts: more, of: { intervals }, isToChamber: true })?.row.status;
    expect([status({}), status({ rock: null }), status({ chamberVolumeM3: null })]).toEqual(['verified', 'unverified', 'unverified']);
  });
});

describe('data with a gap is refused', () => {
  type Distances = typeof packJson.iatg.distances;
  const spoilt = (change: (distances: Distances) => void): string => {
    const distances = structuredClone(packJson.iatg.distances);
    change(distances);
    const read = readPack({ ...packJson.iatg, distances });
    return read.ok ? '' : read.error.join('\n');
  };
  const covers = (...bounds: readonly (number | null)[]) =>
    spoilt(({ underground }) => {
      for (const [i, row] of underground.craters.entries()) Object.assign(row, { scaledCoverMaxMm: bounds[i] ?? null });
    });
  test.each([
    ['two bounds that are the same', [100, 100, 300, null]],
    ['a first bound that is missing', [null, 200, 300, null]],
    ['a bound in the middle that is missing', [100, null, 300, null]],
    ['a second bound below the first', [200, 100, 300, null]],
    ['a last bound below the one before', [100, 300, 200, null]],
  ])('%s', (_name, bounds) => {
    expect(covers(...bounds)).toMatch(/craters: rising bounds/);
  });
  test('more distance under the second cover than under the first', () => {
    expect(spoilt(({ underground }) => Object.assign(underground.craters[1] ?? {}, { scaledMm: 22_201 }))).toMatch(/never asks/);
    expect(covers(100, 200, 300, null)).toBe('');
  });
  test('a yard without the row of its busy use', () => {
    expect(spoilt(({ yards }) => void yards.shift())).toMatch(/one row with isBusy true/);
  });
});
