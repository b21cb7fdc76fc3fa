// Goal: yards, berths and chambers underground ask for what their rows say, and whatever is not known of them, or not in a
// book, asks for the most. Method: values worked out by hand from the printed coefficients.
import { describe, expect, test } from 'vitest';
import type { Underground } from '../../shared/domain/site.ts';
import { answerRequired, type RequiredAsk } from '../../shared/rules/distance/answers.ts';
import { potentialColumns } from '../../shared/rules/distance/book.ts';
import { upToMetre } from '../../shared/rules/distance/functions.ts';
import { requiredDistance, rowsOf } from '../../shared/rules/distance/required.ts';
import { leastOffsetMdeg } from '../../shared/rules/geometry/geometry.ts';
import { readPack } from '../../shared/rules/readPack.ts';
import { computeLicence } from '../../shared/rules/site/licence.ts';
import { makePlan, type Potential } from '../../shared/rules/site/plan.ts';
import { aChamber, aHouse, aPotential, check, kilograms } from './siteSupport.ts';
import { aastp, iatg, packJson, strictest } from './support.ts';

const TONNES = 20_000;
const required = (ask: Partial<RequiredAsk>, neqKg = TONNES, pack = iatg) =>
  answerRequired(
    pack,
    { division: '1.1', pes: null, es: null, orientation: null, exposedOrientation: null, method: 'table', ...ask },
    neqKg * 1000,
  );

describe('a marshalling yard', () => {
  const at = (isBusyYard: boolean | null, pack = iatg) => required({ pes: 'P10', es: 'marshallingYard', isBusyYard }, 1_000, pack);
  test('that is busy, or may be, is an inhabited building; a quiet one is the densest route (IATG 02.20:2021 Table 12)', () => {
    expect([at(true), at(null), at(false)].map(({ es }) => es)).toEqual(['IBD', 'IBD', 'PTR_HIGH']);
  });
  test('is an inhabited building where no row was read', () => {
    expect([at(false, aastp).es, at(true, strictest).es]).toEqual(['IBD', 'IBD']);
    expect(at(false, strictest).distanceM).toBe(at(true, strictest).distanceM);
  });
  test('is named with its row by the finding', () => {
    const yard = (isBusyYard: boolean | null) =>
      check([aPotential('S1', 0, { construction: 'reinforced' })], [aHouse(100, { kind: 'marshallingYard', isBusyYard })], {
        S1: [kilograms(TONNES)],
      })[0]?.facts;
    expect(yard(null)).toMatchObject({ yard: 'iatg-2021 qd.yard.busy', cell: expect.stringMatching(/^qd\.cell\.1\.1\.IBD\./) });
    expect(yard(false)).toMatchObject({ yard: 'iatg-2021 qd.yard.quiet', cell: expect.stringMatching(/^qd\.cell\.1\.1\.PTR_HIGH\./) });
  });
});

