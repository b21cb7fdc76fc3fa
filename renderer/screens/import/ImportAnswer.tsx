import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportCounts, ImportReply } from '../../../shared/contract/views.ts';
import type { RowError } from '../../../shared/domain/errors.ts';
import { go, to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Facts } from '../../components/Facts.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import classes from './import.module.css';
import { importKinds } from './importView.ts';
import type { ImportStep } from './useImport.ts';

const errorValue = (error: RowError, column: string): string | number =>
  column === 'row' ? error.row : String(error[column as keyof RowError] ?? '');

/** Each error names its file, row, column and value, so that it is found in the spreadsheet at once. */
function RowErrors({ errors }: { errors: readonly RowError[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useMemo<readonly GridColumn<RowError>[]>(
    () => [
      { id: 'file', header: t('rowError.file'), width: 130, isSortable: true, cell: (error) => <bdi>{error.file}</bdi> },
      { id: 'row', header: t('rowError.row'), width: 70, isNumber: true, isSortable: true, cell: (error) => error.row },
      {
        id: 'column',
        header: t('rowError.column'),
        width: 130,
        isSortable: true,
        cell: (error) => <span className="code">{error.column}</span>,
      },
      {
        id: 'value',
        header: t('rowError.value'),
        width: 160,
        isSortable: true,
        cell: (error) => (error.value === '' ? <span className="soft">{t('rowError.empty')}</span> : <bdi>{error.value}</bdi>),
      },
      {
        id: 'message',
        header: t('rowError.message'),
        width: 300,
        grows: true,
        cell: (error) => <span title={error.message}>{error.message}</span>,
      },
    ],
    [t],
  );
  const { source, sort, setSort } = useArraySource(errors, errorValue);
  return (
    <Panel title={t('import.errors', { count: errors.length, shown: format.number(errors.length) })}>
      <p>
        <Severity mark="stop" /> {t('import.errorsHint')}
      </p>
      <div className={classes.errors}>
        <DataGrid label={t('import.errorsLabel')} columns={columns} source={source} {...(sort ? { sort } : {})} onSort={setSort} />
      </div>
    </Panel>
  );
}

function Counts({ counts }: { counts: ImportCounts }) {
  const { t } = useTranslation();
  const format = useFormat();
  return <Facts facts={importKinds.map((kind) => ({ label: t(`importKind.${kind}`), value: format.number(counts[kind]) }))} />;
}

function Imported({ reply, isTrial }: { reply: ImportReply; isTrial: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Notice mark={isTrial ? 'info' : 'done'} title={t(isTrial ? 'import.wouldImport' : 'import.done')} isAlert>
      {reply.imported && <Counts counts={reply.imported} />}
      <p>{t(isTrial ? 'import.wouldFind' : 'import.found', { count: reply.findings, shown: format.number(reply.findings) })}</p>
      {!isTrial && (
        <div className={layout.buttons}>
          <Button onClick={() => go(to.screen('stock'))}>{t('import.seeStock')}</Button>
          {reply.findings > 0 && (
            <Button variant="default" onClick={() => go(to.screen('checks'))}>
              {t('import.seeFindings')}
            </Button>
          )}
        </div>
      )}
    </Notice>
  );
}

export function ImportAnswer({ answer: { step, reply } }: { answer: ImportStep }) {
  if (!reply.ok)
    return reply.error.code === 'importRefused' ? <RowErrors errors={reply.error.errors} /> : <ErrorNotice error={reply.error} />;
  if (reply.value.errors.length > 0) return <RowErrors errors={reply.value.errors} />;
  return <Imported reply={reply.value} isTrial={step === 'checked'} />;
}
