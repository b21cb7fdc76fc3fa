/**
 * The plan of one site: which places and exposed sites there are, how far apart, and what each is to the other. It holds
 * no stock. Geometry is worked out once a pair and remembered, since stock changes every hour and walls do not.
 */
import type { ExposedSite, Shape, Structure } from '../../domain/site.ts';
import type { ChamberAsk, MetCondition, PairAsk, RequiredDistance } from '../distance/ask.ts';
import type { DistanceBook, DistanceDivision, MatrixDivision, Orientation, PotentialColumn } from '../distance/book.ts';
import { matrixDivisionOf, matrixDivisions } from '../distance/book.ts';
import type { Method } from '../distance/functions.ts';
import { BERTH_STORE, BERTH_TO_BERTH, berthRowsOf, STORE_ROWS } from '../distance/ports.ts';
import { columnsOf, requiredDistance, rowsOf } from '../distance/required.ts';
import type { ApprovalFacts } from '../facts.ts';
import { distanceMm, leastOffsetMdeg, sidesTowards } from '../geometry/geometry.ts';
import type { ConditionEnd } from './basis.ts';
import { chamberOf, isBerth, processRows, rowsOfExposed, typeOf } from './kinds.ts';

/** A storehouse or a place of its own where explosives may lie. Without a structure its type alone is known. */
export type Potential = Readonly<{
  place: string;
  type: string | null;
  structure: Structure | null;
  shape: Shape | null;
  /** In force on the day of the plan, at this place. */
  approvals?: readonly ApprovalFacts[];
  /** Conditions entered with the building that count on the day of the plan. */
  ofBuilding?: readonly ConditionEnd[];
}>;
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
  /** Both, each one thing for the life of the plan. */
  targets: readonly Target[];
  pairs: Map<string, PairFacts>;
  required: Map<string, RequiredDistance>;
  kinds: Map<string, readonly string[]>;
}>;

/** What the two places are to each other. */
export type PairFacts = Readonly<{
  actualMm: number;
  sides: ReadonlyMap<MatrixDivision, PairAsk>;
  /** What tells the asks of pairs apart beside division, columns, and rows of either kind. */
  key: string;
}>;

