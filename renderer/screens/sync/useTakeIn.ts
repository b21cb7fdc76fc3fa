import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BundlePreview, ChosenFile, PreviewedFile } from '../../../shared/contract/views.ts';
import type { Task } from '../../api/task.ts';
import { to } from '../../app/router.ts';
import { useAppStore } from '../../stores/appStore.ts';
import type { SyncOutcome } from './SyncResult.tsx';

/** What was looked into and not taken in yet. */
export type Seen =
  | Readonly<{ of: 'file'; file: ChosenFile; preview: BundlePreview }>
  | Readonly<{ of: 'folder'; file: ChosenFile; previews: readonly PreviewedFile[] }>;

/** A file or a folder is chosen in a dialog of the main process, looked into, and taken in only after that. */
export function useTakeIn(task: Task, show: (outcome: SyncOutcome | null) => void) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const [seen, setSeen] = useState<Seen | null>(null);
  const look = async (purpose: 'openBundle' | 'openBundleFolder') => {
    const file = await globalThis.depot.chooseFile(purpose);
    if (!file) return;
    show(null);
    setSeen(null);
    setBusyWith(t('sync.looking', { file: file.name }));
    const refuse = (error: Extract<SyncOutcome, { kind: 'refused' }>['error']) =>
      show({ kind: 'refused', asked: t('sync.askedLook', { file: file.name }), error });
    if (purpose === 'openBundle') {
      const reply = await task.run('bundle.preview', { file: file.token });
      return reply.ok ? setSeen({ of: 'file', file, preview: reply.value }) : refuse(reply.error);
    }
    const reply = await task.run('bundle.previewFolder', { file: file.token });
    return reply.ok ? setSeen({ of: 'folder', file, previews: reply.value }) : refuse(reply.error);
  };
  const apply = async () => {
    if (!seen) return;
    const { file } = seen;
    setBusyWith(t('sync.applying', { file: file.name }));
    const reply = await task.run('bundle.apply', { file: file.token });
    if (!reply.ok) return show({ kind: 'refused', asked: t('sync.askedApply', { file: file.name }), error: reply.error });
    setSeen(null);
    show({ kind: 'applied', file: file.name, reply: reply.value });
    const isQuarantined = reply.value.quarantined !== null;
    report({
      outcome: isQuarantined ? 'refused' : 'done',
      says: isQuarantined ? 'action.quarantined' : 'action.applied',
      values: { file: file.name, entries: reply.value.applied },
      link: to.sync({ part: isQuarantined ? 'waiting' : 'partners' }),
    });
  };
  return { look, apply, seen, busyWith: task.isRunning ? busyWith : null, forget: () => setSeen(null) };
}
