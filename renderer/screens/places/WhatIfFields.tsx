import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TypeAhead } from '../../components/form/TypeAhead.tsx';
import { useItemChoices } from '../movements/useChoices.ts';
import type { Asked } from './whatIfView.ts';

type FieldProps = Readonly<{ asked: Asked; set: (part: Partial<Asked>) => void }>;

function StockFields({ asked, set }: FieldProps) {
  const { t } = useTranslation();
  const choices = useItemChoices(asked.item);
  return (
    <>
      <TypeAhead
        name="whatIfItem"
        label={t('whatIf.item')}
        value={asked.item}
        choices={choices}
        onType={(item) => set({ item })}
        onPick={(choice) => set({ item: choice.value })}
        none={t('field.noItem')}
      />
      <TextInput
        label={t('whatIf.quantity')}
        inputMode="numeric"
        value={asked.quantity}
        onChange={(event) => set({ quantity: event.currentTarget.value })}
      />
    </>
  );
}

function HouseFields({ asked, set }: FieldProps) {
  const { t } = useTranslation();
  const field = (name: 'metres' | 'bearing' | 'latitude' | 'longitude') => (
    <TextInput
      key={name}
      label={t(`whatIf.${name}`)}
      inputMode="decimal"
      value={asked[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <NativeSelect
        label={t('whatIf.kind')}
        value={asked.kind}
        onChange={(event) => set({ kind: event.currentTarget.value as Asked['kind'] })}
        data={(['inhabited', 'vulnerable'] as const).map((value) => ({ value, label: t(`exposedKind.${value}`) }))}
      />
      <NativeSelect
        label={t('whatIf.houseBy')}
        value={asked.houseBy}
        onChange={(event) => set({ houseBy: event.currentTarget.value as Asked['houseBy'] })}
        data={(['distance', 'position'] as const).map((value) => ({ value, label: t(`whatIf.by.${value}`) }))}
      />
      {(asked.houseBy === 'distance' ? (['metres', 'bearing'] as const) : (['latitude', 'longitude'] as const)).map(field)}
    </>
  );
}

/** The fields of each question. */
export function WhatIfFields({ asked, set }: FieldProps) {
  const { t } = useTranslation();
  switch (asked.question) {
    case 'stock':
      return <StockFields asked={asked} set={set} />;
    case 'house':
      return <HouseFields asked={asked} set={set} />;
    case 'door':
      return (
        <TextInput
          label={t('whatIf.front')}
          inputMode="numeric"
          value={asked.front}
          onChange={(event) => set({ front: event.currentTarget.value })}
        />
      );
    case 'barricade':
      return (
        <NativeSelect
          label={t('places.barricaded')}
          value={asked.barricade}
          onChange={(event) => set({ barricade: event.currentTarget.value as Asked['barricade'] })}
          data={(['yes', 'no'] as const).map((value) => ({ value, label: t(`whatIf.barricadeIs.${value}`) }))}
        />
      );
  }
}
