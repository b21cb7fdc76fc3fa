/** A distance that is surely not greater than the true one, for a fraction of its cost: most pairs of a site are far apart. */
import type { Position7, Shape } from '../../domain/site.ts';

/** WGS84. */
const EQUATOR_M = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);
/** What an outline may reach beyond its corners: edges bulge a little on the ellipsoid. */
const RADIUS_SHARE = 1.001;
const RADIUS_MORE_M = 1;

type Vector = readonly [x: number, y: number, z: number];
type Ball = Readonly<{ centre: Vector; radiusM: number }>;

function vectorOf([lat7, lon7]: Position7): Vector {
  const [latitude, longitude] = [(lat7 / 1e7) * (Math.PI / 180), (lon7 / 1e7) * (Math.PI / 180)];
  const normalM = EQUATOR_M / Math.sqrt(1 - ECCENTRICITY_SQUARED * Math.sin(latitude) ** 2);
  return [
    normalM * Math.cos(latitude) * Math.cos(longitude),
    normalM * Math.cos(latitude) * Math.sin(longitude),
    normalM * (1 - ECCENTRICITY_SQUARED) * Math.sin(latitude),
  ];
}

const chordM = (a: Vector, b: Vector): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

const balls = new WeakMap<Shape, Ball>();
function ballOf(shape: Shape): Ball {
  const known = balls.get(shape);
  if (known !== undefined) return known;
  const [centre = [0, 0, 0] as const, ...others] = shape.points.map(vectorOf);
  const reachM = Math.max(0, ...others.map((other) => chordM(centre, other)));
  const ball = { centre, radiusM: reachM * RADIUS_SHARE + RADIUS_MORE_M };
  balls.set(shape, ball);
  return ball;
}

/** Never more than `distanceMm` of the same shapes: the straight line through the earth, less the extent of both. Millimetres. */
export function atLeastMm(a: Shape, b: Shape): number {
  const [one, other] = [ballOf(a), ballOf(b)];
  return Math.max(0, Math.floor((chordM(one.centre, other.centre) - one.radiusM - other.radiusM) * 1000));
}