describe('a berth', () => {
  test.each([
    ['IBD', 610],
    ['VBD', 910],
    ['PTR_LOW', 455],
    ['PTR_HIGH', 455],
    ['militaryOpen', 305],
    ['POL_VITAL', 305],
    ['canteenSmall', 305],
    ['canteenLarge', 455],
    ['passengerTerminal', 610],
    ['vessel', 435],
    ['mannedVessel', 610],
    ['light', 610],
    ['berth', 610],
  ])('with 20 000 kg of 1.1 keeps %s at %d m', (es, distanceM) => {
    expect(required({ pes: 'berth', es })).toMatchObject({ distanceM, pes: 'berth' });
  });
  test.each([
    ['1.2.1', 60, 90],
    ['1.2.2', 30, 60],
    ['1.3.1', 60, 60],
    ['1.3.2', 60, 60],
    ['1.4', 25, 25],
  ] as const)('with %s keeps a vessel at %d m and a manned one at %d m, whatever the quantity', (division, between, manned) => {
    for (const neqKg of [1, 500_000]) {
      expect(required({ division, pes: 'berth', es: 'vessel' }, neqKg).distanceM).toBe(between);
      expect(required({ division, pes: 'berth', es: 'mannedVessel' }, neqKg)).toMatchObject({ distanceM: manned, status: 'verified' });
    }
  });
  test('never comes nearer than the least distance of the port functions', () => {
    expect(required({ pes: 'berth', es: 'IBD' }, 1)).toMatchObject({ distanceM: 135, minimumM: 135, governedBy: 'minimum' });
  });
  test('is held against the worst column where no row is printed, and that is not verified', () => {
    for (const [division, es] of [
      ['1.3.1', 'IBD'],
      ['1.2.1', 'light'],
      ['1.1', 'OFFICE_GT20'],
    ] as const) {
      const worst = requiredDistance(
        iatg.distances,
        { division, method: 'table', columns: potentialColumns, rows: rowsOf(iatg.distances, es, null) },
        TONNES * 1000,
      );
      const found = required({ division, pes: 'berth', es });
      expect(found.distanceM).toBeGreaterThanOrEqual(worst.distanceM);
      expect(found.status).toBe('unverified');
    }
  });
  test('to something unknown is the greatest of all rows', () => {
    expect(required({ pes: 'berth', es: null }).distanceM).toBe(1_220);
  });
  test('without rows in a book is the worst of its columns, and the strictest takes the greater', () => {
    const small = (pack: typeof iatg) => required({ pes: 'berth', es: 'PTR_HIGH' }, 1_000, pack).distanceM;
    expect([small(iatg), small(aastp), small(strictest)]).toEqual([170, 400, 400]);
  });
  test('offers the smaller distance only with its condition', () => {
    expect(required({ pes: 'berth', es: 'IBD' }).alternatives).toMatchObject([{ distanceM: 455, function: 'PF2' }]);
  });
  test('in the plan of a site keeps its distance from a terminal, a storehouse and another berth', () => {
    const berth = aPotential('B1', 0, { construction: 'berth' });
    const at = (metres: number) =>
      check([berth], [aHouse(metres, { kind: 'passengerTerminal' })], { B1: [kilograms(TONNES)] }).map(({ facts }) => facts.cell);
    expect([at(611), at(608)]).toEqual([[], ['qd.port.1.1.PASSENGER_TERMINAL']]);
    const stock = { B1: [kilograms(TONNES)], S1: [kilograms(1)] };
    const beside = (metres: number, construction: 'light' | 'berth') =>
      check([berth, aPotential('S1', metres, { construction })], [aHouse(9_000)], stock).length;
    expect([beside(611, 'light'), beside(608, 'light'), beside(611, 'berth'), beside(608, 'berth')]).toEqual([0, 2, 0, 2]);
  });
  test('by its type alone is one too', () => {
    const berth: Potential = { place: 'B1', type: 'berth', structure: null, shape: aPotential('B1', 0).shape };
    expect(check([berth], [aHouse(600)], { B1: [kilograms(TONNES)] })[0]?.facts.cell).toBe('qd.port.1.1.IBD');
  });
  test('a passenger terminal or a large canteen beside an ordinary storehouse is vulnerable, a vessel is inhabited', () => {
    const rows = ['passengerTerminal', 'canteenLarge', 'canteenSmall', 'vessel', 'mannedVessel', 'militaryOpen'].map((es) =>
      [iatg, aastp].map((pack) => required({ pes: 'P9', es }, TONNES, pack).es),
    );
    expect(rows).toEqual([['VBD', 'VBD'], ['VBD', 'VBD'], ...Array.from({ length: 4 }, () => ['IBD', 'IBD'])]);
  });
});

const root = Math.cbrt(TONNES);
const shockM = 5.4 * TONNES ** (4 / 9);
const mouthM = 77 * (80 / 18) * Math.cbrt(TONNES / 3_000);

