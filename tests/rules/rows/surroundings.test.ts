// Goal: each row on yards, berths and chambers underground gives the distance that the standard prints, and not one metre less.
// Method: the factors stand here a second time (IATG 02.20:2021 Table 12, Annexes M, N, P and Q), at quantities whose roots are
// whole. What a row never does by itself is made to happen by changing it.
import { describe, expect, test } from 'vitest';
import type { Underground } from '../../../shared/domain/site.ts';
import { answerMaxNeqOfPair, answerRequired, type RequiredAsk } from '../../../shared/rules/distance/answers.ts';
import { type DistanceDivision, portKey } from '../../../shared/rules/distance/book.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { readPack } from '../../../shared/rules/readPack.ts';
import { counts } from '../counting.ts';
import { aHouse, aPotential, check, kilograms } from '../siteSupport.ts';
import { aastp, iatg, packJson } from '../support.ts';

type Rows = Parameters<typeof counts>[1][];
type Ask = Partial<RequiredAsk> & Readonly<{ es: string }>;

const bookOf = (pack: RulePack) => pack.distances[0] as (typeof pack.distances)[number];
function the<T>(found: T | undefined | null, what: string): T {
  if (found === undefined || found === null) throw new Error(`no row ${what}`);
  return found;
}
const whole = (ask: Ask): RequiredAsk => ({
  division: '1.1',
  pes: null,
  orientation: null,
  exposedOrientation: null,
  method: 'table',
  ...ask,
});

/** The quantity is asked for these metres; it may lie there, and not one metre nearer. */
function keeps(ask: Ask, neqKg: number, metres: number, ...rows: Rows): void {
  const allowedKg = (distanceM: number) => answerMaxNeqOfPair(iatg, whole(ask), distanceM) ?? Number.POSITIVE_INFINITY;
  expect(answerRequired(iatg, whole(ask), neqKg * 1_000).distanceM).toBe(metres);
  expect(allowedKg(metres)).toBeGreaterThanOrEqual(neqKg);
  counts('passes', ...rows);
  expect(allowedKg(metres - 1)).toBeLessThan(neqKg);
  counts('stops', ...rows);
}
const ruleOf = (ask: Ask, neqKg: number, pack = iatg) => answerRequired(pack, whole(ask), neqKg * 1_000).rule;

describe('marshalling yards', () => {
  // The least distances of 1 000 kg in a barricaded light building: 400 m to inhabited ones, 270 m to dense routes. AASTP-1 says
  // nothing of yards, so they are inhabited.
  test.each([
    ['busy', iatg.id, 400, iatg],
    ['quiet', iatg.id, 270, iatg],
    ['busy', aastp.id, 400, aastp],
    ['quiet', aastp.id, 400, aastp],
  ] as const)('a %s one by %s keeps %i m', (use, _pack, metres, pack) => {
    const isBusyYard = use === 'busy';
    const row = the(
      bookOf(pack).yards.find(({ isBusy }) => isBusy === isBusyYard),
      use,
    );
    const at = (distanceM: number) =>
      check([aPotential('S1', 0)], [aHouse(distanceM, { kind: 'marshallingYard', isBusyYard })], { S1: [kilograms(1_000)] }, pack);
    expect(at(metres + 1)).toEqual([]);
    counts('passes', row);
    expect(at(metres - 1)).toMatchObject([{ numbers: { requiredM: metres }, facts: { yard: `${pack.id} ${row.id}` } }]);
    counts('stops', row);
  });
});

describe('berths', () => {
  /** Metres at 27 000 kg: 11.1, 16.7, 22.2 and 33.3 Q^(1/3) of Annex P and 16.0 Q^(1/3) of Annex Q, rounded by Table 7. */
  const BY_QUANTITY: Readonly<Record<string, number>> = {
    IBD: 670,
    VBD: 1_000,
    PTR_VERY_LOW: 510,
    PTR_LOW: 510,
    PTR_MEDIUM: 510,
    PTR_HIGH: 510,
    MILITARY_OPEN: 335,
    POL_PROTECTED: 335,
    POL_VITAL: 335,
    CANTEEN_LT50: 335,
    CANTEEN_GT50: 510,
    PASSENGER_TERMINAL: 670,
    VESSEL: 480,
    MANNED_VESSEL: 670,
    STORE: 670,
  };
  const FIXED: readonly (readonly [DistanceDivision, between: number, manned: number])[] = [
    ['1.2.1', 60, 90],
    ['1.2.2', 30, 60],
    ['1.3.1', 60, 60],
    ['1.3.2', 60, 60],
    ['1.4', 25, 25],
  ];
  const cases = [
    ...Object.entries(BY_QUANTITY).map(([es, metres]) => ['1.1', es, metres] as const),
    ...FIXED.flatMap(([division, between, manned]) => [
      [division, 'VESSEL', between] as const,
      [division, 'MANNED_VESSEL', manned] as const,
    ]),
  ];
  test.each(cases)('with 27 000 kg of %s keep %s at %i m', (division, es, metres) => {
    const { row } = the(bookOf(iatg).ports.get(portKey(division as '1.1', es)), `${division} ${es}`);
    const ask: Ask = { division, pes: 'berth', es };
    expect(ruleOf(ask, 27_000)).toBe(row.id);
    keeps(ask, 27_000, metres, row);
    // The least distance of SD3 and SD4; between vessels a fixed one holds for any quantity.
    keeps(ask, 1, division === '1.1' ? 135 : metres, row);
  });
  test('every row is among them', () => {
    expect([...bookOf(iatg).ports.keys()].sort()).toEqual(cases.map(([division, es]) => `${division} ${es}`).sort());
  });
});

