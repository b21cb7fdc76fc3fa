import { useTranslation } from 'react-i18next';
import type { LicenceView } from '../../../shared/contract/siteViews.ts';
import { Notice } from '../../components/Notice.tsx';
import { useFormat } from '../../format/format.ts';

/** Limits that were issued and count no more, and why: until the licence is issued anew nothing more is brought in. */
export function LapsedLimits({ lapsed }: Pick<LicenceView, 'lapsed'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (lapsed.length === 0) return null;
  return (
    <Notice mark="stop" title={t('places.lapsed')}>
      {lapsed.map(({ division, licence, conditions }) => (
        <p key={division}>{t('places.lapsedLimit', { division, licence, conditions: format.list(conditions) })}</p>
      ))}
    </Notice>
  );
}
