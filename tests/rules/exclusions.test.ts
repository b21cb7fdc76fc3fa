// Goal: a standard's own exceptions from the NEQ, and nothing else, are left out of limits, distances and the sheet, and the
// finding says how much of what. Method: each row met and missed by one fact in every pack, at the gram.
import { describe, expect, test } from 'vitest';
import { contributionsOf } from '../../shared/rules/contributions.ts';
import { explain } from '../../shared/rules/explain.ts';
import type { BuildingFacts, ItemFacts } from '../../shared/rules/facts.ts';
import { checkLimits } from '../../shared/rules/limits.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { readPack } from '../../shared/rules/readPack.ts';
import { checkSite, loadOf } from '../../shared/rules/site/checkSite.ts';
import { makePlan } from '../../shared/rules/site/plan.ts';
import { strictestOf } from '../../shared/rules/strictest.ts';
import { counts } from './counting.ts';
import { aHouse, aPotential } from './siteSupport.ts';
import { aastp, aLine, aStore, iatg, packJson, packs, strictest } from './support.ts';

const lightAbove: BuildingFacts = { construction: 'light', isUnderground: false };
const neqOf = (facts: Partial<ItemFacts>, pack: RulePack, building: BuildingFacts | null = lightAbove, quantity = 3) =>
  contributionsOf({ lines: [aLine({ neqG: 1000, ...facts }, 'S1', quantity)], building }, pack)[0]?.neqG;

function rowOf(pack: RulePack, name: 'filling' | 'singleBase') {
  const row = pack.exclusions.find(({ id }) => id === `limit.exclusion.${name}`);
  if (row === undefined) throw new Error(`${pack.id} has no row for ${name}`);
  return row;
}

describe('what a filling adds nothing to', () => {
  test.each(packs)('$id leaves it out, gram for gram, wherever it lies', (pack) => {
    expect(neqOf({ hazardCode: '1.2H', fillingNeqG: 400 }, pack)).toBe(1800);
    expect(neqOf({ hazardCode: '1.2H', fillingNeqG: 400 }, pack, null)).toBe(1800);
    counts('passes', rowOf(pack, 'filling'));
    expect(neqOf({ hazardCode: '1.2H', fillingNeqG: 0 }, pack)).toBe(3000);
  });

  test.each(packs)('$id: what is not known counts', (pack) => {
    expect(neqOf({ hazardCode: '1.2H', fillingNeqG: null }, pack)).toBe(3000);
    counts('stops', rowOf(pack, 'filling'));
    expect(neqOf({ hazardCode: null, fillingNeqG: 400 }, pack)).toBe(3000);
    expect(neqOf({ hazardCode: '1.1S', fillingNeqG: 400 }, pack)).toBe(3000);
    expect(neqOf({ neqG: null, massG: 2000, fillingNeqG: 400 }, pack)).toBe(6000);
    expect(neqOf({ neqG: null, massG: null, fillingNeqG: 400 }, pack)).toBe(0);
  });

  test.each(packs)('$id: more than there is leaves nothing, never less', (pack) => {
    expect(neqOf({ fillingNeqG: 1000 }, pack)).toBe(0);
    expect(neqOf({ fillingNeqG: 9000, singleBaseNeqG: 9000 }, pack)).toBe(0);
  });
});

describe('single-base propellant', () => {
  const round = { hazardCode: '1.1E', singleBaseNeqG: 300 };

  test('is left out by AASTP-1 alone, so the strictest counts it', () => {
    expect(packs.map((pack) => neqOf(round, pack))).toEqual([3000, 2100, 3000]);
  });

  test.each(['1.2E', '1.3C', '1.5D', '1.6N', null])('is left out of 1.1 only, not of %s', (hazardCode) => {
    expect(neqOf({ ...round, hazardCode }, aastp)).toBe(3000);
    counts('stops', rowOf(aastp, 'singleBase'));
  });

  test.each(['light', 'medium', 'open', 'reinforced', 'semiReinforced'] as const)('is left out in %s above the ground', (construction) => {
    expect(neqOf(round, aastp, { construction, isUnderground: false })).toBe(2100);
    counts('passes', rowOf(aastp, 'singleBase'));
    expect(neqOf(round, aastp, { construction, isUnderground: true })).toBe(3000);
    counts('stops', rowOf(aastp, 'singleBase'));
  });

  test.each(['ecm', 'ecm3bar', 'ecm7bar', 'process', null] as const)('counts in %s', (construction) => {
    expect(neqOf(round, aastp, { construction, isUnderground: false })).toBe(3000);
    counts('stops', rowOf(aastp, 'singleBase'));
  });

  test('counts where nothing is known of the building', () => {
    expect(neqOf(round, aastp, null)).toBe(3000);
    counts('stops', rowOf(aastp, 'singleBase'));
  });
});

describe('a row of a national authority', () => {
  const changed = (more: object) => ({ ...aastp, exclusions: aastp.exclusions.map((row) => ({ ...row, ...more })) });
  const round = { hazardCode: '1.1E', singleBaseNeqG: 300 };

  test('may ask for no building in particular, and above the ground must still be known', () => {
    const anywhere = changed({ constructions: null });
    expect(neqOf(round, anywhere, { construction: null, isUnderground: false })).toBe(2100);
    expect(neqOf(round, anywhere, { construction: null, isUnderground: true })).toBe(3000);
    expect(neqOf(round, anywhere, null)).toBe(3000);
  });

  test('may leave out nothing at all', () => {
    expect(neqOf({ ...round, fillingNeqG: 100 }, changed({ divisions: [] }))).toBe(3000);
  });
});