const rules = the(bookOf(iatg).underground, 'of chambers');
/** Deep under sandstone, with a mouth 4 m wide: nothing but the ground shock reaches out of a large one, to the rear. */
const deep: Underground = {
  rock: 'sandstone',
  coverMm: 100_000,
  chamberVolumeM3: 1_000_000,
  tunnelVolumeM3: 0,
  tunnelAreaDm2: 2_000,
  tunnelPerimeterMm: 20_000,
  hasProtectiveConstruction: false,
};
const from = (facts: Partial<Underground> = {}, more: Partial<Ask> = {}): Ask => ({
  pes: 'underground',
  es: 'IBD',
  chamber: { ...deep, ...facts },
  offAxisMdeg: 180_000,
  ...more,
});
type UndergroundJson = typeof packJson.iatg.distances.underground;
/** The pack with a row of its chambers changed. */
function withRows(change: (json: UndergroundJson) => void): RulePack {
  const distances = structuredClone(packJson.iatg.distances);
  change(distances.underground);
  const read = readPack({ ...packJson.iatg, distances });
  if (!read.ok) throw new Error(read.error.join('\n'));
  return read.value;
}

describe('divisions underground', () => {
  test.each(['1.1', '1.3.1', '1.3.2'] as const)('%s keeps the distance of 1.1', (division) => {
    keeps(from({}, { division }), 512, 77, the(rules.divisions.get(division), division)); // 4.8 · 512^(4/9)
  });
  test.each(['1.2.1', '1.2.2', '1.4'] as const)('%s keeps none, and would as 1.1', (division) => {
    const row = the(rules.divisions.get(division), division);
    const ask = whole(from({}, { division }));
    expect(answerRequired(iatg, ask, 512_000)).toMatchObject({ distanceM: 0, rule: row.id });
    counts('passes', row);
    const counted = withRows(({ divisions }) => {
      for (const each of divisions) if (each.division === division) each.countsAs = '1.1';
    });
    expect(answerRequired(counted, ask, 512_000).distanceM).toBe(77);
    counts('stops', row);
  });
});

describe('what reaches out of a chamber', () => {
  // Of one kilogram, so that the crater reaches further than the ground shock; the cover is in millimetres and in Q^(1/3).
  test.each([
    [0, 100, 23],
    [1, 200, 12],
    [2, 300, 6],
  ])('crater %i, under up to %i mm of cover: %i m', (at, coverMm, metres) => {
    const row = the(rules.craters[at], `crater ${at}`);
    expect(ruleOf(from({ coverMm }), 1)).toBe(row.id);
    keeps(from({ coverMm }), 1, metres, row);
  });
  test('no crater under more, and one where its row asks for it', () => {
    const row = the(rules.craters[3], 'crater 3');
    expect(answerRequired(iatg, whole(from({ coverMm: 301 })), 1_000)).toMatchObject({ distanceM: 5, function: 'groundShock' });
    counts('passes', row);
    const breaking = withRows(({ craters }) => void Object.assign(craters[3] ?? {}, { scaledMm: 5_600 }));
    expect(answerRequired(breaking, whole(from({ coverMm: 301 })), 1_000)).toMatchObject({ distanceM: 6, rule: row.id });
    counts('stops', row);
  });
  test.each([
    ['sandstone', 77], // 4.8 · 16
    ['hardRock', 87], // 5.4 · 16
    ['limestone', 87],
  ] as const)('ground shock through %s: %i m', (rock, metres) => {
    const row = the(
      rules.shocks.find((each) => each.rock === rock),
      rock,
    );
    expect(ruleOf(from({ rock }), 512)).toBe(row.id);
    keeps(from({ rock }), 512, metres, row);
  });
  test('blast out of the mouth: 77 · 4 · 8^(1/3) m on its axis, and by 2^0.76 less at 56 degrees', () => {
    const dense = { chamberVolumeM3: 1_000 };
    for (const [offAxisMdeg, metres] of [
      [0, 616],
      [56_000, 364],
    ] as const) {
      expect(ruleOf(from(dense, { offAxisMdeg }), 8_000)).toBe(rules.mouth.id);
      keeps(from(dense, { offAxisMdeg }), 8_000, metres, rules.mouth);
    }
  });
  test('debris: 600 m of any quantity within ten degrees, and none beside them', () => {
    expect(ruleOf(from({}, { offAxisMdeg: 10_000 }), 1)).toBe(rules.debris.id);
    keeps(from({}, { offAxisMdeg: 10_000 }), 1, 600, rules.debris);
    expect(answerRequired(iatg, whole(from({}, { offAxisMdeg: 10_001 })), 1_000)).toMatchObject({ distanceM: 5, function: 'groundShock' });
    counts('passes', rules.debris);
  });
  test('what nobody entered: a mouth 20 m wide, a chamber of 1 m³, no decoupling', () => {
    const onAxis = { offAxisMdeg: 0 };
    keeps(from({ chamberVolumeM3: 1_000, tunnelAreaDm2: null, tunnelPerimeterMm: null }, onAxis), 1_000, 1_540, rules.assumed);
    keeps(from({ chamberVolumeM3: null }, onAxis), 1_000, 3_080, rules.assumed);
    keeps(from(), 512, 77, rules.assumed);
  });
});

