import { useTranslation } from 'react-i18next';
import type { GoverningLimit } from '../../../shared/domain/site.ts';
import { NEQ_LICENSED_MAX_KG } from '../../../shared/rules/distance/required.ts';
import layout from '../../components/layout.module.css';
import { useFormat } from '../../format/format.ts';
import { useFunctionWords } from '../../format/functionWords.ts';

type LimitProps = Readonly<{ limits: readonly GoverningLimit[]; set?: readonly Readonly<{ division: string; limitKg: number }>[] }>;

/** What has to stay met for the limit to hold, and until when. */
function RestsOn({ restsOn = [] }: Pick<GoverningLimit, 'restsOn'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return restsOn.map(({ id, words, until }) => (
    <div key={id} className="soft">
      {until === null ? t('places.restsOn', { words }) : t('places.restsUntil', { words, until: format.date(until) })}
    </div>
  ));
}

/** What the surroundings allow of each division, and what governs; beside it what is in force. */
export function LimitTable({ limits, set }: LimitProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const inForce = (division: string) => set?.find((each) => division.startsWith(each.division))?.limitKg;
  const kilograms = (value: number | null | undefined) => (value == null ? '' : `${format.number(value)} kg`);
  const functionWords = useFunctionWords();
  const metres = (value: number | null) => (value === null ? '' : `${format.number(value)} m`);
  return (
    <table className={layout.plainTable}>
      <thead>
        <tr>
          <th scope="col">{t('places.division')}</th>
          <th scope="col" className="number">
            {t('places.allowed')}
          </th>
          {set && (
            <th scope="col" className="number">
              {t('places.inForce')}
            </th>
          )}
          <th scope="col">{t('places.governs')}</th>
          <th scope="col" className="number">
            {t('places.actual')}
          </th>
          <th scope="col" className="number">
            {t('places.moreNeeds')}
          </th>
          <th scope="col">{t('places.function')}</th>
        </tr>
      </thead>
      <tbody>
        {limits.map((limit) => (
          <tr key={limit.division}>
            <th scope="row">{limit.division}</th>
            <td className="number">
              {limit.limitKg === null ? t('places.noLimit', { most: format.number(NEQ_LICENSED_MAX_KG) }) : kilograms(limit.limitKg)}
            </td>
            {set && <td className="number">{kilograms(inForce(limit.division))}</td>}
            <td>
              <bdi>{limit.exposedName ?? ''}</bdi>
              <RestsOn restsOn={limit.restsOn} />
            </td>
            <td className="number">{metres(limit.actualM)}</td>
            <td className="number">{metres(limit.requiredM)}</td>
            <td className="code">{functionWords(limit.functionId)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
