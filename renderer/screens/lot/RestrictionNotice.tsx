import { useTranslation } from 'react-i18next';
import type { Restriction } from '../../../shared/domain/model.ts';
import { Notice } from '../../components/Notice.tsx';
import { useFormat } from '../../format/format.ts';

/** A ban or suspension that blocks issue, with who may lift it left to the authority. */
export function RestrictionNotice({ restriction }: { restriction: Restriction }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Notice mark="stop" title={t(`restriction.${restriction.kind}`)}>
      <p>{restriction.reason}</p>
      <p className="soft">
        {t(restriction.lotId === null ? 'restriction.ofItem' : 'restriction.ofLot', { item: restriction.item })} ·{' '}
        {format.time(restriction.setAtMs)}
      </p>
    </Notice>
  );
}
