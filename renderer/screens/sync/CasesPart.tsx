import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseRow } from '../../../shared/contract/caseViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import layout from '../../components/layout.module.css';
import { CasePage } from './CasePage.tsx';
import { useCaseColumns } from './caseColumns.tsx';
import classes from './sync.module.css';

const caseValue = (row: CaseRow, column: string): string | number | null =>
  column === 'state' ? (row.decision === null ? 0 : 1) : row[column as keyof CaseRow];

function CaseList({ cases }: { cases: readonly CaseRow[] }) {
  const { t } = useTranslation();
  const { source, sort, setSort } = useArraySource<CaseRow>(cases, caseValue, { column: 'openedAtMs', isDescending: true });
  const columns = useCaseColumns();
  return (
    <DataGrid
      label={t('sync.part.cases')}
      columns={columns}
      source={source}
      {...(sort ? { sort } : {})}
      onSort={setSort}
      onOpen={(row) => go(to.sync({ part: 'cases', id: row.id }))}
      listKey={`cases ${sort?.column}`}
      empty={<Empty>{t('case.none')}</Empty>}
    />
  );
}

/** What only people can decide between devices and depots; a case that was opened has a page of its own. */
export function CasesPart({ chosen }: { chosen: string }) {
  const { t } = useTranslation();
  const [isOpenOnly, setOpenOnly] = useState(true);
  const { reply } = useAnswer('case.list', { isOpenOnly });
  if (chosen !== '') return <CasePage key={chosen} id={chosen} />;
  return (
    <div className={layout.main}>
      <label className={classes.check}>
        <input type="checkbox" checked={!isOpenOnly} onChange={(event) => setOpenOnly(!event.currentTarget.checked)} />
        {t('case.showDecided')}
      </label>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {reply?.ok && <CaseList cases={reply.value} />}
    </div>
  );
}
