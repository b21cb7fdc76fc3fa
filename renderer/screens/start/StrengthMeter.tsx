import { useTranslation } from 'react-i18next';
import { classNames } from '../../components/classNames.ts';
import { strengthOf } from '../../format/passphrase.ts';
import classes from './start.module.css';

const steps = [1, 2, 3, 4] as const;

/** Four steps and a word: neither colour nor length alone has to be read. */
export function StrengthMeter({ passphrase }: { passphrase: string }) {
  const { t } = useTranslation();
  const { level } = strengthOf(passphrase);
  const words = passphrase === '' ? t('strength.hint') : t(`strength.level${level}`);
  return (
    <div className={classes.meter}>
      <meter className="unseen" aria-label={t('strength.label')} min={0} max={4} value={level} aria-valuetext={words} />
      <div className={classes.steps} aria-hidden="true">
        {steps.map((step) => (
          <span key={step} className={classNames(classes.step, step <= level && classes.stepReached)} />
        ))}
      </div>
      <span className={classes.small}>{words}</span>
    </div>
  );
}
