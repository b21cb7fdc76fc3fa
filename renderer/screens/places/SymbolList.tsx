import { useTranslation } from 'react-i18next';
import type { Symbols } from '../../../shared/rules/storehouse/sheet.ts';
import { useFormat } from '../../format/format.ts';

/** What stands at the door beside the fire division, in words. */
export function SymbolList({ symbols: { supplementary } }: { symbols: Symbols }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = supplementary.flatMap((row) => [
    ...(row.clothingSet === null ? [] : [t('places.clothing', { set: row.clothingSet })]),
    ...(row.needsBreathing ? [t('places.breathing')] : []),
    ...(row.isWaterForbidden ? [t('places.noWater')] : []),
  ]);
  return <>{words.length === 0 ? t('places.noSupplementary') : format.list([...new Set(words)])}</>;
}
