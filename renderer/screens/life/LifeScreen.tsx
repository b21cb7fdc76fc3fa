import { Button, CloseButton, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DueRow, DueView } from '../../../shared/contract/lifeViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { useSession } from '../../api/session.ts';
import { to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Facts } from '../../components/Facts.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import { Link } from '../../components/Link.tsx';
import layout from '../../components/layout.module.css';
import { Panel } from '../../components/Panel.tsx';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { useFormat } from '../../format/format.ts';
import { ChoosePlan } from './ChoosePlan.tsx';
import { useDueColumns } from './dueColumns.tsx';
import { InspectionForm } from './InspectionForm.tsx';
import { dueValue } from './lifeView.ts';

const AHEAD_DAYS = [0, 30, 90, 365] as const;
const keyOf = ({ lotId, kind }: DueRow): string => `${lotId} ${kind}`;

/** One due inspection: what asks for it, and the form that answers it. */
function Beside({ row, site, onClose }: { row: DueRow; site: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [
    { label: t('life.dueOn'), value: format.date(row.dueOn) },
    { label: t('life.suspendedAfter'), value: format.date(row.suspendedAfter) },
    { label: t('life.interval'), value: row.isReceipt ? t('life.receipt') : t('life.months', { count: row.intervalMonths }) },
    { label: t('checks.source'), value: `${row.source}, ${t(`ruleStatus.${row.status}`)}` },
  ];
  return (
    <aside className={layout.beside} aria-label={t('life.beside', { lot: row.lotText })}>
      <div className={layout.besideHead}>
        <h2>
          <Link address={to.lot(site, row.lotId)}>
            <bdi className="mark">{row.lotText === '' ? t('value.unknown') : row.lotText}</bdi>
          </Link>{' '}
          <bdi className="soft">{`${row.item} ${row.itemName}`}</bdi>
        </h2>
        <CloseButton aria-label={t('beside.close')} onClick={onClose} />
      </div>
      <Facts facts={facts} />
      <Panel title={t('life.record')}>
        <InspectionForm
          key={keyOf(row)}
          lot={{ site, lotId: row.lotId, text: row.lotText }}
          kind={row.isReceipt && row.kind === 'visual' ? 'receipt' : row.kind}
          onDone={onClose}
        />
      </Panel>
    </aside>
  );
}

function DueList({ view, site, isEarlier }: { view: DueView; site: string; isEarlier: boolean }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const { source, sort, setSort } = useArraySource<DueRow>(view.rows, dueValue, { column: 'state', isDescending: false });
  const row = view.rows.find((each) => keyOf(each) === chosen);
  const columns = useDueColumns(site, row !== undefined);
  return (
    <div className={layout.split}>
      <div className={layout.main}>
        <DataGrid
          label={t('life.list')}
          columns={columns}
          source={source}
          {...(sort ? { sort } : {})}
          onSort={setSort}
          isEarlier={isEarlier}
          isChosen={(each) => keyOf(each) === chosen}
          onChoose={(each) => setChosen(keyOf(each))}
          listKey={`${view.plan} ${sort?.column}`}
          empty={<Empty>{t('life.nothingDue')}</Empty>}
        />
      </div>
      {row !== undefined && <Beside row={row} site={site} onClose={() => setChosen('')} />}
    </div>
  );
}

/** What has to be inspected, the worst first, and beside it the form that records what was found. */
export function LifeScreen() {
  const { t } = useTranslation();
  const session = useSession();
  const [withinDays, setWithinDays] = useState(90);
  const [isChoosing, setChoosing] = useState(false);
  const { reply, isEarlier } = useAnswer('life.due', { withinDays });
  const view = reply?.ok ? reply.value : null;
  const showsPlans = isChoosing || view?.plan === null;
  return (
    <div className={layout.screen}>
      <ScreenHead title={t('screen.life')} note={view?.plan ? t('life.count', { count: view.rows.length }) : ''}>
        {view?.plan && (
          <>
            <NativeSelect
              size="xs"
              aria-label={t('life.ahead')}
              value={String(withinDays)}
              onChange={(event) => setWithinDays(Number(event.currentTarget.value))}
              data={AHEAD_DAYS.map((days) => ({
                value: String(days),
                label: days === 0 ? t('life.aheadNow') : t('life.aheadDays', { count: days }),
              }))}
            />
            <Button variant="default" size="compact-sm" aria-expanded={isChoosing} onClick={() => setChoosing(!isChoosing)}>
              {t('life.planNow', { plan: view.plan, edition: view.edition })}
            </Button>
          </>
        )}
      </ScreenHead>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {showsPlans && <ChoosePlan isFirst={view?.plan === null} onDone={() => setChoosing(false)} />}
      {view?.plan && <DueList view={view} site={session?.site ?? ''} isEarlier={isEarlier} />}
    </div>
  );
}
