import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { Refusal } from '../../components/Refusal.tsx';
import { SecondPersonFields } from '../../components/SecondPersonFields.tsx';
import { useSentences } from '../../format/sentence.ts';
import { useAppStore } from '../../stores/appStore.ts';
import { useMay } from '../rules/useMay.ts';
import classes from './sync.module.css';

const NOTHING = { reason: '', user: '', passphrase: '' };

/** The last way: what the file lacks stays lost here until a partner brings it, hence a reason and, where there is one, a second person. */
export function NewIncarnationForm() {
  const { t } = useTranslation();
  const sentences = useSentences();
  const report = useAppStore((s) => s.report);
  const { may, who } = useMay('trust');
  const [isAsking, setAsking] = useState(false);
  const [{ reason, user, passphrase }, setContent] = useState(NOTHING);
  const [error, setError] = useState<DomainError | Fault | null>(null);
  const set = (part: Partial<typeof NOTHING>) => setContent((before) => ({ ...before, ...part }));
  const open = async () => {
    const second = user.trim() === '' ? {} : { second: { user: user.trim(), passphrase } };
    const reply = await call('incarnation.open', { reason: reason.trim(), ...second });
    set({ passphrase: '' });
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    const { incarnation, lacks } = reply.value;
    const link = to.sync({ part: 'copy' });
    if (lacks === null) report({ outcome: 'done', says: 'action.incarnationOpened', values: { incarnation }, link });
    else report({ outcome: 'done', says: 'action.incarnationLacks', values: { incarnation, ...lacks }, link });
  };
  if (!isAsking) {
    return (
      <div className={classes.plainActions}>
        <Button variant="default" disabled={!may} onClick={() => setAsking(true)}>
          {t('copy.openIncarnation')}
        </Button>
        {!may && <span className="soft">{who}</span>}
      </div>
    );
  }
  return (
    <form
      className={classes.decide}
      aria-label={t('copy.incarnation')}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') void open();
      }}
    >
      <Textarea
        autoFocus
        label={t('copy.reason')}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
      <p className="soft">{t('copy.secondHint')}</p>
      <SecondPersonFields
        user={user}
        passphrase={passphrase}
        onUser={(name) => set({ user: name })}
        onPassphrase={(word) => set({ passphrase: word })}
      />
      {error && <Refusal asked={t('copy.asked')} why={[sentences.error(error)]} kept={t('copy.keptAll')} />}
      <div className={classes.plainActions}>
        <Button type="submit" disabled={reason.trim() === ''}>
          {t('copy.openNow')}
        </Button>
        <Button variant="default" onClick={() => setAsking(false)}>
          {t('button.cancel')}
        </Button>
      </div>
    </form>
  );
}
