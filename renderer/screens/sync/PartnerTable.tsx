import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '../../../shared/contract/views.ts';
import { Empty } from '../../components/Empty.tsx';
import layout from '../../components/layout.module.css';
import { useFormat } from '../../format/format.ts';
import classes from './sync.module.css';

type TableProps = Readonly<{ partners: readonly PartnerView[]; onExport: (partner: PartnerView) => void; isBusy: boolean }>;

const headers = ['site', 'name', 'role', 'lastSent', 'heard', 'fingerprint'] as const;

function PartnerRow({ partner, onExport, isBusy }: Omit<TableProps, 'partners'> & { partner: PartnerView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lastSentAtMs, lastSentSeq } = partner;
  return (
    <tr>
      <th scope="row">{partner.site}</th>
      <td>
        <bdi>{partner.name}</bdi>
      </td>
      <td>{t(`siteRole.${partner.role}`)}</td>
      <td>
        {lastSentAtMs === null ? (
          <span className="soft">{t('partner.neverSent')}</span>
        ) : (
          t('partner.sent', { time: format.time(lastSentAtMs), seq: format.number(lastSentSeq ?? 0) })
        )}
      </td>
      <td className="number">
        {partner.entriesHeard === 0 ? <span className="soft">{t('partner.nothingHeard')}</span> : format.number(partner.entriesHeard)}
      </td>
      <td className={classes.words}>{partner.fingerprint}</td>
      <td>
        <Button size="compact-sm" disabled={isBusy} onClick={() => onExport(partner)}>
          {t('partner.export')}
        </Button>
      </td>
    </tr>
  );
}

export function PartnerTable({ partners, onExport, isBusy }: TableProps) {
  const { t } = useTranslation();
  if (partners.length === 0) return <Empty>{t('partner.none')}</Empty>;
  return (
    <table className={layout.plainTable}>
      <thead>
        <tr>
          {headers.map((name) => (
            <th key={name} scope="col" className={name === 'heard' ? 'number' : undefined}>
              {t(`partner.head.${name}`)}
            </th>
          ))}
          <th scope="col">
            <span className="unseen">{t('history.head.act')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {partners.map((partner) => (
          <PartnerRow key={`${partner.site} ${partner.device}`} partner={partner} onExport={onExport} isBusy={isBusy} />
        ))}
      </tbody>
    </table>
  );
}
