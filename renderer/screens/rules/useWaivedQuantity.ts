import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaiverView } from '../../../shared/contract/ruleViews.ts';
import { useFormat } from '../../format/format.ts';
import { waivedWords } from './rulesView.ts';

/** Up to how much a waiver lets pass, in words. */
export function useWaivedQuantity(): (waiver: Pick<WaiverView, 'rule' | 'quantityMaxKg'>) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(
    (waiver) => {
      const { says, kilograms } = waivedWords(waiver);
      return t(says, { kilograms: format.number(kilograms) });
    },
    [t, format],
  );
}
