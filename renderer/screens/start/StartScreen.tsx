import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenFile, SessionView } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { showSession, useRecentFiles, useRuntimeNotice } from '../../api/session.ts';
import { useTask, useWatched, type Watched } from '../../api/task.ts';
import { RuntimeBanner } from '../../app/Banners.tsx';
import { classNames } from '../../components/classNames.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Icon } from '../../components/Icon.tsx';
import { ProgressPanel } from '../../components/ProgressPanel.tsx';
import { NewDepotForm } from './NewDepotForm.tsx';
import classes from './start.module.css';
import { UnlockForm } from './UnlockForm.tsx';

/** After locking it is the same depot that is asked for; else the one opened last. */
const firstChoice = (session: SessionView, recent: readonly ChosenFile[]): ChosenFile | null =>
  recent.find((file) => file.name === session.file) ?? recent[0] ?? null;

type ListProps = Readonly<{ files: readonly ChosenFile[]; chosen: ChosenFile | null; onChoose: (file: ChosenFile) => void }>;

function FileList({ files, chosen, onChoose }: ListProps) {
  const { t } = useTranslation();
  return (
    <ul className={classes.files} aria-label={t('start.recent')}>
      {files.map((file) => (
        <li key={file.token}>
          <button
            type="button"
            className={classNames(classes.file, file.token === chosen?.token && classes.fileChosen)}
            aria-pressed={file.token === chosen?.token}
            onClick={() => onChoose(file)}
          >
            <Icon name="file" />
            <bdi>{file.name}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}

function useDemo() {
  const task = useTask();
  const [error, setError] = useState<DomainError | Fault | null>(null);
  const open = async () => {
    const reply = await task.run('depot.openDemo', {});
    if (reply.ok) showSession(reply);
    else setError(reply.error);
  };
  return { task, error, open };
}

/** The task under which the program makes the demo depot by itself on the first start. */
const DEMO_AT_START = 'demo-at-start';

/** Made by the button or by the program itself; it takes some seconds. */
function DemoProgress({ task }: { task: Watched }) {
  const { t } = useTranslation();
  const atStart = useWatched(DEMO_AT_START);
  return <ProgressPanel task={task.isRunning ? task : atStart} label={t('start.makingDemo')} />;
}

export function StartScreen({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const recent = useRecentFiles();
  const notice = useRuntimeNotice();
  const demo = useDemo();
  const [picked, setPicked] = useState<ChosenFile | null>(null);
  const [isNew, setNew] = useState(false);
  if (recent === undefined) return null;
  const chosen = picked ?? firstChoice(session, recent);
  const files = picked && !recent.some((file) => file.token === picked.token) ? [picked, ...recent] : recent;
  const choose = (file: ChosenFile | null) => {
    if (file) setPicked(file);
    if (file) setNew(false);
  };
  const openOther = async () => choose(await globalThis.depot.chooseFile('openDepot'));
  return (
    <div className={classes.page}>
      {notice && (
        <section aria-label={t('banner.label')}>
          <RuntimeBanner notice={notice} />
        </section>
      )}
      <main className={classes.start}>
        <section className={classes.choice}>
          <h1>{t('app.name')}</h1>
          <p className="soft">{t('start.what')}</p>
          {files.length > 0 && <FileList files={files} chosen={isNew ? null : chosen} onChoose={choose} />}
          <Button variant="default" leftSection={<Icon name="file" />} onClick={() => void openOther()}>
            {t('start.openFile')}
          </Button>
          <Button variant="default" leftSection={<Icon name="add" />} onClick={() => setNew(true)}>
            {t('start.newDepot')}
          </Button>
          <Button variant="default" leftSection={<Icon name="stock" />} loading={demo.task.isRunning} onClick={() => void demo.open()}>
            {t('start.openDemo')}
          </Button>
          <p className={classes.small}>{t('start.demoNote')}</p>
          <DemoProgress task={demo.task} />
          {demo.error && <ErrorNotice error={demo.error} />}
        </section>
        <section className={classes.work}>
          {isNew ? (
            <NewDepotForm onCancel={() => setNew(false)} />
          ) : chosen ? (
            <UnlockForm key={chosen.token} file={chosen} wasLocked={session.state === 'locked'} />
          ) : (
            <div className={classes.hint}>
              <h2>{t('start.firstTime')}</h2>
              <p>{t('start.firstTimeHint')}</p>
            </div>
          )}
        </section>
      </main>
    </div>
  );
}
