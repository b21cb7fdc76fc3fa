import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SurplusItem } from '../../../shared/domain/surplus.ts';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import { useFormat } from '../../format/format.ts';
import { classesIn, firstOrderBy } from './surplusView.ts';

type Column = GridColumn<SurplusItem>;

/** Only the classes that occur have a column; nothing of a class is a faint nought, not an empty cell. */
export function useSurplusColumns(items: readonly SurplusItem[]): readonly Column[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const amount = (value: number) => (value === 0 ? <span className="soft">0</span> : format.number(value));
    const count = (id: string, header: string, amountOf: (item: SurplusItem) => number): Column => ({
      id,
      header,
      width: 104,
      isNumber: true,
      isSortable: true,
      cell: (item) => amount(amountOf(item)),
    });
    const ofClasses = classesIn(items).map((name) => count(name, t(`surplus.class.${name}`), (item) => item.totals[name] ?? 0));
    return [
      { id: 'item', header: t('stock.item'), width: 120, grows: true, isSortable: true, cell: (item) => <bdi>{item.item}</bdi> },
      count('ledger', t('surplus.inStock'), (item) => item.ledgerQuantity),
      count('hold', t('surplus.hold'), (item) => item.hold),
      count('reserve', t('surplus.reserve'), (item) => item.reserve),
      ...ofClasses.map((column) => ({ ...column, width: 150 })),
      {
        id: 'orderBy',
        header: t('surplus.orderBy'),
        width: 96,
        isNumber: true,
        isSortable: true,
        cell: (item) => firstOrderBy(item) ?? <span className="soft">{t('surplus.noOrder')}</span>,
      },
    ];
  }, [items, t, format]);
}