export function makePlan(
  books: readonly DistanceBook[],
  potentials: readonly Potential[],
  exposed: readonly ExposedSite[],
  method: Method = 'table',
): SitePlan {
  const active = exposed.filter(({ isActive }) => isActive);
  return {
    books,
    method,
    potentials: new Map(potentials.map((each) => [each.place, each])),
    exposed: active,
    targets: [
      ...potentials.map((potential): Target => ({ kind: 'potential', id: potential.place, potential })),
      ...active.map((each): Target => ({ kind: 'exposed', id: each.exposed, exposed: each })),
    ],
    pairs: new Map(),
    required: new Map(),
    kinds: new Map(),
  };
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
/** What a potential site may be, turned some of its sides to what it reaches; without a side all of them. */
export function columnsFrom(plan: SitePlan, from: Potential, sides: readonly Side[] = anySide): readonly PotentialColumn[] {
  const type = typeOf(from);
  const asked = type !== null && ECM_TYPES.includes(type) ? 'ecm' : type;
  return remembered(plan, 'columns', asked, sides, () => [...new Set(sides.flatMap((side) => columnsOf(plan.books, asked, side)))]);
}

/** The columns of a place as it is built, whichever side it turns to what lies around. */
export const columnsOfPlace = (plan: SitePlan, from: Potential): readonly PotentialColumn[] => columnsFrom(plan, from, anySide);

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
const rowsKnown = new WeakMap<Target, readonly string[]>();
/** What a target of this plan may be, whatever side it turns. */
export function rowsTo(plan: SitePlan, target: Target): readonly string[] {
  const known = rowsKnown.get(target);
  if (known !== undefined) return known;
  const rows =
    target.kind === 'potential'
      ? rowsOfPotential(plan, target.potential, anySide)
      : remembered(plan, 'exposed', target.id, anySide, () => rowsOfExposed(plan.books, target.exposed));
  rowsKnown.set(target, rows);
  return rows;
}

/** Where a target stands; null is not known. */
export const shapeOf = (target: Target): Shape | null => (target.kind === 'exposed' ? target.exposed.shape : target.potential.shape);

/** What is recorded as met at a place: with its building, or by approval of single cells; either until a day. */
const metAt = ({ ofBuilding = [], approvals = [] }: Potential): readonly MetCondition[] => [
  ...ofBuilding.map(({ condition, until }) => ({ condition, cell: null, until })),
  ...approvals.flatMap(({ rule, conditions, until }) => conditions.map((condition) => ({ condition, cell: rule, until }))),
];

/** Whether anything is recorded as met at a place, so that a distance from it may rest on something. */
export const hasConditions = ({ structure, approvals = [] }: Potential): boolean =>
  (structure?.conditionsMet.length ?? 0) > 0 || approvals.length > 0;

/** A chamber as it lies to a target; the axis of its tunnel is its front, the mouth its shape. */
function chamberAsk(from: Potential, target: Target, to: Shape): ChamberAsk | null {
  const chamber = chamberOf(from);
  if (chamber === null || from.shape === null) return null;
  const front = from.structure?.frontMdeg ?? null;
  const other = target.kind === 'potential' ? chamberOf(target.potential) : null;
  return {
    ...chamber,
    offAxisMdeg: front === null ? 0 : leastOffsetMdeg(from.shape, front, to),
    isToChamber: other !== null && !other.isSurfaceToo,
  };
}

function berthRows(books: readonly DistanceBook[], target: Target, rows: readonly string[]): readonly string[] {
  if (target.kind === 'exposed') return berthRowsOf(books, target.exposed.kind, rows);
  if (typeOf(target.potential) === null) return [BERTH_STORE, BERTH_TO_BERTH];
  if (isBerth(target.potential)) return [BERTH_TO_BERTH];
  return target.potential.structure?.construction === 'process' ? rows : [BERTH_STORE];
}

/** What the asks of a pair have in common over the divisions, and a text that tells it apart. */
function commonAsk({ books, method }: SitePlan, from: Potential, target: Target, to: Shape) {
  const met = metAt(from);
  const chamber = chamberAsk(from, target, to);
  const isBerthPair = chamber === null && isBerth(from);
  const ask = (division: MatrixDivision, columns: readonly PotentialColumn[], rows: readonly string[]): PairAsk => ({
    division,
    method,
    met,
    columns,
    rows,
    ...(isBerthPair ? { berth: berthRows(books, target, rows) } : {}),
    ...(chamber === null ? {} : { chamber }),
  });
  // What it is and no name: what a name stands for may change, and answers are carried over to the next plan.
  const parts = [...met.map(({ condition, cell, until }) => `${condition} ${cell} ${until}`), JSON.stringify(chamber)];
  return { ask, key: parts.join('\n') };
}

/** How far a target is and what it is to a potential site; null where one of the two has no known position. */
export function pairFacts(plan: SitePlan, from: Potential, target: Target): PairFacts | null {
  const name = `${from.place}\n${target.kind}\n${target.id}`;
  const known = plan.pairs.get(name);
  if (known !== undefined) return known;
  const to = shapeOf(target);
  if (from.shape === null || to === null) return null;
  const { shape } = from;
  const { books } = plan;
  const ownSides = sidesOf(from, to, books);
  const otherSides = target.kind === 'potential' ? sidesOf(target.potential, shape, books) : () => anySide;
  const rowsAt = (division: MatrixDivision) =>
    target.kind === 'exposed' ? rowsTo(plan, target) : rowsOfPotential(plan, target.potential, otherSides(division));
  const { ask, key } = commonAsk(plan, from, target, to);
  const sides = new Map(
    matrixDivisions.map((division): [MatrixDivision, PairAsk] => [
      division,
      ask(division, columnsFrom(plan, from, ownSides(division)), rowsAt(division)),
    ]),
  );
  const facts = { actualMm: distanceMm(shape, to), sides, key };
  plan.pairs.set(name, facts);
  return facts;
}

/** What a pair asks for, remembered: many pairs of a site are alike. */
export function requiredOf(plan: SitePlan, facts: PairFacts, division: DistanceDivision, neqG: number): RequiredDistance {
  const [book] = plan.books;
  const ask = facts.sides.get(book === undefined ? '1.1' : matrixDivisionOf(book, division)) as PairAsk;
  const key = `${ask.division}|${ask.columns.join()}|${ask.rows.join()}|${ask.berth?.join() ?? ''}|${facts.key}|${neqG}`;
  const known = plan.required.get(key);
  if (known !== undefined) return known;
  if (plan.required.size > 50_000) plan.required.clear();
  const found = requiredDistance(plan.books, ask, neqG);
  plan.required.set(key, found);
  return found;
}

/** Everything that a potential site may reach. */
export const targetsOf = ({ targets }: SitePlan, { place }: Potential): readonly Target[] =>
  targets.filter(({ kind, id }) => kind === 'exposed' || id !== place);
