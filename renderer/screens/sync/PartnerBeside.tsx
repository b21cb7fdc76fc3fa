import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '../../../shared/contract/views.ts';
import { go, to } from '../../app/router.ts';
import { Facts } from '../../components/Facts.tsx';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useFormat } from '../../format/format.ts';
import { Moment } from './Moment.tsx';
import { RevokeForm } from './RevokeForm.tsx';
import { SendForm } from './SendForm.tsx';
import { Words } from './Words.tsx';

type BesideProps = Readonly<{
  partner: PartnerView;
  isBusy: boolean;
  onSend: (partner: PartnerView, partMb: number | null) => Promise<void>;
}>;

/** One partner: what it holds of ours, what was heard of it, a bundle for it, and the end of the trust in it. */
export function PartnerBeside({ partner, isBusy, onSend }: BesideProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { site, name, role, lastSentSeq, acknowledgedSeq, onlyHere, waiting, entriesHeard, fingerprint, cutOffSeq, source } = partner;
  const facts = [
    {
      label: t('partner.device'),
      value: (
        <>
          {t(`siteRole.${role}`)} <bdi className="code">{partner.device.slice(0, 8)}</bdi>
        </>
      ),
    },
    { label: t('partner.trustedBy'), value: t(`partner.source.${source}`) },
    { label: t('partner.head.lastSentAtMs'), value: <Moment isShort atMs={partner.lastSentAtMs} never={t('partner.neverSent')} /> },
    ...(lastSentSeq === null ? [] : [{ label: t('partner.sentUpto'), value: t('partner.entry', { seq: format.number(lastSentSeq) }) }]),
    {
      label: t('partner.head.acknowledged'),
      value:
        acknowledgedSeq === null || acknowledgedSeq === 0
          ? t('partner.nothingAcknowledged')
          : t('partner.entry', { seq: format.number(acknowledgedSeq) }),
    },
    { label: t('partner.notThere'), value: format.number(onlyHere) },
    { label: t('partner.head.lastHeardAtMs'), value: <Moment isShort atMs={partner.lastHeardAtMs} never={t('partner.nothingHeard')} /> },
    { label: t('partner.heard'), value: format.number(entriesHeard) },
    { label: t('partner.head.waiting'), value: format.number(waiting) },
  ];
  return (
    <aside className={layout.beside} aria-label={t('partner.beside', { site })}>
      <div className={layout.besideHead}>
        <h2>
          <bdi>{site}</bdi> <bdi className="soft">{name}</bdi>
        </h2>
        <CloseButton aria-label={t('beside.close')} onClick={() => go(to.sync({ part: 'partners' }), 'replace')} />
      </div>
      {cutOffSeq === null ? (
        <SendForm partner={partner} isBusy={isBusy} onSend={onSend} />
      ) : (
        <Notice mark="stop" title={t('partner.revokedTitle')}>
          <p>{t('partner.revokedAt', { seq: format.number(cutOffSeq) })}</p>
        </Notice>
      )}
      {partner.notUnderstood > 0 && (
        <Notice mark="warn" title={t('partner.notUnderstoodTitle')}>
          <p>{t('partner.notUnderstood', { count: partner.notUnderstood, shown: format.number(partner.notUnderstood) })}</p>
        </Notice>
      )}
      <Facts facts={facts} />
      <Panel title={t('partner.head.fingerprint')}>
        <Words words={fingerprint} />
      </Panel>
      <RevokeForm partner={partner} />
    </aside>
  );
}
