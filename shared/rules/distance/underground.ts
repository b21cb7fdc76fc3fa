/**
 * Chambers underground: what a chamber asks of an exposed site (blast from a crater, ground shock, blast and debris from
 * the mouth of its tunnel), and of the next chamber. A fact that nobody entered is the worst that it may be.
 *
 * @source IATG 02.20:2021 Annexes M and N, by the rows of the book
 */
import type { Underground } from '../../domain/site.ts';
import type { RuleRow } from '../pack.ts';
import type { ChamberAsk, PairAsk, RequiredDistance } from './ask.ts';
import {
  type DistanceBook,
  type MatrixDivision,
  matrixDivisionOf,
  tableOf,
  type UndergroundHazard,
  type UndergroundRules,
} from './book.ts';
import { type CellDistance, cellAt, noDistance } from './cellDistance.ts';
import { upToMetre } from './functions.ts';

/** A chamber of which nobody entered anything. */
export const NOTHING_KNOWN: Underground = {
  rock: null,
  coverMm: null,
  chamberVolumeM3: null,
  tunnelVolumeM3: null,
  tunnelAreaDm2: null,
  tunnelPerimeterMm: null,
  hasProtectiveConstruction: null,
};

type Found = Omit<RequiredDistance, 'column'> & Readonly<{ withoutM: number }>;
type Reach = Readonly<{ hazard: UndergroundHazard; exactM: number; row: RuleRow; isAssumed: boolean }>;

/** A cover exactly on a bound is still the thinner one. The term absorbs binary fractions of the cube root. */
function craterReach({ craters }: UndergroundRules, { coverMm }: Underground, kilograms: number): Reach {
  const root = Math.cbrt(kilograms);
  const band = craters.find(
    ({ scaledCoverMaxMm }) => coverMm === null || scaledCoverMaxMm === null || coverMm <= scaledCoverMaxMm * root + 1e-6,
  ) as (typeof craters)[number];
  return { hazard: 'crater', exactM: (band.scaledMm * root) / 1000, row: band, isAssumed: coverMm === null };
}

/** The greatest where the rock is unknown. The decoupling factor is that of the assumptions, since no fact of a chamber gives it. */
function shockReach({ shocks, assumed }: UndergroundRules, { rock }: Underground, kilograms: number): Reach {
  const rows = shocks.filter((row) => rock === null || row.rock === rock);
  const row = rows.reduce((worst, each) => (each.scaledMm > worst.scaledMm ? each : worst));
  const exactM = (row.scaledMm / 1000) * (assumed.decouplingMilli / 1000) * kilograms ** (4 / 9);
  return { hazard: 'groundShock', exactM, row, isAssumed: true };
}

/**
 * Four times the area over the circumference, in metres. Of all mouths with one of the two, the round one is the widest;
 * it stands in where the other is unknown.
 */
function hydraulicDiameterM({ assumed }: UndergroundRules, { tunnelAreaDm2, tunnelPerimeterMm }: Underground): number {
  const areaM2 = tunnelAreaDm2 ? tunnelAreaDm2 / 100 : null;
  const perimeterM = tunnelPerimeterMm ? tunnelPerimeterMm / 1000 : null;
  if (areaM2 !== null) return perimeterM === null ? 2 * Math.sqrt(areaM2 / Math.PI) : (4 * areaM2) / perimeterM;
  return perimeterM === null ? assumed.hydraulicDiameterMm / 1000 : perimeterM / Math.PI;
}

function mouthReach(rules: UndergroundRules, { facts, offAxisMdeg }: ChamberAsk, kilograms: number): Reach {
  const { mouth, assumed } = rules;
  const volumeM3 = (facts.chamberVolumeM3 || assumed.chamberVolumeM3) + (facts.tunnelVolumeM3 ?? 0);
  const offAxis = (1 + (offAxisMdeg / mouth.offAxisMdeg) ** 2) ** (mouth.offAxisPowerMilli / 1000);
  const exactM = ((mouth.factorMilli / 1000) * hydraulicDiameterM(rules, facts) * Math.cbrt(kilograms / volumeM3)) / offAxis;
  const known = [facts.chamberVolumeM3, facts.tunnelVolumeM3, facts.tunnelAreaDm2, facts.tunnelPerimeterMm];
  return { hazard: 'tunnelMouth', exactM, row: mouth, isAssumed: known.includes(null) };
}

