/** What places and exposed sites are to the books of distances. What is unknown about them leaves all rows open that they may be. */
import type { ExposedKind, ExposedSite, Structure, Underground } from '../../domain/site.ts';
import type { DistanceBook } from '../distance/book.ts';
import { rowsOf, yardRowsOf } from '../distance/required.ts';
import { NOTHING_KNOWN } from '../distance/underground.ts';
import type { BuildingFacts } from '../facts.ts';
import type { Potential } from './plan.ts';

/** Kinds of the harbour have their rows in the books (`exposedTypes`), since they are something else to a berth. */
type HarbourKind = 'vessel' | 'mannedVessel' | 'passengerTerminal' | 'canteenSmall' | 'canteenLarge' | 'militaryOpen';
const ROW_OF_KIND: Readonly<Record<Exclude<ExposedKind, 'route' | 'process' | 'marshallingYard' | HarbourKind>, string>> = {
  inhabited: 'IBD',
  vulnerable: 'VBD',
  officeSmall: 'OFFICE_LT20',
  officeLarge: 'OFFICE_GT20',
  powerSuper: 'POWER_SUPER',
  powerNormal: 'POWER_NORMAL',
  powerMinor: 'POWER_MINOR',
  fuelProtected: 'POL_PROTECTED',
  fuelVital: 'POL_VITAL',
  fuelMinor: 'POL_MINOR',
  fuelSmall: 'POL_LT100L',
  waterPoint: 'WATER_POINT',
  inertStore: 'INERT',
};

type Covered = Readonly<{ isBarricaded: boolean | null; hasProtectiveRoof: boolean | null }>;
/** A process building by its cover. */
export function processRows({ isBarricaded, hasProtectiveRoof }: Covered): readonly string[] {
  if (isBarricaded === false) return ['ES20'];
  const rows = hasProtectiveRoof === true ? ['ES18'] : hasProtectiveRoof === false ? ['ES19'] : ['ES18', 'ES19'];
  return isBarricaded === null ? [...rows, 'ES20'] : rows;
}

/** By its users a day; unknown is the densest. */
function routeRow({ route, usersPerDay }: ExposedSite, book: DistanceBook): string {
  const row = route === null ? undefined : book.densities.get(route);
  if (row === undefined || usersPerDay === null || usersPerDay >= row.highFromPerDay) return 'PTR_HIGH';
  return usersPerDay >= row.mediumFromPerDay ? 'PTR_MEDIUM' : 'PTR_LOW';
}

export function rowsOfExposed(books: readonly DistanceBook[], exposed: ExposedSite): readonly string[] {
  const { kind } = exposed;
  if (kind === null) return rowsOf(books, null, null);
  if (kind === 'process') return processRows(exposed);
  if (kind === 'route') return [...new Set(books.map((book) => routeRow(exposed, book)))];
  if (kind === 'marshallingYard') return [...new Set(yardRowsOf(books, exposed.isBusyYard).map(({ es }) => es))];
  return kind in ROW_OF_KIND ? [ROW_OF_KIND[kind as keyof typeof ROW_OF_KIND]] : rowsOf(books, kind, null);
}

const WITH_BARRICADE = ['medium', 'light', 'open', 'process'] as const satisfies readonly Structure['construction'][];

/** The word of the place types, from how it is built and whether a barricade is known. */
export function typeOf({ structure, type }: Pick<Potential, 'structure' | 'type'>): string | null {
  const construction = structure?.construction ?? null;
  if (construction === null) return structure?.underground == null ? type : 'underground';
  if (!WITH_BARRICADE.some((each) => each === construction)) return construction;
  const word = construction === 'medium' ? 'medium' : 'light';
  const isBarricaded = structure?.isBarricaded ?? null;
  return isBarricaded === null ? word : `${word}${isBarricaded ? 'Barricaded' : 'Unbarricaded'}`;
}

/** A berth or an anchorage where vessels are loaded. */
export const isBerth = (potential: Potential): boolean => typeOf(potential) === 'berth';

/**
 * A chamber by its construction or by what is entered of it; null where it is none. Where a building above the ground was
 * entered with facts of a chamber, one of them is wrong, and nobody knows which.
 */
export function chamberOf({
  structure,
  type,
}: Pick<Potential, 'structure' | 'type'>): Readonly<{ facts: Underground; isSurfaceToo: boolean }> | null {
  const facts = structure?.underground ?? null;
  const word = typeOf({ structure, type });
  if (word !== 'underground' && facts === null) return null;
  return { facts: facts ?? NOTHING_KNOWN, isSurfaceToo: word !== 'underground' };
}

/**
 * What the counting of the NEQ asks of a place. It is underground where its construction, its type or facts of a chamber say
 * so, whatever the others say: what counts less above the ground then counts in full.
 *
 * @param built Null where nobody entered how it is built.
 * @returns Null where nothing is known.
 */
export function buildingFactsOf(
  built: Readonly<{ construction: Structure['construction']; hasChamber: boolean }> | null,
  type: string | null,
): BuildingFacts | null {
  const construction = built?.construction ?? null;
  const isUnderground = built?.hasChamber === true || construction === 'underground' || type === 'underground';
  return built === null && !isUnderground ? null : { construction, isUnderground };
}
