import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProcedureName } from '../../shared/contract/procedures.ts';
import { askAgainNow } from '../api/answers.ts';
import { useWatched } from '../api/task.ts';
import { ProgressPanel } from './ProgressPanel.tsx';

/** A read that may take seconds in a large depot: what it does, how far it is, and a way to stop it. */
export function LongRead({ name, label }: { name: ProcedureName; label: string }) {
  const task = useWatched(name);
  return task.isRunning ? <ProgressPanel task={task} label={label} /> : <p className="soft">{label}</p>;
}

/** After a stop, the way to ask again. */
export function AskAgain({ name }: { name: ProcedureName }) {
  const { t } = useTranslation();
  return (
    <div>
      <Button variant="default" onClick={() => askAgainNow(name)}>
        {t('progress.again')}
      </Button>
    </div>
  );
}
