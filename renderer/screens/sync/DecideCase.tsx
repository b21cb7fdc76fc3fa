import { Button, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../shared/contract/caseViews.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { Panel } from '../../components/Panel.tsx';
import { Refusal } from '../../components/Refusal.tsx';
import { SecondPersonFields } from '../../components/SecondPersonFields.tsx';
import { useSentences } from '../../format/sentence.ts';
import { useAppStore } from '../../stores/appStore.ts';
import { useMay } from '../rules/useMay.ts';
import classes from './sync.module.css';

const NOTHING = { reason: '', user: '', passphrase: '' };

/** Two people decide, with a reason. It is written down and changes the books of no depot by itself. */
export function DecideCase({ view }: { view: CaseView }) {
  const { t } = useTranslation();
  const sentences = useSentences();
  const report = useAppStore((s) => s.report);
  const { may, who } = useMay('case');
  const [decision, setDecision] = useState(view.decisions.length === 1 ? (view.decisions[0] ?? '') : '');
  const [content, setContent] = useState(NOTHING);
  const [error, setError] = useState<DomainError | Fault | null>(null);
  const set = (part: Partial<typeof NOTHING>) => setContent((before) => ({ ...before, ...part }));
  const { reason, user, passphrase } = content;
  const isReady = may && decision !== '' && reason.trim() !== '' && user.trim() !== '' && passphrase !== '';
  const decide = async () => {
    const reply = await call('case.decide', {
      decided: { id: view.id, decision, reason: reason.trim() },
      second: { user: user.trim(), passphrase },
    });
    set({ passphrase: '' });
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    report({
      outcome: 'done',
      says: 'action.caseDecided',
      values: { subject: view.subject },
      link: to.sync({ part: 'cases', id: view.id }),
    });
  };
  return (
    <Panel
      title={t('case.decide')}
      aside={<span className="soft">{may ? t(view.kind === 'fork' ? 'case.endsHere' : 'case.changesNothing') : who}</span>}
    >
      <form
        className={classes.decideWide}
        aria-label={t('case.decide')}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void decide();
        }}
      >
        <div className={classes.decideSides}>
          <Radio.Group label={t('case.decisionIs')} value={decision} onChange={setDecision}>
            <div className={classes.radios}>
              {view.decisions.map((each) => (
                <Radio key={each} value={each} label={sentences.at(`case.decision.${view.kind}.${each}`, {}, each)} />
              ))}
            </div>
          </Radio.Group>
          <Textarea
            label={t('case.reason')}
            rows={3}
            maxLength={1000}
            value={reason}
            onChange={(event) => set({ reason: event.currentTarget.value })}
          />
        </div>
        <div className={classes.decideSides}>
          <SecondPersonFields
            user={user}
            passphrase={passphrase}
            onUser={(name) => set({ user: name })}
            onPassphrase={(word) => set({ passphrase: word })}
          />
        </div>
        {error && <Refusal asked={t('case.asked')} why={[sentences.error(error)]} kept={t('case.kept')} />}
        <div className={classes.plainActions}>
          <Button type="submit" disabled={!isReady}>
            {t('case.decideNow')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
