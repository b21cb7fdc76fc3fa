import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTask } from '../../api/task.ts';
import { classNames } from '../../components/classNames.ts';
import layout from '../../components/layout.module.css';
import { Panel } from '../../components/Panel.tsx';
import { ProgressPanel } from '../../components/ProgressPanel.tsx';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { instantOf, localMinute } from '../../format/dates.ts';
import { FileRow } from './FileRow.tsx';
import { ImportAnswer } from './ImportAnswer.tsx';
import classes from './import.module.css';
import { importKinds } from './importView.ts';
import { useImport } from './useImport.ts';

function OpeningDate({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  return (
    <TextInput
      w={300}
      type="datetime-local"
      label={t('import.at')}
      description={t('import.atHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      max={localMinute(Date.now())}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Files first, then a trial run that writes nothing, then the import: all of it or nothing. */
export function ImportScreen() {
  const { t } = useTranslation();
  const task = useTask();
  const [at, setAt] = useState('');
  const { files, mapping, setFile, setMapping, answer, check, run } = useImport(task, instantOf(at));
  const hasFiles = Object.keys(files).length > 0;
  const isChecked = answer?.step === 'checked' && answer.reply.ok && answer.reply.value.errors.length === 0;
  return (
    <div className={classNames(layout.screen, layout.scrolls)}>
      <ScreenHead title={t('screen.import')} note={t('import.note')} />
      <Panel title={t('import.files')}>
        <table className={classNames(layout.plainTable, classes.files)}>
          <thead className="unseen">
            <tr>
              <th scope="col">{t('import.kind')}</th>
              <th scope="col">{t('import.file')}</th>
              <th scope="col">{t('import.headers')}</th>
            </tr>
          </thead>
          <tbody>
            {importKinds.map((kind) => (
              <FileRow
                key={kind}
                kind={kind}
                file={files[kind] ?? null}
                onFile={(file) => setFile(kind, file)}
                headers={mapping[kind] ?? {}}
                onHeaders={(headers) => setMapping(kind, headers)}
              />
            ))}
          </tbody>
        </table>
        {files.stock && <OpeningDate value={at} onChange={setAt} />}
      </Panel>
      <div className={classes.actions}>
        <Button variant={isChecked ? 'default' : 'filled'} disabled={!hasFiles || task.isRunning} onClick={check}>
          {t('import.check')}
        </Button>
        <Button variant={isChecked ? 'filled' : 'default'} disabled={!isChecked || task.isRunning} onClick={run}>
          {t('import.run')}
        </Button>
        <span className="soft">{t(isChecked ? 'import.mayRun' : 'import.checkFirst')}</span>
      </div>
      <ProgressPanel task={task} label={t(answer === null ? 'import.checking' : 'import.running')} />
      {answer && !task.isRunning && <ImportAnswer answer={answer} />}
    </div>
  );
}
