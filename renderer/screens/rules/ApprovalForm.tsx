import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConditionalRule } from '../../../shared/rules/conditional.ts';
import { useAnswer } from '../../api/answers.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useSentences } from '../../format/sentence.ts';
import { useAppStore } from '../../stores/appStore.ts';
import { About, PlaceField } from './AboutFields.tsx';
import classes from './rules.module.css';
import { SignedForm } from './SignedForm.tsx';

type ApprovalFormProps = Readonly<{
  /** Where the form comes from a finding: these two are given, and not to be changed. */
  about?: Readonly<{ rule: string; place: string }>;
  onDone: (until: string) => void;
  onCancel: () => void;
}>;

/** `B + D, articles`; a cell of the distances by its id, which names division, exposed site and column. */
function useRuleName(): (rule: ConditionalRule) => string {
  const { t } = useTranslation();
  return ({ kind, groups, rule }) => t(`rules.kindOf.${kind}`, { groups: groups.join(' + '), cell: rule.replace(/^qd\.\w+\./, '') });
}

const isMixing = ({ kind }: ConditionalRule): boolean => kind === 'articles' || kind === 'substances';

type ConditionsProps = Readonly<{ rule: ConditionalRule; met: readonly string[]; onChange: (met: readonly string[]) => void }>;

/** Nothing is ticked beforehand: a form that comes filled in gets signed unread. */
function Conditions({ rule, met, onChange }: ConditionsProps) {
  const { t } = useTranslation();
  const sentences = useSentences();
  return (
    <fieldset className={classes.conditions}>
      <legend>{t('rules.form.conditions')}</legend>
      {rule.conditions.map(({ id, words }) => (
        <Checkbox
          key={id}
          label={sentences.at(`${rule.kind === 'distances' ? 'distanceCondition' : 'mixNote'}.${id}`, {}, words)}
          checked={met.includes(id)}
          onChange={(event) => onChange(event.currentTarget.checked ? [...met, id] : met.filter((each) => each !== id))}
        />
      ))}
      {isMixing(rule) && met.length > 0 && met.length < rule.conditions.length && <p className="soft">{t('rules.form.allNeeded')}</p>}
    </fieldset>
  );
}

function RuleField({ rules, rule, onChange }: { rules: readonly ConditionalRule[]; rule: string; onChange: (rule: string) => void }) {
  const { t } = useTranslation();
  const nameOf = useRuleName();
  const choices = rules.map((each) => ({ value: each.rule, label: nameOf(each) }));
  return (
    <NativeSelect
      label={t('rules.form.rule')}
      value={rule}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: t('rules.form.chooseRule') }, ...choices]}
    />
  );
}

/** An authority found conditions to be met at a place. Two people sign. */
export function ApprovalForm({ about, onDone, onCancel }: ApprovalFormProps) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const { reply } = useAnswer('approval.rules', {});
  const [content, setContent] = useState({ rule: about?.rule ?? '', place: about?.place ?? '', authority: '' });
  const [met, setMet] = useState<readonly string[]>([]);
  if (reply === null) return null;
  if (!reply.ok) return <ErrorNotice error={reply.error} />;
  const rule = reply.value.find((each) => each.rule === content.rule);
  const { place, authority } = content;
  const sign: React.ComponentProps<typeof SignedForm>['sign'] = (common, second) =>
    call('approval.grant', {
      approval: { ...content, authority: authority.trim(), place: place.trim(), conditions: [...met], ...common },
      second,
    });
  const done = (until: string) => {
    report({ outcome: 'done', says: 'action.approvalGranted', values: { place }, link: to.rules({ part: 'approvals' }) });
    onDone(until);
  };
  return (
    <SignedForm
      label={t('rules.form.approval')}
      asked={t('rules.form.askedApproval', { rule: content.rule, place })}
      isComplete={rule !== undefined && place.trim() !== '' && met.length > 0 && authority.trim() !== ''}
      sign={sign}
      onDone={done}
      onCancel={onCancel}
    >
      {about ? (
        <About rule={about.rule} place={about.place} />
      ) : (
        <>
          <RuleField
            rules={reply.value}
            rule={content.rule}
            onChange={(chosen) => {
              setContent({ ...content, rule: chosen });
              setMet([]);
            }}
          />
          <PlaceField place={place} onChange={(chosen) => setContent({ ...content, place: chosen })} />
        </>
      )}
      {rule && <Conditions rule={rule} met={met} onChange={setMet} />}
      <TextInput
        label={t('rules.form.authority')}
        description={t('rules.form.authorityHint')}
        maxLength={200}
        value={authority}
        onChange={(event) => setContent({ ...content, authority: event.currentTarget.value })}
      />
    </SignedForm>
  );
}