describe('a chamber underground', () => {
  const from = (facts: Partial<Underground>, more: Partial<RequiredAsk> = {}, neqKg = TONNES) =>
    required({ pes: 'underground', es: 'IBD', chamber: { ...aChamber, ...facts }, offAxisMdeg: 180_000, ...more }, neqKg);

  test('throws its blast out of the mouth, most along the axis', () => {
    expect(from({}, { offAxisMdeg: 0 })).toMatchObject({ distanceM: upToMetre(mouthM), function: 'tunnelMouth', status: 'verified' });
    const factor = (1 + (30 / 56) ** 2) ** 0.76;
    expect(from({}, { offAxisMdeg: 30_000 }).distanceM).toBe(upToMetre(Math.max(mouthM / factor, shockM)));
    expect(from({}, { offAxisMdeg: null }).distanceM).toBe(upToMetre(mouthM));
  });
  test('shakes the ground by its rock; unknown rock is the hardest', () => {
    expect(from({})).toMatchObject({ distanceM: upToMetre(shockM), function: 'groundShock', status: 'unverified' });
    expect(from({ rock: 'sandstone' }).exactM).toBeCloseTo(4.8 * TONNES ** (4 / 9), 1);
    expect(from({ rock: 'limestone' }).distanceM).toBe(from({}).distanceM);
    expect(from({ rock: null }).distanceM).toBe(from({}).distanceM);
  });
  test.each([
    [50, 'crater', 23],
    [100, 'crater', 23],
    [101, 'crater', 12],
    [200, 'crater', 12],
    [201, 'crater', 6],
    [300, 'crater', 6],
    [301, 'groundShock', 5],
  ])('breaks through %d mm of cover with one kilogram: %s, %d m', (coverMm, functionId, distanceM) => {
    const found = from({ coverMm, rock: 'sandstone', chamberVolumeM3: 1_000_000, tunnelAreaDm2: 100 }, {}, 1);
    expect(found).toMatchObject({ distanceM, function: functionId });
  });
  test('of unknown cover breaks through as the thinnest', () => {
    expect(from({ coverMm: null })).toMatchObject({ distanceM: upToMetre(22.2 * root), function: 'crater', status: 'unverified' });
  });
  test('throws debris 600 m within ten degrees of its axis', () => {
    const small = { chamberVolumeM3: 1_000_000, tunnelAreaDm2: 100 };
    expect([10_000, 10_001].map((offAxisMdeg) => from(small, { offAxisMdeg }).distanceM)).toEqual([600, upToMetre(shockM)]);
  });
  test('asks routes for two thirds of the shock, and quiet ones for two thirds of the blast; process buildings for 27.4', () => {
    const on = (es: string, offAxisMdeg: number) => from({}, { es, offAxisMdeg }).distanceM;
    const beside = mouthM / (1 + (11 / 56) ** 2) ** 0.76; // out of the way of the debris
    expect(on('PTR_HIGH', 11_000)).toBe(upToMetre(beside));
    expect(on('PTR_LOW', 11_000)).toBe(upToMetre((beside * 2) / 3));
    expect(on('PTR_LOW', 180_000)).toBe(upToMetre((shockM * 2) / 3));
    expect(on('VBD', 0)).toBe(upToMetre(mouthM * 2));
    const wide = { chamberVolumeM3: 100, tunnelVolumeM3: 0 };
    expect(from(wide, { es: 'ES20', offAxisMdeg: 0 }).distanceM).toBe(upToMetre(27.4 * (80 / 18) * Math.cbrt(200)));
  });
  test.each([
    [{ tunnelPerimeterMm: null }, 2 * Math.sqrt(20 / Math.PI), 3_000],
    [{ tunnelAreaDm2: null }, 18 / Math.PI, 3_000],
    [{ tunnelAreaDm2: null, tunnelPerimeterMm: null }, 20, 3_000],
    [{ tunnelAreaDm2: 0, tunnelPerimeterMm: 0 }, 20, 3_000],
    [{ chamberVolumeM3: null }, 80 / 18, 1_001],
    [{ chamberVolumeM3: 0 }, 80 / 18, 1_001],
    [{ tunnelVolumeM3: null }, 80 / 18, 2_000],
  ])('of which %o is unknown has the widest mouth and the least volume that fit', (facts, widthM, volumeM3) => {
    const found = from(facts, { offAxisMdeg: 0 });
    expect(found.distanceM).toBe(upToMetre(77 * widthM * Math.cbrt(TONNES / volumeM3)));
    if (Object.values(facts).includes(null)) expect(found.status).toBe('unverified');
  });
  test('counts 1.3 and 1.5 as 1.1, and keeps no distance with 1.2 and 1.4', () => {
    const of = (division: RequiredAsk['division']) => from({}, { division }).distanceM;
    expect([of('1.3.1'), of('1.3.2'), of('1.5'), of('1.6')]).toEqual(Array.from({ length: 4 }, () => of('1.1')));
    expect([of('1.2.1'), of('1.2.2'), of('1.4')]).toEqual([0, 0, 0]);
  });
  test.each([
    [{}, 'D2'], // 10 kg/m³
    [{ chamberVolumeM3: 400 }, 'D5'], // exactly 50
    [{ chamberVolumeM3: null }, 'D5'],
    [{ rock: 'sandstone' }, 'D3'],
    [{ rock: 'limestone' }, 'D4'],
    [{ rock: null }, 'D4'],
    [{ rock: null, chamberVolumeM3: null }, 'D5'],
  ] as const)('keeps the next chamber away by rock and loading: %o is %s', (facts, functionId) => {
    expect(from(facts, { es: 'underground' })).toMatchObject({ function: functionId, es: 'underground' });
  });
  test('may come nearer to it by half with protective construction, where the authority accepts the damage, and never nearer than 5 m', () => {
    const ways = (facts: Partial<Underground>, neqKg = TONNES) =>
      from(facts, { es: 'underground' }, neqKg).alternatives.map((each) => [each.function, each.distanceM]);
    expect([ways({}), ways({ hasProtectiveConstruction: true })]).toEqual([[['D1', 17]], [['0.5 × D1', 9]]]);
    expect(ways({ chamberVolumeM3: 74 })).toEqual([]); // 270.3 kg/m³
    expect(ways({ hasProtectiveConstruction: true }, 1_000)).toEqual([['0.5 × D1', 5]]);
    expect(from({}, { es: 'underground' }, 1).distanceM).toBe(5);
  });
  test('is the worst building above the ground where a book has no rows for it, and the strictest takes the greater', () => {
    const ask = { pes: 'underground', es: 'IBD', chamber: aChamber, offAxisMdeg: 180_000 } as const;
    expect(required(ask, TONNES, aastp).distanceM).toBe(required({ es: 'IBD' }, TONNES, aastp).distanceM);
    expect(required(ask, TONNES, strictest).distanceM).toBe(610);
    expect(required({ ...ask, division: '1.2.1' }, TONNES, strictest).distanceM).toBeGreaterThan(0);
  });
});

