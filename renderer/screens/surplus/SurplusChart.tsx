import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Bar, BarChart, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { SurplusClass, SurplusItem, SurplusReport } from '../../../shared/domain/surplus.ts';
import { Empty } from '../../components/Empty.tsx';
import { useFormat } from '../../format/format.ts';
import classes from './surplus.module.css';
import { classesIn, classOrder, type ShareBar, shareBars } from './surplusView.ts';

const barsMax = 18;

/** One family of tones per meaning: needed blue, kept grey, surplus yellow, to go red. */
const fills: Readonly<Record<SurplusClass, string>> = {
  REQUIRED_RESERVE: '#1b5e9b',
  REQUIRED_TRAINING: '#5b98cd',
  RETAINED_ECONOMIC: '#a9c7e2',
  SURPLUS_SERVICEABLE: '#f0c94d',
  SURPLUS_EXPIRING: '#d99a1c',
  OBSOLETE: '#a86a17',
  UNSERVICEABLE: '#7a5230',
  PENDING_TECH: '#a7b0b8',
  HOLD_BANNED: '#5f6a74',
  URGENT_DISPOSAL: '#c03028',
  TREATY_DISPOSAL: '#7d1f4d',
};

const placeInOrder = (name: string): number => (classOrder as readonly string[]).indexOf(name);

type ChartProps = Readonly<{ report: SurplusReport; onClass: (item: SurplusItem, name: SurplusClass) => void }>;

/** How much of each item is needed, surplus or to go, the items with most to spare first. A bar opens its rows. */
export function SurplusChart({ report, onClass }: ChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const bars = useMemo(() => shareBars(report.items, barsMax), [report.items]);
  const present = useMemo(() => classesIn(bars.map(({ item }) => item)), [bars]);
  if (bars.length === 0) return <Empty>{t('surplus.empty')}</Empty>;
  return (
    <figure className={classes.chart}>
      <figcaption>{t('surplus.chartTitle', { count: bars.length })}</figcaption>
      <ResponsiveContainer width="100%" height={Math.max(180, bars.length * 26 + 70)}>
        <BarChart
          data={[...bars]}
          layout="vertical"
          margin={{ top: 4, right: 16, bottom: 4, left: 8 }}
          barCategoryGap={5}
          accessibilityLayer
        >
          <XAxis
            type="number"
            domain={[0, 100]}
            ticks={[0, 25, 50, 75, 100]}
            allowDataOverflow
            unit="%"
            tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
            stroke="var(--line-strong)"
          />
          <YAxis
            type="category"
            dataKey="label"
            width={120}
            tick={{ fill: 'var(--ink)', fontSize: 12 }}
            stroke="var(--line-strong)"
            interval={0}
          />
          <Tooltip
            cursor={{ fill: 'var(--hover)' }}
            contentStyle={{ background: 'var(--ground)', border: '1px solid var(--line-strong)', color: 'var(--ink)' }}
            itemStyle={{ color: 'var(--ink)' }}
            formatter={(value, _name, entry) => {
              const { item } = entry.payload as ShareBar;
              const name = entry.dataKey as SurplusClass;
              return `${format.number(item.totals[name] ?? 0)} (${format.number(Math.round(Number(value)))} %)`;
            }}
          />
          <Legend
            verticalAlign="top"
            itemSorter={({ dataKey }) => placeInOrder(String(dataKey))}
            formatter={(value) => <span className={classes.legend}>{value}</span>}
          />
          {present.map((name) => (
            <Bar
              key={name}
              dataKey={name}
              name={t(`surplus.class.${name}`)}
              stackId="share"
              fill={fills[name]}
              stroke="var(--ground)"
              strokeWidth={1}
              isAnimationActive={false}
              className={classes.bar ?? ''}
              onClick={(entry) => onClass((entry.payload as ShareBar).item, name)}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </figure>
  );
}
