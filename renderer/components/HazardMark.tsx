import { useTranslation } from 'react-i18next';
import { type FireDivision, hazardOf } from '../format/hazard.ts';
import classes from './marks.module.css';

const shapes: Readonly<Record<FireDivision, { path: string; textY: number }>> = {
  1: { path: 'M6 1h8l5 5v8l-5 5H6l-5-5V6z', textY: 14.5 },
  2: { path: 'M6.500 1h7v5.500H19v7h-5.500V19h-7v-5.500H1v-7h5.500z', textY: 14.5 },
  3: { path: 'M.500 2h19L10 19.500z', textY: 12.3 },
  4: { path: 'M10 .500 19.500 10 10 19.500.500 10z', textY: 14.3 },
};

/** The fire-division symbol in orange with its number in black, then the code in text with the group in a box. */
export function HazardMark({ code, size = 18 }: { code: string | null; size?: number }) {
  const { t } = useTranslation();
  const hazard = code === null ? null : hazardOf(code);
  if (!hazard) return <span className="unknown">{code ?? t('value.unknown')}</span>;
  const shape = shapes[hazard.fire];
  return (
    <span className={classes.hazard}>
      <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
        <path d={shape.path} className={classes.symbol} />
        <text x="10" y={shape.textY} textAnchor="middle" className={classes.digit}>
          {hazard.fire}
        </text>
      </svg>
      <span>
        {hazard.division}
        {hazard.group && <span className={classes.group}>{hazard.group}</span>}
      </span>
    </span>
  );
}
