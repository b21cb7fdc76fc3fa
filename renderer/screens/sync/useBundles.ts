import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '../../../shared/contract/views.ts';
import type { Task } from '../../api/task.ts';
import { to } from '../../app/router.ts';
import { useAppStore } from '../../stores/appStore.ts';
import type { SyncOutcome } from './syncTypes.ts';

/** Each begins with a dialog of the main process: the page gets a token for the file and never its path. */
export function useBundles(task: Task, show: (outcome: SyncOutcome | null) => void) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const link = to.screen('sync');
  const exportTo = async (partner: PartnerView) => {
    const file = await globalThis.depot.chooseFile('saveBundle');
    if (!file) return;
    show(null);
    setBusyWith(t('sync.exporting', { site: partner.site }));
    const reply = await task.run('bundle.create', { to: partner.site, file: file.token });
    if (!reply.ok) return show({ kind: 'refused', asked: t('sync.askedExport', { site: partner.site }), error: reply.error });
    show({ kind: 'exported', to: partner.site, file: file.name, reply: reply.value });
    const entries = reply.value.parts.reduce((sum, part) => sum + part.entries, 0);
    report({ outcome: 'done', says: 'action.exported', values: { site: partner.site, entries }, link });
  };
  const apply = async () => {
    const file = await globalThis.depot.chooseFile('openBundle');
    if (!file) return;
    show(null);
    setBusyWith(t('sync.applying', { file: file.name }));
    const reply = await task.run('bundle.apply', { file: file.token });
    if (!reply.ok) return show({ kind: 'refused', asked: t('sync.askedApply', { file: file.name }), error: reply.error });
    show({ kind: 'applied', file: file.name, reply: reply.value });
    const { quarantined, leftOut } = reply.value;
    const refused = quarantined === null ? leftOut && 'action.leftOut' : 'action.quarantined';
    report({
      outcome: refused === undefined ? 'done' : 'refused',
      says: refused ?? 'action.applied',
      values: { file: file.name, entries: reply.value.applied },
      link,
    });
  };
  return { exportTo: (partner: PartnerView) => void exportTo(partner), apply: () => void apply(), busyWith };
}
