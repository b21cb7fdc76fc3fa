import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { go, to } from '../../app/router.ts';
import { Icon } from '../../components/Icon.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Refusal } from '../../components/Refusal.tsx';
import { SecondPersonFields } from '../../components/SecondPersonFields.tsx';
import { useSentences } from '../../format/sentence.ts';
import type { EnrolState } from './enrolState.ts';
import classes from './sync.module.css';
import { isWhole } from './syncView.ts';
import type { Enrol } from './useEnrol.ts';
import { WordBoxes, Words } from './Words.tsx';

type StepProps = Readonly<{ state: EnrolState; set: (part: Partial<EnrolState>) => void; enrol: Enrol }>;

function Wrong({ state }: { state: EnrolState }): ReactNode {
  const { t } = useTranslation();
  const sentences = useSentences();
  const { error, file } = state;
  if (error === null) return null;
  return (
    <Refusal asked={t('trust.asked', { file: file?.name ?? '' })} why={[sentences.error(error)]} kept={t('trust.kept')}>
      {error.code === 'fingerprintMismatch' && <p>{t('enrol.mismatch')}</p>}
    </Refusal>
  );
}

/** The public half of this device's keys goes to the other side. */
export function OwnStep({ state, set, enrol }: StepProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('enrol.step.own')}>
      <p>{t('identityFile.what')}</p>
      <div className={classes.plainActions}>
        <Button autoFocus={state.own === null} leftSection={<Icon name="key" />} onClick={() => void enrol.saveOwn()}>
          {t('identityFile.save')}
        </Button>
        <Button variant="default" onClick={() => set({ step: 'file' })}>
          {t(state.own === null ? 'enrol.haveIt' : 'enrol.next')}
        </Button>
      </div>
      <Wrong state={state} />
      {state.own && (
        <Notice mark="done" title={t('identityFile.saved', { file: state.own.file })}>
          <p>{t('enrol.give')}</p>
          <p>{t('identityFile.readOut')}</p>
          <Words words={state.own.fingerprint} isLarge />
        </Notice>
      )}
    </Panel>
  );
}

export function FileStep({ set, enrol }: StepProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('enrol.step.file')}>
      <p>{t('enrol.fileWhat')}</p>
      <div className={classes.plainActions}>
        <Button autoFocus leftSection={<Icon name="file" />} onClick={() => void enrol.choose()}>
          {t('trust.choose')}
        </Button>
        <Button variant="default" onClick={() => set({ step: 'own' })}>
          {t('enrol.back')}
        </Button>
      </div>
    </Panel>
  );
}

type CompareProps = StepProps & Readonly<{ mayTrust: boolean; needsSecond: boolean }>;

/** Each side reads its own words out and types what it hears of the other's. */
export function CompareStep({ state, set, enrol, mayTrust, needsSecond }: CompareProps) {
  const { t } = useTranslation();
  const isReady = isWhole(state.words) && mayTrust && !state.isBusy;
  return (
    <Panel title={t('enrol.step.compare')} aside={<bdi className="soft">{state.file?.name}</bdi>}>
      <p>{t('enrol.call')}</p>
      <WordBoxes words={state.words} onWords={(words) => set({ words })} onEnter={() => void enrol.compare()} />
      <div className={classes.plainActions}>
        <Button disabled={!isReady} onClick={() => void enrol.compare()}>
          {t(needsSecond ? 'enrol.compareNow' : 'enrol.compareAndTrust')}
        </Button>
        <Button variant="default" onClick={() => set({ step: 'file', error: null })}>
          {t('enrol.back')}
        </Button>
      </div>
      <Wrong state={state} />
      {state.own && (
        <>
          <h3>{t('enrol.readOurs')}</h3>
          <Words words={state.own.fingerprint} isLarge />
        </>
      )}
    </Panel>
  );
}

/** The second person has heard the words too, and signs with the own passphrase. */
export function SignStep({ state, set, enrol }: StepProps) {
  const { t } = useTranslation();
  const isReady = state.user.trim() !== '' && state.passphrase !== '' && !state.isBusy;
  return (
    <Panel title={t('enrol.step.sign')}>
      <p>{t('enrol.signWhat')}</p>
      <form
        className={classes.decide}
        aria-label={t('enrol.step.sign')}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void enrol.sign();
        }}
      >
        <SecondPersonFields
          user={state.user}
          passphrase={state.passphrase}
          onUser={(user) => set({ user })}
          onPassphrase={(passphrase) => set({ passphrase })}
        />
        <div className={classes.plainActions}>
          <Button type="submit" disabled={!isReady}>
            {t('enrol.signAndTrust')}
          </Button>
          <Button variant="default" onClick={() => set({ step: 'compare', error: null })}>
            {t('enrol.back')}
          </Button>
        </div>
      </form>
      <Wrong state={state} />
    </Panel>
  );
}

export function DoneStep({ state, onAgain }: { state: EnrolState; onAgain: () => void }) {
  const { t } = useTranslation();
  const site = state.trusted ?? '';
  return (
    <Panel title={t('trust.done', { site })}>
      <ol className={classes.next}>
        <li>{t('enrol.nextThem', { site })}</li>
        <li>{t('enrol.nextSend', { site })}</li>
        <li>{t('enrol.nextTake', { site })}</li>
      </ol>
      <div className={classes.plainActions}>
        <Button autoFocus onClick={() => go(to.sync({ part: 'partners' }))}>
          {t('enrol.toPartners')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('enrol.another')}
        </Button>
      </div>
    </Panel>
  );
}