const debrisReach = ({ debris }: UndergroundRules, { offAxisMdeg }: ChamberAsk): Reach => ({
  hazard: 'debris',
  exactM: offAxisMdeg <= debris.arcMdeg ? debris.distanceM : 0,
  row: debris,
  isAssumed: false,
});

/** What one kind of exposed site asks of the four: the greatest. */
function outwardsAt(rules: UndergroundRules, reaches: readonly Reach[], es: string): Found {
  const shared = reaches.map((reach) => {
    const share = rules.shares.find((row) => row.hazards.includes(reach.hazard) && row.es.includes(es));
    const exactM = share === undefined ? reach.exactM : (reach.exactM * share.numerator) / share.denominator;
    const isVerified = reach.row.status === 'verified' && (share?.status ?? 'verified') === 'verified' && !reach.isAssumed;
    return { ...reach, exactM, status: isVerified ? ('verified' as const) : ('unverified' as const) };
  });
  const { hazard, exactM, row, status } = shared.reduce((worst, each) => (each.exactM > worst.exactM ? each : worst));
  const distanceM = upToMetre(exactM);
  return {
    ...noDistance,
    distanceM,
    exactM,
    functionId: hazard,
    governedBy: hazard === 'debris' ? 'fixed' : 'function',
    es,
    row: { ...row, status },
    alternatives: [],
    restsOn: [],
    withoutM: distanceM,
  };
}

/** The rows of the rock at this density of loading; unknown rock is every rock, unknown volume the densest loading. */
function intervalsAt({ intervals }: UndergroundRules, { rock, chamberVolumeM3 }: Underground, kilograms: number) {
  const density = chamberVolumeM3 ? kilograms / chamberVolumeM3 : Number.POSITIVE_INFINITY;
  const rocks = new Set(intervals.flatMap((row) => (rock === null || row.rock === rock ? [row.rock] : [])));
  const holds = (bound: number | null) => bound === null || density < bound;
  return [...rocks].flatMap((each) => intervals.find((row) => row.rock === each && holds(row.loadingDensityBelowKgPerM3)) ?? []);
}

function toChamberAt(book: DistanceBook, rules: UndergroundRules, ask: PairAsk, facts: Underground, neqG: number): readonly CellDistance[] {
  const table = tableOf(book, 'underground');
  return intervalsAt(rules, facts, neqG / 1000).map((row) => {
    const found = cellAt(book, table, facts.hasProtectiveConstruction === true ? row.protectedCell : row.cell, neqG, ask);
    const isAssumed = facts.rock === null || !facts.chamberVolumeM3;
    return isAssumed ? { ...found, row: { ...found.row, status: 'unverified' as const } } : found;
  });
}

/** Every distance that a chamber asks for by one book, the greatest of which counts; null where the book has no such rules. */
export function undergroundAt(book: DistanceBook, ask: PairAsk, neqG: number): readonly Found[] | null {
  const { underground: rules } = book;
  const { chamber } = ask;
  if (rules === null || chamber === undefined) return null;
  const counted = rules.divisions.get(matrixDivisionOf(book, ask.division) as MatrixDivision);
  const { facts, isToChamber } = chamber;
  if (counted === undefined) return null;
  if (counted.countsAs === 'none')
    return [{ ...noDistance, es: ask.rows[0] ?? '', row: counted, alternatives: [], restsOn: [], withoutM: 0 }];
  if (isToChamber) return toChamberAt(book, rules, ask, facts, neqG).map((found) => ({ ...found, es: 'underground' }));
  const kilograms = neqG / 1000;
  const reaches = [
    craterReach(rules, facts, kilograms),
    shockReach(rules, facts, kilograms),
    mouthReach(rules, chamber, kilograms),
    debrisReach(rules, chamber),
  ];
  return ask.rows.map((es) => outwardsAt(rules, reaches, es));
}
