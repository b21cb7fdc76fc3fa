import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { UNKNOWN } from '../../../shared/domain/model.ts';
import { TypeAhead } from '../../components/form/TypeAhead.tsx';
import { UnknownButton } from '../../components/form/UnknownButton.tsx';
import type { FieldProps } from './MovementFields.tsx';
import { identitiesFor, identityOf, isUnknown } from './movementForm.ts';
import classes from './post.module.css';

function DateField({ name, content, set }: FieldProps & { name: 'made' | 'lifeUntil' }) {
  const { t } = useTranslation();
  const label = t(`field.${name}`);
  const isOn = isUnknown(content[name]);
  return (
    <div className={classes.dateRow}>
      <TextInput
        name={name}
        // A date field cannot show a word, so while unknown is the answer it is a text field.
        type={isOn ? 'text' : 'date'}
        readOnly={isOn}
        label={label}
        value={isOn ? t('value.unknown') : content[name]}
        onChange={(event) => set({ [name]: event.currentTarget.value })}
      />
      <UnknownButton isOn={isOn} onToggle={(next) => set({ [name]: next ? UNKNOWN : '' })} of={label} />
    </div>
  );
}

/** What is marked on a lot that comes in for the first time. Each is entered or answered with unknown; neither is left out. */
export function NewLotFields(props: FieldProps) {
  const { t } = useTranslation();
  const { content, set } = props;
  return (
    <fieldset className={classes.newLot}>
      <legend>{t('field.newLotLegend')}</legend>
      <div className={classes.pair}>
        <NativeSelect
          name="identity"
          label={t('field.identity')}
          data={identitiesFor(content.lot).map((identity) => ({ value: identity, label: t(`identity.${identity}`) }))}
          value={identityOf(content)}
          onChange={(event) => set({ identity: event.currentTarget.value })}
        />
        <TypeAhead
          name="maker"
          label={t('field.maker')}
          value={content.maker}
          choices={[]}
          onType={(maker) => set({ maker })}
          onPick={(choice) => set({ maker: choice.value })}
          isUnknown={isUnknown(content.maker)}
          onUnknown={(isOn) => set({ maker: isOn ? UNKNOWN : '' })}
        />
        <DateField {...props} name="made" />
        <DateField {...props} name="lifeUntil" />
      </div>
    </fieldset>
  );
}
