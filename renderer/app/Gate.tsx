import { useSession } from '../api/session.ts';
import { RecoveryScreen } from '../screens/start/RecoveryScreen.tsx';
import { StartScreen } from '../screens/start/StartScreen.tsx';
import { useAppStore } from '../stores/appStore.ts';
import { Shell } from './Shell.tsx';

/** What stands before the depot: opening it, and the words of a new one, which are shown once and before anything else. */
export function Gate() {
  const session = useSession();
  const recovery = useAppStore((s) => s.recovery);
  if (recovery) return <RecoveryScreen words={recovery.words} name={recovery.name} />;
  if (!session) return null;
  if (session.state !== 'open') return <StartScreen session={session} />;
  return <Shell key={session.file ?? ''} session={session} />;
}
