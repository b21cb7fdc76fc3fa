import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DueRow } from '../../../shared/contract/lifeViews.ts';
import { to } from '../../app/router.ts';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import { Link } from '../../components/Link.tsx';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { markOf } from './lifeView.ts';

/** @param isBeside The chosen line is shown beside the list, with the name of its item: the list keeps to what is left. */
export function useDueColumns(site: string, isBeside: boolean): readonly GridColumn<DueRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const columns: readonly GridColumn<DueRow>[] = [
      {
        id: 'state',
        header: t('life.state'),
        width: 120,
        isSortable: true,
        cell: (row) => (
          <>
            <SeverityShape mark={markOf[row.state]} /> {t(`dueState.${row.state}`)}
          </>
        ),
      },
      { id: 'dueOn', header: t('life.dueOn'), width: 110, isSortable: true, cell: (row) => format.date(row.dueOn) },
      { id: 'kind', header: t('life.kind'), width: 110, isSortable: true, cell: (row) => t(`inspectionKind.${row.kind}`) },
      { id: 'item', header: t('stock.item'), width: 90, isSortable: true, cell: (row) => <bdi>{row.item}</bdi> },
      { id: 'itemName', header: t('stock.itemName'), width: 170, isSortable: true, grows: true, cell: (row) => <bdi>{row.itemName}</bdi> },
      {
        id: 'lotText',
        header: t('stock.lot'),
        width: 150,
        isSortable: true,
        cell: (row) => (
          <Link address={to.lot(site, row.lotId)}>
            <bdi className="mark">{row.lotText === '' ? t('value.unknown') : row.lotText}</bdi>
          </Link>
        ),
      },
      { id: 'places', header: t('stock.place'), width: 130, isSortable: true, cell: (row) => <bdi>{format.list(row.places)}</bdi> },
      {
        id: 'lastOn',
        header: t('life.lastOn'),
        width: 110,
        isSortable: true,
        cell: (row) => (row.lastOn === null ? <span className="unknown">{t('life.never')}</span> : format.date(row.lastOn)),
      },
    ];
    return isBeside ? columns.filter(({ id }) => id !== 'itemName' && id !== 'lastOn') : columns;
  }, [t, format, site, isBeside]);
}
