import { useTranslation } from 'react-i18next';
import type { LicenceView, RegisterRow } from '../../../shared/contract/siteViews.ts';
import type { Position7 } from '../../../shared/domain/site.ts';
import { planeAt } from '../../../shared/rules/geometry/plane.ts';
import { useAnswer } from '../../api/answers.ts';
import { useFormat } from '../../format/format.ts';
import {
  DRAWN_MAX,
  type Draw,
  fitted,
  HEIGHT,
  type Label,
  type Mark,
  marksOf,
  nearestLink,
  placeLabels,
  spotOf,
  WIDTH,
} from './drawing.ts';
import classes from './places.module.css';

function MarkShape({ mark, draw, spot: [x, y] }: { mark: Mark; draw: Draw; spot: readonly [number, number] }) {
  const points = mark.shape.points.map(draw);
  const path = points.map(([east, north]) => `${east.toFixed(1)},${north.toFixed(1)}`).join(' ');
  return (
    <g className={classes[mark.role]}>
      <title>{mark.name}</title>
      {mark.shape.kind === 'line' && <polyline points={path} fill="none" />}
      {mark.shape.kind === 'polygon' && <polygon points={path} />}
      {mark.shape.kind !== 'line' && <rect x={x - 3} y={y - 3} width={6} height={6} />}
    </g>
  );
}

const isShown = ([x, y]: readonly [number, number]): boolean => x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT;
const importance: readonly Mark['role'][] = ['chosen', 'governing', 'exposed', 'store'];

/** North up; the place, its neighbours, what lies around, and how far. The table beside it says the same in words. */
export function SiteDrawing({ view, register }: { view: LicenceView; register: readonly RegisterRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reply } = useAnswer('site.exposed', {});
  const { shape } = view;
  if (shape === null || !reply?.ok) return null;
  const marks = marksOf(view, register, reply.value);
  const plane = planeAt(shape.points[0] as Position7);
  const fit = fitted(marks, plane);
  const { draw, at, scaleM, metresPerUnit } = fit;
  const spots = new Map(marks.map((mark) => [mark, spotOf(mark, shape, fit, plane)]));
  const spotAt = (mark: Mark) => spots.get(mark) ?? ([0, 0] as const);
  const links = marks.flatMap((mark) => {
    const { metres: _, from, to } = nearestLink(shape, mark.shape, plane);
    return mark.role === 'chosen' ? [] : [{ mark, from: at(from), to: at(to) }];
  });
  const labels = marks
    .toSorted((a, b) => importance.indexOf(a.role) - importance.indexOf(b.role) || (a.actualM ?? 0) - (b.actualM ?? 0))
    .map((mark): Label => {
      const name = `\u2068${mark.name}\u2069`; // isolated: an Arabic name must not turn its distance round
      const text = mark.actualM === null ? name : `${name} · ${format.number(mark.actualM)} m`;
      return { id: `${mark.role} ${mark.id}`, text, spot: spotAt(mark), isNeeded: mark.role === 'chosen' || mark.role === 'governing' };
    })
    .filter(({ spot }) => isShown(spot));
  return (
    <figure className={classes.drawing}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('places.drawing', { place: view.place })}>
        {links
          .filter(({ mark }) => mark.role === 'governing')
          .map(({ mark, from, to }) => (
            <line key={mark.id} className={classes.reach ?? ''} x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
          ))}
        {marks.map((mark) => (
          <MarkShape key={`${mark.role} ${mark.id}`} mark={mark} draw={draw} spot={spotAt(mark)} />
        ))}
        {placeLabels(labels, [...spots.values()].filter(isShown)).map(({ id, text, x, y }) => (
          <text key={id} x={x} y={y}>
            {text}
          </text>
        ))}
        <g className={classes.scale}>
          <line x1={10} x2={10 + scaleM / metresPerUnit} y1={HEIGHT - 10} y2={HEIGHT - 10} />
          <text x={10} y={HEIGHT - 15}>
            {format.number(scaleM)} m
          </text>
          <path d={`M${WIDTH - 16} ${HEIGHT - 8}v-16m-4 5l4-5 4 5`} />
          <text x={WIDTH - 30} y={HEIGHT - 12}>
            {t('places.north')}
          </text>
        </g>
      </svg>
      {view.surroundings.length > DRAWN_MAX && (
        <figcaption className="soft">{t('places.drawnNearest', { shown: format.number(DRAWN_MAX) })}</figcaption>
      )}
    </figure>
  );
}
