import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../shared/contract/views.ts';
import { useRuntimeNotice } from '../api/session.ts';
import { Link } from '../components/Link.tsx';
import { Severity } from '../components/Severity.tsx';
import { useFormat } from '../format/format.ts';
import { type Query, to } from './router.ts';
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
      hidden={!runtimeNotice && !session.readOnly && !session.isListExpired && session.notUnderstood.length === 0}
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
      {session.notUnderstood.length > 0 && <NotUnderstoodBanner session={session} />}
    </section>
  );
}

/** Figures of these depots are not whole: whose, how many entries, and what to do. */
function NotUnderstoodBanner({ session: { notUnderstood, site: own } }: { session: SessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = notUnderstood.reduce((sum, { entries }) => sum + entries, 0);
  const sites = [...new Set(notUnderstood.map(({ site }) => site))];
  const isOwn = own !== null && sites.includes(own);
  const [first] = notUnderstood;
  const beside: Query = first === undefined ? {} : { device: `${first.device} ${first.incarnation}` };
  return (
    <p className={isOwn ? classes.bannerStop : classes.bannerWarn}>
      <Severity mark={isOwn ? 'stop' : 'warn'} />{' '}
      <span>{t('banner.notUnderstood', { count, shown: format.number(count), sites: format.list(sites) })}</span>
      <Link address={to.sync({ part: 'partners', ...beside })}>{t('banner.seePartner')}</Link>
    </p>
  );
}

export function RuntimeBanner({ notice }: { notice: string }) {
  return (
    <p className={classes.bannerWarn}>
      <Severity mark="warn" /> {notice}
    </p>
  );
}
