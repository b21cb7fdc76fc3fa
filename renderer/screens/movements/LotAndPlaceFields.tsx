import { useTranslation } from 'react-i18next';
import { TypeAhead } from '../../components/form/TypeAhead.tsx';
import { useFormat } from '../../format/format.ts';
import type { FieldProps } from './MovementFields.tsx';
import { kindOf } from './movementForm.ts';
import { holdingId, useHoldingChoices, useLotChoices, usePlaceChoices } from './useChoices.ts';

/** In a receipt a text that is not known yet makes a new lot; a lot that cannot be read is answered with unknown. */
export function LotField({ content, set, page }: FieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isReceipt = kindOf(content) === 'receipt';
  const choices = useLotChoices(content.item, content.lot);
  const isNew = isReceipt && content.lot.trim() !== '' && content.lotId === '' && choices.length === 0;
  const meaningOf = (): string | undefined => {
    if (content.lotUnknown !== '') return t('field.lotUnreadable');
    if (isNew) return t('field.newLot');
    if (!page) return undefined;
    const { maker, made, lifeUntil } = page.lot;
    return [maker ?? t('field.makerUnknown'), made && format.date(made), lifeUntil && format.life(lifeUntil).text]
      .filter(Boolean)
      .join(' · ');
  };
  return (
    <TypeAhead
      name="lot"
      label={t('field.lot')}
      value={content.lot}
      choices={content.lotUnknown === '' ? choices : []}
      onType={(lot) => set({ lot, lotUnknown: '' })}
      onPick={(choice) => set({ lot: choice.value, lotId: choice.id, lotUnknown: '' })}
      meaning={meaningOf()}
      none={t(content.item === '' ? 'field.itemFirst' : isReceipt ? 'field.newLot' : 'field.noLot')}
      {...(isReceipt
        ? { isUnknown: content.lotUnknown !== '', onUnknown: (isOn: boolean) => set({ lot: '', lotId: '', lotUnknown: isOn ? 'yes' : '' }) }
        : {})}
    />
  );
}

/** Where it lies now: one heap of the lot, with how much is there. */
export function HoldingField({ content, set, page }: FieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const choices = useHoldingChoices(page, content.from);
  const isChange = kindOf(content) === 'condition';
  const condition = isChange ? content.fromCondition : content.condition;
  const heap = page?.holdings.find(
    (holding) => holdingId(holding) === holdingId({ place: content.from, condition, owner: content.owner, holder: content.holder }),
  );
  return (
    <TypeAhead
      name="from"
      label={t('field.fromHolding')}
      value={content.from}
      choices={choices}
      onType={(from) => set({ from, owner: '', holder: '', ...(isChange ? { fromCondition: '' } : { condition: '' }) })}
      onPick={(choice) => {
        const picked = page?.holdings.find((holding) => holdingId(holding) === choice.id);
        if (!picked) return;
        set({
          from: picked.place,
          owner: picked.owner,
          holder: picked.holder,
          ...(isChange ? { fromCondition: picked.condition } : { condition: picked.condition }),
        });
      }}
      meaning={
        heap &&
        t('field.inHeap', {
          quantity: format.quantity(heap.quantity, heap.unit),
          condition: heap.condition,
          owner: heap.owner,
          holder: heap.holder,
        })
      }
      none={t(content.lotId === '' ? 'field.lotFirst' : 'field.noHolding')}
    />
  );
}

export function PlaceField({ name, side, content, set }: FieldProps & { name: 'from' | 'to'; side: 'inside' | 'outside' }) {
  const { t } = useTranslation();
  const choices = usePlaceChoices(content[name], side);
  return (
    <TypeAhead
      name={name}
      label={t(`field.${name}.${side}`)}
      value={content[name]}
      choices={choices}
      onType={(text) => set({ [name]: text })}
      onPick={(choice) => set({ [name]: choice.value })}
      meaning={choices.find((choice) => choice.value === content[name])?.hint}
      none={t('field.noPlace')}
    />
  );
}
