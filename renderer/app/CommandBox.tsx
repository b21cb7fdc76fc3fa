import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon.tsx';
import { go } from './router.ts';
import classes from './shell.module.css';
import { type Command, useCommands } from './useCommands.ts';
import { commandBoxId } from './useShortcuts.ts';

const groupOrder = ['lot', 'item', 'place', 'screen'] as const;

function Choices({ commands }: { commands: readonly Command[] }) {
  const { t } = useTranslation();
  return groupOrder.map((group) => {
    const ofGroup = commands.filter((command) => command.group === group);
    if (ofGroup.length === 0) return null;
    return (
      <Combobox.Group key={group} label={t(`command.${group}`)}>
        {ofGroup.map((command) => (
          <Combobox.Option key={command.id} value={command.id}>
            <bdi className={classes.choiceLabel}>{command.label}</bdi>
            <bdi className={classes.choiceHint}>{command.hint}</bdi>
          </Combobox.Option>
        ))}
      </Combobox.Group>
    );
  });
}

/** One box that takes everything. A scanner types fast and ends with Enter, so Enter waits for the answer to the whole text. */
export function CommandBox() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isEnterPending, setEnterPending] = useState(false);
  const { commands, isReady } = useCommands(text);
  const box = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const run = (command: Command | undefined) => {
    setEnterPending(false);
    if (!command) return;
    go(command.address);
    setText('');
    combobox.closeDropdown();
    box.current?.blur();
  };
  useEffect(() => {
    if (isEnterPending && isReady) run(commands[0]);
  });
  const onEnter = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || text.trim() === '' || combobox.getSelectedOptionIndex() >= 0) return;
    event.preventDefault();
    setEnterPending(true);
  };
  return (
    <search className={classes.command}>
      <Combobox store={combobox} onOptionSubmit={(id) => run(commands.find((command) => command.id === id))}>
        <Combobox.Target withExpandedAttribute>
          <TextInput
            ref={box}
            id={commandBoxId}
            aria-autocomplete="list"
            aria-label={t('command.label')}
            placeholder={t('command.placeholder')}
            leftSection={<Icon name="search" />}
            rightSection={<kbd className={classes.key}>Ctrl K</kbd>}
            rightSectionWidth={58}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onFocus={() => combobox.openDropdown()}
            onBlur={() => {
              combobox.closeDropdown();
              setText('');
            }}
            onKeyDown={onEnter}
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options mah={420} className={classes.choices} aria-label={t('command.label')}>
            {/* The list stays mounted while closed; its lines need not. */}
            {combobox.dropdownOpened && commands.length === 0 && (
              <Combobox.Empty>{t(isReady ? 'command.none' : 'command.looking')}</Combobox.Empty>
            )}
            {combobox.dropdownOpened && <Choices commands={commands} />}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </search>
  );
}
