import { useState } from 'react';
import type { Reply } from '../../../shared/contract/procedures.ts';
import type { ChosenFile } from '../../../shared/contract/views.ts';
import type { Task } from '../../api/task.ts';
import { to } from '../../app/router.ts';
import { useAppStore } from '../../stores/appStore.ts';
import { type ChosenFiles, type ImportKind, importKinds, type Mapping, requestFor } from './importView.ts';

export type ImportStep = Readonly<{ step: 'checked' | 'imported'; reply: Reply<'import.run'> }>;

/** What was checked is what is imported: any change to files or headers asks for a new check. */
export function useImport(task: Task, atMs: number | null) {
  const report = useAppStore((s) => s.report);
  const [files, setFiles] = useState<ChosenFiles>({});
  const [mapping, setMappings] = useState<Mapping>({});
  const [answer, setAnswer] = useState<ImportStep | null>(null);
  const setFile = (kind: ImportKind, file: ChosenFile | null) => {
    setAnswer(null);
    setFiles(({ [kind]: _gone, ...others }) => (file ? { ...others, [kind]: file } : others));
  };
  const setMapping = (kind: ImportKind, headers: Readonly<Record<string, string>>) => {
    setAnswer(null);
    setMappings((before) => ({ ...before, [kind]: headers }));
  };
  const check = async () => {
    setAnswer(null);
    const reply = await task.run('import.run', requestFor(files, mapping, atMs, true));
    setAnswer({ step: 'checked', reply });
  };
  const run = async () => {
    const reply = await task.run('import.run', requestFor(files, mapping, atMs, false));
    setAnswer({ step: 'imported', reply });
    if (!reply.ok || !reply.value.imported) return;
    const { imported } = reply.value;
    setFiles({});
    report({
      outcome: 'done',
      says: 'action.imported',
      values: { rows: importKinds.reduce((sum, kind) => sum + imported[kind], 0) },
      link: to.screen('stock'),
    });
  };
  return { files, mapping, setFile, setMapping, answer, check: () => void check(), run: () => void run() };
}
