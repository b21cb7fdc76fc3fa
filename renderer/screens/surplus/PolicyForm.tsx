import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isDate, todayIso } from '../../format/dates.ts';
import classes from './surplus.module.css';
import { type SurplusRequest, standardPolicy } from './surplusView.ts';

const years = [
  { name: 'horizonYears', min: 1, max: 50 },
  { name: 'leadYears', min: 0, max: 20 },
  { name: 'reserveMinLifeYears', min: 0, max: 30 },
] as const;

type Typed = Readonly<Record<(typeof years)[number]['name'], string>>;

const isWithin = (text: string, min: number, max: number): boolean => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max;

/** As-of date and policy in one line. Nothing is run before it is complete. */
export function PolicyForm({ onRun, isRunning }: { onRun: (request: SurplusRequest) => void; isRunning: boolean }) {
  const { t } = useTranslation();
  const [asOf, setAsOf] = useState(todayIso());
  const [firstLineInReserve, setFirstLine] = useState(standardPolicy.firstLineInReserve);
  const [typed, setTyped] = useState<Typed>({
    horizonYears: String(standardPolicy.horizonYears),
    leadYears: String(standardPolicy.leadYears),
    reserveMinLifeYears: String(standardPolicy.reserveMinLifeYears),
  });
  const isComplete = isDate(asOf) && years.every(({ name, min, max }) => isWithin(typed[name], min, max));
  const run = (event: FormEvent) => {
    event.preventDefault();
    const [horizonYears, leadYears, reserveMinLifeYears] = years.map(({ name }) => Number(typed[name]));
    if (isComplete) onRun({ asOf, policy: { horizonYears, leadYears, reserveMinLifeYears, firstLineInReserve } });
  };
  return (
    <form className={classes.policy} onSubmit={run}>
      <TextInput type="date" label={t('surplus.asOf')} value={asOf} onChange={(event) => setAsOf(event.currentTarget.value)} />
      {years.map(({ name, min, max }) => (
        <TextInput
          key={name}
          className={classes.years}
          inputMode="numeric"
          label={t(`surplus.policy.${name}`)}
          rightSection={<span className="soft">{t('surplus.years')}</span>}
          value={typed[name]}
          error={!isWithin(typed[name], min, max)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setTyped((before) => ({ ...before, [name]: value }));
          }}
        />
      ))}
      <Checkbox
        className={classes.check}
        label={t('surplus.policy.firstLineInReserve')}
        checked={firstLineInReserve}
        onChange={(event) => setFirstLine(event.currentTarget.checked)}
      />
      <Button type="submit" disabled={!isComplete} loading={isRunning}>
        {t('surplus.run')}
      </Button>
    </form>
  );
}
