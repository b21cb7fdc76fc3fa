import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './notice.module.css';
import { Severity } from './Severity.tsx';

type RefusalProps = Readonly<{ asked: string; why: readonly string[]; kept: string; children?: ReactNode; title?: string }>;

/** What was asked, why not, what was kept, what can be done now. */
export function Refusal({ asked, why, kept, children, title }: RefusalProps) {
  const { t } = useTranslation();
  return (
    <section className={`${classes.notice} ${classes.stop}`} role="alert" data-testid="refusal">
      <div className={classes.title}>
        <Severity mark="stop" />
        <strong>{title ?? t('refusal.title')}</strong>
      </div>
      <dl className={classes.refusal}>
        <dt>{t('refusal.asked')}</dt>
        <dd>{asked}</dd>
        <dt>{t('refusal.why')}</dt>
        <dd>
          {why.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </dd>
        <dt>{t('refusal.kept')}</dt>
        <dd>{kept}</dd>
        {children && <dt>{t('refusal.now')}</dt>}
        {children && <dd className={classes.ways}>{children}</dd>}
      </dl>
    </section>
  );
}
