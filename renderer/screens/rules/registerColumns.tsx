import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalView, WaiverView } from '../../../shared/contract/ruleViews.ts';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import { useFormat } from '../../format/format.ts';
import { LastingMark } from './LastingMark.tsx';

/** Columns of both registers, with those that only one has between rule and last day. */
export function useRegisterColumns<T extends ApprovalView | WaiverView>(own: readonly GridColumn<T>[]): readonly GridColumn<T>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      { id: 'state', header: t('rules.state'), width: 150, isSortable: true, cell: (row) => <LastingMark row={row} /> },
      { id: 'place', header: t('stock.place'), width: 80, isSortable: true, cell: (row) => <bdi>{row.place}</bdi> },
      { id: 'rule', header: t('checks.rule'), width: 160, isSortable: true, cell: (row) => <span className="code">{row.rule}</span> },
      ...own,
      { id: 'until', header: t('rules.form.until'), width: 120, isSortable: true, cell: (row) => format.date(row.until) },
      {
        id: 'people',
        header: t('rules.signed'),
        width: 150,
        isSortable: true,
        cell: (row) => <bdi>{t('rules.bothSigned', { person: row.person, second: row.second })}</bdi>,
      },
      {
        id: 'reason',
        header: t('rules.form.reason'),
        width: 180,
        grows: true,
        cell: (row) => <span title={row.reason}>{row.reason}</span>,
      },
    ],
    [t, format, own],
  );
}