describe('a chamber in the plan of a site', () => {
  const stock = { S1: [kilograms(TONNES)] };
  const tooNear = (facts: Parameters<typeof aPotential>[2], metres = 700) =>
    check([aPotential('S1', 0, { construction: 'underground', ...facts })], [aHouse(metres)], stock).map(({ facts: said, numbers }) => [
      said.function,
      numbers.requiredM,
    ]);
  test('looks along its front: the house ahead is reached, the one behind is not', () => {
    expect(tooNear({ underground: aChamber, frontMdeg: 0 })).toEqual([]);
    expect(tooNear({ underground: aChamber, frontMdeg: 0 }, 600)).toEqual([['tunnelMouth', upToMetre(mouthM)]]);
    expect(tooNear({ underground: aChamber, frontMdeg: 180_000 }, 600)).toEqual([]);
    expect(tooNear({ underground: aChamber, frontMdeg: null }, 600)).toEqual([['tunnelMouth', upToMetre(mouthM)]]);
  });
  test('is one by its facts alone, and by its word alone of unknown facts', () => {
    expect(tooNear({ construction: null, underground: aChamber, frontMdeg: 0 }, 600)).toEqual([['tunnelMouth', upToMetre(mouthM)]]);
    expect(tooNear({ underground: null })[0]?.[0]).toBe('tunnelMouth');
  });
  test('that is entered as a building above the ground too keeps the greater distance of both', () => {
    const both = { construction: 'light', underground: aChamber, frontMdeg: 180_000 } as const;
    expect(tooNear(both, 600)).toEqual([['D13', 610]]);
    expect(tooNear({ ...both, frontMdeg: 0, underground: { ...aChamber, chamberVolumeM3: 100 } }, 600)[0]?.[0]).toBe('tunnelMouth');
  });
  test('has a licence that ends where the check begins', () => {
    const potentials = [aPotential('S1', 0, { construction: 'underground', underground: aChamber, frontMdeg: 0 })];
    const plan = makePlan(iatg.distances, potentials, [aHouse(700)]);
    const limits = Object.fromEntries((computeLicence(plan, 'S1') ?? []).map((each) => [each.division, each.limitKg]));
    expect(limits).toMatchObject({ '1.2.1': null, '1.4': null });
    const limitKg = limits['1.1'] as number;
    const findings = (kg: number) => check(potentials, [aHouse(700)], { S1: [kilograms(kg)] }).length;
    expect([findings(limitKg), findings(limitKg + 1)]).toEqual([0, 1]);
  });
});

