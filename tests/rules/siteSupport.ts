import type { ExposedSite, Shape, Structure, Underground } from '../../shared/domain/site.ts';
import type { StoreLine } from '../../shared/rules/facts.ts';
import { checkSite, type Load, loadOf } from '../../shared/rules/site/checkSite.ts';
import { makePlan, type Potential } from '../../shared/rules/site/plan.ts';
import { aLine, iatg } from './support.ts';

/** Metres north of the equator, where a degree of latitude is 110 574 m. */
export const north = (metres: number): Shape => ({ kind: 'point', points: [[Math.round((metres / 110_574.2758) * 1e7), 0]] });
export const aStructure = (facts: Partial<Structure> = {}): Structure => ({
  site: 'D',
  place: 'S1',
  construction: 'light',
  isBarricaded: true,
  hasProtectiveRoof: null,
  frontMdeg: null,
  shape: north(0),
  conditionsMet: [],
  people: null,
  floorLoadMaxKgPerM2: null,
  stackHeightMaxMm: null,
  floorAreaDm2: null,
  underground: null,
  ...facts,
});
export const aPotential = (place: string, atM: number | null, facts: Partial<Structure> = {}): Potential => {
  const shape = atM === null ? null : north(atM);
  return { place, type: null, structure: aStructure({ place, shape, ...facts }), shape };
};
/** 3 000 m³ behind a mouth 4.44 m wide, under 100 m of hard rock: of 20 t the scaled cover is 3.7, so no crater. */
export const aChamber: Underground = {
  rock: 'hardRock',
  coverMm: 100_000,
  chamberVolumeM3: 2_000,
  tunnelVolumeM3: 1_000,
  tunnelAreaDm2: 2_000,
  tunnelPerimeterMm: 18_000,
  hasProtectiveConstruction: null,
};
export const aHouse = (atM: number, facts: Partial<ExposedSite> = {}): ExposedSite => ({
  site: 'D',
  exposed: 'H1',
  name: 'House 1',
  kind: 'inhabited',
  route: null,
  usersPerDay: null,
  isBarricaded: null,
  hasProtectiveRoof: null,
  people: null,
  shape: north(atM),
  isActive: true,
  isBusyYard: null,
  ...facts,
});
export const kilograms = (neqKg: number, facts: Parameters<typeof aLine>[0] = {}): StoreLine =>
  aLine({ neqG: 1_000, ...facts }, 'S1', neqKg);
export const loads = (stock: Readonly<Record<string, readonly StoreLine[]>>, pack = iatg): Map<string, Load> =>
  new Map(Object.entries(stock).map(([place, lines]) => [place, loadOf({ lines }, pack)]));
export const check = (
  potentials: readonly Potential[],
  exposed: readonly ExposedSite[],
  stock: Readonly<Record<string, readonly StoreLine[]>>,
  pack = iatg,
) => checkSite(makePlan(pack.distances, potentials, exposed), loads(stock, pack), pack);
