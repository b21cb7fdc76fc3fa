import { useTranslation } from 'react-i18next';
import type { LicenceView } from '../../../shared/contract/siteViews.ts';
import layout from '../../components/layout.module.css';
import { useFormat } from '../../format/format.ts';

const SHOWN_MAX = 12;

/** What the nearest would feel if everything here went up at once. */
export function EffectTable({ view }: { view: LicenceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (view.effects.length === 0) return <p className="soft">{t('places.noEffects')}</p>;
  return (
    <table className={layout.plainTable}>
      <thead>
        <tr>
          <th scope="col">{t('places.exposed')}</th>
          <th scope="col" className="number">
            {t('places.actual')}
          </th>
          <th scope="col" className="number">
            {t('places.pressure')}
          </th>
          <th scope="col">{t('places.effect')}</th>
        </tr>
      </thead>
      <tbody>
        {view.effects.slice(0, SHOWN_MAX).map((effect) => (
          <tr key={effect.target}>
            <th scope="row">
              <bdi>{effect.name}</bdi>
            </th>
            <td className="number">{format.number(effect.actualM)} m</td>
            <td className="number">
              {effect.incidentKPa === null ? t('places.outsideFormula') : `${format.number(effect.incidentKPa)} kPa`}
            </td>
            <td>
              {effect.bands.map((band) => (
                <div key={band.target}>
                  {t(`effectTarget.${band.target}`)}: {band.words}{' '}
                  <span className="soft">{`${band.source}, ${t(`ruleStatus.${band.status}`)}`}</span>
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
