import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../shared/contract/views.ts';
import { useRuntimeNotice } from '../api/session.ts';
import { Link } from '../components/Link.tsx';
import { Severity } from '../components/Severity.tsx';
import { to } from './router.ts';
import classes from './shell.module.css';

/** Why nothing can be recorded, in one line; the page behind the link has the numbers and the ways on. */
function bannerOf({ readOnlyWhy }: SessionView) {
  switch (readOnlyWhy?.code) {
    case 'partnerHoldsMore':
      return 'banner.partnerHoldsMore';
    case 'partnerHoldsOther':
      return 'banner.partnerHoldsOther';
    case 'incarnationOpened':
      return 'banner.incarnationOpened';
    default:
      return 'banner.readOnly';
  }
}

/** What limits everything on every screen. Nothing here goes away by a click: it goes when its cause goes. */
export function Banners({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const runtimeNotice = useRuntimeNotice();
  return (
    <section
      className={classes.banners}
      aria-label={t('banner.label')}
      hidden={!runtimeNotice && !session.readOnly && !session.isListExpired}
    >
      {runtimeNotice && <RuntimeBanner notice={runtimeNotice} />}
      {session.readOnly && (
        <p className={classes.bannerStop}>
          <Severity mark="stop" /> <span>{t(bannerOf(session))}</span>
          <Link address={to.sync({ part: 'copy' })}>{t('banner.waysOn')}</Link>
        </p>
      )}
      {session.isListExpired && (
        <p className={classes.bannerWarn}>
          <Severity mark="warn" /> <span>{t('banner.listExpired')}</span>
          <Link address={to.sync({ part: 'enrol' })}>{t('banner.seeList')}</Link>
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
