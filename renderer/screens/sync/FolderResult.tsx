import { useTranslation } from 'react-i18next';
import type { ApplyFolderReply } from '../../../shared/contract/views.ts';
import { to } from '../../app/router.ts';
import { Link } from '../../components/Link.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import classes from './sync.module.css';

type FileReply = ApplyFolderReply['files'][number];

function Line({ file }: { file: FileReply }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { quarantined, missingParts, applied } = file;
  const says = () => {
    if (quarantined !== null) return t(`bundle.${quarantined.code}.why`);
    if (missingParts.length > 0)
      return t('sync.partsMissing', { count: missingParts.length, numbers: format.list(missingParts.map(format.number)) });
    return applied === 0 ? t('sync.appliedBefore') : t('sync.appliedCount', { count: applied, shown: format.number(applied) });
  };
  return (
    <li>
      <SeverityShape mark={quarantined !== null ? 'warn' : missingParts.length > 0 ? 'info' : 'done'} />{' '}
      <bdi className="code">{file.name}</bdi> {says()}
    </li>
  );
}

const NAMED_MAX = 10;
/** What lay there and is no bundle: a person looks whether one of them should have been. */
function Foreign({ names }: { names: readonly string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (names.length === 0) return null;
  const said = { count: names.length, shown: format.number(names.length), names: format.list(names.slice(0, NAMED_MAX)) };
  return <p className="soft">{t(names.length > NAMED_MAX ? 'sync.foreignMore' : 'sync.foreign', said)}</p>;
}

/** What came of every file of a folder, and of those that had waited for one of them. */
export function FolderResult({ folder, reply }: { folder: string; reply: ApplyFolderReply }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { files, foreign, applied, cleared } = reply;
  const waiting = files.filter(({ quarantined }) => quarantined !== null).length - cleared;
  return (
    <Notice mark={waiting > 0 ? 'warn' : 'done'} title={t('sync.folderDone', { folder, count: files.length })} isAlert>
      <p>{applied === 0 ? t('sync.appliedBefore') : t('sync.appliedCount', { count: applied, shown: format.number(applied) })}</p>
      {cleared > 0 && <p>{t('sync.cleared', { count: cleared, shown: format.number(cleared) })}</p>}
      <ul className={classes.files}>
        {files.map((file) => (
          <Line key={file.name} file={file} />
        ))}
      </ul>
      <Foreign names={foreign} />
      {waiting > 0 && <Link address={to.sync({ part: 'waiting' })}>{t('sync.seeWaiting')}</Link>}
    </Notice>
  );
}
