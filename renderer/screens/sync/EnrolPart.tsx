import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../api/answers.ts';
import { classNames } from '../../components/classNames.ts';
import { Notice } from '../../components/Notice.tsx';
import { useMay } from '../rules/useMay.ts';
import { CompareStep, DoneStep, FileStep, OwnStep, SignStep } from './EnrolSteps.tsx';
import { type EnrolState, emptyEnrol, enrolSteps } from './enrolState.ts';
import classes from './sync.module.css';
import { TrustListPanel } from './TrustListPanel.tsx';
import { useEnrol } from './useEnrol.ts';

function Steps({ state, needsSecond }: { state: EnrolState; needsSecond: boolean }) {
  const { t } = useTranslation();
  const steps = enrolSteps.filter((step) => step !== 'sign' || needsSecond);
  const current = steps.indexOf(state.step);
  return (
    <ol className={classes.steps}>
      {steps.map((step, at) => (
        <li
          key={step}
          className={classNames(at === current && classes.stepNow, at < current && classes.stepDone)}
          aria-current={at === current ? 'step' : undefined}
        >
          {t(`enrol.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}

/**
 * A partner comes into the network in five steps. The words of the other side's file are never shown here: whoever trusts
 * must hear them and type them, or a swapped file would be trusted by copying its own words.
 */
export function EnrolPart() {
  const { t } = useTranslation();
  const { may, who } = useMay('trust');
  const { reply: trust } = useAnswer('trust.view', {});
  const needsSecond = trust?.ok ? trust.value.needsSecond.enrol : false;
  const [state, setState] = useState<EnrolState>(emptyEnrol);
  const set = (part: Partial<EnrolState>) => setState((before) => ({ ...before, ...part }));
  const enrol = useEnrol(state, set);
  const props = { state, set, enrol } as const;
  return (
    <div className={classes.scrolls}>
      {!may && <Notice mark="info" title={who} />}
      <div className={classes.wizard}>
        <Steps state={state} needsSecond={needsSecond} />
        <div className={classes.step}>
          {state.step === 'own' && <OwnStep {...props} />}
          {state.step === 'file' && <FileStep {...props} />}
          {state.step === 'compare' && <CompareStep {...props} mayTrust={may} needsSecond={needsSecond} />}
          {state.step === 'sign' && <SignStep {...props} />}
          {state.step === 'done' && <DoneStep state={state} onAgain={() => setState(emptyEnrol)} />}
        </div>
      </div>
      {trust?.ok && <TrustListPanel trust={trust.value} />}
      <p className="soft">{t('enrol.otherWay')}</p>
    </div>
  );
}
