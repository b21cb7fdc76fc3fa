import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteRow } from '../../../shared/contract/caseViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import layout from '../../components/layout.module.css';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { Moment } from './Moment.tsx';
import { siteValue } from './syncView.ts';

function useSiteColumns(): readonly GridColumn<SiteRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const count = (id: 'entries' | 'waiting' | 'frozen' | 'openCases', isTrouble: boolean): GridColumn<SiteRow> => ({
      id,
      header: t(`site.head.${id}`),
      width: 96,
      isNumber: true,
      isSortable: true,
      cell: (row) => (
        <>
          {isTrouble && row[id] > 0 && <SeverityShape mark="warn" size={12} />} {format.number(row[id])}
        </>
      ),
    });
    return [
      { id: 'site', header: t('site.head.site'), width: 80, isSortable: true, cell: (row) => <bdi>{row.site}</bdi> },
      { id: 'name', header: t('site.head.name'), width: 140, grows: true, isSortable: true, cell: (row) => <bdi>{row.name}</bdi> },
      {
        id: 'role',
        header: t('site.head.role'),
        width: 110,
        isSortable: true,
        cell: (row) =>
          row.notUnderstood > 0 ? (
            <>
              <SeverityShape mark="warn" size={12} /> {t('partner.notWhole')}
            </>
          ) : (
            t(`siteRole.${row.role}`)
          ),
      },
      {
        id: 'asOfMs',
        header: t('site.head.asOf'),
        width: 185,
        isSortable: true,
        cell: (row) => <Moment isShort atMs={row.asOfMs} never={t('site.noEntry')} />,
      },
      {
        id: 'heardAtMs',
        header: t('site.head.heard'),
        width: 185,
        isSortable: true,
        cell: (row) =>
          row.isOwn ? <span className="soft">{t('site.own')}</span> : <Moment isShort atMs={row.heardAtMs} never={t('site.never')} />,
      },
      count('entries', false),
      count('waiting', true),
      count('frozen', true),
      count('openCases', true),
    ];
  }, [t, format]);
}

function SiteList({ sites }: { sites: readonly SiteRow[] }) {
  const { t } = useTranslation();
  const { source, sort, setSort } = useArraySource<SiteRow>(sites, siteValue, { column: 'asOfMs', isDescending: false });
  const columns = useSiteColumns();
  return (
    <DataGrid
      label={t('sync.part.sites')}
      columns={columns}
      source={source}
      {...(sort ? { sort } : {})}
      onSort={setSort}
      onOpen={(row) => go(to.sync({ part: row.openCases > 0 ? 'cases' : 'partners' }))}
      listKey={`sites ${sort?.column}`}
      empty={<Empty>{t('site.none')}</Empty>}
    />
  );
}

/** Every depot that this file holds the account of, the oldest account first. */
export function SitesPart() {
  const { reply } = useAnswer('site.list', {});
  if (reply === null) return null;
  if (!reply.ok) return <ErrorNotice error={reply.error} />;
  return (
    <div className={layout.main}>
      <SiteList sites={reply.value} />
    </div>
  );
}
