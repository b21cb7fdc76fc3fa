import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClimateView } from '../../../shared/contract/lifeViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, type Query, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { useFormat } from '../../format/format.ts';
import { ClimateChart } from './ClimateChart.tsx';
import { DayTable } from './DayTable.tsx';
import { ReadLogger } from './ReadLogger.tsx';

/** When it was too hot for too long: the one thing to act on, so it stands above the chart. */
function HotSpells({ view }: { view: ClimateView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (view.hot.length === 0) return null;
  return (
    <Notice mark="warn" title={t('climate.hot', { limit: format.number(view.limitC ?? 0), hours: format.number(view.limitHours ?? 0) })}>
      <ul className={layout.plainList}>
        {view.hot.map(({ fromMs, untilMs, peak }) => (
          <li key={fromMs}>
            {t(untilMs === null ? 'climate.spellOpen' : 'climate.spell', {
              from: format.time(fromMs),
              until: untilMs === null ? '' : format.time(untilMs),
              peak: format.number(peak / 100),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Log({ place, onRead }: { place: string; onRead: () => void }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string>('chart');
  const { reply } = useAnswer('climate.view', { place });
  if (reply === null) return null;
  if (!reply.ok) return <ErrorNotice error={reply.error} />;
  const view = reply.value;
  if (view.readings === 0)
    return <Empty action={<Button onClick={onRead}>{t('climate.read')}</Button>}>{t('climate.none', { place })}</Empty>;
  return (
    <>
      <HotSpells view={view} />
      <SegmentedControl
        size="xs"
        aria-label={t('climate.shown')}
        value={shown}
        onChange={setShown}
        data={(['chart', 'table'] as const).map((value) => ({ value, label: t(`climate.${value}`) }))}
        style={{ alignSelf: 'flex-start' }}
      />
      {shown === 'chart' ? <ClimateChart view={view} /> : <DayTable view={view} />}
    </>
  );
}

/** What the loggers of the storehouses say. */
export function ClimateScreen({ query }: { query: Query }) {
  const { t } = useTranslation();
  const { reply } = useAnswer('climate.places', {});
  const [isReading, setReading] = useState(false);
  const places = reply?.ok ? reply.value : [];
  const place = query.place ?? places[0]?.place ?? '';
  return (
    <div className={layout.screen}>
      <ScreenHead title={t('screen.climate')}>
        {places.length > 0 && (
          <>
            <NativeSelect
              size="xs"
              aria-label={t('stock.place')}
              value={place}
              onChange={(event) => go(to.climate(event.currentTarget.value), 'replace')}
              data={places.map((each) => ({
                value: each.place,
                label: `${each.place} ${each.name}${each.hasReadings ? '' : ` · ${t('climate.noLogger')}`}`,
              }))}
            />
            <Button variant="default" size="compact-sm" aria-expanded={isReading} onClick={() => setReading(!isReading)}>
              {t('climate.read')} …
            </Button>
          </>
        )}
      </ScreenHead>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {reply?.ok && places.length === 0 && (
        <Empty action={<Button onClick={() => go(to.screen('import'))}>{t('places.import')}</Button>}>{t('climate.noPlaces')}</Empty>
      )}
      {isReading && <ReadLogger key={`read ${place}`} place={place} onDone={() => setReading(false)} />}
      {place !== '' && <Log key={`log ${place}`} place={place} onRead={() => setReading(true)} />}
    </div>
  );
}
