import { useTranslation } from 'react-i18next';
import { classNames } from '../components/classNames.ts';
import { Icon } from '../components/Icon.tsx';
import { railScreens, shortcutOf } from './railScreens.ts';
import { hashOf, to, useAddress } from './router.ts';
import classes from './shell.module.css';

export function Rail() {
  const { t } = useTranslation();
  const { screen: shown } = useAddress();
  // A lot belongs to the stock, so the rail keeps saying where one is.
  const current = shown === 'lot' ? 'stock' : shown;
  return (
    <nav className={classes.rail} aria-label={t('rail.label')}>
      <ul>
        {railScreens.map(({ screen, icon }, index) => (
          <li key={screen}>
            <a
              href={hashOf(to.screen(screen))}
              className={classNames(classes.railLink, screen === current && classes.railCurrent)}
              aria-current={screen === current ? 'page' : undefined}
              title={shortcutOf(index) === null ? undefined : t('rail.shortcut', { key: shortcutOf(index) })}
            >
              <Icon name={icon} size={18} />
              {t(`rail.${screen}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
