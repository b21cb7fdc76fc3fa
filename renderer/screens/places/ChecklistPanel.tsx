import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Checklist } from '../../../shared/domain/surveillance.ts';
import type { ChecklistRow } from '../../../shared/rules/storehouse/book.ts';
import { useAnswer } from '../../api/answers.ts';
import layout from '../../components/layout.module.css';
import { Panel } from '../../components/Panel.tsx';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { ChecklistForm } from './ChecklistForm.tsx';
import classes from './places.module.css';

/** What was answered: the questions that were answered no, by their words, for these are what somebody has to see to. */
function Recorded({ record, list }: { record: Checklist; list: ChecklistRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const faults = list.questions.filter(({ id }) => record.answers[id] === 'no');
  return (
    <li>
      {format.date(record.onDate)} · <bdi>{record.person}</bdi> · <Severity mark={faults.length === 0 ? 'done' : 'warn'} />{' '}
      {t('checklist.faults', { count: faults.length })}
      {faults.length > 0 && (
        <ul className={layout.plainList}>
          {faults.map(({ id, words }) => (
            <li key={id}>{words}</li>
          ))}
        </ul>
      )}
      {record.remark !== '' && <bdi className="soft">{record.remark}</bdi>}
    </li>
  );
}

/** The checklists of the rule pack for a place, how they were answered before, and the form that answers them. */
export function ChecklistPanel({ place, lists }: { place: string; lists: readonly ChecklistRow[] }) {
  const { t } = useTranslation();
  const { reply } = useAnswer('checklist.list', { place });
  const [filling, setFilling] = useState<string | null>(null);
  const records = reply?.ok ? reply.value : [];
  return (
    <Panel title={t('checklist.title')}>
      {lists.map((list) => {
        const earlier = records.filter((each) => each.checklist === list.id);
        const isFilling = filling === list.id;
        return (
          <section key={list.id} className={layout.stack}>
            <div className={classes.sheetHead}>
              <h3>{list.title}</h3>
              <div className={classes.sheetActions}>
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-expanded={isFilling}
                  onClick={() => setFilling(isFilling ? null : list.id)}
                >
                  {t('checklist.fill')}
                </Button>
              </div>
            </div>
            {earlier.length === 0 && !isFilling && <p className="soft">{t('checklist.never')}</p>}
            {earlier.length > 0 && (
              <ul className={layout.plainList}>
                {earlier.map((record) => (
                  <Recorded key={record.id} record={record} list={list} />
                ))}
              </ul>
            )}
            {isFilling && <ChecklistForm place={place} list={list} onDone={() => setFilling(null)} />}
          </section>
        );
      })}
    </Panel>
  );
}
