import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import type { LicenceView, WhatIfAnswer } from '../../../shared/contract/siteViews.ts';
import { call } from '../../api/client.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { FindingCard } from '../../components/FindingCard.tsx';
import layout from '../../components/layout.module.css';
import { Panel } from '../../components/Panel.tsx';
import { Severity } from '../../components/Severity.tsx';
import { LimitTable } from './LimitTable.tsx';
import classes from './places.module.css';
import { changesFor, type Question, questions } from './whatIfView.ts';

function Answer({ answer, place }: { answer: WhatIfAnswer; place: string }) {
  const { t } = useTranslation();
  const own = answer.limits.find((each) => each.place === place);
  const others = answer.limits.filter((each) => each.place !== place).map((each) => each.place);
  if (answer.caused.length === 0 && answer.cured.length === 0 && answer.limits.length === 0) {
    return (
      <p>
        <Severity mark="done" /> {t('whatIf.nothing')}
      </p>
    );
  }
  return (
    <div className={layout.stack}>
      {answer.caused.map((finding) => (
        <FindingCard key={`${finding.rule} ${finding.place} ${finding.facts.exposed}`} finding={{ ...finding, blocked: false }} isBrief />
      ))}
      {answer.cured.length > 0 && (
        <p>
          <Severity mark="done" /> {t('whatIf.cured', { count: answer.cured.length })}
        </p>
      )}
      {own?.after && (
        <>
          <h3>{t('whatIf.limitsThen')}</h3>
          <LimitTable limits={own.after} />
        </>
      )}
      {others.length > 0 && <p>{t('whatIf.others', { count: others.length, places: others.join(', ') })}</p>}
    </div>
  );
}

/** One change at a time, asked and not written: more stock, a house, the door, the barricade. */
export function WhatIf({ view }: { view: LicenceView }) {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<Question>('stock');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [reply, setReply] = useState<Reply<'site.whatIf'> | null>(null);
  const changes = changesFor(question, first, second, view, (metres) => t('whatIf.houseName', { metres }));
  const choose = (next: string) => {
    setQuestion(next as Question);
    setFirst('');
    setSecond('');
    setReply(null);
  };
  const ask = async () => {
    if (changes !== null) setReply(await call('site.whatIf', changes));
  };
  const isPair = question === 'stock' || question === 'house';
  return (
    <Panel title={t('whatIf.title')} aside={<span className="soft">{t('whatIf.note')}</span>}>
      <form
        className={classes.ask}
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <SegmentedControl
          aria-label={t('whatIf.title')}
          value={question}
          onChange={choose}
          data={questions.map((value) => ({ value, label: t(`whatIf.${value}`) }))}
        />
        {question !== 'barricade' && (
          <TextInput label={t(`whatIf.${question}First`)} value={first} onChange={(event) => setFirst(event.currentTarget.value)} />
        )}
        {isPair && (
          <TextInput label={t(`whatIf.${question}Second`)} value={second} onChange={(event) => setSecond(event.currentTarget.value)} />
        )}
        <Button type="submit" disabled={changes === null}>
          {t('whatIf.ask')}
        </Button>
      </form>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {reply?.ok && <Answer answer={reply.value} place={view.place} />}
    </Panel>
  );
}
