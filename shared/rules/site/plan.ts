/**
 * The plan of one site: which places and exposed sites there are, how far apart, and what each is to the other. It holds
 * no stock. Geometry is worked out once a pair and remembered, since stock changes every hour and walls do not.
 */
import type { ExposedKind, ExposedSite, Shape, Structure } from '../../domain/site.ts';
import type { DistanceBook, DistanceDivision, MatrixDivision, Orientation, PotentialColumn } from '../distance/book.ts';
import { matrixDivisionOf, matrixDivisions } from '../distance/book.ts';
import type { Method } from '../distance/functions.ts';
import { columnsOf, type PairAsk, type RequiredDistance, requiredDistance, rowsOf } from '../distance/required.ts';
import { distanceMm, sidesTowards } from '../geometry/geometry.ts';

/** A storehouse or a place of its own where explosives may lie. Without a structure its type alone is known. */
export type Potential = Readonly<{ place: string; type: string | null; structure: Structure | null; shape: Shape | null }>;
/** What an explosion must not reach: a potential site too, or something outside. */
export type Target =
  | Readonly<{ kind: 'potential'; id: string; potential: Potential }>
  | Readonly<{ kind: 'exposed'; id: string; exposed: ExposedSite }>;
export type SitePlan = Readonly<{
  books: readonly DistanceBook[];
  method: Method;
  potentials: ReadonlyMap<string, Potential>;
  /** Only the active ones. */
  exposed: readonly ExposedSite[];
  pairs: Map<string, PairFacts>;
  required: Map<string, RequiredDistance>;
  kinds: Map<string, readonly string[]>;
}>;

/** What the two places are to each other. */
export type PairFacts = Readonly<{ actualMm: number; sides: ReadonlyMap<MatrixDivision, PairAsk> }>;

export const makePlan = (
  books: readonly DistanceBook[],
  potentials: readonly Potential[],
  exposed: readonly ExposedSite[],
  method: Method = 'table',
): SitePlan => ({
  books,
  method,
  potentials: new Map(potentials.map((each) => [each.place, each])),
  exposed: exposed.filter(({ isActive }) => isActive),
  pairs: new Map(),
  required: new Map(),
  kinds: new Map(),
});

