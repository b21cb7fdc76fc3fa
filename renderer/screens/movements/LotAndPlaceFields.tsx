import { useTranslation } from 'react-i18next';
import { type Choice, TypeAhead } from '../../components/form/TypeAhead.tsx';
import { useFormat } from '../../format/format.ts';
import type { FieldProps } from './MovementFields.tsx';
import { isNewLot, kindOf } from './movementForm.ts';
import { holdingId, newLotChoice, useHoldingChoices, useLotChoices, usePlaceChoices } from './useChoices.ts';

/** In a receipt a text that is not known yet makes a new lot; a lot that cannot be read is answered with unknown. */
export function LotField({ content, set, page }: FieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isReceipt = kindOf(content) === 'receipt';
  const choices = useLotChoices(content.item, content.lot, isReceipt);
  const isUnreadable = isNewLot(content) && content.lot === '';
  const meaningOf = (): string | undefined => {
    if (isUnreadable) return t('field.lotUnreadable');
    if (isNewLot(content)) return t('field.newLot');
    if (!page) return undefined;
    const { maker, made, lifeUntil } = page.lot;
    return [maker ?? t('field.makerUnknown'), made && format.date(made), lifeUntil && format.life(lifeUntil).text]
      .filter(Boolean)
      .join(' · ');
  };
  const pick = ({ id, value }: Choice) =>
    set(id === newLotChoice ? { lot: value, lotId: '', newLot: 'yes' } : { lot: value, lotId: id, newLot: '' });
  return (
    <TypeAhead
      name="lot"
      label={t('field.lot')}
      value={content.lot}
      choices={isUnreadable ? [] : choices}
      onType={(lot) => set({ lot })}
      onPick={pick}
      meaning={meaningOf()}
      none={t(content.item === '' ? 'field.itemFirst' : 'field.noLot')}
      {...(isReceipt
        ? { isUnknown: isUnreadable, onUnknown: (isOn: boolean) => set({ lot: '', lotId: '', newLot: isOn ? 'yes' : '', identity: '' }) }
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
      opensOnFocus
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