describe('the angle off an axis', () => {
  const at = (north: number, east: number) => [Math.round(north * 90.4), Math.round(east * 90.4)] as const;
  const point = (north: number, east: number) => ({ kind: 'point', points: [at(north, east)] }) as const;
  test('is the least of all parts, zero where the axis meets the other', () => {
    expect(leastOffsetMdeg(point(0, 0), 0, point(100, 0))).toBe(0);
    expect(leastOffsetMdeg(point(0, 0), 0, point(0, 100)) / 1000).toBeCloseTo(90, 0);
    const across = { kind: 'line', points: [at(100, -50), at(100, 50)] } as const;
    expect(leastOffsetMdeg(point(0, 0), 0, across)).toBe(0);
    expect(leastOffsetMdeg(across, 180_000, point(0, 0))).toBe(0); // from the middle of the line
    expect(leastOffsetMdeg(across, 0, point(0, 0)) / 1000).toBeCloseTo(153.4, 0);
  });
});

describe('data that would leave a gap is refused', () => {
  const spoilt = (change: (distances: ReturnType<typeof copy>) => void) => {
    const distances = copy();
    change(distances);
    const read = readPack({ ...packJson.iatg, distances });
    return read.ok ? [] : read.error;
  };
  const copy = () => structuredClone(packJson.iatg.distances);
  test.each<[string, Parameters<typeof spoilt>[0], RegExp]>([
    ['a yard of unknown use', (data) => data.yards.pop(), /one row with isBusy false/],
    ['a yard that counts as nothing', (data) => Object.assign(data.yards[0] ?? {}, { es: 'NOWHERE' }), /yards\[0\]/],
    ['a berth with a function that nobody defined', (data) => Object.assign(data.ports[0] ?? {}, { cell: 'PF9' }), /no function PF9/],
    ['a division without a row', (data) => data.underground.divisions.pop(), /no row for 1\.4/],
    ['cover beyond the last bound', (data) => data.underground.craters.pop(), /rising bounds/],
    ['more distance under more cover', (data) => Object.assign(data.underground.craters[3] ?? {}, { scaledMm: 30_000 }), /never asks/],
    ['a rock without ground shock', (data) => data.underground.shocks.pop(), /no row for limestone/],
    ['a rock without an interval', (data) => data.underground.intervals.pop(), /rising bounds are wanted for limestone/],
    ['no assumptions', (data) => data.underground.assumed.pop(), /one row is wanted/],
    ['a division by nothing', (data) => Object.assign(data.underground.shares[0] ?? {}, { denominator: 0 }), /not zero/],
  ])('%s', (_name, change, problem) => {
    expect(spoilt(change).join('\n')).toMatch(problem);
  });
});
