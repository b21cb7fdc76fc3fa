import { useTranslation } from 'react-i18next';
import type { Severity as RuleSeverity } from '../../shared/rules/finding.ts';
import { classNames } from './classNames.ts';
import classes from './marks.module.css';

export type Mark = RuleSeverity | 'done';

const shapes: Readonly<Record<Mark, { outline: string; inside: string }>> = {
  stop: { outline: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z', inside: 'M4.600 8h6.800' },
  warn: { outline: 'M8 1.300 15.300 14.500H.700z', inside: 'M8 6v4M8 12v.300' },
  info: { outline: 'M8 15A7 7 0 1 0 8 1a7 7 0 0 0 0 14z', inside: 'M8 7.300v4M8 4.600v.300' },
  done: { outline: '', inside: 'M2.500 8.500l3.800 4L13.500 3.500' },
};

/** Octagon, triangle, circle, tick: the shape alone tells them apart, without colour. */
export function SeverityShape({ mark, size = 14 }: { mark: Mark; size?: number }) {
  const { outline, inside } = shapes[mark];
  return (
    <svg className={classNames(classes.shape, classes[mark])} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {outline && <path d={outline} className={classes.filled} />}
      <path d={inside} className={outline ? classes.inside : classes.stroke} />
    </svg>
  );
}

export function Severity({ mark, size }: { mark: Mark; size?: number }) {
  const { t } = useTranslation();
  return (
    <span className={classNames(classes.severity, classes[mark])}>
      <SeverityShape mark={mark} {...(size ? { size } : {})} />
      {t(`severity.${mark}`)}
    </span>
  );
}
