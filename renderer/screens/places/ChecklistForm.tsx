import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import { type ChecklistAnswer, checklistAnswers } from '../../../shared/domain/surveillance.ts';
import type { ChecklistRow } from '../../../shared/rules/storehouse/book.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { todayIso } from '../../format/dates.ts';
import { useAppStore } from '../../stores/appStore.ts';
import classes from './places.module.css';

type Answers = Readonly<Record<string, ChecklistAnswer>>;

/** One question a line. Nothing is answered beforehand: a list that comes filled in gets signed unread. */
function Questions({ list, answers, onAnswer }: { list: ChecklistRow; answers: Answers; onAnswer: (next: Answers) => void }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.questions}>
      {list.questions.map(({ id, words }) => (
        <li key={id}>
          <span>{words}</span>
          <SegmentedControl
            size="xs"
            aria-label={words}
            value={answers[id] ?? ''}
            onChange={(value) => onAnswer({ ...answers, [id]: value as ChecklistAnswer })}
            data={checklistAnswers.map((value) => ({ value, label: t(`checklist.${value}`) }))}
          />
        </li>
      ))}
    </ol>
  );
}

/** A checklist walked through at a place. What was answered no asks for a remark that says what is wrong. */
export function ChecklistForm({ place, list, onDone }: { place: string; list: ChecklistRow; onDone: () => void }) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const [answers, setAnswers] = useState<Answers>({});
  const [onDate, setOnDate] = useState(todayIso());
  const [remark, setRemark] = useState('');
  const [reply, setReply] = useState<Reply<'checklist.record'> | null>(null);
  const openCount = list.questions.filter(({ id }) => answers[id] === undefined).length;
  const needsRemark = Object.values(answers).includes('no') && remark.trim() === '';
  const record = async () => {
    const answer = await call('checklist.record', { place, checklist: list.id, onDate, answers, remark });
    setReply(answer);
    if (!answer.ok) return;
    report({ outcome: 'done', says: 'action.checklistRecorded', values: { place }, link: to.licence(place) });
    onDone();
  };
  return (
    <form
      className={classes.checklist}
      aria-label={list.title}
      onSubmit={(event) => {
        event.preventDefault();
        void record();
      }}
    >
      <Questions list={list} answers={answers} onAnswer={setAnswers} />
      <div className={classes.ask}>
        <TextInput
          type="date"
          label={t('checklist.onDate')}
          value={onDate}
          max={todayIso()}
          onChange={(event) => setOnDate(event.currentTarget.value)}
        />
        <TextInput
          className={classes.grow ?? ''}
          label={t('checklist.remark')}
          description={needsRemark ? t('checklist.remarkNeeded') : null}
          value={remark}
          onChange={(event) => setRemark(event.currentTarget.value)}
        />
        <Button type="submit" disabled={openCount > 0 || needsRemark || onDate === ''}>
          {t('checklist.record')}
        </Button>
        {openCount > 0 && <span className="soft">{t('checklist.open', { count: openCount })}</span>}
      </div>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
    </form>
  );
}
