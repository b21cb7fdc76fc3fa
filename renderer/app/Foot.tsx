import { useTranslation } from 'react-i18next';
import { Link } from '../components/Link.tsx';
import { SeverityShape } from '../components/Severity.tsx';
import { useFormat } from '../format/format.ts';
import { useAppStore } from '../stores/appStore.ts';
import classes from './shell.module.css';

/** The last action and a link to what it did. It stays until the next one: nothing important vanishes by itself. */
export function Foot() {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAppStore((s) => s.lastAction);
  return (
    <footer className={classes.foot} aria-live="polite">
      {action ? (
        <>
          <SeverityShape mark={action.outcome === 'done' ? 'done' : 'stop'} />
          <span>{t(action.says, action.values)}</span>
          {action.link && <Link address={action.link}>{t('foot.see')}</Link>}
          <span className={classes.footTime}>{format.time(action.atMs)}</span>
        </>
      ) : (
        <span className="soft">{t('foot.nothing')}</span>
      )}
    </footer>
  );
}
