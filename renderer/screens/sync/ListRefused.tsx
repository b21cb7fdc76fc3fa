import { useTranslation } from 'react-i18next';
import type { Quarantine } from '../../../shared/contract/views.ts';
import { useFormat } from '../../format/format.ts';

/** Why the trust list that a bundle brings is not accepted; nothing where another cause kept the bundle out. */
export function ListRefused({ quarantined: { listFault } }: { quarantined: Quarantine }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (listFault === undefined) return null;
  const numbers = Object.fromEntries(
    Object.entries(listFault).flatMap(([name, value]) => (typeof value === 'number' ? [[name, format.number(value)]] : [])),
  );
  return <p>{t('sync.listRefused', { why: t(`listwhy.${listFault.fault}`, { version: '', held: '', threshold: '', ...numbers }) })}</p>;
}
