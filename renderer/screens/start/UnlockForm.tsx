import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenFile } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { call } from '../../api/client.ts';
import { showSession } from '../../api/session.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Notice } from '../../components/Notice.tsx';
import classes from './start.module.css';

/** Counts the waiting time down by the clock, so that a sleeping machine does not stretch it. */
function useCountdown() {
  const [untilMs, setUntilMs] = useState(0);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const tick = () => setLeft(Math.max(0, Math.ceil((untilMs - Date.now()) / 1000)));
    tick();
    if (untilMs <= Date.now()) return;
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [untilMs]);
  return { left, start: (seconds: number) => setUntilMs(Date.now() + seconds * 1000) };
}

export function UnlockForm({ file, wasLocked }: { file: ChosenFile; wasLocked: boolean }) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [isOpening, setOpening] = useState(false);
  const [error, setError] = useState<DomainError | Fault | null>(null);
  const { left, start } = useCountdown();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (left === 0) field.current?.focus();
  }, [left]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (passphrase === '' || left > 0 || isOpening) return;
    setOpening(true);
    const reply = await call('depot.unlock', { file: file.token, passphrase });
    setOpening(false);
    setPassphrase('');
    if (reply.ok) return showSession(reply);
    setError(reply.error);
    if (reply.error.code === 'wrongPassphrase' || reply.error.code === 'waitBeforeNextTry') start(reply.error.waitSeconds);
    field.current?.focus();
  };
  const isWrong = error?.code === 'wrongPassphrase' || error?.code === 'waitBeforeNextTry';
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <h2>{t(wasLocked ? 'unlock.locked' : 'unlock.title')}</h2>
      <p>
        <bdi className={classes.fileName}>{file.name}</bdi>
      </p>
      <PasswordInput
        ref={field}
        autoFocus
        label={t('unlock.passphrase')}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        autoComplete="off"
        disabled={isOpening}
        visibilityToggleButtonProps={{ 'aria-label': t('unlock.show') }}
      />
      {isWrong && (
        <Notice mark="stop" title={t('unlock.wrong')} isAlert>
          <p aria-live="polite">{left > 0 ? t('unlock.wait', { count: left }) : t('unlock.tryAgain')}</p>
        </Notice>
      )}
      {error && !isWrong && <ErrorNotice error={error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={isOpening} disabled={left > 0}>
          {left > 0 ? t('unlock.waitShort', { count: left }) : t('unlock.open')}
        </Button>
        {isOpening && <span className="soft">{t('unlock.opening')}</span>}
      </div>
    </form>
  );
}
