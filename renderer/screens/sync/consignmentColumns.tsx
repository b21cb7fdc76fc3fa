import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsignmentRow } from '../../../shared/contract/caseViews.ts';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { Moment } from './Moment.tsx';
import { consignmentMark } from './syncView.ts';

/** @param isBeside The times stand beside: the list keeps to what is left. */
export function useConsignmentColumns(isBeside: boolean): readonly GridColumn<ConsignmentRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const sites = (id: 'from' | 'sentTo' | 'receivedBy', width: number): GridColumn<ConsignmentRow> => ({
      id,
      header: t(`consignment.head.${id}`),
      width,
      isSortable: true,
      cell: (row) => (row[id].length === 0 ? <span className="soft">–</span> : <bdi>{format.list(row[id])}</bdi>),
    });
    const time = (id: 'sentAtMs' | 'receivedAtMs', never: string): GridColumn<ConsignmentRow> => ({
      id,
      header: t(`consignment.head.${id}`),
      width: 185,
      isSortable: true,
      cell: (row) => <Moment isShort atMs={row[id]} never={never} />,
    });
    const columns: readonly GridColumn<ConsignmentRow>[] = [
      {
        id: 'state',
        header: t('consignment.head.state'),
        width: 170,
        isSortable: true,
        cell: (row) => (
          <>
            <SeverityShape mark={consignmentMark[row.state]} /> {t(`consignment.state.${row.state}`)}
          </>
        ),
      },
      {
        id: 'consignment',
        header: t('consignment.head.number'),
        width: isBeside ? 250 : 190,
        grows: !isBeside,
        isSortable: true,
        cell: (row) => <bdi className="code">{row.consignment}</bdi>,
      },
      sites('from', 90),
      sites('sentTo', 90),
      sites('receivedBy', 110),
      time('sentAtMs', t('consignment.notHeardYet')),
      time('receivedAtMs', t('consignment.notYet')),
    ];
    return isBeside ? columns.filter(({ id }) => id !== 'sentAtMs' && id !== 'receivedAtMs') : columns;
  }, [t, format, isBeside]);
}
