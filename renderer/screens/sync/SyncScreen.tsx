import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../api/answers.ts';
import { useSession } from '../../api/session.ts';
import { useTask } from '../../api/task.ts';
import { classNames } from '../../components/classNames.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import layout from '../../components/layout.module.css';
import { Panel } from '../../components/Panel.tsx';
import { ProgressPanel } from '../../components/ProgressPanel.tsx';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { useFormat } from '../../format/format.ts';
import { OwnIdentity } from './OwnIdentity.tsx';
import { PartnerTable } from './PartnerTable.tsx';
import { ReceiveBundle } from './ReceiveBundle.tsx';
import { SyncResult } from './SyncResult.tsx';
import classes from './sync.module.css';
import type { SyncOutcome } from './syncTypes.ts';
import { TrustPartner } from './TrustPartner.tsx';
import { useBundles } from './useBundles.ts';

/** Bundles out and in by stick or mail, and whom they go to. */
export function SyncScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  const task = useTask();
  const [outcome, setOutcome] = useState<SyncOutcome | null>(null);
  const { reply } = useAnswer('partner.list', {});
  const { exportTo, apply, busyWith } = useBundles(task, setOutcome);
  const onlyHere = session?.onlyHere ?? 0;
  const sent = session?.sentNotAcknowledged ?? 0;
  const here = t('sync.onlyHere', { count: onlyHere, shown: format.number(onlyHere) });
  const note = sent === 0 ? here : `${here}; ${t('sync.sentNotAcknowledged', { count: sent, shown: format.number(sent) })}`;
  return (
    <div className={classNames(layout.screen, layout.scrolls)}>
      <ScreenHead title={t('screen.sync')} note={note}>
        <ReceiveBundle onApply={apply} isBusy={task.isRunning} />
      </ScreenHead>
      <ProgressPanel task={task} label={busyWith ?? t('sync.working')} />
      {outcome && <SyncResult outcome={outcome} onClose={() => setOutcome(null)} />}
      <Panel title={t('sync.partners')}>
        {reply && !reply.ok && <ErrorNotice error={reply.error} />}
        {reply?.ok && <PartnerTable partners={reply.value} onExport={exportTo} isBusy={task.isRunning} />}
      </Panel>
      <div className={classes.pair}>
        <OwnIdentity />
        <TrustPartner />
      </div>
    </div>
  );
}
