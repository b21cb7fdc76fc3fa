import { useTranslation } from 'react-i18next';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ClimateView } from '../../../shared/contract/lifeViews.ts';
import { useFormat } from '../../format/format.ts';
import classes from './climate.module.css';

const axis = { tick: { fill: 'var(--ink-soft)', fontSize: 12 }, stroke: 'var(--line-strong)' } as const;

/** Round steps of five degrees or ten, with room above and below. */
function celsiusTicks({ days, limitC }: ClimateView): readonly number[] {
  const least = Math.min(...days.map((day) => day.leastCentiC)) / 100;
  const most = Math.max(...days.map((day) => day.mostCentiC / 100), limitC ?? Number.NEGATIVE_INFINITY);
  const step = most - least > 40 ? 10 : 5;
  const [low, high] = [Math.floor((least - 1) / step), Math.ceil((most + 1) / step)];
  return Array.from({ length: high - low + 1 }, (_, index) => (low + index) * step);
}

/** The least and the most of each day, and the line that it should stay below. */
export function ClimateChart({ view }: { view: ClimateView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const data = view.days.map(({ date, leastCentiC, mostCentiC, mostPermille }) => ({
    date,
    range: [leastCentiC / 100, mostCentiC / 100] as const,
    humidity: mostPermille === null ? null : mostPermille / 10,
  }));
  const ticks = celsiusTicks(view);
  const hasHumidity = data.some(({ humidity }) => humidity !== null);
  const degrees = (value: number): string => `${format.number(value)} °C`;
  return (
    <figure className={classes.chart}>
      <figcaption>{t('climate.caption', { count: view.days.length, place: view.place })}</figcaption>
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={data} margin={{ top: 8, right: 16, bottom: 4, left: 8 }} accessibilityLayer>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis dataKey="date" tickFormatter={(date: string) => format.date(date)} minTickGap={60} {...axis} />
          <YAxis
            yAxisId="celsius"
            domain={[ticks[0] ?? 0, ticks.at(-1) ?? 50]}
            ticks={[...ticks]}
            tickFormatter={degrees}
            width={64}
            {...axis}
          />
          {hasHumidity && <YAxis yAxisId="percent" orientation="right" domain={[0, 100]} unit=" %" width={52} {...axis} />}
          <Tooltip
            contentStyle={{ background: 'var(--ground)', border: '1px solid var(--line-strong)', color: 'var(--ink)' }}
            itemStyle={{ color: 'var(--ink)' }}
            labelFormatter={(date) => format.date(String(date))}
            formatter={(value) =>
              Array.isArray(value) ? value.map((each) => degrees(Number(each))).join(' … ') : `${format.number(Number(value))} %`
            }
          />
          <Area
            yAxisId="celsius"
            dataKey="range"
            name={t('climate.temperature')}
            stroke="var(--accent)"
            fill="#5b98cd"
            fillOpacity={0.45}
            isAnimationActive={false}
          />
          {hasHumidity && (
            <Line
              yAxisId="percent"
              dataKey="humidity"
              name={t('climate.humidity')}
              stroke="var(--ink-soft)"
              strokeDasharray="2 3"
              dot={false}
              isAnimationActive={false}
            />
          )}
          {view.limitC !== null && (
            <ReferenceLine
              yAxisId="celsius"
              y={view.limitC}
              stroke="var(--stop)"
              strokeDasharray="6 4"
              label={{
                value: t('climate.limit', { limit: degrees(view.limitC) }),
                position: 'insideTopLeft',
                fill: 'var(--ink)',
                fontSize: 12,
              }}
            />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
}
