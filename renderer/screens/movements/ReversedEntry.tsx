import { useTranslation } from 'react-i18next';
import { Facts } from '../../components/Facts.tsx';
import { LotText, Quantity } from '../../components/Value.tsx';
import { useFormat } from '../../format/format.ts';
import type { FieldProps } from './MovementFields.tsx';

/** The entry that is about to be undone, so that nobody undoes the line above it by mistake. */
export function ReversedEntry({ content, page }: FieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const entry = page?.movements.find(({ id }) => id === content.reverses);
  if (!page || !entry) return null;
  return (
    <Facts
      facts={[
        { label: t('history.head.kind'), value: t(`movementKind.${entry.kind}`) },
        { label: t('history.head.when'), value: format.time(entry.happenedAtMs) },
        { label: t('stock.item'), value: <bdi>{`${page.lot.item} · ${page.lot.itemName}`}</bdi> },
        { label: t('stock.lot'), value: <LotText text={page.lot.text} identity={page.lot.identity} /> },
        { label: t('stock.quantity'), value: <Quantity value={entry.quantity} unit={page.lot.unit} /> },
        { label: t('history.head.fromTo'), value: <bdi>{`${entry.from} → ${entry.to}`}</bdi> },
        { label: t('history.head.person'), value: <bdi>{entry.person}</bdi> },
      ]}
    />
  );
}
