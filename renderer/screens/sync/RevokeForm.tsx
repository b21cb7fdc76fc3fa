import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerView, RevokeReply } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { useAnswer } from '../../api/answers.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { Notice } from '../../components/Notice.tsx';
import { Refusal } from '../../components/Refusal.tsx';
import { SecondPersonFields } from '../../components/SecondPersonFields.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import { useAppStore } from '../../stores/appStore.ts';
import { useMay } from '../rules/useMay.ts';
import classes from './sync.module.css';
import { partnerKey } from './syncView.ts';

const NOTHING = { reason: '', at: '', user: '', passphrase: '' };

function Revoked({ reply }: { reply: RevokeReply }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Notice mark="done" title={t('revoke.done', { seq: format.number(reply.seq) })} isAlert>
      {reply.heldBeyond > 0 && <p>{t('revoke.beyond', { count: reply.heldBeyond, shown: format.number(reply.heldBeyond) })}</p>}
      <p>{t('revoke.next')}</p>
    </Notice>
  );
}

type FormProps = Readonly<{ partner: PartnerView; needsSecond: boolean; onDone: (reply: RevokeReply) => void; onCancel: () => void }>;

function Form({ partner, needsSecond, onDone, onCancel }: FormProps) {
  const { t } = useTranslation();
  const sentences = useSentences();
  const report = useAppStore((s) => s.report);
  const [content, setContent] = useState(NOTHING);
  const [error, setError] = useState<DomainError | Fault | null>(null);
  const set = (part: Partial<typeof NOTHING>) => setContent((before) => ({ ...before, ...part }));
  const { reason, at, user, passphrase } = content;
  const isReady = reason.trim() !== '' && /^\d*$/.test(at) && (!needsSecond || (user.trim() !== '' && passphrase !== ''));
  const revoke = async () => {
    const reply = await call('partner.revoke', {
      device: partner.device,
      reason: reason.trim(),
      ...(at === '' ? {} : { at: Number(at) }),
      ...(needsSecond ? { second: { user: user.trim(), passphrase } } : {}),
    });
    set({ passphrase: '' });
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    report({
      outcome: 'done',
      says: 'action.revoked',
      values: { site: partner.site },
      link: to.sync({ part: 'partners', device: partnerKey(partner) }),
    });
    onDone(reply.value);
  };
  return (
    <form
      className={classes.stack}
      aria-label={t('revoke.title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void revoke();
      }}
    >
      <p>{t('revoke.does')}</p>
      <Textarea
        autoFocus
        label={t('revoke.reason')}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
      <TextInput
        label={t('revoke.at')}
        description={t('revoke.atHint', { held: partner.entriesHeard })}
        inputMode="numeric"
        value={at}
        onChange={(event) => set({ at: event.currentTarget.value.trim() })}
      />
      {needsSecond && (
        <SecondPersonFields
          user={user}
          passphrase={passphrase}
          onUser={(name) => set({ user: name })}
          onPassphrase={(word) => set({ passphrase: word })}
        />
      )}
      {error && <Refusal asked={t('revoke.asked', { site: partner.site })} why={[sentences.error(error)]} kept={t('trust.kept')} />}
      <div className={classes.plainActions}>
        <Button type="submit" disabled={!isReady}>
          {t('revoke.now')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('button.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Nothing of a lost, stolen or doubtful device counts any more, for good; hence a reason and a second person. */
export function RevokeForm({ partner }: { partner: PartnerView }) {
  const { t } = useTranslation();
  const { may, who } = useMay('trust');
  const { reply: trust } = useAnswer('trust.view', {});
  const [isAsking, setAsking] = useState(false);
  const [done, setDone] = useState<RevokeReply | null>(null);
  if (done) return <Revoked reply={done} />;
  if (isAsking) {
    const needsSecond = trust?.ok ? trust.value.needsSecond.revoke : true;
    return <Form partner={partner} needsSecond={needsSecond} onDone={setDone} onCancel={() => setAsking(false)} />;
  }
  return (
    <div className={classes.plainActions}>
      <Button variant="default" size="compact-sm" disabled={!may} onClick={() => setAsking(true)}>
        {t(partner.cutOffSeq === null ? 'revoke.open' : 'revoke.openEarlier')}
      </Button>
      {!may && <span className="soft">{who}</span>}
    </div>
  );
}
