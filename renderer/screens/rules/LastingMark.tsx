import { useTranslation } from 'react-i18next';
import type { Lasting } from '../../../shared/rules/lasting.ts';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { stateMark } from './rulesView.ts';

/** In force, ends in so many days, expired or withdrawn: in shape and words. */
export function LastingMark({ row: { state, daysLeft } }: { row: Lasting }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words =
    state === 'ending' ? t('rules.ending', { count: daysLeft ?? 0, shown: format.number(daysLeft ?? 0) }) : t(`lasting.${state}`);
  return (
    <>
      <SeverityShape mark={stateMark[state]} /> {words}
    </>
  );
}
