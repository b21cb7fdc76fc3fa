import { useEffect, useRef } from 'react';
import type { SessionView } from '../../shared/contract/views.ts';
import { call } from '../api/client.ts';
import { draftForm } from '../screens/movements/draft.ts';
import { useAppStore } from '../stores/appStore.ts';
import { Banners } from './Banners.tsx';
import { CurrentScreen } from './CurrentScreen.tsx';
import { Foot } from './Foot.tsx';
import { Rail } from './Rail.tsx';
import { parseAddress, to } from './router.ts';
import classes from './shell.module.css';
import { TopBar } from './TopBar.tsx';
import { useShortcuts } from './useShortcuts.ts';

/** Somebody who comes back after a power cut is told that the half-typed movement is still there. */
function useDraftNotice(): void {
  const report = useAppStore((s) => s.report);
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void call('draft.load', { form: draftForm }).then((reply) => {
      if (!reply.ok || !reply.value || Object.keys(reply.value.content).length === 0) return;
      if (parseAddress(window.location.hash).screen === 'post') return;
      report({ outcome: 'done', says: 'action.draftKept', values: {}, link: to.screen('post') });
    });
  }, [report]);
}

export function Shell({ session }: { session: SessionView }) {
  useShortcuts();
  useDraftNotice();
  return (
    <div className={classes.shell}>
      <TopBar session={session} />
      <Banners session={session} />
      <Rail />
      <div className={classes.body}>
        <CurrentScreen site={session.site ?? ''} />
      </div>
      <Foot />
    </div>
  );
}
