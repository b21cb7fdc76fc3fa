import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiscardedFile, WaitingFile, WaitingParts } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { useAnswer } from '../../api/answers.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { classNames } from '../../components/classNames.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Link } from '../../components/Link.tsx';
import layout from '../../components/layout.module.css';
import { Panel } from '../../components/Panel.tsx';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { useAppStore } from '../../stores/appStore.ts';
import { useMay } from '../rules/useMay.ts';
import { Moment } from './Moment.tsx';
import classes from './sync.module.css';
import { mayBeCleared } from './syncView.ts';

/** Asks why before a file is let go: what is discarded comes back only if the sender sends it again, and the reason is recorded. */
function Discard({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const { may, who } = useMay('discard');
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<DomainError | Fault | null>(null);
  const discard = async () => {
    if (reason.trim() === '') return;
    const reply = await call('bundle.discard', { id, reason: reason.trim() });
    if (!reply.ok) return setError(reply.error);
    report({ outcome: 'done', says: 'action.discarded', values: { file: name }, link: to.sync({ part: 'waiting' }) });
  };
  if (!isAsking) {
    return (
      <Button
        variant="default"
        size="compact-sm"
        disabled={!may}
        title={may ? undefined : who}
        aria-label={t('waiting.discardFile', { file: name })}
        onClick={() => setAsking(true)}
      >
        {t('waiting.discard')}
      </Button>
    );
  }
  return (
    <form
      className={classes.confirm}
      aria-label={t('waiting.discardFile', { file: name })}
      onSubmit={(event) => {
        event.preventDefault();
        void discard();
      }}
    >
      <p>{t('waiting.sure')}</p>
      <TextInput
        autoFocus
        label={t('waiting.reason')}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {error && <ErrorNotice error={error} />}
      <div className={classes.plainActions}>
        <Button size="compact-sm" type="submit" disabled={reason.trim() === ''}>
          {t('waiting.discardNow')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setAsking(false)}>
          {t('waiting.keepIt')}
        </Button>
      </div>
    </form>
  );
}

function FileRow({ file }: { file: WaitingFile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { code } = file;
  return (
    <tr>
      <th scope="row">
        <bdi className={classes.fileName}>{file.name}</bdi>
        <span className="soft">{format.bytes(file.bytes)}</span>
      </th>
      <td>
        {file.site !== null && <bdi>{file.site}</bdi>}
        {file.site === null && <span className="soft">{file.device === null ? t('waiting.nobody') : file.device.slice(0, 8)}</span>}
      </td>
      <td>
        <SeverityShape mark={mayBeCleared(code) ? 'warn' : 'stop'} /> {t(`bundle.${code}.why`)} <span className="code">{code}</span>
      </td>
      <td>
        {t(`bundle.${code}.now`)} {code === 'E_UNKNOWN_DEV' && <Link address={to.sync({ part: 'enrol' })}>{t('waiting.enrol')}</Link>}
        {code === 'E_FORK' && <Link address={to.sync({ part: 'cases' })}>{t('waiting.cases')}</Link>}
        {!file.isKept && <p className="soft">{t('waiting.notKept')}</p>}
      </td>
      <td>
        <Moment isShort atMs={file.receivedAtMs} never="" />
      </td>
      <td>
        <Discard id={file.id} name={file.name} />
      </td>
    </tr>
  );
}

function FileTable({ files }: { files: readonly WaitingFile[] }) {
  const { t } = useTranslation();
  const heads = ['file', 'from', 'why', 'clears', 'since'] as const;
  return (
    <table className={classNames(layout.plainTable, classes.waiting)}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {t(`waiting.head.${head}`)}
            </th>
          ))}
          <th scope="col">
            <span className="unseen">{t('history.head.act')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <FileRow key={file.id} file={file} />
        ))}
      </tbody>
    </table>
  );
}

function PartRow({ one }: { one: WaitingParts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = format.list(one.missing.map(format.number));
  const name = t('waiting.bundleOf', { parts: format.number(one.parts) });
  return (
    <li>
      {name}: {t('waiting.partsMissing', { count: one.missing.length, numbers })} <Moment isShort atMs={one.receivedAtMs} never="" />{' '}
      <Discard id={one.id} name={name} />
    </li>
  );
}

/** What people let go of: a record, which nothing takes away. */
function Discarded({ files }: { files: readonly DiscardedFile[] }) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <Panel title={t('waiting.discarded')}>
      <ul className={classes.partList}>
        {files.map(({ id, name, site, person, reason, atMs }) => (
          <li key={`${id} ${atMs}`}>
            <bdi className={classes.fileName}>{name === '' ? t('waiting.onlyParts') : name}</bdi>{' '}
            {t('waiting.discardedBy', { person, site: site ?? t('waiting.nobody'), reason })} <Moment isShort atMs={atMs} never="" />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Files that were not taken in, why, and what takes them in; what people let go of; and parts whose others are not here yet. */
export function WaitingPart() {
  const { t } = useTranslation();
  const { reply } = useAnswer('bundle.waiting', {});
  if (reply === null) return null;
  if (!reply.ok) return <ErrorNotice error={reply.error} />;
  const { files, parts, discarded } = reply.value;
  const isEmpty = files.length === 0 && parts.length === 0;
  if (isEmpty && discarded.length === 0) return <Empty>{t('waiting.none')}</Empty>;
  return (
    <div className={classes.scrolls}>
      {isEmpty && <p className="soft">{t('waiting.none')}</p>}
      {files.length > 0 && <FileTable files={files} />}
      {parts.length > 0 && (
        <Panel title={t('waiting.parts')}>
          <ul className={classes.partList}>
            {parts.map((one) => (
              <PartRow key={one.id} one={one} />
            ))}
          </ul>
        </Panel>
      )}
      <Discarded files={discarded} />
    </div>
  );
}
