import { useTranslation } from 'react-i18next';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { LotLifeView } from '../../../shared/contract/lifeViews.ts';
import { useFormat } from '../../format/format.ts';
import { percentOf } from '../life/lifeView.ts';
import classes from './lot.module.css';
import { dateOfDay, percentTicks, stabiliserPoints } from './stabiliserView.ts';

const tick = { fill: 'var(--ink-soft)', fontSize: 12 };

/** The stabiliser over the years, the two lines of the plan named in words, and where the results go. */
export function StabiliserChart({ stabiliser }: { stabiliser: LotLifeView['stabiliser'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lowPpm, watchPpm, results } = stabiliser;
  const points = stabiliserPoints(stabiliser);
  const ticks = percentTicks(
    points,
    [lowPpm, watchPpm].map((ppm) => (ppm === null ? null : percentOf(ppm))),
  );
  const percent = (value: number): string => `${format.number(value)} %`;
  const day = (value: number): string => format.date(dateOfDay(value));
  const limits = [
    { ppm: watchPpm, says: 'stabiliser.watchLine', stroke: 'var(--warn)', dashes: '2 3' },
    { ppm: lowPpm, says: 'stabiliser.lowLine', stroke: 'var(--stop)', dashes: '6 4' },
  ] as const;
  return (
    <figure className={classes.chart}>
      <figcaption>{t('stabiliser.caption', { count: results.length })}</figcaption>
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={[...points]} margin={{ top: 8, right: 24, bottom: 4, left: 8 }} accessibilityLayer>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            dataKey="day"
            type="number"
            domain={['dataMin', 'dataMax']}
            padding={{ left: 12, right: 12 }}
            ticks={[...new Set(points.map((point) => point.day))]}
            tickFormatter={day}
            minTickGap={12}
            tick={tick}
            stroke="var(--line-strong)"
          />
          <YAxis
            domain={[0, ticks.at(-1) ?? 1]}
            ticks={[...ticks]}
            interval={0}
            tickFormatter={percent}
            width={60}
            tick={tick}
            stroke="var(--line-strong)"
          />
          <Tooltip
            contentStyle={{ background: 'var(--ground)', border: '1px solid var(--line-strong)', color: 'var(--ink)' }}
            itemStyle={{ color: 'var(--ink)' }}
            labelFormatter={(value) => day(Number(value))}
            formatter={(value) => percent(Number(value))}
          />
          {limits.map(
            ({ ppm, says, stroke, dashes }) =>
              ppm !== null && (
                <ReferenceLine
                  key={says}
                  y={percentOf(ppm)}
                  stroke={stroke}
                  strokeDasharray={dashes}
                  label={{
                    value: t(says, { percent: percent(percentOf(ppm)) }),
                    position: 'insideBottomLeft',
                    fill: 'var(--ink)',
                    fontSize: 12,
                  }}
                />
              ),
          )}
          <Line
            dataKey="trend"
            name={t('stabiliser.trendLine')}
            stroke="var(--ink-soft)"
            strokeDasharray="4 4"
            dot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="measured"
            name={t('stabiliser.measured')}
            stroke="var(--accent)"
            strokeWidth={2}
            dot={{ r: 4, fill: 'var(--accent)' }}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}
