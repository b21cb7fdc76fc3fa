/** Distances and bearings between shapes on the ellipsoid. */
import geodesic from 'geographiclib-geodesic';
import type { Position7, Shape } from '../../domain/site.ts';
import type { Orientation } from '../distance/book.ts';
import { degreesOf, edgesOf, flat, isInside, type Link, linksOf, type Plane, type Point, planeAt, type Segment } from './plane.ts';

const ELLIPSOID = geodesic.Geodesic.WGS84;
/** Lengths in the plane are true to this share, up to 10 km and 65 degrees of latitude: ties within it are all measured. */
const PLANE_ERROR_SHARE = 0.004;
/** The foot of a perpendicular lies a little beside the true one, up to 0.48 mm at 65 degrees: that much is taken from the distance. */
const FOOT_ERROR_MM_PER_KM2 = 0.5;

/** Midway between the first points of both, so that neither lies far from where the plane touches. */
function planeOf(a: Shape, b: Shape): Plane {
  const [lat7, lon7] = a.points[0] as Position7;
  const east = flat(planeAt([lat7, lon7]), b.points[0] as Position7);
  const [latitude, longitude] = degreesOf(planeAt([lat7, lon7]), [east[0] / 2, east[1] / 2]);
  return planeAt([Math.round(latitude * 1e7), Math.round(longitude * 1e7)]);
}

const overlaps = (a: Shape, edgesA: readonly Segment[], b: Shape, edgesB: readonly Segment[]): boolean =>
  (a.kind === 'polygon' && edgesB.some(([point]) => isInside(point, edgesA))) ||
  (b.kind === 'polygon' && edgesA.some(([point]) => isInside(point, edgesB)));

/**
 * Nearest point to nearest point, straight over barricades and earth cover, in millimetres rounded down; zero where the
 * two touch or overlap. The nearest points are found in the plane, the distance between them on the ellipsoid.
 *
 * @source IATG 02.20:2021 cl. 7.2
 */
export function distanceMm(a: Shape, b: Shape): number {
  const plane = planeOf(a, b);
  const [edgesA, edgesB] = [edgesOf(a, plane), edgesOf(b, plane)];
  if (overlaps(a, edgesA, b, edgesB)) return 0;
  const links = edgesA.flatMap((edge) => edgesB.flatMap((other) => linksOf(edge, other)));
  const nearestM = Math.min(...links.map(({ metres }) => metres));
  const candidates = links.filter(({ metres }) => metres <= nearestM * (1 + PLANE_ERROR_SHARE));
  const exactM = Math.min(...candidates.map((link) => onEllipsoid(plane, link)));
  return Math.max(0, Math.floor(exactM * 1000 - (exactM / 1000) ** 2 * FOOT_ERROR_MM_PER_KM2));
}

function onEllipsoid(plane: Plane, { from, to }: Link): number {
  const [a, b] = [degreesOf(plane, from), degreesOf(plane, to)];
  return ELLIPSOID.Inverse(a[0], a[1], b[0], b[1], geodesic.Geodesic.DISTANCE).s12 ?? 0;
}

const FULL_MDEG = 360_000;

/** Bearing from north in thousandths of a degree, -180 000 to 180 000: east is positive. */
const bearingMdeg = (from: Point, to: Point): number => (Math.atan2(to[0] - from[0], to[1] - from[1]) * 180_000) / Math.PI;

/** Between 0 (ahead) and 180 000 (behind). */
export function offsetMdeg(frontMdeg: number, bearing: number): number {
  const turned = Math.abs(bearing - frontMdeg) % FULL_MDEG;
  return turned > FULL_MDEG / 2 ? FULL_MDEG - turned : turned;
}

type Sectors = Readonly<{ frontMdeg: number; rearMdeg: number }>;

/** The sectors that one direction lies in: two on a boundary. `offset` from ahead, to either side. */
function sectorsAt(offset: number, { frontMdeg, rearMdeg }: Sectors, sides: Set<Orientation>): void {
  const [frontEnds, rearBegins] = [frontMdeg / 2, (FULL_MDEG - rearMdeg) / 2];
  if (offset <= frontEnds) sides.add('front');
  if (offset >= rearBegins) sides.add('rear');
  if (offset >= frontEnds && offset <= rearBegins) sides.add('side');
}

/** Whether a direction lies between two others, the shorter way round. */
function isBetween(direction: number, from: number, to: number): boolean {
  const span = (((to - from) % FULL_MDEG) + FULL_MDEG) % FULL_MDEG;
  const [start, width] = span <= FULL_MDEG / 2 ? [from, span] : [to, FULL_MDEG - span];
  return (((direction - start) % FULL_MDEG) + FULL_MDEG) % FULL_MDEG <= width;
}

/**
 * The sides of a building that look at another shape: every sector that any part of it lies in, seen from any corner.
 * On a boundary both count; where it reaches from the front to the rear, the side counts too. The worst of them holds.
 */
export function sidesTowards(from: Shape, frontMdeg: number, to: Shape, sectors: Sectors): ReadonlySet<Orientation> {
  const plane = planeOf(from, to);
  const corners = edgesOf(from, plane).map(([corner]) => corner);
  const edges = edgesOf(to, plane);
  const sides = new Set<Orientation>();
  for (const corner of corners) {
    for (const [start, end] of edges) {
      const [first, last] = [bearingMdeg(corner, start), bearingMdeg(corner, end)];
      sectorsAt(offsetMdeg(frontMdeg, first), sectors, sides);
      sectorsAt(offsetMdeg(frontMdeg, last), sectors, sides);
      // What begins and ends beside a sector and reaches over it lies ahead, or behind.
      if (isBetween(frontMdeg, first, last)) sides.add('front');
      if (isBetween(frontMdeg + FULL_MDEG / 2, first, last)) sides.add('rear');
    }
  }
  if (sides.has('front') && sides.has('rear')) sides.add('side');
  return sides;
}

/**
 * The least angle between a direction and any line from one shape to another, in thousandths of a degree, rounded down;
 * zero where the direction itself meets the other.
 */
export function leastOffsetMdeg(from: Shape, directionMdeg: number, to: Shape): number {
  const plane = planeOf(from, to);
  const [edges, others] = [edgesOf(from, plane), edgesOf(to, plane)];
  const spans = [
    ...edges.flatMap(([corner]) => others.map(([start, end]) => [bearingMdeg(corner, start), bearingMdeg(corner, end)] as const)),
    ...others.flatMap(([corner]) => edges.map(([start, end]) => [bearingMdeg(start, corner), bearingMdeg(end, corner)] as const)),
  ];
  if (spans.some(([first, last]) => isBetween(directionMdeg, first, last))) return 0;
  return Math.floor(Math.min(...spans.flat().map((bearing) => offsetMdeg(directionMdeg, bearing))));
}

/** The position that lies so far from another in a direction, to the nearest 1e-7 degree. */
export function positionAt([lat7, lon7]: Position7, bearing: number, metres: number): Position7 {
  const { lat2 = 0, lon2 = 0 } = ELLIPSOID.Direct(lat7 / 1e7, lon7 / 1e7, bearing / 1000, metres);
  return [Math.round(lat2 * 1e7), Math.round(lon2 * 1e7)];
}
