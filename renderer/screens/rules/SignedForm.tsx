import { Button, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import { askAgainNow } from '../../api/answers.ts';
import { Refusal } from '../../components/Refusal.tsx';
import { SecondPersonFields } from '../../components/SecondPersonFields.tsx';
import { isDate, todayIso } from '../../format/dates.ts';
import { useSentences } from '../../format/sentence.ts';
import classes from './rules.module.css';

/** What every decision that lasts until a day has in common. */
type Common = Readonly<{ until: string; reason: string }>;
type SecondPerson = Readonly<{ user: string; passphrase: string }>;
type SignedReply = Reply<'approval.grant' | 'waiver.grant'>;

type SignedFormProps = Readonly<{
  label: string;
  /** In words what is asked for, for a refusal. */
  asked: string;
  isComplete: boolean;
  sign: (common: Common, second: SecondPerson) => Promise<SignedReply>;
  onDone: (until: string) => void;
  onCancel: () => void;
  children: ReactNode;
}>;

function Refused({ reply, asked }: { reply: SignedReply | null; asked: string }) {
  const { t } = useTranslation();
  const sentences = useSentences();
  const box = useRef<HTMLDivElement>(null);
  // The form is longer than its column: what it says must not stand below the fold.
  useEffect(() => {
    if (reply !== null) box.current?.scrollIntoView({ block: 'nearest' });
  }, [reply]);
  if (reply === null || reply.ok) return null;
  return (
    <div ref={box}>
      <Refusal asked={asked} why={[sentences.error(reply.error)]} kept={t('rules.kept')} />
    </div>
  );
}

/** Until when, why, and the second person, who signs with the own passphrase: it goes out once and is kept nowhere. */
export function SignedForm({ label, asked, isComplete, sign, onDone, onCancel, children }: SignedFormProps) {
  const { t } = useTranslation();
  const [{ until, reason, user }, setContent] = useState({ until: '', reason: '', user: '' });
  const [passphrase, setPassphrase] = useState('');
  const [reply, setReply] = useState<SignedReply | null>(null);
  const [isSigning, setSigning] = useState(false);
  const set = (part: Partial<Common & { user: string }>) => setContent((before) => ({ ...before, ...part }));
  const isReady = isComplete && isDate(until) && reason.trim() !== '' && user.trim() !== '' && passphrase !== '';
  const submit = async () => {
    setSigning(true);
    const answer = await sign({ until, reason: reason.trim() }, { user: user.trim(), passphrase });
    setSigning(false);
    setPassphrase('');
    setReply(answer);
    if (!answer.ok) return;
    askAgainNow('check.depot');
    onDone(until);
  };
  return (
    <form
      className={classes.form}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void submit();
      }}
    >
      {children}
      <TextInput
        type="date"
        label={t('rules.form.until')}
        description={t('rules.form.untilHint')}
        min={todayIso()}
        value={until}
        onChange={(event) => set({ until: event.currentTarget.value })}
      />
      <Textarea
        label={t('rules.form.reason')}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <SecondPersonFields user={user} passphrase={passphrase} onUser={(name) => set({ user: name })} onPassphrase={setPassphrase} />
      </div>
      <Refused reply={reply} asked={asked} />
      <div className={classes.formActions}>
        <Button type="submit" disabled={!isReady} loading={isSigning}>
          {t('rules.form.sign')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('button.cancel')}
        </Button>
      </div>
    </form>
  );
}
