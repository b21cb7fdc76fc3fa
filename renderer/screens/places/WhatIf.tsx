import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import type { LicenceView, RegisterRow } from '../../../shared/contract/siteViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { useTask } from '../../api/task.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProgressPanel } from '../../components/ProgressPanel.tsx';
import { useFormat } from '../../format/format.ts';
import classes from './places.module.css';
import { WhatIfAnswerView } from './WhatIfAnswerView.tsx';
import { WhatIfFields } from './WhatIfFields.tsx';
import { type Asked, changesFor, nothingAsked, type Question, questions, type WhatIfPlace } from './whatIfView.ts';

/** How a building is now, so that what would change is seen before it is asked. */
function Known({ at, question }: { at: WhatIfPlace; question: Question }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { structure } = at;
  if (question === 'door') {
    const front = structure?.frontMdeg;
    return (
      <span className="soft">
        {front == null ? t('whatIf.frontUnknown') : t('whatIf.frontNow', { degrees: format.number(front / 1000) })}
      </span>
    );
  }
  if (question !== 'barricade') return null;
  const has = structure?.isBarricaded;
  return (
    <span className="soft">{t(has == null ? 'whatIf.barricadeUnknown' : has ? 'whatIf.barricadeThere' : 'whatIf.barricadeNone')}</span>
  );
}

/** One change at a time, at this place or at another, asked and not written: more stock, a house, the door, the barricade. */
export function WhatIf({ view, register }: { view: LicenceView; register: readonly RegisterRow[] }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>(nothingAsked);
  const [place, setPlace] = useState(view.place);
  const [reply, setReply] = useState<Reply<'site.whatIf'> | null>(null);
  const task = useTask();
  const waitingFor = useRef<object | null>(null);
  const sheet = useAnswer('licence.sheet', { place });
  const at: WhatIfPlace | null = sheet.reply?.ok && sheet.reply.value.place === place ? sheet.reply.value : null;
  const changes = at === null ? null : changesFor(asked, at, t('whatIf.houseName'));
  /** An answer never stands beside another question, also where it comes late. */
  const forget = () => {
    waitingFor.current = null;
    setReply(null);
  };
  const set = (part: Partial<Asked>) => {
    setAsked({ ...asked, ...part });
    forget();
  };
  const ask = async () => {
    if (changes === null) return;
    waitingFor.current = changes;
    const answer = await task.run('site.whatIf', changes);
    if (waitingFor.current === changes) setReply(answer);
  };
  return (
    <Panel title={t('whatIf.title')} aside={<span className="soft">{t('whatIf.note')}</span>}>
      <SegmentedControl
        aria-label={t('whatIf.title')}
        value={asked.question}
        onChange={(question) => set({ ...nothingAsked, question: question as Question })}
        data={questions.map((value) => ({ value, label: t(`whatIf.${value}`) }))}
        className={classes.questionChoice ?? ''}
      />
      <form
        className={classes.ask}
        aria-label={t('whatIf.title')}
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <NativeSelect
          label={t(asked.question === 'house' ? 'whatIf.from' : 'whatIf.at')}
          value={place}
          onChange={(event) => {
            setPlace(event.currentTarget.value);
            forget();
          }}
          data={register.map((each) => ({ value: each.place, label: `${each.place} ${each.name}` }))}
        />
        <WhatIfFields asked={asked} set={set} />
        <Button type="submit" disabled={changes === null || task.isRunning}>
          {t('whatIf.ask')}
        </Button>
        {at !== null && <Known at={at} question={asked.question} />}
        {at !== null && asked.question === 'house' && asked.houseBy === 'distance' && at.shape === null && (
          <span>{t('whatIf.noPosition')}</span>
        )}
      </form>
      <ProgressPanel task={task} label={t('whatIf.running')} />
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {reply?.ok && <WhatIfAnswerView answer={reply.value} place={place} />}
    </Panel>
  );
}
