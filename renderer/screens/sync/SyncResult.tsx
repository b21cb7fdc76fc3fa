import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplyReply, BundleReply } from '../../../shared/contract/views.ts';
import { Notice } from '../../components/Notice.tsx';
import { Refusal } from '../../components/Refusal.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import classes from './sync.module.css';
import type { SyncOutcome } from './syncTypes.ts';

const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

function Exported({ to, file, reply }: { to: string; file: string; reply: BundleReply }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Notice mark="done" title={t('sync.exported', { site: to, file })} isAlert>
      <ul className={classes.parts}>
        {reply.parts.map((part) => (
          <li key={part.path}>
            <bdi>{fileName(part.path)}</bdi> ·{' '}
            {t('sync.part', {
              count: part.entries,
              shown: format.number(part.entries),
              from: format.number(part.from),
              upto: format.number(part.upto),
              size: format.bytes(part.bytes),
            })}
          </li>
        ))}
      </ul>
      <p>{t(reply.parts.length > 1 ? 'sync.carryAll' : 'sync.carry', { site: to })}</p>
    </Notice>
  );
}

function Applied({ file, reply }: { file: string; reply: ApplyReply }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = useSentences();
  const { quarantined, applied, skipped, leftOut } = reply;
  if (quarantined) {
    return (
      <Refusal
        asked={t('sync.askedApply', { file })}
        why={[t(`bundle.${quarantined.code}.why`)]}
        kept={applied > 0 ? t('sync.keptSome', { count: applied, shown: format.number(applied) }) : t('sync.keptNothing')}
      >
        {t(`bundle.${quarantined.code}.now`)}
      </Refusal>
    );
  }
  if (leftOut) {
    return (
      <Refusal
        asked={t('sync.askedApply', { file })}
        why={[t('sync.leftOut', { count: leftOut.entries, shown: format.number(leftOut.entries) }), sentences.error(leftOut.cause)]}
        kept={applied > 0 ? t('sync.appliedCount', { count: applied, shown: format.number(applied) }) : t('sync.keptNothing')}
      />
    );
  }
  return (
    <Notice mark="done" title={t('sync.applied', { file })} isAlert>
      <p>{applied === 0 ? t('sync.appliedBefore') : t('sync.appliedCount', { count: applied, shown: format.number(applied) })}</p>
      {skipped > 0 && applied > 0 && <p>{t('sync.skippedCount', { count: skipped, shown: format.number(skipped) })}</p>}
    </Notice>
  );
}

function Content({ outcome }: { outcome: SyncOutcome }): ReactNode {
  const { t } = useTranslation();
  const sentences = useSentences();
  switch (outcome.kind) {
    case 'exported':
      return <Exported to={outcome.to} file={outcome.file} reply={outcome.reply} />;
    case 'applied':
      return <Applied file={outcome.file} reply={outcome.reply} />;
    case 'refused':
      return <Refusal asked={outcome.asked} why={[sentences.error(outcome.error)]} kept={t('sync.keptNothing')} />;
  }
}

export function SyncResult({ outcome, onClose }: { outcome: SyncOutcome; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.result}>
      <div className={classes.resultBody}>
        <Content outcome={outcome} />
      </div>
      <CloseButton aria-label={t('sync.closeResult')} onClick={onClose} />
    </div>
  );
}
