/** Points near each other on the ellipsoid, laid flat: metres east and north of an origin. */
import type { Position7, Shape } from '../../domain/site.ts';

export type Point = readonly [eastM: number, northM: number];
export type Plane = Readonly<{ origin: Position7; metresPerLat7: number; metresPerLon7: number }>;

/** WGS84. */
const AXIS_M = 6_378_137;
const ECCENTRICITY_SQUARED = 0.00669437999014;
const RADIANS_PER_UNIT = Math.PI / 180 / 1e7;
const TURN = 3_600_000_000;

/** The plane that touches the ellipsoid at the origin: true to the millimetre over the few kilometres of a depot. */
export function planeAt(origin: Position7): Plane {
  const latitude = origin[0] * RADIANS_PER_UNIT;
  const w = 1 - ECCENTRICITY_SQUARED * Math.sin(latitude) ** 2;
  const meridianM = (AXIS_M * (1 - ECCENTRICITY_SQUARED)) / w ** 1.5;
  const primeM = AXIS_M / Math.sqrt(w);
  return {
    origin,
    metresPerLat7: meridianM * RADIANS_PER_UNIT,
    metresPerLon7: primeM * Math.cos(latitude) * RADIANS_PER_UNIT,
  };
}

/** The shorter way round, so that a site may lie on both sides of the antimeridian. */
const turned = (lon7: number): number => lon7 - TURN * Math.round(lon7 / TURN);

export const flat = ({ origin, metresPerLat7, metresPerLon7 }: Plane, [lat7, lon7]: Position7): Point => [
  turned(lon7 - origin[1]) * metresPerLon7,
  (lat7 - origin[0]) * metresPerLat7,
];

/** Degrees of a point of the plane, not rounded. */
export const degreesOf = ({ origin, metresPerLat7, metresPerLon7 }: Plane, [eastM, northM]: Point): readonly [number, number] => [
  (origin[0] + northM / metresPerLat7) / 1e7,
  turned(origin[1] + eastM / metresPerLon7) / 1e7,
];

export type Segment = readonly [Point, Point];

/** The edges of a shape; a single point is one edge without length. */
export function edgesOf({ kind, points }: Shape, plane: Plane): readonly Segment[] {
  const laid = points.map((point) => flat(plane, point));
  const [first] = laid;
  if (first === undefined) return [];
  const edges = laid.slice(1).map((point, i): Segment => [laid[i] as Point, point]);
  const last = laid.at(-1) as Point;
  if (kind === 'polygon' && laid.length > 2) edges.push([last, first]);
  return edges.length === 0 ? [[first, first]] : edges;
}

function nearestOn([[ax, ay], [bx, by]]: Segment, [x, y]: Point): Point {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return [ax + share * dx, ay + share * dy];
}

const side = ([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): number => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
const cross = ([a, b]: Segment, [c, d]: Segment): boolean => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

export type Link = Readonly<{ metres: number; from: Point; to: Point }>;

/** From each end of either edge to the nearest point of the other: one of these is the nearest. A crossing is zero. */
export function linksOf(a: Segment, b: Segment): readonly Link[] {
  if (cross(a, b)) return [{ metres: 0, from: a[0], to: a[0] }];
  const pairs: readonly (readonly [Point, Point])[] = [
    [a[0], nearestOn(b, a[0])],
    [a[1], nearestOn(b, a[1])],
    [nearestOn(a, b[0]), b[0]],
    [nearestOn(a, b[1]), b[1]],
  ];
  return pairs.map(([from, to]) => ({ metres: Math.hypot(from[0] - to[0], from[1] - to[1]), from, to }));
}

/** Whether a point lies inside the ring of edges. */
export function isInside([x, y]: Point, ring: readonly Segment[]): boolean {
  let inside = false;
  for (const [[ax, ay], [bx, by]] of ring) {
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
