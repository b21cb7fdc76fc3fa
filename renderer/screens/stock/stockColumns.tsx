import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StockRow } from '../../../shared/contract/views.ts';
import { to } from '../../app/router.ts';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import { HazardMark } from '../../components/HazardMark.tsx';
import { Link } from '../../components/Link.tsx';
import { DateWithAge, Kilograms, LifeUntil, LotText, Quantity, TextOrUnknown } from '../../components/Value.tsx';
import { type Format, useFormat } from '../../format/format.ts';

type Totals = Readonly<{ total: number; quantitySum: number; neqGSum: number }>;
type Column = GridColumn<StockRow>;

/** Hazard first: it is what must never be overlooked. What tells two lots apart comes before who owns them. */
function whatAndWhere(t: TFunction): readonly Column[] {
  return [
    {
      id: 'hazardCode',
      header: t('stock.hazard'),
      width: 80,
      isSortable: true,
      isFilterable: true,
      cell: (row) => <HazardMark code={row.hazardCode} />,
    },
    { id: 'item', header: t('stock.item'), width: 100, isSortable: true, isFilterable: true, cell: (row) => <bdi>{row.item}</bdi> },
    { id: 'itemName', header: t('stock.itemName'), width: 150, isSortable: true, grows: true, cell: (row) => <bdi>{row.itemName}</bdi> },
    {
      id: 'lot',
      header: t('stock.lot'),
      width: 116,
      isSortable: true,
      cell: (row) => (
        <Link address={to.lot(row.site, row.lotId)} tabIndex={-1}>
          <LotText text={row.lot} identity={row.identity} />
        </Link>
      ),
    },
    { id: 'place', header: t('stock.place'), width: 76, isSortable: true, isFilterable: true, cell: (row) => <bdi>{row.place}</bdi> },
  ];
}

function howMuch(t: TFunction, format: Format, totals: Totals | null): readonly Column[] {
  return [
    {
      id: 'quantity',
      header: t('stock.quantity'),
      width: 108,
      isSortable: true,
      isNumber: true,
      cell: (row) => <Quantity value={row.quantity} unit={row.unit} />,
      foot: totals && format.number(totals.quantitySum),
    },
    {
      id: 'condition',
      header: t('stock.condition'),
      width: 84,
      isSortable: true,
      isFilterable: true,
      cell: (row) => <TextOrUnknown text={row.condition} />,
    },
    { id: 'lifeUntil', header: t('stock.lifeUntil'), width: 178, isSortable: true, cell: (row) => <LifeUntil date={row.lifeUntil} /> },
    {
      id: 'neqG',
      header: t('stock.neq'),
      width: 132,
      isSortable: true,
      isNumber: true,
      cell: (row) => <Kilograms grams={row.neqG} />,
      foot: totals && format.kilograms(totals.neqGSum),
    },
    { id: 'made', header: t('stock.made'), width: 140, isSortable: true, cell: (row) => <DateWithAge date={row.made} /> },
    {
      id: 'owner',
      header: t('stock.owner'),
      width: 92,
      isSortable: true,
      isFilterable: true,
      cell: (row) => <TextOrUnknown text={row.owner} />,
    },
    {
      id: 'holder',
      header: t('stock.holder'),
      width: 92,
      isSortable: true,
      isFilterable: true,
      cell: (row) => <TextOrUnknown text={row.holder} />,
    },
  ];
}

/** `hasSites`: at an authority the same code may belong to several sites, so the site stands beside it. */
export function useStockColumns(totals: Totals | null, hasSites: boolean): readonly Column[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { total, quantitySum, neqGSum } = totals ?? { total: 0, quantitySum: 0, neqGSum: 0 };
  const isKnown = totals !== null;
  return useMemo(() => {
    const site: Column = { id: 'site', header: t('stock.site'), width: 72, isFilterable: true, cell: (row) => row.site };
    const [hazard, ...rest] = whatAndWhere(t);
    const first: Column | undefined = hazard && { ...hazard, foot: isKnown ? t('stock.total') : null };
    const columns = [...rest, ...howMuch(t, format, isKnown ? { total, quantitySum, neqGSum } : null)];
    return [...(first ? [first] : []), ...(hasSites ? [site] : []), ...columns];
  }, [t, format, hasSites, isKnown, total, quantitySum, neqGSum]);
}
