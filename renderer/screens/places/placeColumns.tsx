import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegisterRow } from '../../../shared/contract/siteViews.ts';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import { useFormat } from '../../format/format.ts';

const limitOf = ({ limits }: RegisterRow, division: string): number | null =>
  limits.find((each) => each.division === division)?.limitKg ?? null;

/** What a column is sorted by. */
export function registerValue(row: RegisterRow, column: string): string | number | null {
  if (column === 'place') return row.place;
  if (column === 'name') return row.name;
  if (column === 'neqKg') return row.neqKg;
  if (column === 'stops') return row.stops;
  if (column === 'reviewOn') return row.reviewOn;
  return limitOf(row, column);
}

/** Beside an open sheet the list is narrow and shows what leads to a place; alone it is the register. */
export function usePlaceColumns(isNarrow: boolean): readonly GridColumn<RegisterRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const first: GridColumn<RegisterRow>[] = [
      { id: 'place', header: t('stock.place'), width: 84, isSortable: true, cell: (row) => <bdi>{row.place}</bdi> },
      {
        id: 'stops',
        header: t('places.stops'),
        width: 74,
        isSortable: true,
        isNumber: true,
        cell: (row) =>
          row.stops === 0 ? <span className="soft">{t('places.noStops')}</span> : <strong>{format.number(row.stops)}</strong>,
      },
      {
        id: 'neqKg',
        header: t('stock.neq'),
        width: 100,
        isSortable: true,
        isNumber: true,
        cell: (row) => `${format.number(Math.ceil(row.neqKg))} kg`,
      },
    ];
    if (isNarrow) return first;
    const limit = (division: string): GridColumn<RegisterRow> => ({
      id: division,
      header: t('places.limitOf', { division }),
      width: 112,
      isSortable: true,
      isNumber: true,
      cell: (row) => {
        const limitKg = limitOf(row, division);
        return limitKg === null ? <span className="unknown">{t('places.notSet')}</span> : `${format.number(limitKg)} kg`;
      },
    });
    return [
      ...first.slice(0, 1),
      { id: 'name', header: t('stock.itemName'), width: 180, isSortable: true, grows: true, cell: (row) => <bdi>{row.name}</bdi> },
      ...first.slice(1),
      ...['1.1', '1.2', '1.3', '1.4'].map(limit),
      { id: 'number', header: t('places.document'), width: 120, cell: (row) => <bdi>{row.number ?? ''}</bdi> },
      {
        id: 'reviewOn',
        header: t('places.reviewOn'),
        width: 150,
        isSortable: true,
        cell: (row) => (row.reviewOn === null ? '' : `${format.date(row.reviewOn)}${row.isReviewDue ? ` · ${t('places.reviewDue')}` : ''}`),
      },
    ];
  }, [t, format, isNarrow]);
}
