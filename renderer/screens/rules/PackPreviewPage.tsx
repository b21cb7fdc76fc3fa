import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import type { PackChoice } from '../../../shared/contract/ruleViews.ts';
import type { PackPreview } from '../../../shared/contract/siteViews.ts';
import { call } from '../../api/client.ts';
import { useTask } from '../../api/task.ts';
import { go, to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { ProgressPanel } from '../../components/ProgressPanel.tsx';
import { useFormat } from '../../format/format.ts';
import { useAppStore } from '../../stores/appStore.ts';
import { AlteredFindings } from './AlteredFindings.tsx';
import classes from './rules.module.css';
import { useMay } from './useMay.ts';

type PacksProps = Readonly<{ pack: PackChoice; inForce: PackChoice }>;
const back = (): void => go(to.rules({ part: 'pack' }));

/** Two whole checks: long on a large depot, so it says how far it is and can be stopped. */
function usePreview(pack: string) {
  const task = useTask();
  const [reply, setReply] = useState<Reply<'pack.preview'> | null>(null);
  const run = useRef(task.run);
  run.current = task.run;
  useEffect(() => {
    let isCurrent = true; // a late answer about another pack must not show
    void run.current('pack.preview', { pack }).then((answer) => isCurrent && setReply(answer));
    return () => {
      isCurrent = false;
    };
  }, [pack]);
  return { task, reply };
}

function Summary({ preview }: { preview: PackPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { caused, cured } = preview;
  if (caused.length + cured.length === 0) return <p>{t('rules.pack.nothing')}</p>;
  const stops = caused.filter(({ severity }) => severity === 'stop').length;
  return (
    <p>
      {t('rules.pack.caused', { count: caused.length, shown: format.number(caused.length), stops: format.number(stops) })}{' '}
      {t('rules.pack.cured', { count: cured.length, shown: format.number(cured.length) })}
    </p>
  );
}

/** In plain words what the entry does, before it is made. */
function Confirm({ pack, inForce, onKeep }: PacksProps & { onKeep: () => void }) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const [reply, setReply] = useState<Reply<'pack.choose'> | null>(null);
  const choose = async () => {
    const answer = await call('pack.choose', { pack: pack.pack });
    setReply(answer);
    if (!answer.ok) return;
    report({ outcome: 'done', says: 'action.packChosen', values: { pack: pack.title }, link: to.rules({ part: 'pack' }) });
    back();
  };
  return (
    <Notice mark="warn" title={t('rules.pack.confirm', { title: pack.title, edition: pack.edition })}>
      <p>{t('rules.pack.confirmNote', { before: inForce.title })}</p>
      <div className={layout.buttons}>
        <Button onClick={() => void choose()}>{t('rules.pack.yes')}</Button>
        <Button variant="default" onClick={onKeep}>
          {t('rules.pack.keep', { before: inForce.title })}
        </Button>
      </div>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
    </Notice>
  );
}

/** What another pack would bring and take away; only then can it be put in force. */
export function PackPreviewPage({ pack, inForce }: PacksProps) {
  const { t } = useTranslation();
  const { task, reply } = usePreview(pack.pack);
  const [isAsking, setAsking] = useState(false);
  const { may, who } = useMay('policy');
  return (
    <section className={classes.preview} aria-label={t('rules.pack.wouldAlter', { title: pack.title })}>
      <div className={classes.previewHead}>
        <h2>{t('rules.pack.wouldAlter', { title: pack.title })}</h2>
        <div className={classes.actions}>
          {reply?.ok && !isAsking && (
            <Button disabled={!may} onClick={() => setAsking(true)}>
              {t('rules.pack.choose')}
            </Button>
          )}
          <Button variant="default" onClick={back}>
            {t('rules.pack.back')}
          </Button>
        </div>
      </div>
      {!may && <p className="soft">{who}</p>}
      {isAsking && <Confirm pack={pack} inForce={inForce} onKeep={() => setAsking(false)} />}
      <ProgressPanel task={task} label={t('rules.pack.checking')} />
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {reply?.ok && (
        <>
          <Summary preview={reply.value} />
          {reply.value.caused.length + reply.value.cured.length > 0 && <AlteredFindings preview={reply.value} />}
        </>
      )}
    </section>
  );
}
