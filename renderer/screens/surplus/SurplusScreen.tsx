import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SurplusClass, SurplusItem, SurplusReport } from '../../../shared/domain/surplus.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { todayIso } from '../../format/dates.ts';
import { useFormat } from '../../format/format.ts';
import { PolicyForm } from './PolicyForm.tsx';
import { SurplusBeside } from './SurplusBeside.tsx';
import { SurplusChart } from './SurplusChart.tsx';
import classes from './surplus.module.css';
import { useSurplusColumns } from './surplusColumns.tsx';
import { itemKey, type SurplusRequest, standardPolicy, surplusValue } from './surplusView.ts';

const chosenOf = (report: SurplusReport, code: string | null): SurplusItem | null =>
  report.items.find((item) => item.item === code) ?? null;
const choose = (item: SurplusItem): void => go(to.surplus(item.item), 'replace');

function Gates({ report }: { report: SurplusReport }) {
  const { t } = useTranslation();
  if (!report.isDraft) return null;
  return (
    <Notice mark="warn">
      <ul className={classes.gates}>
        {report.gates.map((gate) => (
          <li key={gate}>{t(`surplus.gate.${gate}`)}</li>
        ))}
      </ul>
    </Notice>
  );
}

type ViewProps = Readonly<{
  report: SurplusReport;
  chosen: SurplusItem | null;
  onClass: (item: SurplusItem, name: SurplusClass) => void;
  isEarlier: boolean;
}>;

function SurplusTable({ report, chosen, isEarlier }: ViewProps) {
  const { t } = useTranslation();
  const columns = useSurplusColumns(report.items);
  const { source, sort, setSort } = useArraySource<SurplusItem>(report.items, surplusValue, { column: 'item', isDescending: false });
  const isChosen = (item: SurplusItem) => chosen !== null && itemKey(item) === itemKey(chosen);
  return (
    <DataGrid
      label={t('screen.surplus')}
      columns={columns}
      source={source}
      {...(sort ? { sort } : {})}
      onSort={setSort}
      isEarlier={isEarlier}
      isChosen={isChosen}
      onChoose={choose}
      onOpen={choose}
      empty={<Empty>{t('surplus.empty')}</Empty>}
    />
  );
}

function SurplusViews(props: Omit<ViewProps, 'onClass'>) {
  const { t } = useTranslation();
  const [view, setView] = useState('table');
  const [onlyClass, setOnlyClass] = useState<SurplusClass | null>(null);
  const { report, chosen } = props;
  const openClass = (item: SurplusItem, name: SurplusClass) => {
    choose(item);
    setOnlyClass(name);
  };
  return (
    <>
      <Gates report={report} />
      <div className={layout.split}>
        <div className={layout.main}>
          <SegmentedControl
            className={classes.views}
            aria-label={t('surplus.view')}
            data={[
              { value: 'table', label: t('surplus.table') },
              { value: 'chart', label: t('surplus.chart') },
            ]}
            value={view}
            onChange={setView}
          />
          {view === 'table' ? <SurplusTable {...props} onClass={openClass} /> : <SurplusChart report={report} onClass={openClass} />}
        </div>
        {chosen && (
          <SurplusBeside
            key={itemKey(chosen)}
            item={chosen}
            onlyClass={onlyClass}
            onClass={setOnlyClass}
            onClose={() => go(to.screen('surplus'), 'replace')}
          />
        )}
      </div>
    </>
  );
}

export function SurplusScreen({ chosenItem }: { chosenItem: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [request, setRequest] = useState<SurplusRequest>(() => ({ asOf: todayIso(), policy: standardPolicy }));
  const { reply, isEarlier } = useAnswer('surplus.run', request);
  const report = reply?.ok ? reply.value : null;
  const chosen = useMemo(() => (report ? chosenOf(report, chosenItem) : null), [report, chosenItem]);
  return (
    <div className={layout.screen}>
      <ScreenHead
        title={t('screen.surplus')}
        note={report && t(report.isDraft ? 'surplus.noteDraft' : 'surplus.note', { date: format.date(report.asOf) })}
      >
        <PolicyForm onRun={setRequest} isRunning={isEarlier} />
      </ScreenHead>
      {reply === null && <p className="soft">{t('surplus.running')}</p>}
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {report && <SurplusViews report={report} chosen={chosen} isEarlier={isEarlier} />}
    </div>
  );
}
