import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../shared/contract/views.ts';
import { useRuntimeNotice } from '../api/session.ts';
import { Severity } from '../components/Severity.tsx';
import classes from './shell.module.css';

/** What limits everything on every screen. Nothing here goes away by a click: it goes when its cause goes. */
export function Banners({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const runtimeNotice = useRuntimeNotice();
  return (
    <section className={classes.banners} aria-label={t('banner.label')} hidden={!runtimeNotice && !session.readOnly}>
      {runtimeNotice && <RuntimeBanner notice={runtimeNotice} />}
      {session.readOnly && (
        <p className={classes.bannerStop}>
          <Severity mark="stop" /> {t('banner.readOnly')}
        </p>
      )}
    </section>
  );
}

export function RuntimeBanner({ notice }: { notice: string }) {
  return (
    <p className={classes.bannerWarn}>
      <Severity mark="warn" /> {notice}
    </p>
  );
}
