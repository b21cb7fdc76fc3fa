import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClimateView } from '../../../shared/contract/lifeViews.ts';
import type { ClimateDay } from '../../../shared/rules/surveillance/climate.ts';
import { Empty } from '../../components/Empty.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import { useFormat } from '../../format/format.ts';

const dayValue = (day: ClimateDay, column: string): string | number | null => day[column as keyof ClimateDay];

/** The same days as the chart, for those who rather read. */
export function DayTable({ view }: { view: ClimateView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { source, sort, setSort } = useArraySource<ClimateDay>(view.days, dayValue, { column: 'date', isDescending: true });
  const columns = useMemo<readonly GridColumn<ClimateDay>[]>(
    () => [
      { id: 'date', header: t('climate.day'), width: 130, isSortable: true, cell: (day) => format.date(day.date) },
      {
        id: 'leastCentiC',
        header: t('climate.least'),
        width: 110,
        isSortable: true,
        isNumber: true,
        cell: (day) => `${format.number(day.leastCentiC / 100)} °C`,
      },
      {
        id: 'mostCentiC',
        header: t('climate.most'),
        width: 110,
        isSortable: true,
        isNumber: true,
        cell: (day) => `${format.number(day.mostCentiC / 100)} °C`,
      },
      {
        id: 'mostPermille',
        header: t('climate.humidity'),
        width: 130,
        isSortable: true,
        isNumber: true,
        cell: (day) => (day.mostPermille === null ? '' : `${format.number(day.mostPermille / 10)} %`),
      },
    ],
    [t, format],
  );
  return (
    <DataGrid
      label={t('climate.table')}
      columns={columns}
      source={source}
      {...(sort ? { sort } : {})}
      onSort={setSort}
      empty={<Empty>{t('climate.none', { place: view.place })}</Empty>}
    />
  );
}
