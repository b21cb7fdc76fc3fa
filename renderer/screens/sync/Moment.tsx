import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/format.ts';
import { agoOf } from './syncView.ts';

const words = { minutes: 'ago.minutes', hours: 'ago.hours', days: 'ago.days' } as const;

/** A time with its age behind it: news from a depot is worth as much as it is fresh. */
export function Moment({ atMs, never }: { atMs: number | null; never: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (atMs === null) return <span className="soft">{never}</span>;
  const { unit, count } = agoOf(atMs, Date.now());
  return (
    <>
      <bdi>{format.time(atMs)}</bdi> <span className="soft">· {t(words[unit], { count, shown: format.number(count) })}</span>
    </>
  );
}
