import { useTranslation } from 'react-i18next';
import type { LicenceBasis } from '../../../shared/contract/siteViews.ts';
import layout from '../../components/layout.module.css';
import { useFormat } from '../../format/format.ts';
import { PaperPart } from '../print/Paper.tsx';
import { useWaivedQuantity } from '../rules/useWaivedQuantity.ts';

/** The conditions that let a smaller distance count, and what was let pass: each with who said so and until when. */
export function LicenceBasisPart({ basis: { conditions, waivers } }: { basis: LicenceBasis }) {
  const { t } = useTranslation();
  const format = useFormat();
  const quantity = useWaivedQuantity();
  return (
    <PaperPart title={t('paper.basis')}>
      {conditions.length === 0 && waivers.length === 0 && <p>{t('paper.noBasis')}</p>}
      <ul className={layout.plainList}>
        {conditions.map(({ id, words, rule, authority, until }) => (
          <li key={`${id} ${rule} ${authority} ${until}`}>
            {words} (<span className="code">{id}</span>):{' '}
            {rule === null || authority === null
              ? t('paper.conditionOfBuilding', { until: format.date(until) })
              : t('paper.conditionApproved', { authority, rule, until: format.date(until) })}
          </li>
        ))}
        {waivers.map(({ id, rule, division, quantityMaxKg, until, reason, person, second }) => (
          <li key={id}>
            {t('paper.waiver', {
              rule: division === null ? rule : `${rule} ${division}`,
              quantity: quantity({ rule, quantityMaxKg }),
              until: format.date(until),
              reason,
              person,
              second,
            })}
          </li>
        ))}
      </ul>
    </PaperPart>
  );
}
