import fc from 'fast-check';
import { expect, test } from 'vitest';
import { whatIf } from '../../../shared/contract/inputs.ts';
import type { Shape, Structure } from '../../../shared/domain/site.ts';
import { distanceMm } from '../../../shared/rules/geometry/geometry.ts';
import { type Asked, changesFor, degrees7Of, housePosition, limitChanges, nothingAsked } from './whatIfView.ts';

const building: Shape = {
  kind: 'polygon',
  points: [
    [500_000_000, 80_000_000],
    [500_000_000, 80_004_000],
    [500_002_000, 80_004_000],
    [500_002_000, 80_000_000],
  ],
};
const structure: Structure = {
  site: 'A',
  place: 'S1',
  construction: 'light',
  isBarricaded: null,
  hasProtectiveRoof: true,
  frontMdeg: 90_000,
  shape: building,
  conditionsMet: ['noPrimary'],
  people: 2,
  floorLoadMaxKgPerM2: 5_000,
  stackHeightMaxMm: 3_000,
  floorAreaDm2: 100,
  underground: null,
};
const at = { place: 'S1', structure, shape: building };
const asked = (part: Partial<Asked>): Asked => ({ ...nothingAsked, ...part });

test('a house stands as far from the nearest wall as was asked, never nearer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 0, max: 359 }), (metres, bearing) => {
      const away = distanceMm(building, { kind: 'point', points: [housePosition(building, bearing, metres)] });
      expect(away).toBeGreaterThanOrEqual(metres * 1000);
      expect(away).toBeLessThan(metres * 1000 + 100);
    }),
    { numRuns: 60 },
  );
});

test.each<[string, Partial<Asked>, unknown]>([
  ['stock', { question: 'stock', item: ' HE ', quantity: '20' }, { stock: [{ place: 'S1', item: 'HE', quantity: 20 }] }],
  ['stock without a quantity', { question: 'stock', item: 'HE', quantity: '0' }, null],
  [
    'a door',
    { question: 'door', front: '270' },
    { structures: [{ frontMdeg: 270_000, isBarricaded: null, conditionsMet: ['noPrimary'], people: 2 }] },
  ],
  ['a door past the circle', { question: 'door', front: '360' }, null],
  ['a barricade built', { question: 'barricade', barricade: 'yes' }, { structures: [{ isBarricaded: true, frontMdeg: 90_000 }] }],
  ['a barricade taken away', { question: 'barricade', barricade: 'no' }, { structures: [{ isBarricaded: false }] }],
  [
    'a house by its coordinates',
    { question: 'house', houseBy: 'position', kind: 'vulnerable', latitude: '50,01', longitude: '-8.5' },
    { exposed: [{ kind: 'vulnerable', name: 'the house', shape: { kind: 'point', points: [[500_100_000, -85_000_000]] } }] },
  ],
  ['a house off the earth', { question: 'house', houseBy: 'position', latitude: '90.1', longitude: '0' }, null],
  ['a house without a direction', { question: 'house', metres: '100' }, null],
])('%s', (_name, part, expected) => {
  const changes = changesFor(asked(part), at, 'the house');
  if (expected === null) expect(changes).toBeNull();
  else expect(changes).toMatchObject(expected as object);
  if (changes !== null) expect(whatIf.safeParse(changes).success).toBe(true);
});

test('a house cannot be so far from a place whose position nobody knows', () => {
  expect(changesFor(asked({ question: 'house', metres: '100', bearing: '0' }), { ...at, shape: null }, 'x')).toBeNull();
});

test('degrees with a point or a comma, and nothing else', () => {
  expect(['50.1', '50,1', '+50.1', '-0.0000001', ' 7 '].map((text) => degrees7Of(text, 90))).toEqual([
    501_000_000, 501_000_000, 501_000_000, -1, 70_000_000,
  ]);
  for (const text of ['', 'x', '1e1', '50.1.2', '91', '50 N']) expect(degrees7Of(text, 90)).toBeNull();
});

test('limits before and after stand beside each other, also where there were none', () => {
  const line = (division: string, limitKg: number | null) => ({
    division,
    limitKg,
    exposed: null,
    exposedName: null,
    functionId: null,
    requiredM: null,
    actualM: null,
  });
  expect(limitChanges([line('1.1', 5), line('1.4', null)], [line('1.1', 7), line('1.4', null)]).map(({ differs }) => differs)).toEqual([
    true,
    false,
  ]);
  expect(limitChanges(null, [line('1.1', 7)])).toMatchObject([{ division: '1.1', before: null, differs: true }]);
  expect(limitChanges(null, null)).toEqual([]);
});
