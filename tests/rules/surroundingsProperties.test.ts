// Goal: for yards, berths and chambers too more NEQ never shortens, the strictest pack is never weaker, a missing fact is never
// milder, and the licence is the inverse of the distance on the safe side.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rockKinds, type Underground } from '../../shared/domain/site.ts';
import { answerMaxNeqOfPair, answerRequired, type RequiredAsk } from '../../shared/rules/distance/answers.ts';
import { NEQ_LICENSED_MAX_KG } from '../../shared/rules/distance/required.ts';
import { iatg, packs, strictest } from './support.ts';

/** Mouths that can be: between a round one and one five times as long as it is high, up to 20 m wide. */
const anyChamber: fc.Arbitrary<Underground> = fc
  .record({
    rock: fc.constantFrom(...rockKinds),
    coverMm: fc.integer({ min: 0, max: 60_000 }),
    chamberVolumeM3: fc.integer({ min: 1, max: 20_000 }),
    tunnelVolumeM3: fc.integer({ min: 0, max: 20_000 }),
    tunnelAreaDm2: fc.integer({ min: 1, max: 30_000 }),
    longer: fc.integer({ min: 101, max: 200 }),
    hasProtectiveConstruction: fc.boolean(),
  })
  .map(({ longer, ...facts }) => ({
    ...facts,
    tunnelPerimeterMm: Math.ceil(2 * Math.sqrt((Math.PI * facts.tunnelAreaDm2) / 100) * longer * 10),
  }));
const factNames = [
  'rock',
  'coverMm',
  'chamberVolumeM3',
  'tunnelVolumeM3',
  'tunnelAreaDm2',
  'tunnelPerimeterMm',
  'hasProtectiveConstruction',
] as const;
const exposed = ['IBD', 'VBD', 'PTR_LOW', 'PTR_HIGH', 'ES20', 'ES14', 'POL_VITAL', 'OFFICE_LT20', 'WATER_POINT'];
const harbour = ['vessel', 'mannedVessel', 'passengerTerminal', 'canteenSmall', 'canteenLarge', 'militaryOpen', 'marshallingYard'];
const anyAsk: fc.Arbitrary<RequiredAsk> = fc.record({
  division: fc.constantFrom('1.1', '1.2.1', '1.2.2', '1.2.3', '1.3.1', '1.3.2', '1.4', '1.5', '1.6'),
  pes: fc.constantFrom('berth', 'underground', 'P9', 'ecm'),
  es: fc.constantFrom(...exposed, ...harbour, 'light', 'berth', 'underground'),
  orientation: fc.constant(null),
  exposedOrientation: fc.constant(null),
  method: fc.constantFrom('table', 'formula'),
  isBusyYard: fc.boolean(),
  chamber: anyChamber,
  offAxisMdeg: fc.integer({ min: 0, max: 180_000 }),
});
const anyKg = fc.oneof(fc.integer({ min: 1, max: 500_000 }), fc.constantFrom(1, 1_000, 27_000, 64_000, 125_000));
const anyPack = fc.constantFrom(...packs);
const metres = (ask: RequiredAsk, neqKg: number, pack = iatg) => answerRequired(pack, ask, neqKg * 1000).distanceM;

describe('yards, berths and chambers', () => {
  test('more NEQ never shortens a distance', () => {
    fc.assert(
      fc.property(anyAsk, anyKg, anyKg, anyPack, (ask, a, b, pack) => {
        expect(metres(ask, Math.min(a, b), pack)).toBeLessThanOrEqual(metres(ask, Math.max(a, b), pack));
      }),
      { numRuns: 3_000 },
    );
  });
  test('the strictest pack is never weaker than either', () => {
    fc.assert(
      fc.property(anyAsk, anyKg, (ask, neqKg) => {
        for (const pack of packs) expect(metres(ask, neqKg, strictest)).toBeGreaterThanOrEqual(metres(ask, neqKg, pack));
      }),
      { numRuns: 1_500 },
    );
  });
  test('a missing fact is never milder', () => {
    fc.assert(
      fc.property(anyAsk, anyKg, fc.subarray([...factNames]), fc.boolean(), fc.boolean(), (ask, neqKg, missing, noAngle, noUse) => {
        const unknown: RequiredAsk = {
          ...ask,
          chamber: { ...ask.chamber, ...Object.fromEntries(missing.map((name) => [name, null])) },
          ...(noAngle ? { offAxisMdeg: null } : {}),
          ...(noUse ? { isBusyYard: null } : {}),
        };
        expect(metres(unknown, neqKg)).toBeGreaterThanOrEqual(metres(ask, neqKg));
      }),
      { numRuns: 3_000 },
    );
  });
  test('an unknown exposed site is never milder than a known one', () => {
    fc.assert(
      fc.property(anyAsk, anyKg, anyPack, (ask, neqKg, pack) => {
        if (ask.es === 'underground') return; // a chamber answers by another table, which never asks for more than this
        expect(metres({ ...ask, es: null }, neqKg, pack)).toBeGreaterThanOrEqual(metres(ask, neqKg, pack));
      }),
      { numRuns: 1_500 },
    );
  });
  test('what a distance allows never needs more than that distance, and one kilogram more does', () => {
    fc.assert(
      fc.property(anyAsk, fc.integer({ min: 1, max: 3_000 }), anyPack, (ask, distanceM, pack) => {
        const most = answerMaxNeqOfPair(pack, ask, distanceM) ?? NEQ_LICENSED_MAX_KG;
        if (most > 0) expect(metres(ask, most, pack)).toBeLessThanOrEqual(distanceM);
        if (most < NEQ_LICENSED_MAX_KG) expect(metres(ask, most + 1, pack)).toBeGreaterThan(distanceM);
      }),
      { numRuns: 1_000 },
    );
  });
});