describe('shares of exposed sites', () => {
  const shareOf = (id: string) =>
    the(
      rules.shares.find((row) => row.id === `qd.underground.share.${id}`),
      id,
    );
  // Ground shock to the rear, blast at 56 degrees of it, blast on the axis; an inhabited building keeps 77, 364 and 616 m.
  const shock = [from(), 512] as const;
  const beside = [from({ chamberVolumeM3: 1_000 }, { offAxisMdeg: 56_000 }), 8_000] as const;
  const ahead = [from({ chamberVolumeM3: 1_000 }, { offAxisMdeg: 0 }), 8_000] as const;
  test.each(['PTR_VERY_LOW', 'PTR_LOW', 'PTR_MEDIUM', 'PTR_HIGH'])('%s keeps two thirds of the shock', (es) => {
    keeps({ ...shock[0], es }, shock[1], 52, shareOf('routeShock'));
  });
  test.each(['PTR_VERY_LOW', 'PTR_LOW'])('%s keeps two thirds of the blast, a busy route all of it', (es) => {
    keeps({ ...beside[0], es }, beside[1], 243, shareOf('minorRoute'));
    expect(answerRequired(iatg, whole({ ...beside[0], es: 'PTR_MEDIUM' }), 8_000_000).distanceM).toBe(364);
    counts('stops', shareOf('minorRoute'));
  });
  test.each(['ES18', 'ES19', 'ES20'])('%s keeps 27.4 where a house keeps 77', (es) => {
    const dense = from({ chamberVolumeM3: 1 }, { offAxisMdeg: 0 });
    keeps({ ...dense, es }, 8_000, 2_192, shareOf('process')); // 27.4 · 4 · 8000^(1/3)
    expect(answerRequired(iatg, whole(dense), 8_000_000).distanceM).toBe(6_160);
    counts('stops', shareOf('process'));
  });
  test('a vulnerable building keeps twice of all but the debris', () => {
    keeps({ ...shock[0], es: 'VBD' }, shock[1], 154, shareOf('vulnerable'));
    keeps({ ...ahead[0], es: 'VBD' }, ahead[1], 1_232, shareOf('vulnerable'));
    keeps({ ...from({ coverMm: 100 }), es: 'VBD' }, 1, 45, shareOf('vulnerable'));
    keeps(from({}, { es: 'VBD', offAxisMdeg: 0 }), 1, 600);
  });
});

describe('from chamber to chamber', () => {
  // 8 000 kg, of root 20: Table M.1 by rock and loading, and what spall alone allows.
  test.each([
    ['hardRock.sparse', { rock: 'hardRock', chamberVolumeM3: 161 }, 20, [12], [6]],
    ['hardRock.dense', { rock: 'hardRock', chamberVolumeM3: 160 }, 40, [12], [6]],
    ['hardRock.dense', { rock: 'hardRock', chamberVolumeM3: 30 }, 40, [12], [6]],
    ['hardRock.full', { rock: 'hardRock', chamberVolumeM3: 29 }, 40, [], []],
    ['sandstone', { rock: 'sandstone' }, 28, [], []],
    ['limestone', { rock: 'limestone' }, 34, [], []],
  ] as const)('%s, %j: %i m', (id, facts, metres, spall, protectedSpall) => {
    const row = the(
      rules.intervals.find((each) => each.id === `qd.underground.interval.${id}`),
      id,
    );
    const ask = from(facts, { es: 'underground' });
    expect(ruleOf(ask, 8_000)).toBe(row.id);
    keeps(ask, 8_000, metres, row);
    const spallOf = (hasProtectiveConstruction: boolean) =>
      answerRequired(iatg, whole(from({ ...facts, hasProtectiveConstruction }, { es: 'underground' })), 8_000_000).alternatives.map(
        ({ distanceM }) => distanceM,
      );
    expect([spallOf(false), spallOf(true)]).toEqual([spall, protectedSpall]);
  });
});
