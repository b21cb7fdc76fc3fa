import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UNKNOWN } from '../../../shared/domain/model.ts';
import classes from './form.module.css';
import { UnknownButton } from './UnknownButton.tsx';

/** `isOffer`: it does not exist yet; choosing it makes it. */
export type Choice = Readonly<{ id: string; value: string; label: string; hint?: string; end?: string; isOffer?: boolean }>;

export type TypeAheadProps = Readonly<{
  label: string;
  value: string;
  choices: readonly Choice[];
  onType: (text: string) => void;
  onPick: (choice: Choice) => void;
  /** What the typed code stands for, below the field. */
  meaning?: ReactNode;
  placeholder?: string;
  /** Said in the list where nothing matches. */
  none?: string;
  isUnknown?: boolean;
  /** Given where unknown is one of the answers. */
  onUnknown?: (isUnknown: boolean) => void;
  autoFocus?: boolean;
  /** Where there are few choices and one of them must be taken. Else the list would lie over the fields below. */
  opensOnFocus?: boolean;
  name: string;
}>;

/**
 * The one choice that the text means: equal to its code, whatever the case. Two of them leave it to the person; what can
 * be made is meant only where nothing of that code is there.
 */
export function exactChoice(choices: readonly Choice[], text: string): Choice | null {
  const wanted = text.trim().toLowerCase();
  const matching = choices.filter((choice) => choice.value.toLowerCase() === wanted);
  const existing = matching.filter((choice) => !choice.isOffer);
  const [only, ...others] = existing.length > 0 ? existing : matching;
  return wanted !== '' && only && others.length === 0 ? only : null;
}

/**
 * A text field with suggestions. A scanner types a whole code and Enter before the suggestions arrive, so the text is
 * remembered on leaving and matched as soon as they do.
 */
function useMatchOnLeaving({ value, choices, onPick }: TypeAheadProps) {
  const [left, setLeft] = useState<string | null>(null);
  useEffect(() => {
    if (left === null) return;
    if (left !== value) return setLeft(null);
    const match = exactChoice(choices, value);
    if (!match) return;
    setLeft(null);
    onPick(match);
  }, [left, value, choices, onPick]);
  return () => setLeft(value);
}

function ChoiceLine({ choice }: { choice: Choice }) {
  return (
    <Combobox.Option value={choice.id} className={classes.choice}>
      <bdi className={classes.choiceLabel}>{choice.label}</bdi>
      {choice.hint && <bdi className={classes.choiceHint}>{choice.hint}</bdi>}
      {choice.end && <span className={classes.choiceEnd}>{choice.end}</span>}
    </Combobox.Option>
  );
}

export function TypeAhead(props: TypeAheadProps) {
  const {
    label,
    value,
    choices,
    onType,
    onPick,
    meaning,
    placeholder,
    none,
    isUnknown = false,
    onUnknown,
    autoFocus,
    opensOnFocus = false,
    name,
  } = props;
  const { t } = useTranslation();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const remember = useMatchOnLeaving(props);
  const pick = (id: string) => {
    const choice = choices.find((one) => one.id === id);
    if (choice) onPick(choice);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick}>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          name={name}
          aria-autocomplete="list"
          label={label}
          description={meaning}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={isUnknown ? t('value.unknown') : placeholder}
          autoFocus={autoFocus ?? false}
          autoComplete="off"
          spellCheck={false}
          value={value === UNKNOWN ? '' : value}
          rightSection={onUnknown && <UnknownButton isOn={isUnknown} onToggle={onUnknown} of={label} />}
          rightSectionWidth={onUnknown ? 86 : undefined}
          onChange={(event) => {
            onType(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onFocus={() => opensOnFocus && combobox.openDropdown()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown();
            remember();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0) remember();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={choices.length === 0 && (none === undefined || value === '')}>
        <Combobox.Options mah={260} className={classes.choices} aria-label={label}>
          {combobox.dropdownOpened && choices.length === 0 && <Combobox.Empty>{none}</Combobox.Empty>}
          {combobox.dropdownOpened && choices.map((choice) => <ChoiceLine key={choice.id} choice={choice} />)}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
