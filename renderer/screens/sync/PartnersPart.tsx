import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '../../../shared/contract/views.ts';
import { useAnswer } from '../../api/answers.ts';
import { useSession } from '../../api/session.ts';
import { useTask } from '../../api/task.ts';
import { go, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import { Icon } from '../../components/Icon.tsx';
import layout from '../../components/layout.module.css';
import { ProgressPanel } from '../../components/ProgressPanel.tsx';
import { OnlyHereNotice } from './OnlyHereNotice.tsx';
import { PartnerBeside } from './PartnerBeside.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { usePartnerColumns } from './partnerColumns.tsx';
import { type SyncOutcome, SyncResult } from './SyncResult.tsx';
import classes from './sync.module.css';
import { partnerKey, partnerValue } from './syncView.ts';
import { useSend } from './useSend.ts';
import { useTakeIn } from './useTakeIn.ts';

function NoPartner() {
  const { t } = useTranslation();
  return (
    <Empty action={<Button onClick={() => go(to.sync({ part: 'enrol' }))}>{t('partner.enrolFirst')}</Button>}>{t('partner.none')}</Empty>
  );
}

type ListProps = Readonly<{ partners: readonly PartnerView[]; chosen: string; isEarlier: boolean }>;

function PartnerList({ partners, chosen, isEarlier }: ListProps) {
  const { t } = useTranslation();
  const { source, sort, setSort } = useArraySource<PartnerView>(partners, partnerValue, { column: 'site', isDescending: false });
  const columns = usePartnerColumns(chosen !== '');
  return (
    <DataGrid
      label={t('sync.part.partners')}
      columns={columns}
      source={source}
      {...(sort ? { sort } : {})}
      onSort={setSort}
      isEarlier={isEarlier}
      isChosen={(row) => partnerKey(row) === chosen}
      onChoose={(row) => go(to.sync({ part: 'partners', device: partnerKey(row) }), 'replace')}
      listKey={`partners ${sort?.column}`}
      empty={<NoPartner />}
    />
  );
}

/** Whom bundles go to and come from; a file is looked into before anything of it is taken in. */
export function PartnersPart({ chosen }: { chosen: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const task = useTask();
  const [outcome, setOutcome] = useState<SyncOutcome | null>(null);
  const { reply, isEarlier } = useAnswer('partner.list', {});
  const takeIn = useTakeIn(task, setOutcome);
  const { send, busyWith } = useSend(task, setOutcome);
  const partners = reply?.ok ? reply.value : [];
  const partner = partners.find((each) => partnerKey(each) === chosen);
  return (
    <div className={layout.split}>
      <div className={layout.main}>
        <div className={classes.bar}>
          {session && <OnlyHereNotice session={session} hasPartner={partners.length > 0} />}
          <div className={layout.buttons}>
            <Button leftSection={<Icon name="import" />} disabled={task.isRunning} onClick={() => void takeIn.look('openBundle')}>
              {t('sync.takeFile')}
            </Button>
            <Button variant="default" disabled={task.isRunning} onClick={() => void takeIn.look('openBundleFolder')}>
              {t('sync.takeFolder')}
            </Button>
          </div>
        </div>
        <ProgressPanel task={task} label={takeIn.busyWith ?? busyWith ?? t('sync.working')} />
        {takeIn.seen && (
          <PreviewPanel seen={takeIn.seen} isBusy={task.isRunning} onApply={() => void takeIn.apply()} onClose={takeIn.forget} />
        )}
        {outcome && <SyncResult outcome={outcome} onClose={() => setOutcome(null)} />}
        {reply && !reply.ok && <ErrorNotice error={reply.error} />}
        {reply?.ok && <PartnerList partners={partners} chosen={partner ? chosen : ''} isEarlier={isEarlier} />}
      </div>
      {partner && <PartnerBeside key={chosen} partner={partner} isBusy={task.isRunning} onSend={send} />}
    </div>
  );
}
