import { Button, CloseButton, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import type { PolicyView } from '../../../shared/contract/ruleViews.ts';
import { defaultPolicy, type PolicyMode, policyModes } from '../../../shared/rules/policy.ts';
import { call } from '../../api/client.ts';
import { go, to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { useAppStore } from '../../stores/appStore.ts';
import classes from './rules.module.css';
import { isMilder, modeMark, type PolicyCellName } from './rulesView.ts';
import { useMay } from './useMay.ts';

function useRecord(name: PolicyCellName, words: Readonly<{ family: string; kind: string }>) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const [reply, setReply] = useState<Reply<'policy.set'> | null>(null);
  const record = async (mode: PolicyMode) => {
    const answer = await call('policy.set', { ...name, mode });
    setReply(answer);
    if (!answer.ok) return;
    const values = { ...words, mode: t(`policyMode.${mode}`) };
    report({ outcome: 'done', says: 'action.policySet', values, link: to.rules({ part: 'policy', ...name }) });
  };
  return { reply, record };
}

/** Who changed it last, and what holds where nobody does. */
function Since({ view, name }: { view: PolicyView; name: PolicyCellName }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = view.changes.find(({ family, kind }) => family === name.family && kind === name.kind);
  const byDefault = t('rules.policy.default', { mode: t(`policyMode.${defaultPolicy[name.family][name.kind]}`) });
  const since = change ? t('rules.policy.changedBy', { person: change.person, at: format.time(change.atMs) }) : t('rules.policy.never');
  return (
    <p className="soft">
      {byDefault} {since}
    </p>
  );
}

/** One cell of the policy. Each mode says what it does; changing it is an entry. */
export function PolicyCell({ view, name }: { view: PolicyView; name: PolicyCellName }) {
  const { t } = useTranslation();
  const current = view.policy[name.family][name.kind];
  const words = { family: t(`family.${name.family}`), kind: t(`policyKind.${name.kind}`) };
  const [mode, setMode] = useState<PolicyMode>(current);
  const { reply, record } = useRecord(name, words);
  const { may, who } = useMay('policy');
  return (
    <section className={classes.cellForm} aria-label={t('rules.policy.title', words)}>
      <div className={classes.cellHead}>
        <h2>{t('rules.policy.title', words)}</h2>
        <CloseButton aria-label={t('beside.close')} onClick={() => go(to.rules({ part: 'policy' }), 'replace')} />
      </div>
      <Since view={view} name={name} />
      <Radio.Group
        aria-label={t('rules.policy.title', words)}
        value={mode}
        onChange={(value) => setMode(policyModes.find((each) => each === value) ?? current)}
      >
        <div className={classes.modeChoices}>
          {policyModes.map((each) => (
            <Radio
              key={each}
              value={each}
              disabled={!may}
              label={
                <>
                  <SeverityShape mark={modeMark[each]} /> {t(`policyMode.${each}`)}
                </>
              }
              description={t(`policyDoes.${each}`)}
            />
          ))}
        </div>
      </Radio.Group>
      {mode !== current && isMilder(mode, name) && (
        <Notice mark="warn">
          <p>{t('rules.policy.milder')}</p>
        </Notice>
      )}
      <div className={classes.cellActions}>
        <Button disabled={!may || mode === current} onClick={() => void record(mode)}>
          {t('rules.policy.record')}
        </Button>
        <span className="soft">{may ? t('rules.policy.entry') : who}</span>
      </div>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
    </section>
  );
}
