import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/Notice.tsx';
import { useAppStore } from '../../stores/appStore.ts';
import { askedPositions, isSameWord, secureRandom } from './recovery.ts';
import classes from './start.module.css';

function WordList({ words, onWritten }: { words: readonly string[]; onWritten: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Notice mark="warn" title={t('recovery.why')}>
        <p>{t('recovery.how')}</p>
      </Notice>
      <ol className={classes.words}>
        {words.map((word, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the position is what the word is known by, and a word may come twice.
          <li key={index}>
            <span className={classes.wordNumber}>{index + 1}</span>
            <span className={classes.word}>{word}</span>
          </li>
        ))}
      </ol>
      <div className={classes.buttons}>
        <Button onClick={onWritten}>{t('recovery.written')}</Button>
      </div>
    </>
  );
}

function WordCheck({ words, onBack, onKept }: { words: readonly string[]; onBack: () => void; onKept: () => void }) {
  const { t } = useTranslation();
  const asked = useMemo(() => askedPositions(words.length, secureRandom), [words.length]);
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [isChecked, setChecked] = useState(false);
  const isRight = (position: number): boolean => isSameWord(typed[position] ?? '', words[position] ?? '');
  const check = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (asked.every(isRight)) onKept();
  };
  return (
    <form className={classes.form} onSubmit={check}>
      <p>{t('recovery.checkHow')}</p>
      {asked.map((position, index) => (
        <TextInput
          key={position}
          autoFocus={index === 0}
          autoComplete="off"
          spellCheck={false}
          label={t('recovery.word', { number: position + 1 })}
          value={typed[position] ?? ''}
          error={isChecked && !isRight(position) ? t('recovery.notThis') : undefined}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setChecked(false);
            setTyped((before) => ({ ...before, [position]: value }));
          }}
        />
      ))}
      <div className={classes.buttons}>
        <Button type="submit">{t('recovery.check')}</Button>
        <Button variant="default" onClick={onBack}>
          {t('recovery.lookAgain')}
        </Button>
      </div>
    </form>
  );
}

/** Shown once, right after a depot was made. Nothing else can be reached until three of the words were typed back. */
export function RecoveryScreen({ words, name }: { words: readonly string[]; name: string }) {
  const { t } = useTranslation();
  const recoveryKept = useAppStore((s) => s.recoveryKept);
  const [isWritten, setWritten] = useState(false);
  return (
    <div className={classes.page}>
      <main className={classes.recovery}>
        <h1>{t(isWritten ? 'recovery.checkTitle' : 'recovery.title', { name })}</h1>
        {isWritten ? (
          <WordCheck words={words} onBack={() => setWritten(false)} onKept={recoveryKept} />
        ) : (
          <WordList words={words} onWritten={() => setWritten(true)} />
        )}
      </main>
    </div>
  );
}
