import type { LicenceView, RegisterRow } from '../../../shared/contract/siteViews.ts';
import type { ExposedSite, Position7, Shape } from '../../../shared/domain/site.ts';
import { edgesOf, flat, type Link, linksOf, type Plane } from '../../../shared/rules/geometry/plane.ts';

export const WIDTH = 420;
export const HEIGHT = 260;
const MARGIN = 24;
/** Neighbours that are drawn beside what governs. */
export const DRAWN_MAX = 120;
const SCALES_M = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

export type Mark = Readonly<{
  id: string;
  name: string;
  shape: Shape;
  role: 'chosen' | 'store' | 'exposed' | 'governing';
  /** From the chosen place, rounded down; null for itself. */
  actualM: number | null;
}>;
type Spot = readonly [x: number, y: number];
export type Draw = (position: Position7) => Spot;
type Fitted = Readonly<{ draw: Draw; at: (point: readonly [number, number]) => Spot; scaleM: number; metresPerUnit: number }>;

/** What governs, and of the rest the nearest: more marks would be one blot. */
function nearestOnly(marks: readonly Mark[]): readonly Mark[] {
  const [governing, rest] = [marks.filter(({ role }) => role === 'governing'), marks.filter(({ role }) => role !== 'governing')];
  if (rest.length <= DRAWN_MAX) return marks;
  const away = ({ actualM }: Mark): number => actualM ?? Number.POSITIVE_INFINITY;
  return [...rest.toSorted((a, b) => away(a) - away(b)).slice(0, DRAWN_MAX), ...governing];
}

/** The chosen place, its neighbours and what lies around; the governing ones after the others, the chosen one last. */
export function marksOf(view: LicenceView, register: readonly RegisterRow[], exposed: readonly ExposedSite[]): readonly Mark[] {
  const governing = new Set(view.limits?.map((limit) => limit.exposed));
  const away = (isStore: boolean) =>
    new Map(view.surroundings.filter((each) => each.isStore === isStore).map((each) => [each.target, each.actualM]));
  const [stores, sites] = [away(true), away(false)];
  const around = exposed
    .filter(({ isActive }) => isActive)
    .map(
      (each): Mark => ({
        id: each.exposed,
        name: each.name,
        shape: each.shape,
        role: governing.has(each.exposed) ? 'governing' : 'exposed',
        actualM: sites.get(each.exposed) ?? null,
      }),
    );
  const neighbours = register.flatMap(({ place, shape }): Mark[] => {
    if (shape === null || place === view.place) return [];
    return [{ id: place, name: place, shape, role: governing.has(place) ? 'governing' : 'store', actualM: stores.get(place) ?? null }];
  });
  const own: Mark[] = view.shape === null ? [] : [{ id: view.place, name: view.place, shape: view.shape, role: 'chosen', actualM: null }];
  const others = nearestOnly([...neighbours, ...around]);
  return [...others.filter(({ role }) => role !== 'governing'), ...others.filter(({ role }) => role === 'governing'), ...own];
}

/** Everything within reach of what governs, so that the place and its limits fill the drawing. */
export function fitted(marks: readonly Mark[], plane: Plane): Fitted {
  const reach = marks.filter(({ role }) => role === 'chosen' || role === 'governing');
  const own = marks.find(({ role }) => role === 'chosen');
  const near = (reach.length > 1 ? reach : marks).flatMap((mark) =>
    mark.shape.kind === 'line' && own !== undefined
      ? [nearestLink(own.shape, mark.shape, plane).to]
      : mark.shape.points.map((point) => flat(plane, point)),
  );
  const points = near.length === 0 ? ([[0, 0]] as const) : near;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [minX, maxX, minY, maxY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const metresPerUnit = Math.max((maxX - minX) / (WIDTH - 2 * MARGIN), (maxY - minY) / (HEIGHT - 2 * MARGIN), 0.1);
  const [middleX, middleY] = [(minX + maxX) / 2, (minY + maxY) / 2];
  const at: Fitted['at'] = ([x, y]) => [WIDTH / 2 + (x - middleX) / metresPerUnit, HEIGHT / 2 - (y - middleY) / metresPerUnit];
  return {
    at,
    draw: (position) => at(flat(plane, position)),
    metresPerUnit,
    scaleM: SCALES_M.findLast((metres) => metres / metresPerUnit <= WIDTH / 3) ?? 10,
  };
}

/** Where the mark of a thing stands: a building in its middle, a line where it comes nearest. */
export function spotOf({ shape }: Mark, own: Shape, { draw, at }: Pick<Fitted, 'draw' | 'at'>, plane: Plane): Spot {
  if (shape.kind === 'line') return at(nearestLink(own, shape, plane).to);
  const spots = shape.points.map(draw);
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return [middle(spots.map(([x]) => x)), middle(spots.map(([, y]) => y))];
}

/** From the nearest point of one to the nearest of the other, in the plane: for drawing, the rules measure on the ellipsoid. */
export function nearestLink(a: Shape, b: Shape, plane: Plane): Link {
  const links = edgesOf(a, plane).flatMap((edge) => edgesOf(b, plane).flatMap((other) => linksOf(edge, other)));
  return links.reduce((least, link) => (link.metres < least.metres ? link : least));
}

type Box = Readonly<{ x: number; y: number; width: number; height: number }>;
export type Label = Readonly<{ id: string; text: string; spot: Spot; isNeeded: boolean }>;
type PlacedLabel = Readonly<{ id: string; text: string; x: number; y: number }>;

const LETTER = 5.2;
const LINE = 12;
const meets = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = ({ x, y, width, height }: Box): boolean => x >= 2 && y >= 2 && x + width <= WIDTH - 2 && y + height <= HEIGHT - 26;

/** Where a label of a spot may stand: beside it, above or below, to either side. */
function boxesAround({ text, spot: [x, y] }: Label): readonly Box[] {
  const size = { width: text.length * LETTER + 4, height: LINE };
  const [right, left, middle] = [x + 6, x - 6 - size.width, x - size.width / 2];
  const [above, below, level] = [y - 15, y + 4, y - LINE / 2];
  return [
    { x: right, y: above, ...size },
    { x: right, y: below, ...size },
    { x: left, y: above, ...size },
    { x: left, y: below, ...size },
    { x: right, y: level, ...size },
    { x: left, y: level, ...size },
    { x: middle, y: above - 6, ...size },
    { x: middle, y: below + 6, ...size },
    { x: left, y: below + 10, ...size },
    { x: right, y: below + 10, ...size },
    { x: left, y: above - 12, ...size },
    { x: right, y: above - 12, ...size },
  ];
}

/**
 * Labels that do not lie on each other or on a mark. One that finds no room is left out, since the table beside says the
 * same, unless it is needed: then it takes the place that stays in the drawing. The first given are placed first.
 */
export function placeLabels(labels: readonly Label[], marks: readonly Spot[]): readonly PlacedLabel[] {
  const taken: Box[] = marks.map(([x, y]) => ({ x: x - 3, y: y - 3, width: 6, height: 6 }));
  return labels.flatMap((label) => {
    const boxes = boxesAround(label).filter(inside);
    const free = boxes.find((box) => !taken.some((other) => meets(box, other))) ?? (label.isNeeded ? boxes[0] : undefined);
    if (free === undefined) return [];
    taken.push(free);
    return [{ id: label.id, text: label.text, x: free.x + 2, y: free.y + LINE - 3 }];
  });
}
