import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '../../../shared/contract/views.ts';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { Moment } from './Moment.tsx';
import classes from './sync.module.css';

function Role({ row: { role, cutOffSeq, notUnderstood } }: { row: PartnerView }) {
  const { t } = useTranslation();
  if (cutOffSeq === null && notUnderstood > 0)
    return (
      <>
        <SeverityShape mark="warn" /> {t('partner.notWhole')}
      </>
    );
  if (cutOffSeq === null) return t(`siteRole.${role}`);
  return (
    <>
      <SeverityShape mark="stop" /> {t('partner.revoked')}
    </>
  );
}

function HoldsUpTo({ row: { acknowledgedSeq } }: { row: PartnerView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (acknowledgedSeq === null || acknowledgedSeq === 0) return <span className="soft">{t('partner.nothing')}</span>;
  return format.number(acknowledgedSeq);
}

/** @param isBeside The chosen partner stands beside with its name and fingerprint: the list keeps to what is left. */
export function usePartnerColumns(isBeside: boolean): readonly GridColumn<PartnerView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const time = (id: 'lastSentAtMs' | 'lastHeardAtMs', never: string): GridColumn<PartnerView> => ({
      id,
      header: t(`partner.head.${id}`),
      width: 182,
      isSortable: true,
      cell: (row) => <Moment isShort atMs={row[id]} never={never} />,
    });
    const count = (id: 'onlyHere' | 'waiting', width: number): GridColumn<PartnerView> => ({
      id,
      header: t(`partner.head.${id}`),
      width,
      isNumber: true,
      isSortable: true,
      cell: (row) => format.number(row[id]),
    });
    const columns: readonly GridColumn<PartnerView>[] = [
      {
        id: 'site',
        header: t('partner.head.site'),
        width: 90,
        isSortable: true,
        cell: (row) => <bdi className={row.cutOffSeq === null ? undefined : classes.cutOff}>{row.site}</bdi>,
      },
      { id: 'name', header: t('partner.head.name'), width: 120, grows: true, isSortable: true, cell: (row) => <bdi>{row.name}</bdi> },
      {
        id: 'role',
        header: t('partner.head.role'),
        width: 110,
        isSortable: true,
        cell: (row) => <Role row={row} />,
      },
      time('lastSentAtMs', t('partner.neverSent')),
      time('lastHeardAtMs', t('partner.nothingHeard')),
      {
        id: 'acknowledgedSeq',
        header: t('partner.head.acknowledged'),
        width: 105,
        isNumber: true,
        isSortable: true,
        cell: (row) => <HoldsUpTo row={row} />,
      },
      count('onlyHere', 90),
      count('waiting', 70),
      {
        id: 'fingerprint',
        header: t('partner.head.fingerprint'),
        width: 130,
        cell: (row) => <bdi className={classes.words}>{row.fingerprint}</bdi>,
      },
    ];
    return isBeside ? columns.filter(({ id }) => id !== 'name' && id !== 'fingerprint' && id !== 'lastSentAtMs') : columns;
  }, [t, format, isBeside]);
}
