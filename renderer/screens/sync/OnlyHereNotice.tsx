import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../../shared/contract/views.ts';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import classes from './sync.module.css';
import { unsentOf } from './syncView.ts';

/** How much would be lost with this machine, what of it is on its way, and what to do about the rest. */
export function OnlyHereNotice({ session, hasPartner }: { session: SessionView; hasPartner: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { onlyHere, sentNotAcknowledged } = session;
  const unsent = unsentOf(session);
  if (onlyHere === 0) {
    return (
      <p className={classes.onlyHere}>
        <Severity mark="done" /> {t('sync.nothingOnlyHere')}
      </p>
    );
  }
  return (
    <p className={classes.onlyHere}>
      <Severity mark={unsent > 0 ? 'warn' : 'info'} />{' '}
      <strong>{t('sync.onlyHere', { count: onlyHere, shown: format.number(onlyHere) })}</strong>
      {sentNotAcknowledged > 0 && (
        <span>{t('sync.onTheWay', { count: sentNotAcknowledged, shown: format.number(sentNotAcknowledged) })}</span>
      )}
      {unsent > 0 && <span>{t('sync.neverSent', { count: unsent, shown: format.number(unsent) })}</span>}
      <span className="soft">{t(hasPartner ? (unsent > 0 ? 'sync.sendNow' : 'sync.awaitHolds') : 'sync.enrolNow')}</span>
    </p>
  );
}
