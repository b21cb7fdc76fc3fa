import { useTranslation } from 'react-i18next';
import type { LicenceView, RegisterRow } from '../../../shared/contract/siteViews.ts';
import type { ExposedSite, Position7, Shape } from '../../../shared/domain/site.ts';
import { flat, type Plane, planeAt } from '../../../shared/rules/geometry/plane.ts';
import { useAnswer } from '../../api/answers.ts';
import { useFormat } from '../../format/format.ts';
import classes from './places.module.css';

const WIDTH = 420;
const HEIGHT = 260;
const MARGIN = 18;
const SCALES_M = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

type Mark = Readonly<{ id: string; name: string; shape: Shape; role: 'chosen' | 'store' | 'exposed' | 'governing' }>;
type Draw = (position: Position7) => readonly [x: number, y: number];

/** Everything within reach of what governs, so that the place and its limits fill the drawing. */
function fitted(marks: readonly Mark[], plane: Plane): Readonly<{ draw: Draw; metresPerUnit: number }> {
  const reach = marks.filter(({ role }) => role === 'chosen' || role === 'governing');
  const points = (reach.length > 1 ? reach : marks).flatMap(({ shape }) => shape.points.map((point) => flat(plane, point)));
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [minX, maxX, minY, maxY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const metresPerUnit = Math.max((maxX - minX) / (WIDTH - 2 * MARGIN), (maxY - minY) / (HEIGHT - 2 * MARGIN), 0.1);
  const [middleX, middleY] = [(minX + maxX) / 2, (minY + maxY) / 2];
  return {
    metresPerUnit,
    draw: (position) => {
      const [x, y] = flat(plane, position);
      return [WIDTH / 2 + (x - middleX) / metresPerUnit, HEIGHT / 2 - (y - middleY) / metresPerUnit];
    },
  };
}

function MarkShape({ mark, draw }: { mark: Mark; draw: Draw }) {
  const points = mark.shape.points.map(draw);
  const [first = [0, 0]] = points;
  const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return (
    <g className={classes[mark.role]}>
      <title>{mark.name}</title>
      {mark.shape.kind === 'line' && <polyline points={path} fill="none" />}
      {mark.shape.kind === 'polygon' && <polygon points={path} />}
      {mark.shape.kind !== 'line' && <rect x={first[0] - 3} y={first[1] - 3} width={6} height={6} />}
      {mark.role !== 'store' && (
        <text x={first[0] + 6} y={first[1] - 5}>
          {mark.name}
        </text>
      )}
    </g>
  );
}

function marksOf(view: LicenceView, register: readonly RegisterRow[], exposed: readonly ExposedSite[]): readonly Mark[] {
  const governing = new Set(view.limits?.map((limit) => limit.exposed));
  const stores = register.flatMap(({ place, shape }): Mark[] => {
    if (shape === null || place === view.place) return [];
    return [{ id: place, name: place, shape, role: governing.has(place) ? 'governing' : 'store' }];
  });
  const around = exposed
    .filter(({ isActive }) => isActive)
    .map(
      (each): Mark => ({
        id: each.exposed,
        name: each.name,
        shape: each.shape,
        role: governing.has(each.exposed) ? 'governing' : 'exposed',
      }),
    );
  const own: Mark[] = view.shape === null ? [] : [{ id: view.place, name: view.place, shape: view.shape, role: 'chosen' }];
  return [...around, ...stores, ...own];
}

/** North up; the place, its neighbours, and what lies around. The table below says the same in words. */
export function SiteDrawing({ view, register }: { view: LicenceView; register: readonly RegisterRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reply } = useAnswer('site.exposed', {});
  if (view.shape === null || !reply?.ok) return null;
  const marks = marksOf(view, register, reply.value);
  const { draw, metresPerUnit } = fitted(marks, planeAt(view.shape.points[0] as Position7));
  const scaleM = SCALES_M.findLast((metres) => metres / metresPerUnit <= WIDTH / 3) ?? 10;
  return (
    <figure className={classes.drawing}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('places.drawing', { place: view.place })}>
        {marks.map((mark) => (
          <MarkShape key={`${mark.role} ${mark.id}`} mark={mark} draw={draw} />
        ))}
        <g className={classes.scale}>
          <line x1={10} x2={10 + scaleM / metresPerUnit} y1={HEIGHT - 10} y2={HEIGHT - 10} />
          <text x={10} y={HEIGHT - 15}>
            {format.number(scaleM)} m
          </text>
        </g>
      </svg>
    </figure>
  );
}
