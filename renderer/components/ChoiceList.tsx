import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import classes from './choiceList.module.css';
import { classNames } from './classNames.ts';

type Choice = Readonly<{ value: string; isChosen: boolean; shown: ReactNode }>;
type ChoiceListProps = Readonly<{ title: ReactNode; choices: readonly Choice[]; onChoose: (value: string) => void }>;

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** A group to narrow a list by. Hundreds of choices are one stop of the Tab key; the arrows go through them. */
export function ChoiceList({ title, choices, onChoose }: ChoiceListProps) {
  const list = useRef<HTMLUListElement>(null);
  const stop = Math.max(
    0,
    choices.findIndex(({ isChosen }) => isChosen),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[step(at, buttons.length - 1)]?.focus();
  };
  return (
    <section className={classes.group}>
      {title}
      <ul ref={list}>
        {choices.map(({ value, isChosen, shown }, index) => (
          <li key={value}>
            <button
              type="button"
              tabIndex={index === stop ? 0 : -1}
              className={classNames(classes.choice, isChosen && classes.chosen)}
              aria-pressed={isChosen}
              onClick={() => onChoose(value)}
              onKeyDown={onKeyDown}
            >
              {shown}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
