import { ActionIcon, Button, Popover, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../shared/contract/views.ts';
import { useAnswer } from '../api/answers.ts';
import { lockDepot } from '../api/session.ts';
import { classNames } from '../components/classNames.ts';
import { Icon } from '../components/Icon.tsx';
import { Link } from '../components/Link.tsx';
import { SeverityShape } from '../components/Severity.tsx';
import { useFormat } from '../format/format.ts';
import { useSentences } from '../format/sentence.ts';
import { CommandBox } from './CommandBox.tsx';
import { to } from './router.ts';
import classes from './shell.module.css';

/** What would be lost with this machine; what was sent stands apart until a partner says that it holds it. */
function OnlyHere({ count, sent }: { count: number; sent: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const says = t('top.onlyHereLabel', { count, shown: format.number(count) });
  const onTheWay = sent === 0 ? '' : `, ${t('top.sentLabel', { count: sent, shown: format.number(sent) })}`;
  return (
    <Link address={to.screen('sync')} className={classes.topLink} title={`${says}${onTheWay}`}>
      <Icon name="sync" />
      <span>
        <b className="number">{format.number(count)}</b> {t('top.onlyHere')}
        {sent > 0 && <span className="soft"> {t('top.sent', { shown: format.number(sent) })}</span>}
      </span>
    </Link>
  );
}

function Stops() {
  const { t } = useTranslation();
  const format = useFormat();
  const { reply } = useAnswer('check.depot', {});
  if (!reply?.ok) return null;
  const count = reply.value.findings.filter((finding) => finding.severity === 'stop').length;
  return (
    <Link
      address={to.checks(count > 0 ? { severity: 'stop' } : {})}
      className={classNames(classes.topLink, count > 0 && classes.stops)}
      title={t('top.stopsLabel', { count, shown: format.number(count) })}
    >
      <SeverityShape mark={count > 0 ? 'stop' : 'done'} size={16} />
      <span>
        <b className="number">{format.number(count)}</b> {t('top.stops')}
      </span>
    </Link>
  );
}

function SchemeButton() {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const next = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={32}
      className={classes.plainIcon}
      aria-label={t(`top.scheme.${next}`)}
      title={t(`top.scheme.${next}`)}
      onClick={() => setColorScheme(next)}
    >
      <Icon name={next} />
    </ActionIcon>
  );
}

function Person({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const sentences = useSentences();
  const format = useFormat();
  return (
    <Popover position="bottom-end" shadow="sm" width={300}>
      <Popover.Target>
        <button type="button" className={classes.person}>
          <Icon name="person" />
          <bdi className={classes.personName}>{session.person}</bdi>
          {session.isControlWeakened && <span className={classes.weakened}>{t('top.weakened')}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p>{t('top.roles', { roles: format.list(session.roles.map((role) => sentences.at(`role.${role}`, {}, role))) })}</p>
        {session.isControlWeakened && <p>{t('top.weakenedNote')}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}

export function TopBar({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  return (
    <header className={classes.top}>
      <ActionIcon
        variant="subtle"
        size={32}
        className={classes.plainIcon}
        aria-label={t('top.back')}
        title={t('top.back')}
        onClick={() => window.history.back()}
      >
        <span className={classes.turns}>
          <Icon name="back" />
        </span>
      </ActionIcon>
      <div className={classes.depot}>
        <bdi className={classes.depotName}>{session.name}</bdi>
        <span className={classes.depotSite}>
          {session.site}
          {session.isDemo && <span className={classes.demo}>{t('top.demo')}</span>}
        </span>
      </div>
      <CommandBox />
      <OnlyHere count={session.onlyHere} sent={session.sentNotAcknowledged} />
      <Stops />
      <Person session={session} />
      <SchemeButton />
      <Button variant="default" leftSection={<Icon name="lock" />} onClick={() => void lockDepot()}>
        {t('top.lock')}
      </Button>
    </header>
  );
}
