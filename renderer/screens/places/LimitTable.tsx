import { useTranslation } from 'react-i18next';
import type { GoverningLimit } from '../../../shared/domain/site.ts';
import { NEQ_LICENSED_MAX_KG } from '../../../shared/rules/distance/required.ts';
import layout from '../../components/layout.module.css';
import { useFormat } from '../../format/format.ts';
import { useFunctionWords } from '../../format/functionWords.ts';

type LimitProps = Readonly<{ limits: readonly GoverningLimit[]; set?: readonly Readonly<{ division: string; limitKg: number }>[] }>;

/** What has to stay met for the limit to hold, and until when. */
function RestsOn({ restsOn = [] }: { restsOn: GoverningLimit['restsOn'] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return restsOn.map(({ id, words, until }) => (
    <div key={id} className="soft">
      {until === null ? t('places.restsOn', { words }) : t('places.restsUntil', { words, until: format.date(until) })}
    </div>
  ));
}

type LimitHeadProps = Readonly<{ limits: readonly string[]; governs: string }>;

/** Division, the limits beside each other, and what governs: the head of every table of limits. */
export function LimitHead({ limits, governs }: LimitHeadProps) {
  const { t } = useTranslation();
  const numbers = (words: readonly string[]) =>
    words.map((each) => (
      <th key={each} scope="col" className="number">
        {each}
      </th>
    ));
  return (
    <thead>
      <tr>
        <th scope="col">{t('places.division')}</th>
        {numbers(limits)}
        <th scope="col">{governs}</th>
        {numbers([t('places.actual'), t('places.moreNeeds')])}
        <th scope="col">{t('places.function')}</th>
      </tr>
    </thead>
  );
}

/** What governs a limit, how far it is, and what one kilogram more would ask for: the cells below the end of the head. */
export function GoverningCells({ limit }: { limit: GoverningLimit | null }) {
  const format = useFormat();
  const functionWords = useFunctionWords();
  const metres = (value: number | null | undefined) => (value == null ? '' : `${format.number(value)} m`);
  return (
    <>
      <td>
        <bdi>{limit?.exposedName ?? ''}</bdi>
        <RestsOn restsOn={limit?.restsOn} />
      </td>
      <td className="number">{metres(limit?.actualM)}</td>
      <td className="number">{metres(limit?.requiredM)}</td>
      <td className="code">{functionWords(limit?.functionId ?? null)}</td>
    </>
  );
}

/** What the surroundings allow of each division, and what governs; beside it what is in force. */
export function LimitTable({ limits, set }: LimitProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const inForce = (division: string) => set?.find((each) => division.startsWith(each.division))?.limitKg;
  const kilograms = (value: number | null | undefined) => (value == null ? '' : `${format.number(value)} kg`);
  return (
    <table className={layout.plainTable}>
      <LimitHead limits={[t('places.allowed'), ...(set ? [t('places.inForce')] : [])]} governs={t('places.governs')} />
      <tbody>
        {limits.map((limit) => (
          <tr key={limit.division}>
            <th scope="row">{limit.division}</th>
            <td className="number">
              {limit.limitKg === null ? t('places.noLimit', { most: format.number(NEQ_LICENSED_MAX_KG) }) : kilograms(limit.limitKg)}
            </td>
            {set && <td className="number">{kilograms(inForce(limit.division))}</td>}
            <GoverningCells limit={limit} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
