import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplyFolderReply, ApplyReply, BundleReply } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Link } from '../../components/Link.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Refusal } from '../../components/Refusal.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import { FolderResult } from './FolderResult.tsx';
import { ListRefused } from './ListRefused.tsx';
import classes from './sync.module.css';
import { isFolderReply } from './syncView.ts';

/** What the last bundle did; it stays on the screen until the next one or until it is closed. */
export type SyncOutcome =
  | Readonly<{ kind: 'exported'; to: string; file: string; reply: BundleReply }>
  | Readonly<{ kind: 'applied'; file: string; reply: ApplyReply | ApplyFolderReply }>
  | Readonly<{ kind: 'refused'; asked: string; error: DomainError | Fault }>;

const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

function Exported({ to: site, file, reply }: { to: string; file: string; reply: BundleReply }) {
  const { t } = useTranslation();
  const format = useFormat();
  const files = reply.parts.flatMap((part) => part.files);
  const isAck = reply.parts.every((part) => part.entries === 0);
  return (
    <Notice mark="done" title={t('sync.exported', { site, file })} isAlert>
      <ul className={classes.written}>
        {reply.parts.map((part) => (
          <li key={part.path}>
            <bdi>{part.files.map(fileName).join(', ')}</bdi> ·{' '}
            {part.entries === 0
              ? t('sync.partAck', { size: format.bytes(part.bytes) })
              : t('sync.partOf', { count: part.entries, shown: format.number(part.entries), size: format.bytes(part.bytes) })}
          </li>
        ))}
      </ul>
      <p>{t(files.length > 1 ? 'sync.carryAll' : 'sync.carry', { site })}</p>
      <p className="soft">{t(isAck ? 'sync.ackNote' : 'sync.untilHolds', { site })}</p>
    </Notice>
  );
}

function Applied({ file, reply }: { file: string; reply: ApplyReply }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = useSentences();
  const { quarantined, applied, skipped, cleared, missingParts, clockAheadMs, leftOut } = reply;
  if (quarantined) {
    return (
      <Refusal asked={t('sync.askedApply', { file })} why={[t(`bundle.${quarantined.code}.why`)]} kept={t('sync.keptNothing')}>
        <ListRefused quarantined={quarantined} />
        <p>{t(`bundle.${quarantined.code}.now`)}</p>
        <Link address={to.sync({ part: 'waiting' })}>{t('sync.seeWaiting')}</Link>
      </Refusal>
    );
  }
  if (missingParts.length > 0) {
    const numbers = format.list(missingParts.map(format.number));
    return (
      <Notice mark="info" title={t('sync.partKept', { file })} isAlert>
        <p>{t('waiting.partsMissing', { count: missingParts.length, numbers })}</p>
      </Notice>
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
      {cleared > 0 && <p>{t('sync.cleared', { count: cleared, shown: format.number(cleared) })}</p>}
      {clockAheadMs !== undefined && <p>{t('sync.clockAhead', { count: Math.ceil(clockAheadMs / 3_600_000) })}</p>}
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
      if (isFolderReply(outcome.reply)) return <FolderResult folder={outcome.file} reply={outcome.reply} />;
      return <Applied file={outcome.file} reply={outcome.reply} />;
    case 'refused':
      if (outcome.error.code === 'cancelled') return <ErrorNotice error={outcome.error} />;
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
