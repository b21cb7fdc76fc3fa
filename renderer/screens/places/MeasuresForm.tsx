import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasuredPlaceView } from '../../../shared/contract/measureViews.ts';
import type { Reply } from '../../../shared/contract/procedures.ts';
import { MEASURE_MM_MAX, type SurveyMeasure } from '../../../shared/domain/surveillance.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { enterGoesOn } from '../../components/form/enterGoesOn.ts';
import { UnknownButton } from '../../components/form/UnknownButton.tsx';
import { todayIso } from '../../format/dates.ts';
import { useFormat } from '../../format/format.ts';
import { useAppStore } from '../../stores/appStore.ts';
import { askedAt, emptyMeasures, isOpen, type MeasureText, measuredValues, millimetresOf } from './measuresView.ts';
import classes from './places.module.css';

type FieldProps = Readonly<{ measure: SurveyMeasure; value: MeasureText; isFirst: boolean; onChange: (next: MeasureText) => void }>;
/** Millimetres, or the answer that it was not measured; typing a number takes that answer back. */
function MeasureField({ measure, value: { text, isNotMeasured }, isFirst, onChange }: FieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = t(`survey.measure.${measure}`);
  const isWrong = text !== '' && millimetresOf(text) === null;
  return (
    <TextInput
      name={measure}
      label={label}
      inputMode="numeric"
      autoComplete="off"
      autoFocus={isFirst}
      value={text}
      error={isWrong ? t('survey.whole', { most: format.number(MEASURE_MM_MAX) }) : null}
      onChange={(event) => onChange({ text: event.currentTarget.value, isNotMeasured: false })}
      rightSectionWidth={146}
      rightSection={
        <span className={classes.unit}>
          mm
          <UnknownButton
            isOn={isNotMeasured}
            of={label}
            words={{ shown: t('survey.notMeasured'), name: t('survey.notMeasuredOf', { field: label }) }}
            isReached
            onToggle={(isOn) => onChange({ text: '', isNotMeasured: isOn })}
          />
        </span>
      }
    />
  );
}

type FormProps = Readonly<{ places: readonly [MeasuredPlaceView, ...MeasuredPlaceView[]]; onDone: () => void }>;
/** A new survey of a storehouse or one of its bays. Every number is entered or answered with "not measured". */
export function MeasuresForm({ places, onDone }: FormProps) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const [at, setAt] = useState(places[0].place);
  const [texts, setTexts] = useState(emptyMeasures);
  const [onDate, setOnDate] = useState(todayIso());
  const [remark, setRemark] = useState('');
  const [reply, setReply] = useState<Reply<'measures.record'> | null>(null);
  const chosen = places.find(({ place }) => place === at) ?? places[0];
  const asked = askedAt(chosen);
  const openCount = asked.filter((measure) => isOpen(texts[measure])).length;
  const isNothing = openCount === 0 && asked.every((measure) => texts[measure].isNotMeasured);
  const record = async () => {
    const answer = await call('measures.record', { place: chosen.place, onDate, remark, ...measuredValues(texts, asked) });
    setReply(answer);
    if (!answer.ok) return;
    report({ outcome: 'done', says: 'action.measured', values: { place: chosen.place }, link: to.licence(places[0].place) });
    onDone();
  };
  return (
    <form
      className={classes.checklist}
      aria-label={t('survey.record')}
      onKeyDown={enterGoesOn}
      onSubmit={(event) => {
        event.preventDefault();
        void record();
      }}
    >
      <div className={classes.measures}>
        {places.length > 1 && (
          <NativeSelect
            label={t('survey.place')}
            value={at}
            data={places.map(({ place, name }) => ({ value: place, label: `${place} ${name}` }))}
            onChange={(event) => setAt(event.currentTarget.value)}
          />
        )}
        {asked.map((measure, index) => (
          <MeasureField
            key={measure}
            measure={measure}
            value={texts[measure]}
            isFirst={index === 0}
            onChange={(next) => setTexts({ ...texts, [measure]: next })}
          />
        ))}
        <TextInput
          type="date"
          label={t('survey.onDate')}
          value={onDate}
          max={todayIso()}
          onChange={(event) => setOnDate(event.currentTarget.value)}
        />
        <TextInput label={t('survey.remark')} value={remark} onChange={(event) => setRemark(event.currentTarget.value)} />
      </div>
      <div className={classes.ask}>
        <Button type="submit" data-last-field disabled={openCount > 0 || isNothing || onDate === ''}>
          {t('survey.save')}
        </Button>
        {openCount > 0 && <span className="soft">{t('survey.open', { count: openCount })}</span>}
        {isNothing && <span className="soft">{t('survey.nothing')}</span>}
      </div>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
    </form>
  );
}