describe('a finding says what was left out', () => {
  const lines = [aLine({ item: 'WP', hazardCode: '1.1E', neqG: 1000, fillingNeqG: 400, singleBaseNeqG: 100 }, 'S1-B1', 2)];
  const store = {
    ...aStore([...lines, aLine({ item: 'WP', hazardCode: '1.1E', neqG: 1000, fillingNeqG: 400, singleBaseNeqG: 100 }, 'S1', 1)]),
  };

  test('of a limit, so that it can be added up by hand', () => {
    const [over] = checkLimits({ ...store, limitsG: { '1.1': 1499 }, building: lightAbove }, aastp);
    expect(over).toMatchObject({
      rule: 'limit.exceeded',
      numbers: { neqKg: 1.5, limitKg: 1.499, leftOutKg: 1.5 },
      facts: { leftOut: 'WP 0.3 kg (limit.exclusion.singleBase); WP 1.2 kg (limit.exclusion.filling)' },
    });
    expect(over && explain(over, aastp).assumed).toEqual(['neqLeftOut']);
    counts('stops', rowOf(aastp, 'filling'), rowOf(aastp, 'singleBase'));
    expect(checkLimits({ ...store, limitsG: { '1.1': 1500 }, building: lightAbove }, aastp)).toEqual([]);
    counts('passes', rowOf(aastp, 'filling'), rowOf(aastp, 'singleBase'));
    const [unlicensed] = checkLimits({ ...store, limitsG: {} }, iatg);
    expect(unlicensed).toMatchObject({ rule: 'limit.unlicensed', numbers: { neqKg: 1.8, leftOutKg: 1.2 } });
  });

  test('and nothing where nothing was', () => {
    const [over] = checkLimits(aStore([aLine()], { '1.1': 1 }), iatg);
    expect(over?.facts).not.toHaveProperty('leftOut');
    expect(over?.numbers).not.toHaveProperty('leftOutKg');
  });

  test('of a distance, which the rest alone asks for', () => {
    const found = (fillingNeqG: number | null) => {
      const stock = [aLine({ item: 'SMOKE', neqG: 10_000, fillingNeqG }, 'S1', 1000)];
      const plan = makePlan(iatg.distances, [aPotential('S1', 0)], [aHouse(405)]);
      return checkSite(plan, new Map([['S1', loadOf({ lines: stock }, iatg)]]), iatg);
    };
    expect(found(9_000)).toEqual([]);
    counts('passes', rowOf(iatg, 'filling'));
    expect(found(null)).toMatchObject([{ rule: 'qd.tooNear', numbers: { neqKg: 10_000 } }]);
    counts('stops', rowOf(iatg, 'filling'));
    expect(found(2_000)).toMatchObject([
      { numbers: { neqKg: 8000, leftOutKg: 2000 }, facts: { leftOut: 'SMOKE 2000 kg (limit.exclusion.filling)' } },
    ]);
  });
});

describe('the rows', () => {
  test('name who says so, and the strictest leaves out only what both do', () => {
    expect(iatg.exclusions.map(({ id, source, status }) => `${id} ${source} ${status}`)).toEqual([
      'limit.exclusion.filling IATG 02.20:2021 cl. 7.5 verified',
    ]);
    expect(aastp.exclusions.map(({ id }) => id)).toEqual(['limit.exclusion.filling', 'limit.exclusion.singleBase']);
    expect(strictest.exclusions.map(({ id, status }) => `${id} ${status}`)).toEqual(['limit.exclusion.filling unverified']);
  });

  test('of two that agree, the narrower of each bound holds', () => {
    const [row] = aastp.exclusions;
    const single = aastp.exclusions[1];
    if (row === undefined || single === undefined) throw new Error('no rows');
    const other = { ...single, divisions: ['1.1', '1.2'] as const, constructions: ['light', 'ecm'] as const, isAboveGroundOnly: false };
    const [joined] = strictestOf({ ...aastp, exclusions: [single] }, { ...aastp, exclusions: [other] }).exclusions;
    expect(joined).toMatchObject({ divisions: ['1.1'], constructions: ['light'], isAboveGroundOnly: true });
    const anywhere = { ...single, constructions: null };
    expect(strictestOf({ ...aastp, exclusions: [anywhere] }, { ...aastp, exclusions: [other] }).exclusions[0]?.constructions).toEqual([
      'light',
      'ecm',
    ]);
  });

  test.each<[string, (json: typeof packJson.aastp) => void, RegExp]>([
    [
      'that nobody knows',
      (json) => void Object.assign(json.exclusions[0] ?? {}, { id: 'limit.exclusion.hope' }),
      /hope is not a known exclusion/,
    ],
    ['without a source', (json) => void Object.assign(json.exclusions[0] ?? {}, { source: 'x' }), /exclusions\[0\].source/],
    [
      'of a division that is none',
      (json) => void Object.assign(json.exclusions[0] ?? {}, { divisions: ['1.7'] }),
      /exclusions\[0\].divisions/,
    ],
    ['for a building that is none', (json) => void Object.assign(json.exclusions[1] ?? {}, { constructions: ['tent'] }), /constructions/],
  ])('are refused: one %s', (_name, spoil, message) => {
    const copy = structuredClone(packJson.aastp);
    spoil(copy);
    const read = readPack(copy);
    expect(read.ok ? '' : read.error.join('\n')).toMatch(message);
  });
});
