import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotLifeView } from '../../../shared/contract/lifeViews.ts';
import { daysBetween } from '../../../shared/lib/calendar.ts';
import layout from '../../components/layout.module.css';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { percentOf } from '../life/lifeView.ts';
import classes from './lot.module.css';
import { markOfVerdict } from './stabiliserView.ts';

/** The charts are the heaviest part of the program, so they are loaded when they are asked for. */
const StabiliserChart = lazy(() => import('./StabiliserChart.tsx').then((module) => ({ default: module.StabiliserChart })));

/** The same results as the chart, with what was lost since the one before. */
function Results({ results }: { results: LotLifeView['stabiliser']['results'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const lines = results.map((result, index) => ({ ...result, before: results[index - 1] ?? null }));
  return (
    <table className={layout.plainTable} aria-label={t('stabiliser.table')}>
      <thead>
        <tr>
          <th scope="col">{t('life.onDate')}</th>
          <th scope="col" className="number">
            {t('life.percent')}
          </th>
          <th scope="col" className="number">
            {t('stabiliser.change')}
          </th>
          <th scope="col" className="number">
            {t('stabiliser.days')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.toReversed().map(({ onDate, ppm, before }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two results of one day may be the same in everything
          <tr key={`${onDate} ${index}`}>
            <th scope="row">{format.date(onDate)}</th>
            <td className="number">{format.number(percentOf(ppm))}</td>
            <td className="number">{before === null ? '' : format.signed(percentOf(ppm - before.ppm))}</td>
            <td className="number">{before === null ? '' : format.number(daysBetween(before.onDate, onDate))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the stabiliser says of a lot: the verdict, where it goes, and every result as a mark and as a line. */
export function StabiliserPanel({ stabiliser }: { stabiliser: LotLifeView['stabiliser'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { verdict, trend, lowPpm, results } = stabiliser;
  if (verdict === null) return null;
  return (
    <section className={layout.stack} aria-label={t('stabiliser.title')}>
      <p>
        <Severity mark={markOfVerdict[verdict]} /> {t(`stabiliser.${verdict}`)}
        {trend !== null &&
          lowPpm !== null &&
          ` ${t('stabiliser.trend', { loss: format.number(percentOf(trend.lossPpmPerYear)), low: format.number(percentOf(lowPpm)), date: format.date(trend.reachesOn) })}`}
        {results.length === 1 && ` ${t('stabiliser.one')}`}
      </p>
      <div className={classes.stabiliser}>
        <Suspense fallback={<div className={classes.chart} />}>
          <StabiliserChart stabiliser={stabiliser} />
        </Suspense>
        <Results results={results} />
      </div>
    </section>
  );
}
