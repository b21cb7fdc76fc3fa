import { useTranslation } from 'react-i18next';
import { functionWords } from '../../shared/rules/distance/functionWords.ts';

/** What set a distance, in the words of the user. */
export function useFunctionWords(): (id: string | null) => string {
  const { t } = useTranslation();
  return (id) => functionWords(id, (hazard) => t(`reach.${hazard}`));
}
