import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/format.ts';
import classes from './sync.module.css';
import { typedInto, wordsIn } from './syncView.ts';

/** The words of a fingerprint with their numbers, as they are read out. Words of a fixed list, hence left to right in any language. */
export function Words({ words, isLarge = false }: { words: string; isLarge?: boolean }) {
  const format = useFormat();
  return (
    <ol className={isLarge ? classes.wordsLarge : classes.wordsSmall} dir="ltr">
      {wordsIn(words).map((word, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a word may stand twice, its place is what it is.
        <li key={at}>
          <span className={classes.wordNumber}>{format.number(at + 1)}</span> {word}
        </li>
      ))}
    </ol>
  );
}

type BoxesProps = Readonly<{ words: readonly string[]; onWords: (words: readonly string[]) => void; onEnter: () => void }>;

/** One box a word: a blank or Enter goes on, Backspace in an empty box goes back. */
export function WordBoxes({ words, onWords, onEnter }: BoxesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const boxes = useRef<(HTMLInputElement | null)[]>([]);
  const goTo = (at: number) => boxes.current[at]?.focus();
  const onKey = (event: React.KeyboardEvent<HTMLInputElement>, at: number) => {
    const isLast = at === words.length - 1;
    if (event.key === ' ' || (event.key === 'Enter' && !isLast)) {
      event.preventDefault();
      goTo(at + 1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onEnter();
    } else if (event.key === 'Backspace' && words[at] === '') {
      event.preventDefault();
      goTo(at - 1);
    }
  };
  return (
    <div className={classes.boxes} dir="ltr">
      {words.map((word, at) => (
        <TextInput
          // biome-ignore lint/suspicious/noArrayIndexKey: the place of the word is what it is.
          key={at}
          ref={(box) => {
            boxes.current[at] = box;
          }}
          label={t('enrol.word', { number: format.number(at + 1) })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={at === 0}
          value={word}
          onChange={(event) => onWords(typedInto(words, at, event.currentTarget.value))}
          onKeyDown={(event) => onKey(event, at)}
        />
      ))}
    </div>
  );
}
