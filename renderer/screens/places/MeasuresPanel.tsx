import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasuredPlaceView } from '../../../shared/contract/measureViews.ts';
import { type StoreSurvey, surveyMeasures } from '../../../shared/domain/surveillance.ts';
import type { JudgedMeasure } from '../../../shared/rules/storehouse/measures.ts';
import { useAnswer } from '../../api/answers.ts';
import { classNames } from '../../components/classNames.ts';
import layout from '../../components/layout.module.css';
import { Panel } from '../../components/Panel.tsx';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { MeasuresForm } from './MeasuresForm.tsx';
import classes from './places.module.css';

function Verdict({ measuredMm, broken, exceededOwnMm }: JudgedMeasure) {
  const { t } = useTranslation();
  if (measuredMm === null) return <span className="unknown">{t('survey.notMeasured')}</span>;
  if (broken === null) return <Severity mark="done" />;
  return <Severity mark={exceededOwnMm === null ? 'warn' : 'stop'} />;
}

/** One row of practice beside the number that it was held against. */
function Row({ judged, surveyedOn }: { judged: JudgedMeasure; surveyedOn: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { row, measuredMm, onDate, leastMm, mostMm, exceededOwnMm } = judged;
  const isEarlier = onDate !== null && onDate !== surveyedOn;
  const measured =
    measuredMm === null
      ? ''
      : isEarlier
        ? t('survey.measuredOn', { mm: format.number(measuredMm), date: format.date(onDate) })
        : `${format.number(measuredMm)} mm`;
  const bounds = [
    ...(leastMm === null ? [] : [t('survey.least', { mm: format.number(leastMm) })]),
    ...(mostMm === null ? [] : [t('survey.most', { mm: format.number(exceededOwnMm ?? mostMm) })]),
  ];
  const isOwn = exceededOwnMm !== null || (mostMm !== null && mostMm !== row.most);
  return (
    <tr>
      <th scope="row">{row.words}</th>
      <td className="number">{measured}</td>
      <td>{format.list(bounds)}</td>
      <td>
        <Verdict {...judged} />
      </td>
      <td className="soft">{isOwn ? t('survey.ownLimit') : `${row.source}, ${t(`ruleStatus.${row.status}`)}`}</td>
    </tr>
  );
}

function Earlier({ surveys }: { surveys: readonly StoreSurvey[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (surveys.length === 0) return null;
  const numbersOf = (survey: StoreSurvey) =>
    surveyMeasures.flatMap((measure) => {
      const mm = survey[measure];
      return mm === null ? [] : [`${t(`survey.measure.${measure}`)} ${format.number(mm)} mm`];
    });
  return (
    <details>
      <summary>{t('survey.earlier')}</summary>
      <ul className={layout.plainList}>
        {surveys.map((survey) => (
          <li key={survey.id}>
            {t('survey.by', { date: format.date(survey.onDate), person: survey.person })}: {format.list(numbersOf(survey))}{' '}
            <bdi className="soft">{survey.remark}</bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What was measured at one place, when and by whom, and against which row. */
function Measured({ view, isAlone }: { view: MeasuredPlaceView; isAlone: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { survey, rows, dueOn, isOld } = view;
  return (
    <section className={layout.stack}>
      {!isAlone && (
        <h3>
          <bdi>{view.place}</bdi> <bdi className="soft">{view.name}</bdi>
        </h3>
      )}
      {survey === null ? (
        <p className="soft">{t('survey.none')}</p>
      ) : (
        <p>
          {t('survey.by', { date: format.date(survey.onDate), person: survey.person })}
          {dueOn !== null && (
            <>
              {' · '}
              {isOld && <Severity mark="warn" />} {t(isOld ? 'survey.old' : 'survey.dueOn', { date: format.date(dueOn) })}
            </>
          )}{' '}
          <bdi className="soft">{survey.remark}</bdi>
        </p>
      )}
      {(survey !== null || isAlone) && (
        <table className={classNames(layout.plainTable, classes.held)}>
          <thead>
            <tr>
              <th scope="col">{t('survey.row')}</th>
              <th scope="col" className="number">
                {t('survey.measured')}
              </th>
              <th scope="col">{t('survey.asked')}</th>
              <th scope="col">{t('survey.verdict')}</th>
              <th scope="col">{t('survey.source')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((judged) => (
              <Row key={judged.row.id} judged={judged} surveyedOn={survey?.onDate ?? null} />
            ))}
          </tbody>
        </table>
      )}
      <Earlier surveys={view.earlier} />
    </section>
  );
}

/** Stacks, gaps and aisles of a storehouse and its bays, and the form that records a new survey. */
export function MeasuresPanel({ place }: { place: string }) {
  const { t } = useTranslation();
  const { reply } = useAnswer('measures.view', { place });
  const [isRecording, setRecording] = useState(false);
  if (!reply?.ok) return null;
  const [store, ...bays] = reply.value.places;
  if (store === undefined) return null;
  return (
    <Panel
      title={t('survey.title')}
      aside={
        <>
          <span className="soft">{t('survey.note')}</span>
          <Button variant="default" size="compact-sm" aria-expanded={isRecording} onClick={() => setRecording(!isRecording)}>
            {t('survey.record')}
          </Button>
        </>
      }
    >
      {isRecording && <MeasuresForm places={[store, ...bays]} onDone={() => setRecording(false)} />}
      {[store, ...bays].map((view) => (
        <Measured key={view.place} view={view} isAlone={bays.length === 0} />
      ))}
    </Panel>
  );
}
