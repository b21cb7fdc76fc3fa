import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotPage } from '../../../shared/contract/views.ts';
import { UNKNOWN } from '../../../shared/domain/model.ts';
import { TypeAhead } from '../../components/form/TypeAhead.tsx';
import { localMinute } from '../../format/dates.ts';
import { HoldingField, LotField, PlaceField } from './LotAndPlaceFields.tsx';
import { type Content, fieldsOf, isNewLot, isUnknown, kindOf, takesFromHolding } from './movementForm.ts';
import { NewLotFields } from './NewLotFields.tsx';
import classes from './post.module.css';
import { ReversedEntry } from './ReversedEntry.tsx';
import { useConditionOptions, useItemChoices } from './useChoices.ts';

export type FieldProps = Readonly<{ content: Content; set: (part: Partial<Content>) => void; page: LotPage | null }>;
type FieldsProps = FieldProps & Readonly<{ fill: (part: Partial<Content>) => void }>;

function ItemField({ content, set }: FieldProps) {
  const { t } = useTranslation();
  const choices = useItemChoices(content.item);
  const meaning = choices.find((choice) => choice.value === content.item);
  return (
    <TypeAhead
      name="item"
      label={t('field.item')}
      value={content.item}
      choices={choices}
      onType={(item) => set({ item })}
      onPick={(choice) => set({ item: choice.value })}
      meaning={meaning && `${meaning.hint ?? ''} · ${meaning.end || t('value.unknown')}`}
      none={t('field.noItem')}
      autoFocus={content.item === ''}
    />
  );
}

function QuantityField({ content, set, page }: FieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      name="quantity"
      label={t('field.quantity')}
      inputMode="numeric"
      autoComplete="off"
      value={content.quantity}
      onChange={(event) => set({ quantity: event.currentTarget.value })}
      rightSection={page && <span className="soft">{page.lot.unit}</span>}
      rightSectionWidth={page ? 70 : undefined}
      classNames={{ input: classes.numberInput ?? '' }}
    />
  );
}

function ConditionField({ content, set }: FieldProps) {
  const { t } = useTranslation();
  const options = useConditionOptions();
  const isChange = kindOf(content) === 'condition';
  return (
    <NativeSelect
      name="condition"
      label={t(isChange ? 'field.newCondition' : 'field.condition')}
      data={options}
      value={content.condition}
      onChange={(event) => set({ condition: event.currentTarget.value })}
    />
  );
}

function PartyField({ name, content, set }: FieldProps & { name: 'owner' | 'holder' }) {
  const { t } = useTranslation();
  return (
    <TypeAhead
      name={name}
      label={t(`field.${name}`)}
      value={content[name]}
      choices={[]}
      onType={(text) => set({ [name]: text })}
      onPick={(choice) => set({ [name]: choice.value })}
      isUnknown={isUnknown(content[name])}
      onUnknown={(isOn) => set({ [name]: isOn ? UNKNOWN : '' })}
    />
  );
}

function WhenField({ content, set }: FieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      name="happenedAt"
      type="datetime-local"
      label={t('field.happenedAt')}
      description={content.happenedAt === '' ? t('field.now') : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      max={localMinute(Date.now())}
      value={content.happenedAt}
      onChange={(event) => set({ happenedAt: event.currentTarget.value })}
    />
  );
}

function ReasonField({ content, set }: FieldProps) {
  const { t } = useTranslation();
  const isNeeded = kindOf(content) === 'reverse';
  return (
    <Textarea
      name="reason"
      rows={isNeeded ? 3 : 1}
      autoFocus={isNeeded}
      label={t(isNeeded ? 'field.reasonNeeded' : 'field.reason')}
      maxLength={1000}
      value={content.reason}
      onChange={(event) => set({ reason: event.currentTarget.value })}
    />
  );
}

/** A lot given by its id alone, from a link, shows what is marked on it; a lot in one heap needs no choosing. */
function useFillFromLot({ content, fill, page }: FieldsProps): void {
  const { lotId, lot, item, from } = content;
  const takes = takesFromHolding(kindOf(content));
  useEffect(() => {
    if (!page || page.lot.lotId !== lotId) return;
    if (item !== page.lot.item) fill({ item: page.lot.item, lot: page.lot.text, lotId });
    else if (lot !== page.lot.text) fill({ lot: page.lot.text, lotId });
  }, [page, lotId, lot, item, fill]);
  useEffect(() => {
    if (!takes || !page || page.lot.lotId !== lotId || content.owner !== '') return;
    const fitting = page.holdings.filter((holding) => from === '' || holding.place === from);
    const [only] = fitting;
    if (!only || fitting.length > 1) return;
    const { place, condition, owner, holder } = only;
    fill({ from: place, owner, holder, ...(kindOf(content) === 'condition' ? { fromCondition: condition } : { condition }) });
  }, [takes, page, lotId, from, content, fill]);
}

export function MovementFields(props: FieldsProps) {
  const kind = kindOf(props.content);
  useFillFromLot(props);
  const has = (name: (typeof fieldsOf)[typeof kind][number]) => fieldsOf[kind].includes(name);
  if (kind === 'reverse') {
    return (
      <>
        <ReversedEntry {...props} />
        <ReasonField {...props} />
        <WhenField {...props} />
      </>
    );
  }
  return (
    <>
      <ItemField {...props} />
      <LotField {...props} />
      {isNewLot(props.content) && <NewLotFields {...props} />}
      <div className={classes.pair}>
        {takesFromHolding(kind) ? <HoldingField {...props} /> : <PlaceField {...props} name="from" side="outside" />}
        {has('to') && <PlaceField {...props} name="to" side={kind === 'issue' ? 'outside' : 'inside'} />}
      </div>
      <div className={classes.pair}>
        <QuantityField {...props} />
        {has('condition') && <ConditionField {...props} />}
      </div>
      {has('owner') && (
        <div className={classes.pair}>
          <PartyField {...props} name="owner" />
          <PartyField {...props} name="holder" />
        </div>
      )}
      <div className={classes.pair}>
        <WhenField {...props} />
        <ReasonField {...props} />
      </div>
    </>
  );
}
