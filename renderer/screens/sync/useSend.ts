import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '../../../shared/contract/views.ts';
import type { Task } from '../../api/task.ts';
import { to } from '../../app/router.ts';
import { useAppStore } from '../../stores/appStore.ts';
import type { SyncOutcome } from './SyncResult.tsx';
import { partnerKey } from './syncView.ts';

/** Everything that a partner is not known to hold, into a file that only the partner can open. */
export function useSend(task: Task, show: (outcome: SyncOutcome | null) => void) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const send = async (partner: PartnerView, partMb: number | null) => {
    const { site } = partner;
    const file = await globalThis.depot.chooseFile('saveBundle');
    if (!file) return;
    show(null);
    setBusyWith(t('sync.exporting', { site }));
    const reply = await task.run('bundle.create', { to: site, file: file.token, partMb });
    setBusyWith(null);
    if (!reply.ok) return show({ kind: 'refused', asked: t('sync.askedExport', { site }), error: reply.error });
    show({ kind: 'exported', to: site, file: file.name, reply: reply.value });
    const entries = reply.value.parts.reduce((sum, part) => sum + part.entries, 0);
    report({
      outcome: 'done',
      says: 'action.exported',
      values: { site, entries },
      link: to.sync({ part: 'partners', device: partnerKey(partner) }),
    });
  };
  return { send, busyWith };
}
