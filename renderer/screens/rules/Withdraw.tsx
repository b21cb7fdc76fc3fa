import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import { askAgainNow } from '../../api/answers.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useAppStore } from '../../stores/appStore.ts';
import classes from './rules.module.css';
import { useMay } from './useMay.ts';

type WithdrawProps = Readonly<{ what: 'approval' | 'waiver'; id: string; place: string }>;

/** One person is enough to take something back: what makes a place safer waits for nobody. */
export function Withdraw({ what, id, place }: WithdrawProps) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const { may, who } = useMay('override');
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [reply, setReply] = useState<Reply<'approval.withdraw' | 'waiver.withdraw'> | null>(null);
  const withdraw = async () => {
    const answer = await call(`${what}.withdraw`, { id, reason: reason.trim() });
    setReply(answer);
    if (!answer.ok) return;
    askAgainNow('check.depot');
    const says = what === 'approval' ? 'action.approvalWithdrawn' : 'action.waiverWithdrawn';
    report({ outcome: 'done', says, values: { place }, link: to.rules({ part: `${what}s`, id }) });
  };
  if (!isAsking) {
    return (
      <div className={classes.formActions}>
        <Button variant="default" disabled={!may} onClick={() => setAsking(true)}>
          {t('rules.withdraw')}
        </Button>
        {!may && <span className="soft">{who}</span>}
      </div>
    );
  }
  return (
    <form
      className={classes.form}
      aria-label={t('rules.withdraw')}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') void withdraw();
      }}
    >
      <p>{t(`rules.withdrawDoes.${what}`)}</p>
      <Textarea
        label={t('rules.withdrawReason')}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      <div className={classes.formActions}>
        <Button type="submit" disabled={reason.trim() === ''}>
          {t('rules.withdrawNow')}
        </Button>
        <Button variant="default" onClick={() => setAsking(false)}>
          {t('button.cancel')}
        </Button>
      </div>
    </form>
  );
}