const ROW_OF_KIND: Readonly<Record<Exclude<ExposedKind, 'route' | 'process' | 'marshallingYard'>, string>> = {
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
/** A process building by its cover; what is unknown about it leaves all rows open that it may be. */
function processRows({ isBarricaded, hasProtectiveRoof }: Covered): readonly string[] {
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

function rowsOfExposed(books: readonly DistanceBook[], exposed: ExposedSite): readonly string[] {
  if (exposed.kind === null) return rowsOf(books, null, null);
  if (exposed.kind === 'process') return processRows(exposed);
  if (exposed.kind === 'route') return [...new Set(books.map((book) => routeRow(exposed, book)))];
  // A yard that is used on more than one day a week or for 1.1 is as an inhabited building; less is not assumed.
  return [exposed.kind === 'marshallingYard' ? 'IBD' : ROW_OF_KIND[exposed.kind]];
}

/** The word of the place types, from how it is built and whether a barricade is known. */
function typeOf({ structure, type }: Potential): string | null {
  const construction = structure?.construction ?? null;
  if (construction === null) return type;
  if (construction === 'medium' || construction === 'light' || construction === 'open' || construction === 'process') {
    const word = construction === 'medium' ? 'medium' : 'light';
    const isBarricaded = structure?.isBarricaded ?? null;
    return isBarricaded === null ? word : `${word}${isBarricaded ? 'Barricaded' : 'Unbarricaded'}`;
  }
  return construction;
}

type Side = Orientation | null;
const anySide: readonly Side[] = [null];

/** By division: the sides of a place that look at a shape. Divisions that share their sectors are looked at once. */
function sidesOf(from: Potential, to: Shape, books: readonly DistanceBook[]): (division: MatrixDivision) => readonly Side[] {
  const front = from.structure?.frontMdeg ?? null;
  if (front === null || from.shape === null) return () => anySide;
  const { shape } = from;
  const seen = new Map<string, readonly Side[]>();
  return (division) => {
    const sectors = books.flatMap((book) => book.sectors.get(division) ?? []);
    if (sectors.length === 0) return anySide;
    const key = sectors.map(({ frontMdeg, rearMdeg }) => `${frontMdeg} ${rearMdeg}`).join();
    const known = seen.get(key) ?? [...new Set(sectors.flatMap((each) => [...sidesTowards(shape, front, to, each)]))];
    seen.set(key, known);
    return known;
  };
}

/** Columns or rows of a type turned some way, remembered: a site has few kinds of buildings. */
function remembered<T extends string>(
  plan: SitePlan,
  kind: string,
  type: string | null,
  sides: readonly Side[],
  find: () => readonly T[],
): readonly T[] {
  const key = `${kind} ${type} ${sides.join()}`;
  const known = plan.kinds.get(key) as readonly T[] | undefined;
  if (known !== undefined) return known;
  const found = find();
  plan.kinds.set(key, found);
  return found;
}

const ECM_TYPES = ['ecm7bar', 'ecm3bar', 'ecm'];
function columnsFrom(plan: SitePlan, from: Potential, sides: readonly Side[]): readonly PotentialColumn[] {
  const type = typeOf(from);
  const asked = type !== null && ECM_TYPES.includes(type) ? 'ecm' : type;
  return remembered(plan, 'columns', asked, sides, () => [...new Set(sides.flatMap((side) => columnsOf(plan.books, asked, side)))]);
}

/** A potential site as what another explosion reaches. */
function rowsOfPotential(plan: SitePlan, potential: Potential, sides: readonly Side[]): readonly string[] {
  if (potential.structure?.construction === 'process') return processRows(potential.structure);
  const type = typeOf(potential);
  return remembered(plan, 'rows', type, sides, () => {
    // A bare column says how it explodes, not what it withstands: as an exposed site it is unknown.
    const rows = [...new Set(sides.flatMap((side) => rowsOf(plan.books, type, side)))];
    return rows.length > STORE_ROWS.length ? STORE_ROWS : rows;
  });
}
/** The rows of storehouses: what an unknown storehouse may be. */
const STORE_ROWS: readonly string[] = Array.from({ length: 17 }, (_, at) => `ES${String(at + 1).padStart(2, '0')}`);

const shapeOf = (target: Target): Shape | null => (target.kind === 'exposed' ? target.exposed.shape : target.potential.shape);

/** How far a target is and what it is to a potential site; null where one of the two has no known position. */
export function pairFacts(plan: SitePlan, from: Potential, target: Target): PairFacts | null {
  const key = `${from.place}\n${target.kind}\n${target.id}`;
  const known = plan.pairs.get(key);
  if (known !== undefined) return known;
  const to = shapeOf(target);
  if (from.shape === null || to === null) return null;
  const { shape } = from;
  const { books, method } = plan;
  const met = new Set(from.structure?.conditionsMet ?? []);
  const ownSides = sidesOf(from, to, books);
  const otherSides = target.kind === 'potential' ? sidesOf(target.potential, shape, books) : () => anySide;
  const rowsAt = (division: MatrixDivision) =>
    target.kind === 'exposed'
      ? remembered(plan, 'exposed', target.id, anySide, () => rowsOfExposed(books, target.exposed))
      : rowsOfPotential(plan, target.potential, otherSides(division));
  const sides = new Map(
    matrixDivisions.map((division): [MatrixDivision, PairAsk] => [
      division,
      { division, method, met, columns: columnsFrom(plan, from, ownSides(division)), rows: rowsAt(division) },
    ]),
  );
  const facts = { actualMm: distanceMm(shape, to), sides };
  plan.pairs.set(key, facts);
  return facts;
}

const askKey = ({ division, columns, rows, met }: PairAsk, neqG: number): string =>
  `${division}|${columns.join()}|${rows.join()}|${[...(met ?? [])].join()}|${neqG}`;

/** What a pair asks for, remembered: many pairs of a site are alike. */
export function requiredOf(plan: SitePlan, facts: PairFacts, division: DistanceDivision, neqG: number): RequiredDistance {
  const [book] = plan.books;
  const ask = facts.sides.get(book === undefined ? '1.1' : matrixDivisionOf(book, division)) as PairAsk;
  const key = askKey(ask, neqG);
  const known = plan.required.get(key);
  if (known !== undefined) return known;
  if (plan.required.size > 50_000) plan.required.clear();
  const found = requiredDistance(plan.books, ask, neqG);
  plan.required.set(key, found);
  return found;
}

/** Everything that a potential site may reach. */
export const targetsOf = (plan: SitePlan, from: Potential): readonly Target[] => [
  ...[...plan.potentials.values()]
    .filter(({ place }) => place !== from.place)
    .map((potential): Target => ({ kind: 'potential', id: potential.place, potential })),
  ...plan.exposed.map((exposed): Target => ({ kind: 'exposed', id: exposed.exposed, exposed })),
];
