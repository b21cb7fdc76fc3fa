import { useTranslation } from 'react-i18next';
import { todayIso } from '../../format/dates.ts';
import { useFormat } from '../../format/format.ts';
import { agoOf } from './syncView.ts';

const words = { minutes: 'ago.minutes', hours: 'ago.hours', days: 'ago.days' } as const;

type MomentProps = Readonly<{ atMs: number | null; never: string; isShort?: boolean }>;

/** A time with its age behind it: news from a depot is worth as much as it is fresh. In a column, `isShort`: the day only. */
export function Moment({ atMs, never, isShort = false }: MomentProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (atMs === null) return <span className="soft">{never}</span>;
  const { unit, count } = agoOf(atMs, Date.now());
  const time = format.time(atMs);
  return (
    <span title={isShort ? time : undefined}>
      <bdi>{isShort ? format.date(todayIso(new Date(atMs))) : time}</bdi> <span className="soft">·</span>{' '}
      <bdi className="soft">{t(words[unit], { count, shown: format.number(count) })}</bdi>
    </span>
  );
}
